/** The status of a claim: a sign that differs in shape, and its word. */
const STATUS = {
  supported: "M6 .5A5.5 5.5 0 1 1 6 11.5 5.5 5.5 0 1 1 6 .5ZM3.4 6.2 5.3 8 8.8 4.2 8.1 3.5 5.3 6.6 4.1 5.5Z",
  contradicted: "M6 0 12 6 6 12 0 6ZM4.2 3.5 3.5 4.2 5.3 6 3.5 7.8 4.2 8.5 6 6.7 7.8 8.5 8.5 7.8 6.7 6 8.5 4.2 7.8 3.5 6 5.3Z",
  stale: "M6 .5A5.5 5.5 0 1 1 6 11.5 5.5 5.5 0 1 1 6 .5ZM6 1.7A4.3 4.3 0 1 0 6 10.3 4.3 4.3 0 1 0 6 1.7ZM5.5 3H6.5V5.8L8.4 7.2 7.8 8 5.5 6.3Z",
  assumed: "",
};

function statusSign(status) {
  const drawn = (tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const picture = drawn("svg", { width: "12", height: "12", viewBox: "0 0 12 12", class: `jm-status-sign jm-status-${status}`, "aria-hidden": "true" });
  picture.append(status === "assumed"
    ? drawn("circle", { cx: 6, cy: 6, r: 5, fill: "none", stroke: "currentColor", "stroke-width": 1.3, "stroke-dasharray": "2 1.8" })
    : drawn("path", { d: STATUS[status] ?? "", fill: "currentColor", "fill-rule": "evenodd" }));
  return picture;
}

const statusBadge = (status) => element("span", { class: `jm-status jm-status-${status}` }, statusSign(status), status);
