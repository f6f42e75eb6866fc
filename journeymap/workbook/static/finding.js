const PATIENCE = 500;

/** The finding and its support line. Screen readers read the finding when its words change, and only then. */
function render({ model, el }) {
  const finding = element("h2", { class: "jm-finding" });
  const support = element("p", { class: "jm-support" });
  const counting = element("p", { class: "jm-counting", "aria-live": "polite" });
  el.append(element("div", { class: "jm-answer" }, counting, element("div", { role: "status", "aria-atomic": "true" }, finding), support));

  const write = (line, text) => {
    if (line.textContent !== text) line.textContent = text;
    line.hidden = text === "";
  };
  const say = () => {
    write(finding, model.get("text"));
    write(support, model.get("support"));
  };
  let waiting;
  const wait = () => {
    clearTimeout(waiting);
    if (model.get("busy")) waiting = setTimeout(() => { counting.textContent = "Counting…"; }, PATIENCE);
    else counting.textContent = "";
  };
  say();
  wait();
  const ends = [follow(model, ["text", "support"], say), follow(model, ["busy"], wait)];
  return () => {
    clearTimeout(waiting);
    for (const end of ends) end();
  };
}

export default { render };
