/** The shapes of segments, as in the pictures. */
const SIGNS = {
  circle: "M6 1.5A4.5 4.5 0 1 1 6 10.5A4.5 4.5 0 1 1 6 1.5Z",
  square: "M1.5 1.5H10.5V10.5H1.5Z",
  "triangle-up": "M6 1 11 10.5H1Z",
  diamond: "M6 .5 11.5 6 6 11.5.5 6Z",
  "triangle-down": "M6 11 1 1.5H11Z",
  not: "M1.5 3.75 3.75 1.5 6 3.75 8.25 1.5 10.5 3.75 8.25 6 10.5 8.25 8.25 10.5 6 8.25 3.75 10.5 1.5 8.25 3.75 6Z",
  cross: "M4 1H8V4H11V8H8V11H4V8H1V4H4Z",
};

/** Draw the shape and colour of a segment. */
function sign({ shape, series }) {
  const drawn = (tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const picture = drawn("svg", { width: "12", height: "12", class: `jm-sign jm-series-${series}`, fill: "currentColor", "aria-hidden": "true" });
  picture.append(drawn("path", { d: SIGNS[shape] ?? SIGNS.circle }));
  return picture;
}
