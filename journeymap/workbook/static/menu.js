/** A button with a menu. A choice goes to Python; its row says what is being made until a file, a text or a sentence comes back. */
function render({ model, el }) {
  const sentence = element("p", { class: "jm-menu-said", role: "alert", hidden: true });
  const list = element("div", { role: "menu" });
  const box = element("div", { class: "jm-menu" }, list, sentence);
  const button = element("button", { type: "button", class: "jm-button jm-button-main", "aria-haspopup": "menu", click: () => toggle() });
  el.append(element("div", { class: "jm-menu-place", "data-lm-suppress-shortcuts": "true" }, button, box));
  const float = floating(button, box);
  const rows = () => [...list.querySelectorAll('[role="menuitem"]')];
  let making = null;

  const write = () => {
    button.replaceChildren(model.get("label"), element("span", { "aria-hidden": "true", class: "jm-caret" }, "▾"));
    list.setAttribute("aria-label", model.get("label"));
    list.replaceChildren(...groups(model.get("items")).map(([name, items]) =>
      element("div", { role: "group", "aria-label": name || null },
        ...(name ? [element("div", { class: "jm-menu-group", "aria-hidden": "true" }, name)] : []),
        ...items.map(row))));
  };
  const row = (item) => element("button",
    { type: "button", role: "menuitem", tabindex: "-1", class: "jm-menu-row", "data-id": item.id, click: () => choose(item) },
    element("span", {}, item.label), element("span", { class: "jm-menu-hint", "aria-live": "polite" }, item.hint ?? ""));

  const say = (text) => {
    sentence.textContent = text;
    sentence.hidden = text === "";
    if (text) float.open();
    if (float.isOpen()) float.place();
  };
  const choose = (item) => {
    if (making) return;
    making = item;
    say("");
    mark(item, item.busy || "Working…");
    model.send({ do: item.id });
  };
  const mark = (item, hint) => {
    for (const each of rows()) each.setAttribute("aria-disabled", String(making !== null));
    const chosen = rows().find((each) => each.dataset.id === item.id);
    chosen?.classList.toggle("jm-making", making !== null);
    chosen?.lastChild.replaceChildren(hint);
  };
  const settle = () => {
    const item = making;
    making = null;
    if (item) mark(item, item.hint ?? "");
  };
  const finish = () => {
    const inside = box.contains(document.activeElement);
    float.close();
    if (inside) button.focus();
  };

  const heard = async (message, buffers) => {
    settle();
    if (message.do === "failed") say(message.text);
    if (message.do === "file") save(message, buffers[0], el);
    if (message.do === "text" && !(await copy(message.text, box))) return say("The browser does not allow copying here.");
    if (message.do !== "failed") finish();
  };
  const toggle = () => {
    if (float.isOpen()) return float.close();
    if (!making) say("");
    float.open();
    rows()[0]?.focus();
  };
  const press = (event) => {
    const all = rows();
    const here = all.indexOf(document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") float.close();
    if (to === undefined || !all.length) return;
    event.preventDefault();
    event.stopPropagation();
    all.at(to % all.length).focus();
  };
  const pressButton = (event) => {
    if (event.key === "ArrowDown" && !float.isOpen()) { event.preventDefault(); toggle(); }
  };

  list.addEventListener("keydown", press);
  button.addEventListener("keydown", pressButton);
  model.on("msg:custom", heard);
  const end = follow(model, ["label", "items"], write);
  write();
  return () => { end(); model.off("msg:custom", heard); float.close(); };
}

function groups(items) {
  const found = new Map();
  for (const item of items) {
    const name = item.group ?? "";
    found.set(name, [...(found.get(name) ?? []), item]);
  }
  return [...found];
}

function save({ name, mime }, content, near) {
  const address = URL.createObjectURL(new Blob([content], { type: mime }));
  const link = element("a", { href: address, download: name, hidden: true });
  near.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export default { render };
