import shutil
import subprocess
from io import BytesIO

import pytest

from journeymap.report.slide_charts import Lines
from journeymap.report.slide_shapes import BODY_WIDTH, HEIGHT, WIDTH, Picture
from journeymap.report.slide_tables import SIZES, Grid, fitted
from journeymap.report.slides import Slide, deck
from tests.report.some_maps import HOSTILE, file_of, hostile_map, measured_map

pptx = pytest.importorskip("pptx")
POINT = 12_700

WORDS = "Where the parcel is nobody says until it is there "
LONG = Grid(
    ("Stage", "Customers", "What customers say"),
    tuple((f"Stage {n}", f"{n:,}", WORDS * (n % 7)) for n in range(60)),
    frozenset({1}),
    "Sixty stages.",
)
LINES = Lines(
    ("See", "=1+1"), (("Measured", (1.0, None)),), (("moved_on", "line"),), -2, 2, "One line over two stages."
)


def dot(width=40, height=20):
    return Picture(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4), "A dot.")


def opened(slides, **words):
    return pptx.Presentation(BytesIO(deck(slides, **{"title": "Shop", "footer": "All of March", **words})))


def rows_of(presentation):
    """Return the rows of the tables of all slides, without their heads."""
    found = [shape.table for slide in presentation.slides for shape in slide.shapes if shape.has_table]
    return [tuple(cell.text for cell in row.cells) for table in found for row in list(table.rows)[1:]]


def test_a_long_table_goes_on_on_the_next_slides_and_loses_nothing():
    found = opened([Slide("Many stages.", grid=LONG)])
    titles = [slide.shapes.title.text for slide in found.slides]
    assert titles == [f"Many stages ({n} of {len(titles)})" for n in range(1, len(titles) + 1)]
    assert [[part.strip() for part in row] for row in rows_of(found)] == [
        [part.strip() for part in row] for row in LONG.rows
    ]


def test_a_cell_longer_than_a_page_goes_on_in_rows_of_its_own():
    grid = Grid(("Who", "Says"), (("Ada", WORDS * 200), ("Ben", "Nothing")))
    rows = rows_of(opened([Slide("Long", grid=grid)]))
    assert " ".join(says for who, says in rows[:-1]).split() == (WORDS * 200).split()
    assert [who for who, _ in rows if who] == ["Ada", "Ben"]


@pytest.mark.parametrize("many", [3, 12, 17, 60])
def test_letters_are_as_large_as_the_table_allows_and_never_smaller_than_they_may_be(many):
    grid = Grid(("Stage", "Customers"), tuple(row[:2] for row in LONG.rows[:many]), frozenset({1}))
    laid = fitted(grid, width=BODY_WIDTH, height=400)
    assert laid.size == {3: 16, 12: 16, 17: 12, 60: SIZES[-1]}[many]
    assert sum(laid.widths) == pytest.approx(BODY_WIDTH)


def test_everything_stands_on_the_slide_and_tables_above_the_footer():
    title, footer = "A title that takes its time " * 8, "Scope and rules of what was counted. " * 12
    found = opened(
        [Slide(title, "Beside it. " * 30, grid=LONG), Slide("Chart", figure=LINES, grid=LONG)], footer=footer
    )
    for slide in found.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= WIDTH * POINT + 1
            assert shape.top + shape.height <= HEIGHT * POINT + 1
        below = min(
            shape.top
            for shape in slide.shapes
            if shape.has_text_frame and shape.text_frame.text[:5] == "Scope"
        )
        bodies = [shape for shape in slide.shapes if shape.has_table or shape.has_chart]
        assert all(shape.top + shape.height <= below for shape in bodies)


def test_a_short_table_stands_beside_its_chart_and_a_long_one_after_it():
    short = Grid(("Stage", "Customers"), (("See", "9"),), frozenset({1}))
    assert len(opened([Slide("Short", figure=LINES, grid=short)]).slides) == 1
    after = opened([Slide("Long", figure=LINES, grid=LONG)])
    assert [shape.has_chart for shape in after.slides[0].shapes].count(True) == 1
    assert not any(shape.has_table for shape in after.slides[0].shapes)


def test_pages_are_numbered_by_a_field_and_have_the_footer():
    found = opened([Slide("One"), Slide("Two")], footer="All of March")
    for number, slide in enumerate(found.slides, start=1):
        texts = ["".join(shape.element.xpath(".//a:t/text()")) for shape in slide.shapes]
        assert {"All of March", str(number)} <= set(texts)
        assert [field.get("type") for field in slide.element.xpath(".//a:fld")] == ["slidenum"]


def test_hostile_words_stand_as_words():
    grid = Grid((HOSTILE, "b"), ((HOSTILE, HOSTILE),), says=HOSTILE)
    lines = Lines((HOSTILE, "b"), ((HOSTILE, (1.0, 2.0)),), (("left", "marks"),), -2, 2, HOSTILE)
    found = opened([Slide(HOSTILE, HOSTILE, HOSTILE, lines, grid)], title=HOSTILE, footer=HOSTILE)
    assert "<script>alert(1)</script>" in found.slides[0].shapes.title.text
    assert all("<script>" in cell for cell in rows_of(found)[0])
    assert found.core_properties.title.startswith("=cmd()|x <script>")


def test_whoever_made_the_file_is_not_in_it():
    about = opened([Slide("One")]).core_properties
    assert (about.author, about.last_modified_by, about.title) == ("journeymap", "journeymap", "Shop")


@pytest.mark.parametrize("make", [measured_map, hostile_map])
def test_an_office_opens_the_deck_and_shows_every_slide(make, tmp_path):
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("needs LibreOffice and pdftotext")
    (tmp_path / "map.pptx").write_bytes(file_of(make(), "pptx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        tmp_path / "map.pptx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shown = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "map.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    slides = pptx.Presentation(tmp_path / "map.pptx").slides
    pages = shown.split("\f")[:-1]
    assert len(pages) == len(slides)
    for slide, page in zip(slides, pages, strict=True):
        words = [word for row in _cells(slide) for word in row.split()]
        assert not [word for word in words if word.isalpha() and word not in page]


def _cells(slide):
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def test_no_row_is_alone_on_the_last_page():
    for rows in range(2, 60):
        grid = Grid(("Stage", "Customers"), tuple((f"Stage {n}", "20,730") for n in range(rows)))
        pages = fitted(grid, width=400, height=300).pages
        assert len(pages) == 1 or len(pages[-1]) > 1
        assert sum(map(len, pages)) == rows
