"""Write the table of widths of letters anew: python -m tests.charts.rebuild_text_widths Regular.ttf Bold.ttf.

It needs fontTools, which nothing else does.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[2] / "journeymap" / "charts" / "text_widths.json"
RANGES = [(0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x203A)]
MORE = "€™←↑→↓−∞≈≠≤≥\u2009\u200a"  # noqa: RUF001 - signs that are written in pictures


def widths(font: Any) -> dict[str, str]:
    """Return the letters of a font by their width, in its units."""
    found = defaultdict(list)
    for code, glyph in font.getBestCmap().items():
        if any(low <= code <= high for low, high in RANGES) or chr(code) in MORE:
            found[font["hmtx"][glyph][0]].append(chr(code))
    return {str(width): "".join(letters) for width, letters in sorted(found.items())}


def main(*paths: str) -> None:
    """Write the table from two font files."""
    from fontTools.ttLib import TTFont

    fonts = dict(zip(("regular", "bold"), map(TTFont, paths), strict=True))
    table = {"font": "Liberation Sans", "units_per_em": fonts["regular"]["head"].unitsPerEm}
    table |= {weight: widths(font) for weight, font in fonts.items()}
    TABLE.write_text(json.dumps(table, ensure_ascii=True, indent=0) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
