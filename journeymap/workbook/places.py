"""Where the workbook's own files lie, in an installed package and in a checkout alike."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
VOILA_TEMPLATE = PACKAGE / "workbook" / "voila"
LAB_CONFIG = PACKAGE / "workbook" / "lab_config"


def checkout_folder() -> Path | None:
    """Return the folder of the source code if the package runs from there, None if it is installed."""
    folder = PACKAGE.parent
    return folder if (folder / "pyproject.toml").exists() and (folder / "notebooks").is_dir() else None


def notebooks_folder() -> Path:
    """Return the folder of the notebooks that travel with the package.

    Examples
    --------
    >>> (notebooks_folder() / "app.ipynb").exists()
    True
    """
    checkout = checkout_folder()
    return checkout / "notebooks" if checkout else PACKAGE / "notebooks"


def is_published() -> bool:
    """Say whether this kernel stands behind a published page, not behind a notebook.

    Examples
    --------
    >>> is_published()
    False
    """
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")
