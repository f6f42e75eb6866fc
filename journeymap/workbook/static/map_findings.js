const LEVELS = { error: "error", warn: "warning", info: "hint" };

/** What the checks found: each line leads to its cell. */
function render({ model, el }) {
  const head = element("h3", { class: "jm-drawer-title", tabindex: "-1" });
  const close = element("button", { type: "button", class: "jm-icon", "aria-label": "Close the checks", click: () => model.send({ do: "close" }) }, "×");
  const list = element("ul", { class: "jm-findings" });
  const notes = element("ul", { class: "jm-finding-notes" });
  const unfold = () => { root.classList.add("jm-unfolded"); head.focus(); };
  const opens = element("button", { type: "button", class: "jm-button jm-button-main jm-unfold", click: unfold }, "Open the checks");
  const root = element("section", { class: "jm-list jm-map-drawer", role: "region", "aria-label": "Checks", "data-lm-suppress-shortcuts": "true" },
    element("header", { class: "jm-drawer-head" }, element("div", { click: unfold }, head), opens, close), element("div", { class: "jm-drawer-body" }, list, notes));
  el.append(root);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    model.send({ do: "close" });
  });
  const write = () => {
    head.textContent = model.get("title");
    const held = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    const none = element("li", {}, element("p", { class: "jm-nobody" }, "The checks found nothing."));
    list.replaceChildren(...(model.get("items").length ? model.get("items").map(row) : [none]));
    notes.replaceChildren(...model.get("notes").map((text) => element("li", {}, text)));
    if (held >= 0) [...list.querySelectorAll("button")].at(Math.min(held, list.children.length - 1))?.focus();
  };
  const row = ({ level, rule, where, sentence, fix, waived }, i) => element("li", { class: waived ? "jm-waived" : null },
    element("button", { type: "button", class: "jm-finding-row", click: () => model.send({ go: i }) },
      element("span", { class: "jm-finding-head" }, element("span", { class: `jm-level jm-level-${level}` }, LEVELS[level] ?? level), element("span", {}, [rule, where].filter(Boolean).join(" · "))),
      element("span", {}, sentence),
      ...(fix ? [element("span", { class: "jm-fix" }, fix)] : []),
      ...(waived ? [element("span", { class: "jm-fix" }, waived)] : [])));
  let opener = null;
  const show = () => {
    const shown = model.get("shown");
    if (root.hidden === !shown) return;
    const focused = document.activeElement;
    root.hidden = !shown;
    if (!shown) root.classList.remove("jm-unfolded");
    if (shown) {
      opener = focused;
      head.focus();
    } else if ((root.contains(focused) || focused === document.body) && opener?.isConnected) opener.focus();
  };
  write();
  root.hidden = !model.get("shown");
  const ends = [follow(model, ["title", "items", "notes"], write), follow(model, ["shown"], show)];
  return () => { for (const end of ends) end(); };
}

export default { render };
