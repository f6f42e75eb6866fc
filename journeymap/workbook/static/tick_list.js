/**
 * A list to tick; an ordered one also to move. All of what is chosen goes to Python each time, so the last state wins.
 *
 * A row is one element as long as the list holds it, so that the keyboard stays where it is.
 */
function render({ model, el }) {
  const said = element("span", { class: "jm-unseen", role: "status" });
  const list = element("ul", { class: `jm-ticks${model.get("ordered") ? " jm-ticks-ordered" : ""}`, "data-lm-suppress-shortcuts": "true" });
  el.append(list, said);
  const made = new Map();
  let order = [];

  const chosen = () => model.get("chosen");
  const row = (id) => model.get("rows").find((one) => one.id === id);
  const choose = (ids) => {
    model.set("chosen", ids);
    model.save_changes();
  };
  const tick = (id) => {
    const before = chosen();
    if (before.includes(id)) choose(before.filter((one) => one !== id));
    else choose(model.get("ordered") ? order.filter((one) => one === id || before.includes(one)) : [...before, id]);
  };
  const move = (id, by) => {
    const ids = chosen().filter((one) => one !== id);
    const to = chosen().indexOf(id) + by;
    ids.splice(to, 0, id);
    choose(ids);
    said.textContent = `${row(id).label} is now ${to + 1} of ${ids.length}`;
  };

  const build = (id) => {
    const press = (event) => { if (box.getAttribute("aria-disabled") === "true") event.preventDefault(); };
    const box = element("input", { type: "checkbox", click: press, change: () => tick(id) });
    const label = element("label", {}, box, element("span", { class: "jm-tick-sign" }), element("span", { class: "jm-tick-name" }));
    const number = element("span", { class: "jm-tick-number" });
    const count = element("span", { class: "jm-tick-count" });
    const moves = [-1, 1].map((by) => element("button", { type: "button", class: "jm-move", click: () => move(id, by) }, by < 0 ? "↑" : "↓"));
    const remove = element("button", { type: "button", class: "jm-link jm-tick-remove", click: () => model.send({ do: "remove", id }) }, "Delete");
    const item = element("li", {}, ...(model.get("ordered") ? [number, label, count, ...moves] : [label, count, remove]));
    made.set(id, item);
    return Object.assign(item, { parts: { box, label, number, count, moves, remove } });
  };
  const fill = (item, { id, label, count, counted, hint, disabled, removable, sign: look }) => {
    const { parts } = item;
    const at = chosen().indexOf(id);
    parts.box.checked = at >= 0;
    parts.box.setAttribute("aria-disabled", String(Boolean(disabled)));
    parts.label.title = hint ? `${label}\n${hint}` : label;
    parts.label.children[1].replaceChildren(...(look ? [sign(look)] : []));
    parts.label.children[2].textContent = label;
    parts.number.textContent = at >= 0 ? at + 1 : "";
    parts.count.textContent = counted ? `${counted}: ${count}` : count ?? "";
    item.classList.toggle("jm-tick-counted", Boolean(counted));
    parts.remove.hidden = !removable;
    parts.remove.setAttribute("aria-label", `Delete ${label}`);
    parts.moves.forEach((button, down) => {
      button.hidden = at < 0;
      button.disabled = at === (down ? chosen().length - 1 : 0);
      button.ariaLabel = button.title = `Move ${label} ${down ? "down" : "up"}`;
    });
  };
  const arrange = () => {
    const ids = model.get("rows").map(({ id }) => id);
    if (!model.get("ordered")) return ids;
    const kept = order.filter((id) => ids.includes(id));
    return placed([...kept, ...ids.filter((id) => !kept.includes(id))], chosen());
  };
  const write = () => {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const place = [...list.children].findIndex((item) => item.contains(focused));
    order = arrange();
    for (const id of made.keys()) if (!order.includes(id)) made.delete(id);
    const items = order.map((id) => made.get(id) ?? build(id));
    if (items.length !== list.children.length || items.some((item, i) => item !== list.children[i])) list.replaceChildren(...items);
    items.forEach((item, i) => fill(item, row(order[i])));
    list.setAttribute("aria-label", model.get("label"));
    if (focused) keep(focused, items, place);
  };
  /** Give the focus back to what had it; to its neighbour where it is gone or cannot be pressed any more. */
  const keep = (focused, items, place) => {
    const item = focused.isConnected ? focused.closest("li") : items[Math.min(place, items.length - 1)];
    const near = focused.isConnected && !focused.disabled && !focused.hidden ? focused : item?.querySelector("button.jm-move:enabled:not([hidden])") ?? item?.querySelector("input");
    if (near !== document.activeElement) near?.focus();
  };

  const heard = (message) => { if (message.do === "focus") made.get(message.id)?.parts.box.focus(); };

  model.on("msg:custom", heard);
  write();
  const end = follow(model, ["rows", "chosen", "label"], write);
  return () => { end(); model.off("msg:custom", heard); };
}

/** Bring what is chosen into its order; what is not chosen keeps its place. */
function placed(order, chosen) {
  const next = chosen.filter((id) => order.includes(id));
  return order.map((id) => (chosen.includes(id) ? next.shift() : id));
}

export default { render };
