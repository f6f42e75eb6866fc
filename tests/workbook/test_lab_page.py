"""The same widgets in JupyterLab: run the app's notebook there, pick, click."""

from __future__ import annotations

import pytest

from journeymap.events import sample
from tests.workbook.served import running

pytestmark = pytest.mark.browser


def test_the_workbook_draws_and_answers_in_jupyterlab(page, tmp_path):
    shop = sample.write(tmp_path / "shop", customers=300)
    files = [str(shop.events), "--journey", str(shop.journey), "--timezone", "Europe/Berlin"]
    with running("-m", "journeymap.cli", "open", *files, "--lab", "--no-browser", folder=tmp_path) as served:
        page.set_viewport_size({"width": 1400, "height": 1000})
        page.goto(served.url)
        page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for(timeout=60_000)
        page.get_by_text("| Idle").wait_for(timeout=60_000)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        figure = page.locator(".jm-panel .jm-figure svg").first
        figure.wait_for(timeout=60_000)
        finding = page.locator(".jm-finding").first.inner_text()
        page.locator(".jm-app").get_by_role("checkbox", name="Mobile first", exact=True).click()
        page.wait_for_function(
            "was => document.querySelector('.jm-finding').textContent !== was", arg=finding
        )
        page.locator(".jm-figure svg [aria-label^='Consider, left']").first.click()
        page.locator(".jm-drawer .jm-customer").first.wait_for()
        page.goto("about:blank")
