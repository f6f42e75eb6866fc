import json
import signal
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest

from journeymap.errors import JourneymapError
from journeymap.workbook.lab import copy_notebooks
from journeymap.workbook.places import notebooks_folder
from tests.workbook.served import running

OURS = sorted(notebook.name for notebook in notebooks_folder().glob("*.ipynb"))
LAB = """
from pathlib import Path
from journeymap.workbook.lab import copy_notebooks, serve_lab
serve_lab(copy_notebooks(Path("copies")).folder, opens="app.ipynb", ready=print)
"""


def test_a_copy_that_was_changed_stays_and_is_named(tmp_path):
    folder = tmp_path / "copies"
    first = copy_notebooks(folder)
    assert (first.new, first.kept) == (OURS, [])
    (folder / "app.ipynb").write_text("mine", encoding="utf-8")
    again = copy_notebooks(folder)
    assert (again.new, again.kept) == ([], ["app.ipynb"])
    assert (folder / "app.ipynb").read_text(encoding="utf-8") == "mine"
    assert again.account.endswith("Kept as you left them: app.ipynb. Delete one to get ours again.")


def test_a_copy_that_was_deleted_comes_back(tmp_path):
    copy_notebooks(tmp_path)
    (tmp_path / "app.ipynb").unlink()
    assert copy_notebooks(tmp_path).new == ["app.ipynb"]
    assert (tmp_path / "app.ipynb").read_bytes() == (notebooks_folder() / "app.ipynb").read_bytes()


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(JourneymapError, match=r"cannot be copied to .*file/copies: Not a directory\."):
        copy_notebooks(tmp_path / "file" / "copies")


@pytest.mark.browser
def test_lab_opens_a_copy_without_asking_anybody_and_ends_without_a_word(page, tmp_path):
    with running("-c", LAB, folder=tmp_path) as served:
        assert served.said == f"{served.url}\n"
        page.goto(served.url)
        page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
        page.get_by_text("| Idle").wait_for()
        assert page.get_by_text("official Jupyter news").count() == 0
        config = json.loads(page.locator("#jupyter-config-data").inner_text())
        assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]
        kernels = served.kernels
        assert kernels
        page.goto("about:blank")
        assert served.end(signal.SIGINT) == ""
        assert served.process.returncode == 0
        assert not any(psutil.pid_exists(kernel.pid) for kernel in kernels)
    assert sorted(copy.name for copy in (tmp_path / "copies").glob("*.ipynb")) == OURS


def test_lab_wants_the_key_of_its_address(tmp_path):
    with running("-c", LAB, folder=tmp_path) as served:
        with pytest.raises(HTTPError) as refusal:
            urlopen(f"{served.url.partition('/lab')[0]}/api/contents")
        assert refusal.value.code == 403
        refusal.value.close()
        assert served.end(signal.SIGTERM) == ""
        assert served.process.returncode == 0
