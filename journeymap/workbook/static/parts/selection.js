/** Write a selection into the table that Vega-Lite keeps of it: {field: [values]}, empty for none. */
function pick(view, name, value) {
  const fields = Object.keys(value).map((field) => ({ field, type: "E" }));
  const length = Math.max(0, ...Object.values(value).map((values) => values.length));
  const rows = Array.from({ length }, (_, i) => ({ unit: "", fields, values: Object.values(value).map((values) => values[i]) }));
  view.change(`${name}_store`, view.changeset().remove(() => true).insert(rows));
}

function letGoOnSecondClick(view, name) {
  const written = (rows) => JSON.stringify(rows.map((row) => row.values));
  let last = written(view.data(`${name}_store`));
  view.addDataListener(`${name}_store`, (_, rows) => {
    const now = written(rows);
    if (rows.length && now === last) {
      view.runAfter(() => { pick(view, name, {}); view.runAsync(); });
    }
    last = now;
  });
}
