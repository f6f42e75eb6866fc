"""Builds static/runtime.js anew: python -m tests.workbook.rebuild_runtime."""

from __future__ import annotations

import json
from importlib.metadata import version

from journeymap.workbook.assets import STATIC
from journeymap.workbook.vega import bundle


def main() -> None:
    """Write the bundle and the version of the vl-convert that built it; Vega-Lite's is chosen by hand."""
    noted = STATIC / "runtime.json"
    versions = json.loads(noted.read_text("utf-8")) | {"vl_convert_python": version("vl-convert-python")}
    (STATIC / "runtime.js").write_text(bundle(), "utf-8")
    noted.write_text(json.dumps(versions) + "\n", "utf-8")


if __name__ == "__main__":
    main()
