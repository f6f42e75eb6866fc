"""A service blueprint: rows in order, three lines across, arrows that stay clear of their names, F and W."""

from __future__ import annotations

from tests.charts.maps.test_drawing import drawn, places, rows, texts
from tests.charts.maps_to_draw import CARDS

NAMES = ("LINE OF INTERACTION", "LINE OF VISIBILITY", "LINE OF INTERNAL INTERACTION")


def test_rows_stand_in_order_with_a_card_for_each_step():
    cells = rows(drawn("blueprint"), "cells")
    lanes = list(dict.fromkeys(cell["cell"].split(":")[0] for cell in cells))
    assert lanes == ["stages", "evidence", "actions", "frontstage", "backstage", "support", "emotion"]
    said = {cell["cell"]: cell["says"] for cell in cells}
    assert said["backstage:form"].startswith(CARDS["backstage"][0])


def test_three_dashed_lines_run_across_with_their_names_left_of_them():
    picture = drawn("blueprint")
    lines = [
        row
        for row in rows(picture, "shapes")
        if row["dash"] in ([10, 5], [5, 5], [2, 4]) and row["width"] == 1.8
    ]
    assert [row["dash"] for row in lines] == [[10, 5], [5, 5], [2, 4]]
    assert [name for name in texts(picture) if name in NAMES] == list(NAMES)
    for left, _, right, _, text in places(picture):
        if len(text) > 2 and any(text in name for name in NAMES):
            assert left < right <= lines[0]["x"]


def test_arrows_run_down_18_px_from_the_edge_of_each_card():
    picture = drawn("blueprint")
    cards = {cell["x"] for cell in rows(picture, "cells") if cell["cell"].startswith("frontstage")}
    heads = [row for row in rows(picture, "shapes") if row["path"] == "M-3.8,-6.5L3.8,-6.5L0,0Z"]
    assert len(heads) == 3 * len(cards)
    assert {round(row["x"] - 18, 1) for row in heads} == cards


def test_fail_and_wait_points_are_signs_with_a_letter_and_the_card_has_an_edge():
    picture = drawn("blueprint")
    in_cards = [row["text"] for row in rows(picture, "words") if row["text"] in ("F", "W")]
    assert sorted(in_cards) == ["F"] * 5 + ["W"] * 3  # in the strip, on the cards and in the legend
    assert len([box for box in rows(picture, "boxes") if box["stroke"] == "bad"]) == 2
    said = {cell["cell"]: cell["says"] for cell in rows(picture, "cells")}
    assert said["backstage:wait"].endswith("fail point")
    assert said["support:wait"].endswith("wait point")


def test_what_the_customer_does_not_see_lies_on_grey():
    grey = [box for box in rows(drawn("blueprint"), "boxes") if box["fill"] == "out_of_sight"]
    assert len(grey) == 2
