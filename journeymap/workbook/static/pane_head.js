/** The head of a pane: its heading takes the focus, × and Esc close the pane. */
function render({ model, el }) {
  const send = () => model.send({ do: "close" });
  const head = element("h3", { class: "jm-drawer-title", tabindex: "-1" });
  const close = element("button", { type: "button", class: "jm-icon", click: send }, "×");
  el.append(element("header", { class: "jm-pane-head" }, head, close));

  const write = () => {
    head.textContent = model.get("title");
    close.setAttribute("aria-label", `Close: ${model.get("title")}`);
  };
  const press = (event) => {
    const pane = el.closest(".jm-pane");
    if (event.key !== "Escape" || !pane?.contains(event.target)) return;
    event.stopPropagation();
    send();
  };
  /** The pane may still be hidden when the message comes; then it is tried once more. */
  const focus = (again = 5) => {
    head.focus();
    if (document.activeElement !== head && again) setTimeout(() => focus(again - 1), 40);
  };

  document.addEventListener("keydown", press);
  write();
  const ends = [follow(model, ["title"], write), hear(model, (message) => { if (message.do === "focus") focus(); })];
  return () => {
    document.removeEventListener("keydown", press);
    for (const end of ends) end();
  };
}

export default { render };
