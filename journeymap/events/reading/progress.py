"""A progress bar for what takes longer than a second."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


DELAY = 1
"""Seconds before the bar is shown, and after which it is shown anew."""

FORM = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt} of {total_fmt} steps, {elapsed}{postfix}"


class Steps:
    """A bar that counts the steps of one piece of work."""

    def __init__(self, title: str) -> None:
        if _in_notebook():
            from tqdm.auto import tqdm
        else:
            from tqdm import tqdm
        self._bar = tqdm(total=0, desc=title, bar_format=FORM, delay=DELAY, mininterval=0, leave=False)
        self._begun = False
        self._over = Event()
        self._clock = Thread(target=self._show_each_second, daemon=True)
        self._clock.start()

    def _show_each_second(self) -> None:
        """Show the bar anew although a long step goes on."""
        while not self._over.wait(DELAY):
            self._bar.refresh()

    @property
    def done(self) -> int:
        """The steps that are over."""
        return int(self._bar.n)

    @property
    def expected(self) -> int:
        """All steps that are known of."""
        return int(self._bar.total)

    def expect(self, more: int) -> None:
        """Say that so many more steps will come."""
        self._bar.total += more

    def __call__(self, step: str) -> None:
        """Begin a step; the one before is over."""
        self._bar.set_postfix_str(step, refresh=False)
        self._bar.update(int(self._begun))
        self._begun = True

    def close(self) -> None:
        """Take the bar away."""
        self._over.set()
        self._clock.join()
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
