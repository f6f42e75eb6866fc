/** A button that opens the rail, with the number of changes; what is chosen stands beside it as chips. */
function render({ model, el }) {
  const turn = () => {
    model.set("opened", !model.get("opened"));
    model.save_changes();
  };
  const number = element("span", { class: "jm-tally" });
  const button = element("button", { type: "button", class: "jm-button", click: turn }, "Filters ", number);
  const list = element("ul", { class: "jm-chips", "aria-label": "What is chosen" });
  el.append(button, list);

  const opened = () => button.setAttribute("aria-expanded", String(model.get("opened")));
  const write = () => {
    const chips = model.get("chips");
    const changed = chips.filter((chip) => chip.changed).length;
    number.textContent = changed || "";
    number.hidden = changed === 0;
    const place = offs().indexOf(document.activeElement);
    list.replaceChildren(...chips.map((chip) => chipOf(chip, () => model.send({ take_off: chip.id }))));
    if (place >= 0) (offs()[Math.min(place, changed - 1)] ?? button).focus();
  };
  const offs = () => [...list.querySelectorAll("button")];

  opened();
  write();
  const heard = hear(model, (message) => { if (message.do === "focus") button.focus(); });
  const ends = [heard, follow(model, ["opened"], opened), follow(model, ["chips"], write)];
  return () => { for (const end of ends) end(); };
}

function chipOf({ label, changed, sign: look }, takeOff) {
  return element("li", { class: changed ? "jm-off-chip" : null },
    ...(look ? [sign(look)] : []),
    element("span", { title: label }, label),
    ...(changed ? [element("button", { type: "button", class: "jm-icon", "aria-label": `Take off: ${label}`, click: takeOff }, "×")] : []));
}

export default { render };
