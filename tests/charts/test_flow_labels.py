import pytest

from journeymap.charts.flow_labels import label
from journeymap.charts.flow_parts import Node

LONG = "Came from the newsletter of the week before"


def texts(**about):
    node = Node(2, about.pop("name", "Search"), about.pop("customers", 1234), about.pop("recent", 0), **about)
    return [row["text"] for row in label(node, mode="light")]


@pytest.mark.parametrize(
    ("height", "expected"),
    [(1.9, []), (2, ["Search 1,234"]), (23.9, ["Search 1,234"]), (24, ["Search", "1,234"])],
)
def test_lines_by_height(height, expected):
    assert texts(height=height, room=120) == expected


def test_a_long_name_loses_its_middle_never_its_count():
    (line,) = texts(name=LONG, height=10, room=150)
    assert line.startswith("Came")
    assert "…" in line
    assert line.endswith(" 1,234")


def test_a_long_name_is_folded_where_the_node_is_high():
    assert texts(name=LONG, height=90, room=110) == [
        "Came from the",
        "newsletter of the",
        "week before",
        "1,234",
    ]


def test_a_flat_node_in_little_room_has_its_count_below():
    name, number = texts(name=LONG, height=10, room=70, flat_lines=2)
    assert "…" in name
    assert number == "1,234"


def test_who_may_come_back_is_said_where_there_is_room():
    about = {"name": "(left)", "recent": 37, "room": 120}
    assert texts(height=60, **about) == ["(left)", "1,234", "37 may come back"]
    assert texts(height=30, **about) == ["(left)", "1,234"]


def test_no_label_where_nothing_could_be_read():
    assert texts(height=60, room=20) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("product_view_of_the_week", ["product_", "view_of_", "the_week"]),
        ("/shop/shoes/red", ["/shop/", "shoes/", "red"]),
        ("one  two", ["one two"]),
    ],
)
def test_names_are_folded_after_signs(name, expected):
    assert texts(name=name, height=90, room=60)[:-1] == expected
