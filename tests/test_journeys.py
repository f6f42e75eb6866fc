"""The names that segments get when they are joined."""

from __future__ import annotations

import pytest

import journeymap as jm

MOB, LOYAL, NEW = (jm.Segment(name, jm.where(kind=name)) for name in ("Mob", "Loyal", "New"))
NAMES = [
    (~MOB, "not Mob"),
    (~~MOB, "Mob"),
    (MOB & LOYAL & NEW, "Mob and Loyal and New"),
    (~(MOB & LOYAL), "not (Mob and Loyal)"),
    (~MOB & LOYAL, "not Mob and Loyal"),
    (~(~MOB & LOYAL), "not (not Mob and Loyal)"),
    (~(MOB | LOYAL), "not (Mob or Loyal)"),
    (~~(MOB | LOYAL), "Mob or Loyal"),
    ((MOB | LOYAL) & NEW, "(Mob or Loyal) and New"),
    (MOB & LOYAL | NEW, "(Mob and Loyal) or New"),
    (~(MOB & LOYAL) & NEW, "not (Mob and Loyal) and New"),
    (~jm.Segment("not yet", ~jm.where(kind="new")), "yet"),
    (~jm.Segment("not yet", jm.where(kind="new")), "not not yet"),
    (~jm.Segment("Mob (a and b)", jm.where(kind="new")), "not Mob (a and b)"),
]


@pytest.mark.parametrize(("segment", "name"), NAMES, ids=[name for _, name in NAMES])
def test_a_name_says_what_was_joined_and_how(segment, name):
    assert segment.name == name


def test_two_segments_that_differ_have_two_names():
    assert (~(MOB & LOYAL)).name != (~MOB & LOYAL).name
