"""The mermaid package from npm, to which the tests show what was written."""

from __future__ import annotations

import hashlib
import html
import json
import shutil
import subprocess
from pathlib import Path

import platformdirs
import pytest

HERE = Path(__file__).parent / "mermaid"
MASKS = (("ﬂ°°", "&#"), ("ﬂ°", "&"), ("¶ß", ";"))


def mermaid_folder() -> Path:
    """Return a folder outside of the checkout in which mermaid is installed; skip where that cannot be had."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed: Mermaid's own parser cannot be asked.")
    wanted = (HERE / "package.json").read_bytes()
    cache = Path(platformdirs.user_cache_dir("journeymap")) / "tests"
    folder = cache / f"mermaid-{hashlib.sha256(wanted).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", folder)
    if not (folder / "complete").exists():
        command = [npm, "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            pytest.skip(f"npm could not install mermaid: {done.stderr.strip()[-200:]}")
        (folder / "complete").touch()
    return folder


def understood(texts: list[str]) -> list[dict]:
    """Return what mermaid understands of each text, its entities decoded as a browser does."""
    folder = mermaid_folder()
    shutil.copy(HERE / "parse.mjs", folder)
    done = subprocess.run(
        ["node", "parse.mjs"],
        cwd=folder,
        input=json.dumps(texts),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return _decoded(json.loads(done.stdout))


def _decoded(found):
    if isinstance(found, dict):
        return {key: _decoded(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_decoded(value) for value in found]
    if isinstance(found, str):
        for mask, sign in MASKS:
            found = found.replace(mask, sign)
        return html.unescape(found)
    return found
