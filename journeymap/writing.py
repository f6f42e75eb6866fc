"""Files are written whole or not at all."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING
from uuid import uuid4

from journeymap.errors import JourneymapError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, data: bytes, /) -> None:
    """Write a file whole or not at all: beside its place first, then into it.

    Raises
    ------
    JourneymapError
        If the folder does not exist or may not be written to.
    """
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105 - atomic on every platform
    except OSError as error:
        missing = not path.parent.exists()
        raise JourneymapError(
            f"{path} cannot be written: {error.strerror}.",
            right=f"The folder {path.parent} does not exist; make it first."
            if missing
            else "Write into a folder that you may write to.",
            fix=f"mkdir -p {shlex.quote(str(path.parent))}" if missing else "",
        ) from error
    finally:
        part.unlink(missing_ok=True)
