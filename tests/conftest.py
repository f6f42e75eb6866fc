"""A browser for the tests that need one: Chromium without a way to the outside."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

LOOPBACK = re.compile(r"^(data|blob|about):|^(http|ws)s?://(127\.0\.0\.1|localhost|\[::1\])([:/]|$)")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a Chromium; skip without one, but fail where the environment promises it (CI=true).

    It lives for one module: while it does, no other event loop can run in this thread.
    """
    path = shutil.which("chromium")
    if path is None:
        _without("Chromium is not installed: no command `chromium` on the path.")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _without("The package playwright is not installed.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page. A test that leaves an error or a request to the outside on it fails.

    `page.errors` holds what went wrong in the page, `page.outside` each address outside of this machine that
    it asked for (none of them is answered). A test that expects some takes them out.
    """
    context = browser.new_context(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
    context.route(re.compile(""), _only_loopback)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.errors, page.outside = [], []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: _note_error(page, message))
    page.on("request", lambda request: _note_outside(page, request))
    yield page
    errors, outside = list(page.errors), list(page.outside)
    context.close()
    assert (errors, outside) == ([], [])


def _without(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _only_loopback(route: Route) -> None:
    if LOOPBACK.match(route.request.url):
        route.fallback()
    else:
        route.abort()


def _note_error(page: Page, message: ConsoleMessage) -> None:
    if message.type == "error" and not message.text.startswith("Failed to load resource"):
        page.errors.append(message.text)


def _note_outside(page: Page, request: Request) -> None:
    if not LOOPBACK.match(request.url):
        page.outside.append(request.url)


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests prepare out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNEYMAP_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
