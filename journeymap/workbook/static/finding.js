/** The finding and its support line. Screen readers read the finding when its words change, and only then. */
function render({ model, el }) {
  const finding = element("h2", { class: "jm-finding" });
  const support = element("p", { class: "jm-support" });
  el.append(element("div", { class: "jm-answer" }, element("div", { role: "status", "aria-atomic": "true" }, finding), support));

  const write = (line, text) => {
    if (line.textContent !== text) line.textContent = text;
    line.hidden = text === "";
  };
  const say = () => {
    write(finding, model.get("text"));
    write(support, model.get("support"));
  };
  say();
  return follow(model, ["text", "support"], say);
}

export default { render };
