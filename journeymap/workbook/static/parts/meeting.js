/** The place where the Vega bundle and the pictures meet, whichever comes first. */
function meeting() {
  const key = Symbol.for("journeymap.vega");
  if (!globalThis[key]) {
    let bring;
    const brought = new Promise((resolve) => { bring = resolve; });
    globalThis[key] = { bring, brought };
  }
  return globalThis[key];
}
