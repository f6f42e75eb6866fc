/** A tooltip that shows what Vega hands over as plain text, above everything else on the page. */
function tooltip(parent) {
  const box = element("div", { class: "jm-tip", popover: "manual", role: "tooltip" });
  parent.append(box);

  const show = (value, { x, y }) => {
    box.replaceChildren(...lines(value));
    if (!box.matches(":popover-open")) box.showPopover();
    const { width, height } = box.getBoundingClientRect();
    const left = x + 12 + width < innerWidth ? x + 12 : x - 12 - width;
    const top = y + 12 + height < innerHeight ? y + 12 : y - 12 - height;
    box.style.left = `${Math.max(4, left)}px`;
    box.style.top = `${Math.max(4, top)}px`;
  };
  const hide = () => { if (box.matches(":popover-open")) box.hidePopover(); };

  return { show, hide };
}

function lines(value) {
  if (typeof value !== "object") return [String(value)];
  const { title, ...rest } = value;
  const rows = Object.entries(rest).map(([name, text]) =>
    element("div", {}, element("span", {}, name), " ", element("b", {}, String(text ?? "–"))));
  return title === undefined ? rows : [element("strong", {}, String(title)), ...rows];
}
