const LOOK_MS = 15_000;
const PATIENCE_MS = 30 * 60_000;

/** Undo, Redo, Save and whether all is saved. While somebody works on the page, it asks whether the file has changed. */
function render({ model, el }) {
  const button = (label, what, trait, look) => element("button",
    { type: "button", class: `jm-button ${look}`, "data-trait": trait, click: () => { if (model.get(trait)) model.send({ do: what }); } }, label);
  const [undo, redo, save] = [button("Undo", "undo", "can_undo", "jm-button-quiet"), button("Redo", "redo", "can_redo", "jm-button-quiet"), button("Save", "save", "can_save", "jm-button-main")];
  const said = element("span", { class: "jm-saved", role: "status" });
  el.append(element("div", { class: "jm-map-bar", "data-lm-suppress-shortcuts": "true" }, undo, redo, save, said));
  const write = () => {
    for (const each of [undo, redo, save]) each.setAttribute("aria-disabled", String(!model.get(each.dataset.trait)));
    save.hidden = model.get("why_not") !== "";
    const text = [model.get("said"), model.get("why_not")].filter(Boolean).join(" ");
    if (said.textContent !== text) said.textContent = text;
    said.classList.toggle("jm-unsaved", model.get("can_save"));
  };

  let worked = Date.now();
  const work = () => { worked = Date.now(); };
  const look = () => {
    if (model.get("looks") && document.visibilityState === "visible" && Date.now() - worked < PATIENCE_MS) model.send({ do: "look" });
  };
  const looking = setInterval(look, LOOK_MS);
  const come = () => { if (document.visibilityState === "visible") { work(); look(); } };
  const press = (event) => {
    work();
    const own = el.closest(".jm-map")?.contains(event.target) && !event.target.matches("input:not([type=checkbox]), textarea, select");
    if (!own || event.altKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    event.stopPropagation();
    (event.shiftKey ? redo : undo).click();
  };
  const leave = (event) => { if (model.get("warns")) event.preventDefault(); };
  document.addEventListener("visibilitychange", come);
  document.addEventListener("pointerdown", work);
  document.addEventListener("keydown", press, true);
  window.addEventListener("beforeunload", leave);

  write();
  const end = follow(model, ["can_undo", "can_redo", "can_save", "said", "why_not"], write);
  return () => {
    end();
    clearInterval(looking);
    document.removeEventListener("visibilitychange", come);
    document.removeEventListener("pointerdown", work);
    document.removeEventListener("keydown", press, true);
    window.removeEventListener("beforeunload", leave);
  };
}

export default { render };
