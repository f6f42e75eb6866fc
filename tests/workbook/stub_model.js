/** Stands in for the model that a widget talks to in a real page, and keeps what the widget tells it. */
class StubModel {
  constructor(state) {
    Object.assign(this, { state, handlers: [], saved: [], pending: {}, messages: [] });
  }

  get(name) { return this.state[name]; }

  set(name, value) {
    if (JSON.stringify(value) === JSON.stringify(this.state[name])) return;
    this.state[name] = this.pending[name] = value;
    this.emit(`change:${name}`);
  }

  save_changes() {
    if (Object.keys(this.pending).length) this.saved.push(this.pending);
    this.pending = {};
  }

  send(content) { this.messages.push(content); }
  on(name, handler) { this.handlers.push([name, handler]); }
  off(name, handler) { this.handlers = this.handlers.filter(([n, h]) => n !== name || h !== handler); }
  emit(name, ...given) { for (const [n, handler] of [...this.handlers]) if (n === name) handler(...given); }

  /** As when Python changes traits: all of them first, then the events. */
  receive(state) {
    const changed = Object.keys(state).filter((name) => JSON.stringify(state[name]) !== JSON.stringify(this.state[name]));
    Object.assign(this.state, state);
    for (const name of changed) this.emit(`change:${name}`);
  }

  /** As when Python sends a message of its own. */
  hear(content, buffers) {
    this.emit("msg:custom", content, buffers.map((bytes) => new DataView(Uint8Array.from(bytes).buffer)));
  }
}

globalThis.stubs = [];

globalThis.mount = async (esm, state) => {
  const address = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const widget = (await import(address)).default;
  const model = new StubModel(state);
  const el = document.createElement("div");
  document.querySelector(".jm-app").append(el);
  await widget.initialize?.({ model });
  const cleanup = await widget.render?.({ model, el });
  return stubs.push({ model, el, cleanup }) - 1;
};
