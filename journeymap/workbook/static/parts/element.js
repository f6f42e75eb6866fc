/** Build an element. Children that are text become text nodes, so that text from data is never markup. */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Call `answer` once after any of these traits has changed; return what ends it. */
function follow(model, traits, answer) {
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => { asked = false; answer(); });
  };
  for (const trait of traits) model.on(`change:${trait}`, ask);
  return () => { for (const trait of traits) model.off(`change:${trait}`, ask); };
}

/** Call `answer` with each message that Python sends; return what ends it. */
function hear(model, answer) {
  model.on("msg:custom", answer);
  return () => model.off("msg:custom", answer);
}

/** Write a count the way the page does: 20,730. */
const count = (number) => number.toLocaleString("en");
