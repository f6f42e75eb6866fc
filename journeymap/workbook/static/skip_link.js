/** The first stop of the page: it leads past header and rail to what is said about the answer. */
function render({ el }) {
  const lead = (event) => {
    event.preventDefault();
    const said = [...el.closest(".jm-app").querySelectorAll(".jm-finding, .jm-empty h2")];
    const seen = said.find((heading) => heading.checkVisibility());
    if (!seen) return;
    seen.tabIndex = -1;
    seen.focus();
  };
  el.append(element("a", { class: "jm-skip", href: "#", click: lead }, "To the finding"));
}

export default { render };
