"""What we say when we cannot: what is wrong, what would be right, what to type."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class JourneymapError(ValueError):
    """One problem, said in three short things.

    Parameters
    ----------
    wrong
        What is wrong, in the user's own names.
    right
        What would be right.
    fix
        What to type: a word, an argument or a line of code.

    Examples
    --------
    >>> print(JourneymapError("A window of 0 days ends where it starts.", right="It needs a minute.", fix="7d"))
    A window of 0 days ends where it starts. It needs a minute. Type: 7d
    """

    def __init__(self, wrong: str, *, right: str = "", fix: str = "") -> None:
        self.wrong, self.right, self.fix = wrong, right, fix
        super().__init__(" ".join(part for part in (wrong, right, f"Type: {fix}" if fix else "") if part))


class DataError(JourneymapError):
    """The data cannot be used as it was given."""


class DefinitionError(JourneymapError):
    """A journey, stage, segment, condition or rule cannot be used as it was written.

    ``path`` leads to the part of the definition that is wrong, such as ``("stages", 2, "event")``.
    """

    def __init__(
        self, wrong: str, *, right: str = "", fix: str = "", path: tuple[str | int, ...] = ()
    ) -> None:
        super().__init__(wrong, right=right, fix=fix)
        self.path = path


def nearest(name: str, names: Iterable[object]) -> str | None:
    """Return the one of `names` that is written most like `name`, or None if none is close.

    Examples
    --------
    >>> nearest("pirce", ["price", "product_id"])
    'price'
    """
    by_folded = {str(known).casefold(): str(known) for known in names}
    close = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def listing(names: Iterable[object], *, most: int = 8, last: str = "and") -> str:
    """Write names as a sentence part; a long list is cut and says so.

    Examples
    --------
    >>> listing(["a", "b", "c"])
    'a, b and c'
    >>> listing(["a", "b"], last="or")
    'a or b'
    """
    texts = [str(name) for name in names]
    if len(texts) > most:
        return ", ".join(texts[:most]) + f" {last} {len(texts) - most:,} more"
    return f" {last} ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else "".join(texts)


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number and its noun, which may carry its verb.

    Examples
    --------
    >>> counted(1, "row"), counted(2300, "row"), counted(1, "row is", "rows are")
    ('1 row', '2,300 rows', '1 row is')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
