/**
 * Let the keyboard walk over the marks of a picture, which is one stop of the Tab key.
 *
 * A mark is what Vega describes in words and what answers a click; labels and decoration are passed over.
 * Left and Right follow the drawing order and so reach all marks; Up and Down jump to the nearest mark there.
 */
function walkMarks(figure, { moved, escaped }) {
  const ring = element("div", { class: "jm-ring", hidden: true });
  figure.append(ring);
  let current = null;
  let place = 0;

  const marks = () => [...figure.querySelectorAll('.jm-drawing:not(.jm-coming) [role="graphics-symbol"][aria-label]')].filter(isStop);

  const circle = () => {
    const seen = current !== null && current === document.activeElement;
    ring.hidden = !seen;
    if (!seen) return;
    const mark = current.getBoundingClientRect();
    const winding = isWinding(current, mark);
    current.classList.toggle("jm-outlined", winding);
    ring.hidden = winding;
    const around = figure.getBoundingClientRect();
    ring.style.left = `${mark.left - around.left + figure.scrollLeft - 4}px`;
    ring.style.top = `${mark.top - around.top + figure.scrollTop - 4}px`;
    ring.style.width = `${mark.width + 8}px`;
    ring.style.height = `${mark.height + 8}px`;
  };

  const standOn = (mark) => {
    current = mark;
    place = marks().indexOf(mark);
    mark.setAttribute("tabindex", "-1");
    mark.focus();
    circle();
  };

  const moveTo = (mark) => {
    if (!mark) return;
    standOn(mark);
    moved(mark);
  };

  const target = (key) => {
    const all = marks();
    const here = all.indexOf(current);
    const lost = here < 0;
    if (!lost && key === "ArrowDown") return nearest(all, current, 1);
    if (!lost && key === "ArrowUp") return nearest(all, current, -1);
    const steps = { ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0;
    const next = { Home: 0, End: all.length - 1 }[key] ?? (lost ? place : here + steps);
    return all[Math.max(0, Math.min(next, all.length - 1))];
  };

  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || figure.getAttribute("aria-busy") === "true") return;
    const chooses = event.key === "Enter" || event.key === " ";
    if (event.key === "Escape") escaped();
    else if (chooses && current !== null && current === document.activeElement) choose(current);
    else if (chooses || /^(Arrow|Home$|End$)/.test(event.key)) moveTo(target(event.key));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const choose = (mark) => {
    const { left, top, width, height } = mark.getBoundingClientRect();
    const at = { bubbles: true, clientX: left + width / 2, clientY: top + height / 2, view: window };
    mark.dispatchEvent(new MouseEvent("click", at));
  };

  figure.addEventListener("keydown", press);
  figure.addEventListener("focusin", () => { figure.tabIndex = document.activeElement === figure ? 0 : -1; });
  figure.addEventListener("focusout", () => { figure.tabIndex = 0; ring.hidden = true; });
  figure.addEventListener("click", (event) => {
    const clicked = marks().indexOf(event.target);
    if (clicked >= 0) [current, place] = [event.target, clicked];
  });

  return {
    circle,
    /** Give the focus back to the mark that had it last, or to the one that is drawn in its place. */
    comeBack() {
      const mark = current?.isConnected ? current : marks()[Math.min(place, marks().length - 1)];
      if (mark) standOn(mark);
      else figure.focus();
    },
    /** Remember whether a mark has the focus; call the answer after drawing to give it back. */
    hold() {
      const held = current !== null && current === document.activeElement;
      return () => {
        if (held && !current.isConnected) moveTo(marks()[Math.min(place, marks().length - 1)]);
        else circle();
        if (held && !figure.contains(document.activeElement)) figure.focus();
      };
    },
  };
}

/** The item that Vega has drawn as this element. */
const itemOf = (element) => [element?.__data__].flat()[0];

function isStop(element) {
  const { role, marktype, interactive } = itemOf(element)?.mark ?? {};
  return role === "mark" && marktype !== "text" && interactive !== false;
}

/** A box around a ribbon would hold its neighbours too: such a mark is outlined itself. */
const isWinding = (element, { width, height }) => itemOf(element)?.mark.marktype !== "rect" && Math.max(width, height) > 32;

function nearest(marks, from, direction) {
  const centre = (mark) => {
    const { left, top, width, height } = mark.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  };
  const start = centre(from);
  let best = from;
  let least = Infinity;
  for (const mark of marks) {
    const { x, y } = centre(mark);
    const ahead = (y - start.y) * direction;
    const distance = ahead + 2 * Math.abs(x - start.x);
    if (ahead > 2 && distance < least) [best, least] = [mark, distance];
  }
  return best;
}
