/** The controls of a part's fields. Each calls `tell` with its value: a text, a list of texts, or true and false. */
const IDLE_MS = 900;
const foldedOut = new Map();

function control(field, { id, value, tell }) {
  const make = { text: area, rule: area, lines: area, choice: select, scale, flag, ids: ticks }[field.look] ?? line;
  return make(field, { id, value, tell });
}

/** Tell what is typed when the hand rests or leaves; Escape takes back what was not told yet. */
function typing(box, told, tell) {
  let resting;
  let last = box.value;
  const say = () => {
    clearTimeout(resting);
    if (box.value === last) return;
    last = box.value;
    tell(told());
  };
  box.addEventListener("input", () => { clearTimeout(resting); resting = setTimeout(say, IDLE_MS); });
  box.addEventListener("change", say);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.value !== last) {
      event.stopPropagation();
      clearTimeout(resting);
      box.value = last;
    } else if (event.key === "Enter" && (box.localName === "input" || event.ctrlKey || event.metaKey)) say();
  });
  return box;
}

function line(field, { id, value, tell }) {
  const type = field.look === "day" ? "date" : "text";
  const box = element("input", { type, id, class: "jm-field-box", inputmode: field.look === "number" ? "decimal" : null, autocomplete: "off" });
  box.value = value;
  return typing(box, () => box.value, tell);
}

function area(field, { id, value, tell }) {
  const box = element("textarea", { id, class: "jm-field-box", rows: field.look === "lines" ? Math.max(2, value.length) : 2 });
  box.value = field.look === "lines" ? value.join("\n") : value;
  return typing(box, () => (field.look === "lines" ? box.value.split("\n") : box.value), tell);
}

function select(field, { id, value, tell }) {
  const box = element("select", { id, class: "jm-field-box", change: () => tell(box.value) },
    ...field.options.map(([meant, text]) => element("option", { value: meant }, text)));
  box.value = value;
  return box;
}

function flag(field, { id, value, tell }) {
  const box = element("input", { type: "checkbox", id, change: () => tell(box.checked) });
  box.checked = value;
  return box;
}

/** A few numbers side by side: one stop of the Tab key, arrows move and choose. */
function scale(field, { id, value, tell }) {
  const buttons = field.options.map(([meant, text]) => element("button",
    { type: "button", role: "radio", "data-value": meant, "aria-label": meant === "" ? "Nothing said" : text, click: () => choose(meant) }, text));
  const group = element("div", { class: "jm-choices-group", role: "radiogroup", id, "aria-labelledby": `${id}-label` }, ...buttons);
  const write = (chosen) => {
    for (const each of buttons) {
      each.setAttribute("aria-checked", String(each.dataset.value === chosen));
      each.tabIndex = each.dataset.value === chosen ? 0 : -1;
    }
  };
  const choose = (meant) => { write(meant); tell(meant); };
  group.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = buttons.at(to % buttons.length);
    next.focus();
    choose(next.dataset.value);
  });
  write(value);
  return group;
}

/** Ids of other parts: folded to how many there are, as a list of ticks is long. */
function ticks(field, { id, value, tell }) {
  const boxes = field.options.map(([meant, text]) => {
    const box = element("input", { type: "checkbox", value: meant, change: () => { say(); tell(chosen()); } });
    box.checked = value.includes(meant);
    return { box, row: element("label", {}, box, element("span", {}, text)) };
  });
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  const summary = element("summary", { id: `${id}-label` });
  const say = () => { summary.replaceChildren(element("span", { class: "jm-field-label" }, field.label), ` ${chosen().length} of ${boxes.length}`); };
  const none = element("p", { class: "jm-field-none" }, "The map has none yet.");
  say();
  return element("details", { class: "jm-field-folded", id, open: foldedOut.has(id) && foldedOut.get(id), toggle: (event) => foldedOut.set(id, event.target.open) }, summary,
    element("div", { class: "jm-field-ticks", role: "group", "aria-labelledby": `${id}-label` }, ...(boxes.length ? boxes.map(({ row }) => row) : [none])));
}
