"""The kernels are ordinary Python functions: run uncompiled, they find what exhaustive search finds, too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_searches_run_uncompiled():
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", here / "test_contract.py"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "JOURNEYMAP_EXAMPLES": "150"},
        cwd=here.parent.parent,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
