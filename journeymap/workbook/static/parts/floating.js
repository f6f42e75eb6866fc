/** Something that opens under a button, above the whole page; Escape and a click elsewhere close it. */
function floating(button, box) {
  box.setAttribute("popover", "manual");
  button.setAttribute("aria-expanded", "false");
  button.after(box);
  const isOpen = () => box.matches(":popover-open");

  const place = () => {
    const near = button.getBoundingClientRect();
    Object.assign(box.style, { left: "0", maxHeight: `${innerHeight - 16}px` });
    const { width, height } = box.getBoundingClientRect();
    const under = near.bottom + 4;
    const left = near.left + near.right < innerWidth ? near.left : near.right - width;
    box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(under, innerHeight - height - 8))}px`;
  };
  const outside = (event) => { if (!box.contains(event.target) && !button.contains(event.target)) close(); };
  const press = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
    button.focus();
  };
  const listen = (how) => {
    document[how]("pointerdown", outside, true);
    window[how]("resize", place);
    window[how]("scroll", place, true);
  };

  const open = () => {
    if (isOpen()) return place();
    box.showPopover();
    button.setAttribute("aria-expanded", "true");
    place();
    listen("addEventListener");
  };
  const close = () => {
    listen("removeEventListener");
    button.setAttribute("aria-expanded", "false");
    if (isOpen()) box.hidePopover();
  };
  box.addEventListener("keydown", press);
  return { open, close, isOpen, place };
}
