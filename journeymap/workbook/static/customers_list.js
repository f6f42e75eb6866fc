const SHAPES = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];

/** The customers behind a number: what they did next, who they are page by page, and one customer's timeline. */
function render({ model, el }) {
  let opened = 0;
  const send = (message) => {
    opened = message.row ?? opened;
    model.send(message);
  };
  const head = element("h3", { class: "jm-drawer-title", tabindex: "-1" });
  const subtitle = element("p", { class: "jm-drawer-subtitle" });
  const close = element("button", { type: "button", class: "jm-icon", "aria-label": "Close the list", click: () => send({ do: "close" }) }, "×");
  const unfold = () => {
    root.classList.add("jm-unfolded");
    head.focus();
  };
  const opens = element("button", { type: "button", class: "jm-button jm-button-main jm-unfold", click: unfold }, "Open list");
  const next = element("section", { class: "jm-next" });
  const who = element("section", { class: "jm-who" });
  const pager = makePager(model);
  const timeline = element("section", { class: "jm-timeline" });
  const actions = element("div", { class: "jm-drawer-actions" });
  const root = element("section", { class: "jm-list", role: "region", "data-lm-suppress-shortcuts": "true" },
    element("header", { class: "jm-drawer-head" }, element("div", { click: unfold }, head, subtitle), opens, close),
    element("div", { class: "jm-drawer-body" }, next, who, pager.root, timeline),
    actions);
  el.append(root);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    send({ do: model.get("timeline").length ? "back" : "close" });
  });

  const title = () => {
    head.textContent = model.get("title");
    root.setAttribute("aria-label", model.get("title"));
    const series = model.get("series");
    const mark = series ? [element("span", { class: `jm-mark jm-mark-${SHAPES[series - 1]} jm-series-${series}`, "aria-hidden": "true" })] : [];
    subtitle.replaceChildren(...mark, model.get("subtitle"));
  };
  const bars = () => {
    const [found, why] = [model.get("bars").length > 0, model.get("no_bars")];
    next.hidden = (!found && !why) || model.get("timeline").length > 0;
    if (!found) next.replaceChildren(element("p", { class: "jm-no-bars" }, why));
    else next.replaceChildren(element("h4", {}, model.get("bars_heading")),
      element("ul", { class: `jm-bars jm-bars-${model.get("tone")}` }, ...model.get("bars").map((bar, i) => barRow(model, bar, i))));
    picked();
  };
  const picked = () => {
    const chosen = model.get("picked_bar");
    next.querySelectorAll("button").forEach((bar, i) => bar.setAttribute("aria-pressed", String(i === chosen)));
    next.classList.toggle("jm-narrowed", chosen >= 0);
  };
  const people = () => {
    const shown = model.get("timeline").length === 0;
    who.hidden = pager.root.hidden = !shown;
    const chip = model.get("bars")[model.get("picked_bar")];
    who.replaceChildren(
      element("div", { class: "jm-row" }, element("h4", {}, model.get("rows_heading")), ...(chip ? [chipOf(model, chip)] : [])),
      model.get("total") ? table(model, send) : element("p", { class: "jm-nobody" }, "Nobody is in this list."));
  };
  const story = () => {
    const steps = model.get("timeline");
    timeline.hidden = steps.length === 0;
    const before = timeline.childElementCount;
    const back = element("button", { type: "button", class: "jm-link", click: () => send({ do: "back" }) }, "‹ Back to the list");
    timeline.replaceChildren(...(steps.length ? [back, element("h4", {}, model.get("timeline_heading")), element("ol", {}, ...steps.map(step))] : []));
    if (steps.length && !before) back.focus();
    if (!steps.length && before) who.querySelectorAll(".jm-customer")[opened]?.focus();
  };
  const buttons = () => {
    actions.hidden = model.get("actions").length === 0;
    actions.replaceChildren(...model.get("actions").map(({ id, label }, i) =>
      element("button", { type: "button", class: `jm-button${i > 1 ? " jm-button-quiet" : ""}`, click: () => send({ do: id }) }, label)));
  };
  const busy = () => root.setAttribute("aria-busy", model.get("busy"));

  let opener = null;
  const show = () => {
    const shown = model.get("shown");
    if (root.hidden === !shown) return;
    const focused = document.activeElement;
    root.hidden = !shown;
    if (!shown) root.classList.remove("jm-unfolded");
    if (shown) {
      opener = root.contains(focused) ? opener : focused;
      head.focus();
    } else if (root.contains(focused) || focused === document.body) {
      returnFocus(opener);
    }
  };

  const parts = [
    [["title", "subtitle", "series"], title],
    [["bars", "bars_heading", "no_bars", "tone", "timeline"], bars],
    [["picked_bar"], picked],
    [["columns", "rows", "total", "rows_heading", "bars", "picked_bar", "timeline"], people],
    [["page", "page_size", "total"], pager.write],
    [["timeline", "timeline_heading"], story],
    [["actions"], buttons],
    [["busy"], busy],
  ];
  for (const [, write] of parts) write();
  root.hidden = !model.get("shown");
  const ends = [...parts, [["shown"], show]].map(([traits, write]) => follow(model, traits, write));
  return () => { for (const end of ends) end(); };
}

function returnFocus(opener) {
  if (opener?.isConnected) opener.focus();
}

function barRow(model, { label, count: number, share_text: share, fraction }, i) {
  const press = () => {
    model.set("picked_bar", model.get("picked_bar") === i ? -1 : i);
    model.save_changes();
  };
  const bar = element("span", { class: "jm-bar" }, element("span", { class: "jm-bar-fill" }), element("span", {}, count(number)));
  bar.firstChild.style.setProperty("--jm-part", fraction);
  return element("li", {}, element("button", { type: "button", title: label, click: press },
    element("span", { class: "jm-bar-label" }, label), bar, element("span", { class: "jm-bar-share" }, share)));
}

function chipOf(model, { label }) {
  const press = (event) => {
    event.target.closest(".jm-list").querySelector('.jm-bars [aria-pressed="true"]')?.focus();
    model.set("picked_bar", -1);
    model.save_changes();
  };
  return element("button", { type: "button", class: "jm-chip", "aria-label": `Take off: ${label}`, click: press },
    element("span", {}, label), element("span", { "aria-hidden": "true" }, "×"));
}

function table(model, send) {
  const columns = model.get("columns");
  const cells = (row) => columns.map(({ align }, i) => element("td", { class: align === "right" ? "jm-right" : null }, row[i] ?? ""));
  const body = model.get("rows").map((row, i) => {
    const made = element("tr", { click: () => send({ do: "customer", row: i }) }, ...cells(row));
    made.firstChild?.replaceChildren(element("button", { type: "button", class: "jm-customer", title: row[0] }, row[0]));
    return made;
  });
  return element("table", {},
    element("thead", {}, element("tr", {}, ...columns.map(({ label, align }) =>
      element("th", { scope: "col", class: align === "right" ? "jm-right" : null }, label)))),
    element("tbody", {}, ...body));
}

function step({ at, event, detail }) {
  return element("li", {}, element("span", { class: "jm-at" }, at), element("span", { class: "jm-event" }, event),
    ...(detail ? [element("span", { class: "jm-detail" }, detail)] : []));
}

function makePager(model) {
  const turn = (pages) => () => {
    const page = model.get("page") + pages;
    if (page < 1 || page > last()) return;
    model.set("page", page);
    model.save_changes();
  };
  const last = () => Math.max(1, Math.ceil(model.get("total") / model.get("page_size")));
  const said = element("span", { role: "status" });
  const back = element("button", { type: "button", class: "jm-link", click: turn(-1) }, "Previous");
  const on = element("button", { type: "button", class: "jm-link", click: turn(1) }, "Next");
  const root = element("nav", { class: "jm-pager jm-row", "aria-label": "Pages of the list" }, said, element("span", {}, back, on));
  const write = () => {
    const [page, size, total] = ["page", "page_size", "total"].map((trait) => model.get(trait));
    const text = total ? `${count((page - 1) * size + 1)} to ${count(Math.min(page * size, total))} of ${count(total)}` : "";
    if (said.textContent !== text) said.textContent = text;
    back.setAttribute("aria-disabled", String(page <= 1));
    on.setAttribute("aria-disabled", String(page >= last()));
    on.parentElement.hidden = total <= size;
  };
  return { root, write };
}

export default { render };
