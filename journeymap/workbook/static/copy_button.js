/** A button that copies a text, or a link to this page with the text as its query. */
function render({ model, el }) {
  const said = element("span", { class: "jm-unseen", role: "status" });
  const button = element("button", { type: "button", class: "jm-button", click: () => press() });
  const field = element("textarea", { class: "jm-code", readonly: true, rows: "3", "aria-label": "Text to copy" });
  const box = element("div", { class: "jm-menu jm-sheet" }, element("p", {}, "The browser does not allow copying here. Copy it from this field."), field);
  el.append(element("div", { class: "jm-menu-place", "data-lm-suppress-shortcuts": "true" }, button, said, box));
  const float = floating(button, box);
  button.removeAttribute("aria-expanded");
  let back;

  const write = () => { button.textContent = model.get("label"); };
  const text = () => (model.get("kind") === "link" ? address(model.get("text")) : model.get("text"));
  const press = async () => {
    if (await copy(text(), el)) return done();
    field.value = text();
    float.open();
    field.select();
  };
  const done = () => {
    button.textContent = said.textContent = "Copied";
    clearTimeout(back);
    back = setTimeout(() => { write(); said.textContent = ""; }, 2000);
  };

  write();
  const end = follow(model, ["label"], write);
  return () => { end(); clearTimeout(back); float.close(); };
}

function address(query) {
  const here = new URL(location.href);
  here.search = query;
  here.hash = "";
  return here.href;
}

export default { render };
