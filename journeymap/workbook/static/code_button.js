/** A button that opens the code of what is on the screen, to read and to copy. */
function render({ model, el }) {
  const button = element("button", { type: "button", class: "jm-button jm-button-quiet", "aria-haspopup": "dialog", click: () => toggle() });
  const code = element("pre", { class: "jm-code", tabindex: "0" });
  const copied = element("span", { role: "status", class: "jm-said" });
  const copier = element("button", { type: "button", class: "jm-button", click: () => take() }, "Copy");
  const box = element("div", { class: "jm-menu jm-sheet", role: "dialog", "aria-label": model.get("label") },
    code, element("div", { class: "jm-row" }, copied, copier));
  el.append(element("div", { class: "jm-menu-place", "data-lm-suppress-shortcuts": "true" }, button, box));
  const float = floating(button, box);

  const write = () => {
    button.textContent = model.get("label");
    code.textContent = model.get("text");
    copied.textContent = "";
    if (float.isOpen()) float.place();
  };
  const toggle = () => {
    if (float.isOpen()) return float.close();
    copied.textContent = "";
    float.open();
    copier.focus();
  };
  const take = async () => {
    const done = await copy(model.get("text"), box);
    copied.textContent = done ? "Copied" : "The browser does not allow copying here. Select the code and copy it.";
    copier.focus();
  };

  write();
  const end = follow(model, ["label", "text"], write);
  return () => { end(); float.close(); };
}

export default { render };
