/** One cell of the map: its parts as small forms. What is typed goes to Python, which answers with new sections or a sentence. */
function render({ model, el }) {
  const head = element("h3", { class: "jm-drawer-title", tabindex: "-1" });
  const subtitle = element("p", { class: "jm-drawer-subtitle" });
  const close = element("button", { type: "button", class: "jm-icon", "aria-label": "Close the cell", click: () => model.send({ do: "close" }) }, "×");
  const parts = element("div", { class: "jm-parts" });
  const adds = element("div", { class: "jm-adds" });
  const body = element("div", { class: "jm-drawer-body" }, parts, adds);
  const unfold = () => { root.classList.add("jm-unfolded"); head.focus(); };
  const opens = element("button", { type: "button", class: "jm-button jm-button-main jm-unfold", click: unfold }, "Open the cell");
  const root = element("section", { class: "jm-list jm-map-drawer", role: "region", "data-lm-suppress-shortcuts": "true" },
    element("header", { class: "jm-drawer-head" }, element("div", { click: unfold }, head, subtitle), opens, close), body);
  el.append(root);
  const own = Math.random().toString(36).slice(2);
  const opened = new Map();
  let visit = 0;
  let leads = null;
  root.addEventListener("focusin", () => { visit += 1; });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    model.send({ do: "close" });
  });

  const write = () => {
    subtitle.textContent = model.get("subtitle");
    head.textContent = model.get("title");
    root.setAttribute("aria-label", `${model.get("subtitle")}: ${model.get("title")}`);
  };
  const keyOf = (node) => node?.closest?.("[data-key]")?.dataset.key;
  const find = (key) => [...parts.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);
  const build = () => {
    const active = parts.contains(document.activeElement) ? document.activeElement : null;
    const [key, ends] = [keyOf(active), active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null];
    const [typed, scrolled] = [active?.value, body.scrollTop];
    const all = model.get("sections");
    const many = all.length > 3;
    parts.replaceChildren(...(all.length ? all.map((one) => section(one, many)) : [element("p", { class: "jm-nobody" }, "Nothing stands here yet.")]));
    body.scrollTop = scrolled;
    const next = key && find(key);
    const box = next?.matches(".jm-field") ? focusable(next, active) : next;
    if (!box) return active && root.contains(head) ? head.focus({ preventScroll: true }) : undefined;
    if (ends && typed !== undefined && box.value?.trim() === typed.trim()) box.value = typed;
    box.focus({ preventScroll: true });
    if (ends?.[0] != null && box.setSelectionRange) box.setSelectionRange(...ends);
  };
  const focusable = (node, held) => (held?.type === "checkbox" && [...node.querySelectorAll("input")].find((box) => box.value === held.value))
    || node.querySelector('[aria-checked="true"], .jm-field-box, summary, input');

  const section = (one, many) => {
    const made = element("details", { class: "jm-part", open: opened.get(one.part) ?? !many, "data-part": one.part },
      element("summary", {}, element("span", { class: "jm-part-kind" }, one.kind), element("strong", {}, one.title)),
      ...one.claims.map(claim), ...facts("Measured", one.measured), ...facts("Evidence", one.evidence),
      ...one.fields.map((field) => fieldOf(one, field)), ...(one.moves ? [moves(one)] : []));
    made.addEventListener("toggle", () => opened.set(one.part, made.open));
    return made;
  };
  const claim = ({ status, field, why }) => element("p", { class: "jm-claim" }, statusBadge(status), element("b", {}, field), " ", why);
  const facts = (name, lines) => (lines.length
    ? [element("div", { class: "jm-facts" }, element("h4", {}, name), element("ul", {}, ...lines.map((text) => element("li", {}, text))))] : []);
  const fieldOf = (one, field) => {
    const id = `jm-${own}-${one.part}-${field.name}`;
    const problem = model.get("problem");
    const wrong = problem.part === one.part && problem.field === field.name;
    const value = wrong ? problem.typed : field.value;
    const tell = (said) => model.send({ do: "set", part: one.part, field: field.name, value: said, visit });
    const made = control(field, { id, value: value ?? field.value, tell });
    const label = field.look === "ids" ? "" : element(field.look === "scale" ? "span" : "label", { for: id, id: `${id}-label`, class: "jm-field-label" }, field.label);
    const said = element("p", { class: "jm-field-problem", role: "alert", id: `${id}-problem` }, wrong ? problem.text : "");
    if (wrong) made.setAttribute("aria-invalid", "true");
    made.setAttribute("aria-describedby", `${id}-problem`);
    return element("div", { class: `jm-field jm-field-${field.look}`, "data-key": `${one.part}|${field.name}` }, label, made, said);
  };
  const moves = (one) => {
    const button = (what, label) => element("button",
      { type: "button", class: "jm-link", "data-key": `${one.part}|${what}`, click: () => model.send({ do: what, part: one.part }) }, label);
    return element("div", { class: "jm-moves" }, button("earlier", "Move earlier"), button("later", "Move later"), button("remove", `Remove ${one.kind}`));
  };
  const problem = () => {
    const { part, field, text } = model.get("problem");
    for (const node of parts.querySelectorAll(".jm-field")) {
      const wrong = node.dataset.key === `${part}|${field}`;
      const said = node.querySelector(".jm-field-problem");
      if (said.textContent !== (wrong ? text : "")) said.textContent = wrong ? text : "";
      said.previousElementSibling.setAttribute("aria-invalid", String(wrong));
    }
  };
  const additions = () => {
    const typed = Object.fromEntries([...adds.querySelectorAll("input")].map((box) => [box.dataset.kind, box.value]));
    const held = adds.contains(document.activeElement) ? document.activeElement.dataset.kind : null;
    adds.replaceChildren(...model.get("additions").map((one) => {
      const id = `jm-${own}-add-${one.kind}`;
      const box = element("input", { type: "text", id, class: "jm-field-box", "data-kind": one.kind, disabled: Boolean(one.why), autocomplete: "off", maxlength: 400 });
      box.value = typed[one.kind] ?? "";
      const add = () => { if (box.value.trim()) model.send({ do: "add", kind: one.kind, words: box.value }); else box.focus(); };
      box.addEventListener("keydown", (event) => { if (event.key === "Enter") add(); });
      return element("div", { class: "jm-field" }, element("label", { for: id, class: "jm-field-label" }, `Add ${one.label}`),
        element("div", { class: "jm-add-row" }, box, element("button", { type: "button", class: "jm-button", disabled: Boolean(one.why), "aria-label": `Add ${one.label}`, click: add }, "Add")),
        ...(one.why ? [element("p", { class: "jm-field-none" }, one.why)] : []));
    }));
    if (held) adds.querySelector(`[data-kind="${held}"]`)?.focus();
  };
  const lead = () => {
    const made = leads !== null && [...parts.children].find((node) => node.dataset.part === leads);
    if (!made) return;
    root.classList.add("jm-unfolded");
    made.open = true;
    made.scrollIntoView({ block: "nearest" });
    const box = made.querySelector(".jm-field-box");
    box?.focus();
    leads = null;
  };
  /** Bring the picked cell of the picture into view: the drawer has taken some of its room, or lies over it. */
  const scrollToCell = () => setTimeout(() => {
    const figure = el.closest(".jm-map")?.querySelector(".jm-figure");
    const marks = [...(figure?.querySelectorAll(".cells_marks path") ?? [])];
    const mark = marks.find((one) => [one.__data__].flat()[0]?.datum?.cell === model.get("cell"));
    if (!mark) return;
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    const [cell, over] = [mark.getBoundingClientRect(), root.getBoundingClientRect()];
    const hidden = cell.right + 12 - over.left;
    if (hidden > 0 && over.left > figure.getBoundingClientRect().left + 40) figure.scrollLeft += hidden;
  }, 400);
  let opener = null;
  const show = () => {
    const shown = model.get("shown");
    if (root.hidden === !shown) return;
    const focused = document.activeElement;
    root.hidden = !shown;
    if (!shown) root.classList.remove("jm-unfolded");
    if (shown) {
      opener = root.contains(focused) ? opener : focused;
      head.focus({ preventScroll: true });
    } else if (root.contains(focused) || focused === document.body) {
      if (opener?.isConnected) opener.focus();
    }
  };
  const heard = (message) => {
    if (message.do === "focus") { leads = message.part; lead(); }
    if (message.do === "added") {
      const box = adds.querySelector(`[data-kind="${message.kind}"]`);
      if (box) box.value = "";
    }
  };

  write();
  build();
  additions();
  root.hidden = !model.get("shown");
  const fill = () => { build(); problem(); lead(); };
  const ends = [
    follow(model, ["title", "subtitle"], write),
    follow(model, ["sections"], fill),
    follow(model, ["problem"], problem),
    follow(model, ["cell"], () => { if (model.get("cell")) scrollToCell(); }),
    follow(model, ["additions"], additions),
    follow(model, ["shown"], show),
    hear(model, heard),
  ];
  return () => { for (const end of ends) end(); };
}

export default { render };
