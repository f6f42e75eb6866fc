/** The map as a table. One cell has the Tab stop; arrows, Home and End move it, Enter opens the cell. */
function render({ model, el }) {
  const table = element("table", { role: "grid", "aria-label": "The map as a table" });
  el.append(element("div", { class: "jm-map-grid", "data-lm-suppress-shortcuts": "true" }, table));
  let [row, column] = [0, 0];

  const cells = () => [...table.querySelectorAll("tbody tr")].map((line) => [...line.querySelectorAll("td")]);
  const build = () => {
    const held = table.contains(document.activeElement);
    const heads = model.get("columns").map((name) => element("th", { scope: "col" }, name));
    const body = model.get("rows").map(({ label, cells: found }) => element("tr", {}, element("th", { scope: "row" }, label), ...found.map(cell)));
    table.replaceChildren(element("thead", {}, element("tr", {}, element("td", {}), ...heads)), element("tbody", {}, ...body));
    stand(held);
  };
  const cell = ({ id, text, status }) => element("td",
    { role: "gridcell", tabindex: -1, "data-cell": id, "aria-selected": String(id === model.get("picked")), click: () => model.send({ cell: id }) },
    ...(status ? [statusSign(status), element("span", { class: "jm-unseen" }, `${status}: `)] : []),
    element("span", { class: text ? null : "jm-empty-cell" }, text || "nothing yet"));
  const stand = (focused) => {
    const all = cells();
    row = Math.max(0, Math.min(row, all.length - 1));
    column = Math.max(0, Math.min(column, (all[row]?.length ?? 1) - 1));
    for (const each of all.flat()) each.tabIndex = -1;
    const here = all[row]?.[column];
    if (!here) return;
    here.tabIndex = 0;
    if (focused) here.focus();
  };
  const mark = () => {
    cells().forEach((line, i) => line.forEach((each, j) => {
      const chosen = each.dataset.cell === model.get("picked");
      each.setAttribute("aria-selected", String(chosen));
      if (chosen && !table.contains(document.activeElement)) [row, column] = [i, j];
    }));
    stand(false);
  };
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (to) [row, column] = [row + to[0], column + to[1]];
    else if (event.key === "Home") column = 0;
    else if (event.key === "End") column = cells()[row].length - 1;
    else if (event.key === "Enter" || event.key === " ") model.send({ cell: cells()[row][column].dataset.cell });
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== "Enter" && event.key !== " ") stand(true);
  });
  table.addEventListener("focusin", (event) => {
    cells().forEach((line, i) => line.forEach((each, j) => { if (each === event.target) [row, column] = [i, j]; }));
  });

  build();
  const ends = [
    follow(model, ["columns", "rows"], build),
    follow(model, ["picked"], mark),
    hear(model, (message) => { if (message.do === "focus") stand(true); }),
  ];
  return () => { for (const end of ends) end(); };
}

export default { render };
