/** One rule: a select, the consequence of what is chosen, and why other options are off. */
function render({ model, el }) {
  const id = `jm-rule-${Math.random().toString(36).slice(2)}`;
  const title = element("label", { for: id });
  const mark = element("span", { class: "jm-rule-mark" }, "changed");
  const select = element("select", { id, "aria-describedby": `${id}-says`, "data-lm-suppress-shortcuts": "true", change: () => choose() });
  const says = element("div", { id: `${id}-says`, class: "jm-rule-says" });
  el.append(element("div", { class: "jm-rule" }, element("div", { class: "jm-rule-head" }, title, mark), select, says));

  const choose = () => {
    model.set("value", select.value);
    model.save_changes();
    tell();
  };
  const build = () => {
    const initial = model.get("default");
    title.textContent = model.get("description");
    select.replaceChildren(...model.get("options").map(({ value, label, why }) =>
      element("option", { value, disabled: Boolean(why) }, value === initial ? `${label} (default)` : label)));
    write();
  };
  const write = () => {
    select.value = model.get("value");
    tell();
  };
  const tell = () => {
    const options = model.get("options");
    const initial = model.get("default");
    mark.hidden = initial === "" || select.value === initial;
    const reasons = [...new Set(options.map(({ why }) => why).filter(Boolean))].map((why) => {
      const off = options.filter((one) => one.why === why).map(({ label }) => label);
      return `${off.join(", ")}: not now. ${why}`;
    });
    const said = options.find(({ value }) => value === select.value)?.says ?? "";
    const lines = [...said.split("\n"), ...reasons].filter(Boolean);
    says.replaceChildren(...lines.map((line, i) => element("p", { class: i ? "jm-rule-why" : null }, line)));
  };

  build();
  const ends = [
    follow(model, ["options", "default", "description", "value"], build),
    hear(model, (message) => { if (message.do === "focus") select.focus(); }),
  ];
  return () => { for (const end of ends) end(); };
}

export default { render };
