"""A progress bar for what takes longer than a second."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Steps:
    """A bar that counts the steps of one piece of work."""

    def __init__(self, title: str) -> None:
        if _in_notebook():
            from tqdm.auto import tqdm
        else:
            from tqdm import tqdm
        self._bar = tqdm(total=0, desc=title, unit="step", delay=1, leave=False)
        self._begun = 0

    def expect(self, more: int) -> None:
        """Say that so many more steps will come."""
        self._bar.total += more

    def __call__(self, step: str) -> None:
        """Begin a step; the one before is done."""
        self._bar.set_postfix_str(step, refresh=False)
        self._bar.update(min(self._begun, 1))
        self._begun += 1

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()


@contextmanager
def steps(title: str) -> Iterator[Steps]:
    """Show the steps of one piece of work while it runs."""
    bar = Steps(title)
    try:
        yield bar
    finally:
        bar.close()


def _in_notebook() -> bool:
    """Tell whether this runs in a Jupyter kernel, without importing one."""
    shell = sys.modules.get("IPython")
    return shell is not None and hasattr(shell.get_ipython(), "kernel")
