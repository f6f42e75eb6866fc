"""Every notebook runs from the first cell to the last, and all that show the sample leave out the same of it."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from journeymap.events import sample
from journeymap.workbook.launching import let_kernels_find_package

EXPORT = Path(__file__).parent.parent.parent / "shared" / "data" / "journeys" / "sim_mixpanel"
NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.environ.get("PYTHONPATH", ""))
    let_kernels_find_package()
    if EXPORT.is_dir():  # a notebook draws a map of it where it is there
        (tmp_path / EXPORT.name).symlink_to(EXPORT.resolve())
    notebook = nbformat.read(path, 4)
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "sample.shop()" not in code or repr(sample.NOISE).replace("'", '"') in code
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if output.get("name") == "stderr"]
