"""Which column is the customer, which the event, which the time: guessed where it is plain, asked for where not."""

# ruff: noqa: S608  only names made here are put into SQL

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from journeymap.errors import DataError, listing, nearest
from journeymap.events.reading.time_formats import how_to_read
from journeymap.events.reading.times import example_of, reads_as_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from journeymap.events.reading.tables import Field, Table

NAMES: dict[str, list[set[str]]] = {
    "customer": [
        {"customer", "customer_id", "customer_key", "customer_no", "user", "user_id", "person_id", "client_id", "member_id",
         "contact_id", "activity_contact_id", "household_id", "subscriber_id", "shopper_id", "profile_id"},
        {"distinct_id", "actor", "actor_id", "case_id", "case:concept:name"},
        {"user_pseudo_id", "anonymous_id", "visitor_id", "domain_userid", "idvisitor", "device_id", "cookie_id", "uid"},
    ],
    "event": [
        {"event", "event_name"},
        {"action", "activity", "event_type", "activity_type", "event_action", "concept:name"},
    ],
    "at": [
        {"at", "timestamp", "ts", "time", "datetime", "date_time", "event_time", "event_timestamp", "event_at",
         "event_datetime", "occurred_at", "happened_at", "derived_tstamp", "server_time", "time:timestamp"},
        {"created_at", "created", "activity_created", "date", "event_date", "invoice_date", "order_date", "server_timestamp"},
    ],
}  # fmt: skip
"""Names that speak for a role, the plainest first, in small letters with underscores."""

WORDS = {"customer": "the customer", "event": "the event", "at": "the time"}


class Role(NamedTuple):
    """A column and what it stands for."""

    role: str
    field: Field
    how: str


class _Unclear(NamedTuple):
    """A role that nobody filled: why, the columns that might, and what else to type."""

    why: str
    candidates: list[str]
    fix: str = ""


def understand(table: Table, asked: Mapping[str, str | None], *, name: str) -> dict[str, Role]:
    """Find the column of each role; `asked` maps customer, event, at and sequence to what the user said.

    Raises
    ------
    DataError
        If a column does not exist, or a role is not plain; it lists the columns and says what to type.
    """
    roles = {
        role: Role(role, _existing(table, role, column, name), "as given")
        for role, column in asked.items()
        if column is not None
    }
    unclear: dict[str, _Unclear] = {}
    for role in ("at", "customer", "event"):
        if role not in roles:
            found = _guess(table, role, {taken.field.name for taken in roles.values()})
            if isinstance(found, Role):
                roles[role] = found
            else:
                unclear[role] = found
    if unclear:
        raise _question(unclear, table, name)
    return roles


def account(roles: Mapping[str, Role], properties: Sequence[Field]) -> pd.DataFrame:
    """Tell how the columns were understood: `role`, `column`, `how`."""
    rows = [*(roles[role] for role in ("customer", "event", "at", "sequence") if role in roles)]
    rows += [Role("property", one, "kept") for one in properties]
    return pd.DataFrame(
        {
            "role": [row.role for row in rows],
            "column": [row.field.name for row in rows],
            "how": [row.how for row in rows],
        },
        dtype="str",
    )


def existing(table: Table, asked: Sequence[str], *, name: str) -> list[Field]:
    """Return the columns of some names."""
    return [_existing(table, "columns", one, name) for one in asked]


def _existing(table: Table, role: str, column: str, name: str) -> Field:
    if column in table.names:
        return table.field(column)
    close = nearest(str(column), table.names)
    example = f'["{close}"]' if role == "columns" else f'"{close}"'
    raise DataError(
        f"{name} has no column {column!r}.",
        right=f"Did you mean {close}?" if close else f"It has {listing(table.names, most=40)}.",
        fix=f"{role}={example}" if close else "",
    )


def plain_name(name: str) -> str:
    """Write a column's name in small letters with underscores, without signs and without what it is nested in.

    Examples
    --------
    >>> plain_name("properties.$userId"), plain_name("CustomerID"), plain_name("Event Name")
    ('user_id', 'customer_id', 'event_name')
    """
    last = name.rsplit(".", 1)[-1].strip().lstrip("$")
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\s\-]+", "_", last)
    return spaced.lower().strip("_")


def _guess(table: Table, role: str, taken: set[str]) -> Role | _Unclear:
    free = [one for one in table.fields if one.name not in taken]
    tiers = [
        [one for one in free if plain_name(one.name) in names and _fits(table, role, one)]
        for names in NAMES[role]
    ]
    tiers = [_shallowest(tier) for tier in tiers if tier]
    candidates = [one.name for tier in tiers for one in tier]
    if not tiers:
        return (
            _only_times(table, free) if role == "at" else _Unclear(f"No column looks like {WORDS[role]}.", [])
        )
    if len(tiers[0]) > 1:
        return _Unclear(_rivals(role, tiers[0]), candidates)
    best = tiers[0][0]
    fuller = _fuller(table, best, [one for tier in tiers[1:] for one in tier]) if role == "customer" else None
    if fuller:
        return _Unclear(f"{best.name} is empty in most rows, {fuller.name} in fewer.", candidates)
    return Role(role, best, "by its name")


def _rivals(role: str, fields: list[Field]) -> str:
    return f"{listing(one.name for one in fields)} could {'both' if len(fields) == 2 else 'all'} be {WORDS[role]}."


def _shallowest(fields: list[Field]) -> list[Field]:
    depth = min(one.name.count(".") for one in fields)
    return [one for one in fields if one.name.count(".") == depth]


def _is_time(one: Field) -> bool:
    return one.type.startswith(("TIMESTAMP", "DATE"))


def _fits(table: Table, role: str, one: Field) -> bool:
    """Tell whether the content of a column could stand for a role."""
    if role == "at":
        return reads_as_time(table, one)
    if _is_time(one) or one.type == "BOOLEAN" or (role == "event" and one.type != "VARCHAR"):
        return False
    return bool(table.run(f"SELECT 1 FROM raw WHERE {_is_filled(one)} LIMIT 1"))


def _is_filled(one: Field) -> str:
    blank = f" AND trim({one.column}) <> ''" if one.type == "VARCHAR" else ""
    return f"{one.column} IS NOT NULL{blank}"


def _filled(table: Table, one: Field) -> int:
    return int(table.run(f"SELECT count(*) FROM raw WHERE {_is_filled(one)}")[0][0])


def _fuller(table: Table, best: Field, others: list[Field]) -> Field | None:
    """Return another column that holds more, if the best by name is empty in most rows."""
    filled = _filled(table, best) if others else table.n_rows
    if filled >= table.n_rows / 2:
        return None
    return next((other for other in others if _filled(table, other) > filled), None)


def _only_times(table: Table, free: list[Field]) -> Role | _Unclear:
    """Take the only column of times."""
    times = [
        one
        for one in free
        if (_is_time(one) or (one.type == "VARCHAR" and re.search("date|time", one.name.lower())))
        and reads_as_time(table, one)
    ]
    if len(times) == 1:
        return Role("at", times[0], "the only column of times")
    if times:
        return _Unclear(_rivals("at", times), [one.name for one in times])
    return _unread_time(table, free)


def _unread_time(table: Table, free: list[Field]) -> _Unclear:
    """Quote the column that is called as times are, but does not hold any that can be read."""
    wrong = "No column looks like the time."
    called = [one for names in NAMES["at"] for one in free if plain_name(one.name) in names]
    if not called:
        return _Unclear(wrong, [])
    one = called[0]
    said = how_to_read(table, one)
    why = f"{wrong} {one.name} holds values such as {example_of(table, one)}. {said.sentence}"
    return _Unclear(why, [one.name] if said.fix else [], said.fix)


def _question(unclear: Mapping[str, _Unclear], table: Table, name: str) -> DataError:
    ordered = {role: unclear[role] for role in ("customer", "event", "at") if role in unclear}
    typed = [f'{role}="{(found.candidates or ["…"])[0]}"' for role, found in ordered.items()]
    typed += [found.fix for found in ordered.values() if found.fix]
    return DataError(
        " ".join([f"{name}:", *(found.why for found in ordered.values())]),
        right=f"Say which columns to take; there are {listing(table.names, most=40)}.",
        fix=", ".join(typed),
    )
