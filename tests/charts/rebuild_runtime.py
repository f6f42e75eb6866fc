"""Builds the Vega bundle anew: python -m tests.charts.rebuild_runtime."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

from journeymap.charts import runtime

STATIC = Path(runtime.__file__).parent / "static"


def main() -> None:
    """Write the bundle and the version of the vl-convert that built it; Vega-Lite's is chosen by hand."""
    (STATIC / "runtime.js").write_text(runtime.build(), "utf-8")
    noted = runtime.versions() | {"vl_convert_python": version("vl-convert-python")}
    (STATIC / "runtime.json").write_text(json.dumps(noted) + "\n", "utf-8")


if __name__ == "__main__":
    main()
