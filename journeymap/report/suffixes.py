"""What is said of a suffix that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeymap.errors import JourneymapError, listing, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


def unknown_suffix(suffix: str, known: Sequence[str], what: str, /) -> JourneymapError:
    """Say which suffixes there are.

    Examples
    --------
    >>> print(unknown_suffix("jpg", ("png", "svg"), "A file"))
    A file cannot be saved as .jpg. Known are .png and .svg. Type: .png
    """
    near = nearest(suffix, known)
    return JourneymapError(
        f"{what} cannot be saved as {f'.{suffix}' if suffix else 'a file without a suffix'}.",
        right=f"Known are {listing((f'.{name}' for name in known), most=20)}.",
        fix=f".{near}" if near else "",
    )
