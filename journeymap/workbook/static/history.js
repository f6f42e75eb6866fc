/** Undo and Reset all. A button that has nothing to do keeps the focus, and says that it is off. */
function render({ model, el }) {
  const button = (label, what, trait) => {
    const press = () => { if (model.get(trait)) model.send({ do: what }); };
    return element("button", { type: "button", class: "jm-button jm-button-quiet", "data-trait": trait, click: press }, label);
  };
  const buttons = [button("Undo", "undo", "can_undo"), button("Reset all", "reset", "can_reset")];
  el.append(element("div", { class: "jm-history" }, ...buttons));
  const write = () => {
    for (const each of buttons) each.setAttribute("aria-disabled", String(!model.get(each.dataset.trait)));
  };
  write();
  return follow(model, ["can_undo", "can_reset"], write);
}

export default { render };
