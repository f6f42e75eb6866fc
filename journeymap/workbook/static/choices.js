/** A few choices side by side, one of which is chosen: one stop of the Tab key, arrows move and choose. */
function render({ model, el }) {
  const label = element("span", { class: "jm-choices-label", "aria-hidden": "true" });
  const group = element("div", { class: "jm-choices-group", role: "radiogroup", "data-lm-suppress-shortcuts": "true" });
  el.append(element("div", { class: "jm-choices" }, label, group));
  const buttons = () => [...group.children];

  const choose = (value) => {
    if (model.get("disabled")) return;
    model.set("value", value);
    model.save_changes();
  };
  const build = () => {
    const focused = group.contains(document.activeElement);
    group.replaceChildren(...model.get("options").map(([text, value]) =>
      element("button", { type: "button", role: "radio", "data-value": value, click: () => choose(value) }, text)));
    write();
    if (focused) focus();
  };
  const write = () => {
    label.textContent = model.get("description");
    label.hidden = model.get("description") === "";
    group.setAttribute("aria-label", model.get("description"));
    group.setAttribute("aria-disabled", String(model.get("disabled")));
    for (const button of buttons()) {
      const chosen = button.dataset.value === model.get("value");
      button.setAttribute("aria-checked", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      button.disabled = model.get("disabled");
    }
  };
  const focus = () => group.querySelector('[aria-checked="true"]')?.focus();
  const press = (event) => {
    const all = buttons();
    const here = all.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = all.at(to % all.length);
    next.focus();
    choose(next.dataset.value);
  };
  const heard = (message) => { if (message.do === "focus") focus(); };

  group.addEventListener("keydown", press);
  model.on("msg:custom", heard);
  build();
  const ends = [follow(model, ["options"], build), follow(model, ["value", "disabled", "description"], write)];
  return () => { for (const end of ends) end(); model.off("msg:custom", heard); };
}

export default { render };
