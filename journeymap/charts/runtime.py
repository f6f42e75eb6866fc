"""The Vega bundle that draws pictures in a browser without the internet."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

STATIC = files("journeymap.charts") / "static"
BRING = """
const key = Symbol.for("journeymap.vega");
if (!globalThis[key]) {
  let bring;
  const brought = new Promise((resolve) => { bring = resolve; });
  globalThis[key] = { bring, brought };
}
export default { initialize() { globalThis[key].bring(vegaEmbed); } };
"""
EXPORT = re.compile(r"export\s*\{\s*([\w$]+)\s+as\s+default\s*\};?\s*$")


@cache
def versions() -> dict[str, str]:
    """Return which `vl_convert_python` built the bundle, and the `vega_lite` in it."""
    return json.loads((STATIC / "runtime.json").read_text(encoding="utf-8"))


@cache
def javascript() -> str:
    """Return the bundle, an ECMAScript module whose ``initialize()`` brings ``vegaEmbed`` to the page."""
    return (STATIC / "runtime.js").read_text(encoding="utf-8")


def inline_javascript() -> str:
    """Return the bundle as the text of one script element, which brings ``vegaEmbed`` as soon as it is read."""
    module = EXPORT.sub(r"\1.initialize();", javascript())
    return re.sub(r"<(?=/script|!--)", r"\\x3C", module, flags=re.IGNORECASE)


def build() -> str:
    """Return the bundle built anew from the installed vl-convert; ``static/runtime.js`` holds it."""
    import vl_convert  # pages never need it

    return str(vl_convert.javascript_bundle(BRING, vl_version=versions()["vega_lite"]))
