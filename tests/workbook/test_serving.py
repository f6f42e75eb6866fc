import errno
import signal
import socket
from unittest.mock import ANY
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest

from journeymap.errors import JourneymapError
from journeymap.workbook.launching import bind
from tests.workbook.served import serving, wait_until

COUNTER = """
import ipywidgets as w
button, label = w.Button(description="Count"), w.Label("pressed 0 times")
button.on_click(lambda _: setattr(label, "value", "pressed once"))
head = w.HBox([w.Label("the head")]).add_class("jm-head")
w.VBox([head, button, label]).add_class("jm-app")
"""


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("counter"), COUNTER) as served:
        yield served


def show(page, served):
    page.goto(served.url)
    page.locator("#loading").wait_for(state="detached")


def leave(page):
    page.context.unroute_all()  # the notice of a page that closes is lost where a test looks at each request
    page.goto("about:blank")


@pytest.mark.browser
def test_a_page_draws_a_widget_that_answers_and_ends_its_kernel_when_it_closes(page, counter):
    page.goto(counter.url, wait_until="commit")
    assert page.get_by_role("status").inner_text() == "Reading the events and preparing the page"
    page.get_by_role("button", name="Count").click()
    page.get_by_text("pressed once").wait_for()
    assert page.get_by_role("status").count() == 0
    assert page.title() == "journeymap"
    assert page.locator(".jm-app").bounding_box() == {"x": 0, "y": 0, "width": 1000, "height": ANY}
    (kernel,) = counter.kernels
    leave(page)
    wait_until(lambda: not kernel.is_running(), page=page)


@pytest.mark.browser
def test_a_page_asks_nobody_else_and_holds_no_source(page, counter):
    html = page.request.get(counter.url).text()
    show(page, counter)
    assert "https://cdn" not in html + page.content()
    assert "import ipywidgets" not in html + page.content()
    refused = page.evaluate(
        "() => new Promise((done) => {"
        "document.addEventListener('securitypolicyviolation', (event) => done(event.blockedURI));"
        "new Image().src = 'https://elsewhere.example/pixel.png'; })"
    )
    assert page.outside == [refused] == ["https://elsewhere.example/pixel.png"]
    page.outside.clear()
    page.errors.clear()
    leave(page)


@pytest.mark.browser
def test_a_connection_that_ends_is_said_under_the_header_and_the_page_stays(page, tmp_path):
    with serving(tmp_path, COUNTER) as served:
        show(page, served)
        served.kernels[0].kill()
        bar = page.get_by_role("alert")
        bar.wait_for()
        assert "The connection to the data has ended." in bar.inner_text()
        assert page.evaluate("document.querySelector('.jm-head').nextElementSibling.className") == "jm-ended"
        assert page.get_by_role("button", name="Count").is_visible()
        bar.get_by_role("button", name="Reload").click()
        bar.wait_for(state="detached")
        page.get_by_role("button", name="Count").click()
        page.get_by_text("pressed once").wait_for()
        served.end(signal.SIGINT)
        bar.wait_for()
        assert page.get_by_text("pressed once").is_visible()
        page.errors.clear()


@pytest.mark.browser
def test_a_page_that_fails_says_so_in_plain_words_and_gives_nothing_away(page, tmp_path):
    with serving(tmp_path, "raise ValueError('the password is in /srv/secrets')") as served:
        show(page, served)
        assert "The page could not be prepared." in page.get_by_role("alert").inner_text()
        assert "secrets" not in page.content()
        assert "the password is in /srv/secrets" in served.end(signal.SIGINT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_and_its_kernels_without_a_word(tmp_path, number):
    with serving(tmp_path, "import time; time.sleep(60)") as served, urlopen(served.url):
        wait_until(lambda: len(served.kernels) == 1)
        (kernel,) = served.kernels
        assert served.end(number) == ""
        assert served.process.returncode == 0
        assert not psutil.pid_exists(kernel.pid)


def test_there_is_nothing_beside_the_app(counter):
    for path in ("page.ipynb", "nothing/here", "voila/files/page.ipynb"):
        with pytest.raises(HTTPError) as answer:
            urlopen(counter.url + path)
        body = answer.value.read().decode()
        assert answer.value.code == 404
        assert "There is no such page." in body
        assert "https://cdn" not in body


def test_a_name_that_another_site_gave_to_this_address_is_not_answered(counter):
    with pytest.raises(HTTPError) as answer:
        urlopen(Request(counter.url, headers={"Host": "elsewhere.example"}))
    assert answer.value.code == 403
    answer.value.close()


def test_only_the_loopback_address_answers(counter):
    port = int(counter.url.rstrip("/").rpartition(":")[2])
    known = psutil.Process(counter.process.pid).net_connections()
    assert [(*each.laddr,) for each in known if each.status == "LISTEN"] == [("127.0.0.1", port)]


def test_a_page_too_many_is_refused_in_plain_words(tmp_path):
    code = "from journeymap.workbook import serving; serving.MOST_PAGES = 1;"
    with serving(tmp_path, "import time; time.sleep(60)", before=code) as served, urlopen(served.url):
        with pytest.raises(HTTPError) as refusal:
            urlopen(served.url)
        assert refusal.value.code == 503
        assert "1 page of this app is open, and there is room for no more." in refusal.value.read().decode()


@pytest.mark.browser
def test_a_page_that_is_lost_ends_its_kernel_soon_and_one_that_is_open_never(page, tmp_path):
    code = "from journeymap.workbook import serving; serving.SECONDS_WITHOUT_PAGE, serving.SECONDS_BETWEEN_LOOKS = 4, 1;"
    with serving(tmp_path, COUNTER, before=code) as served:
        show(page, served)
        (kernel,) = served.kernels
        page.wait_for_timeout(6_000)
        page.get_by_role("button", name="Count").click()
        page.get_by_text("pressed once").wait_for()
        page.goto("about:blank")  # a test that looks at each request loses the notice, as a crash does
        page.wait_for_timeout(2_000)
        assert kernel.is_running()  # it could still connect again
        wait_until(lambda: not kernel.is_running(), page=page)


def test_a_port_in_use_is_one_clear_error():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(JourneymapError, match=rf"^Port {port} is in use already\. .* Type: --port \d+$"):
            bind(port)


def test_a_port_of_the_system_is_one_clear_error(monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(JourneymapError, match=r"^Port 80 is not open to you"):
        bind(80)
