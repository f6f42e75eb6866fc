const WAIT_MS = 10_000;
const REST_MS = 150;
const STEP_PX = 40;
const LATE = "The part that draws pictures has not arrived. Reload the page.";
const FAILED = "This picture could not be drawn. The table has the same numbers.";

const refuse = (address) => Promise.reject(new Error(`A picture loads nothing from elsewhere: ${address}`));
const LOADER = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/** One picture: embeds the spec, then follows its data and signals without drawing anew. */
class Picture {
  constructor(model, el) {
    this.model = model;
    this.asked = new Set();
    this.working = false;
    this.closed = false;
    this.figure = element("div", {
      class: "jm-figure", role: "group", tabindex: 0, "aria-roledescription": "picture", "data-lm-suppress-shortcuts": "true",
    });
    this.sentence = element("p", { class: "jm-plain", role: "status" });
    this.root = element("div", { class: "jm-picture" }, this.figure, this.sentence);
    el.append(this.root);
    this.tip = tooltip(this.root);
    this.marks = walkMarks(this.figure, { moved: (mark) => this.tellMark(mark), escaped: () => this.escape() });
    this.figure.addEventListener("pointerleave", this.tip.hide);
    this.figure.addEventListener("focusout", this.tip.hide);
    this.ends = [
      follow(model, ["spec", "watch"], () => this.ask("spec")),
      follow(model, ["data"], () => this.ask("data")),
      follow(model, ["signals"], () => this.ask("signals")),
      follow(model, ["busy", "description"], () => this.label()),
      hear(model, (message) => { if (message.do === "focus") this.marks.comeBack(); }),
    ];
    this.observer = new ResizeObserver(([entry]) => this.measure(entry.contentRect.width));
    this.observer.observe(this.root);
    this.label();
    this.ask("spec");
  }

  close() {
    this.closed = true;
    this.observer.disconnect();
    clearTimeout(this.resting);
    for (const end of this.ends) end();
    this.result?.finalize();
    this.root.remove();
  }

  label() {
    const { model, figure } = this;
    figure.setAttribute("aria-label", model.get("description") || model.get("spec").description || "");
    figure.setAttribute("aria-busy", model.get("busy"));
    if (model.get("busy")) this.tip.hide();
  }

  say(text) {
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
  }

  send(state) {
    for (const [name, value] of Object.entries(state)) this.model.set(name, value);
    this.model.save_changes();
  }

  measure(width) {
    const steps = Math.floor(width / STEP_PX) * STEP_PX;
    const tell = () => { if (steps !== this.model.get("width")) this.send({ width: steps }); };
    this.marks.circle();
    if (steps === 0) return;
    clearTimeout(this.resting);
    if (this.measured) this.resting = setTimeout(tell, REST_MS);
    else tell();
    this.measured = true;
  }

  /** Do what is asked one after the other: what arrives while a picture is being drawn waits for that picture. */
  async ask(what) {
    this.asked.add(what);
    if (this.working) return;
    this.working = true;
    await null;
    while (this.asked.size && !this.closed) await this.answer();
    this.working = false;
  }

  async answer() {
    const asked = new Set(this.asked);
    this.asked.clear();
    try {
      const giveBack = this.marks.hold();
      if (asked.has("spec")) await this.draw();
      else if (this.view && asked.has("data")) await this.fill(this.view).resize().runAsync();
      if (this.view && asked.has("signals")) await this.set(this.view).runAsync();
      if (!this.closed) giveBack();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    if (this.closed) return;
    this.say(FAILED);
    this.send({ problem: String(error.message ?? error) });
  }

  async bundle() {
    const late = setTimeout(() => this.say(LATE), WAIT_MS);
    const embed = await meeting().brought;
    clearTimeout(late);
    return embed;
  }

  /** Draw beside the last picture, out of sight, and change places when all is there. */
  async draw() {
    const embed = await this.bundle();
    const spec = structuredClone(this.model.get("spec"));
    if (this.closed || !Object.keys(spec).length) return;
    delete spec.description;
    const coming = element("div", { class: "jm-drawing jm-coming" });
    this.figure.prepend(coming);
    const options = {
      renderer: "svg", actions: false, defaultStyle: false, loader: LOADER, logLevel: 1,
      tooltip: (_handler, event, _item, value) => this.tell(event, value),
    };
    let result;
    try {
      result = await embed(coming, spec, options);
      await this.set(this.fill(result.view)).resize().runAsync();
    } catch (error) {
      result?.finalize();
      coming.remove();
      throw error;
    }
    this.replace(coming, result);
  }

  replace(coming, result) {
    if (this.closed) return result.finalize();
    this.tip.hide();
    this.result?.finalize();
    this.drawing?.remove();
    coming.classList.remove("jm-coming");
    for (const name of ["role", "aria-roledescription", "aria-label"]) coming.removeAttribute(name);
    [this.drawing, this.result, this.view] = [coming, result, result.view];
    for (const name of this.model.get("watch")) this.watch(this.view, name);
    this.say("");
    this.label();
    if (this.model.get("problem")) this.send({ problem: "" });
  }

  /** Replace the rows of each dataset that the picture has. */
  fill(view) {
    for (const [name, rows] of Object.entries(this.model.get("data"))) {
      if (!known(() => view.data(name))) continue;
      view.change(name, view.changeset().remove(() => true).insert(structuredClone(rows)));
    }
    return view;
  }

  /** Give the picture the signals that Python holds and that differ from its own. */
  set(view) {
    for (const [name, value] of Object.entries(this.model.get("signals"))) {
      if (!known(() => view.signal(name)) || same(plain(view.signal(name)), value)) continue;
      if (known(() => view.data(`${name}_store`))) pick(view, name, value ?? {});
      else view.signal(name, value);
    }
    return view;
  }

  watch(view, name) {
    if (!known(() => view.signal(name))) return;
    view.addSignalListener(name, (_, value) => this.report(name, plain(value)));
    if (known(() => view.data(`${name}_store`))) letGoOnSecondClick(view, name);
  }

  report(name, value) {
    const signals = this.model.get("signals");
    if (!same(signals[name] ?? {}, value)) this.send({ signals: { ...signals, [name]: value } });
  }

  escape() {
    this.tip.hide();
    const picks = this.model.get("watch").filter((name) => this.view && known(() => this.view.data(`${name}_store`)));
    for (const name of picks) pick(this.view, name, {});
    this.view?.runAsync();
    this.send({ escaped: this.model.get("escaped") + 1 });
  }

  tell(event, value) {
    if (value == null || value === "" || this.model.get("busy")) this.tip.hide();
    else this.tip.show(value, { x: event.clientX, y: event.clientY });
  }

  tellMark(mark) {
    const { right, bottom } = mark.getBoundingClientRect();
    this.tell({ clientX: right - 8, clientY: bottom - 4 }, itemOf(mark)?.tooltip);
  }
}

/** Vega has no question "do you have this?"; it answers with an error. */
function known(read) {
  try { read(); return true; } catch { return false; }
}

/** A signal as JSON, without the copy of a selection that Vega-Lite adds for itself. */
function plain(value) {
  return JSON.parse(JSON.stringify(value ?? null, (key, part) => (key === "vlPoint" ? undefined : part)));
}

const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

export default {
  render({ model, el }) {
    const picture = new Picture(model, el);
    return () => picture.close();
  },
};
