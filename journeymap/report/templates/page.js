const embed = await globalThis[Symbol.for("journeymap.vega")].brought;
const refuse = (address) => Promise.reject(new Error(`A picture loads nothing from elsewhere: ${address}`));
const options = {
  ast: true, renderer: "svg", actions: false, defaultStyle: false, logLevel: 1,
  loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
  tooltip: { disableDefaultStyle: true },
};
const views = [];

for (const figure of document.querySelectorAll("figure")) {
  const spec = JSON.parse(figure.querySelector("script").textContent);
  delete spec.description;
  const place = figure.querySelector("div");
  try {
    const { view } = await embed(place, spec, options);
    for (const name of ["pick", "node"]) letGoOnSecondClick(view, `${name}_store`);
    views.push(view);
  } catch (error) {
    place.replaceChildren(Object.assign(document.createElement("p"), { textContent: "This picture could not be drawn. The table has the same numbers." }));
    console.error(error);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const view of views) for (const name of ["pick", "node"]) letGo(view, `${name}_store`);
});

function has(view, store) {
  try { return Boolean(view.data(store)); } catch { return false; }
}

function letGo(view, store) {
  if (has(view, store)) view.change(store, view.changeset().remove(() => true)).runAsync();
}

function letGoOnSecondClick(view, store) {
  if (!has(view, store)) return;
  let last = "[]";
  view.addDataListener(store, (_, rows) => {
    const now = JSON.stringify(rows.map((row) => row.values));
    if (rows.length && now === last) view.runAfter(() => letGo(view, store));
    last = now;
  });
}
