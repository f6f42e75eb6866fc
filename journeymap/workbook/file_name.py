"""What a downloaded file is called: words of the question, in letters that every system takes."""

from __future__ import annotations

import re

LONGEST = 80


def file_name(*words: str, suffix: str) -> str:
    """Join words to the name of a file; what is neither letter nor digit becomes a hyphen.

    Examples
    --------
    >>> file_name("Checkout", "Decide", "", "left", suffix="csv")
    'checkout-decide-left.csv'
    >>> file_name("../../etc", "a:b", suffix="csv")
    'etc-a-b.csv'
    """
    joined = re.sub(r"[\W_]+", "-", " ".join(words).lower()).strip("-")
    return f"{joined[:LONGEST].rstrip('-') or 'journeymap'}.{suffix}"
