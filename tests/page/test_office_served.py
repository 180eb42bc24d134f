"""The served page with users: the doors stand before Gradio too; both tabs work."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from gradio_client import Client  # type: ignore[import-untyped]  # ships none
from playwright.sync_api import Browser, expect

from page.access.words import login_words
from page.texts import words_for
from page.texts_office import office_words
from page.texts_quality import quality_words
from page.users import make_user, write_users
from settings import ROOT
from tests.page.conftest import serving

if TYPE_CHECKING:
    from tests.page.conftest import Site

PASSWORD = "correct horse battery"
QUESTION = "what was the online records rate in 2024"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Site"]:
    """The page over two reports, with an editor and a reader."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "corpus").mkdir()
    for path in sorted((ROOT / "corpus").glob("*.txt"))[:2]:
        (folder / "corpus" / path.name).write_bytes(path.read_bytes())
    users = folder / "users.txt"
    write_users(
        users,
        [make_user("lan", "editor", PASSWORD), make_user("minh", "reader", PASSWORD)],
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTS_USERS", str(users))
        with serving(folder) as running:
            yield running


def status(url: str, data: bytes | None = None, **headers: str) -> int:
    """The status of an address."""
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    request = urllib.request.Request(url, data=data, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            found: int = reply.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    return found


@pytest.mark.parametrize(
    "path",
    [
        *(
            "config",
            "source",
            "gradio_api/info",
            "gradio_api/queue/data?session_hash=a",
        ),
        *("office/reports", "gradio_api/file=/etc/passwd", "gradio_api/heartbeat/a"),
    ],
)
def test_nothing_is_served_before_the_log_in(guarded: "Site", path: str) -> None:
    """Neither Gradio's addresses nor ours."""
    assert status(guarded.url + path) == 401


def test_asking_needs_a_log_in_and_then_works(guarded: "Site") -> None:
    """Over plain HTTP and with Gradio's client."""
    body = json.dumps({"data": [QUESTION, []]}).encode()
    ask = f"{guarded.url}gradio_api/call/ask"
    assert status(ask, body, content_type="application/json") == 401

    client = Client(guarded.url, auth=("minh", PASSWORD), verbose=False)

    assert client.predict(QUESTION, [], api_name="/ask")["short"] == "45%"


def test_a_reader_cannot_edit_through_the_api(guarded: "Site") -> None:
    """Gradio's own upload is shut for everyone, ours for readers."""
    cookies = Client(guarded.url, auth=("minh", PASSWORD), verbose=False).cookies
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    before = sorted(guarded.corpus.iterdir())

    assert status(f"{guarded.url}office/upload?name=a.txt", b"x", cookie=cookie) == 403
    name = before[0].name
    assert status(f"{guarded.url}office/remove?name={name}", b"", cookie=cookie) == 403
    assert status(f"{guarded.url}gradio_api/upload", b"x", cookie=cookie) == 404
    assert sorted(guarded.corpus.iterdir()) == before


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "width"), [("en-GB", 1366), ("vi-VN", 390)])
def test_an_editor_logs_in_and_brings_a_report_in(
    browser: Browser, guarded: "Site", tmp_path: Path, locale: str, width: int
) -> None:
    """By the form, in the tab, with its progress; and removes it again, when sure."""
    words, office = words_for(locale[:2]), office_words(locale[:2])
    login = login_words(locale[:2])
    context = browser.new_context(
        locale=locale, viewport={"width": width, "height": 768}
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(guarded.url)
    page.get_by_label(login.user).fill("lan")
    page.get_by_label(login.password).fill(PASSWORD)
    page.get_by_role("button", name=login.enter).click()

    page.get_by_role("tab", name=words.tab_reports).click(timeout=60_000)
    tab = page.locator("#reports-tab")
    expect(tab.locator("tbody tr")).to_have_count(2, timeout=60_000)
    report = tmp_path / "Báo cáo <b>mới.txt"
    report.write_text(f"A new report\n\nIn 2024 the share reached {width}%.\n")
    tab.locator("input[type=file]").set_input_files(report)
    row = tab.locator("tbody tr", has_text="Báo cáo -b-mới.txt")
    expect(row).to_be_visible(timeout=120_000)

    row.get_by_role("button", name=office.remove).click()
    page.get_by_role("dialog").get_by_role("button", name=office.yes).click()
    expect(tab.locator("tbody tr")).to_have_count(2, timeout=120_000)
    page.get_by_role("tab", name=words.tab_quality).click()
    quality = page.locator("#quality-tab")
    no_run = quality_words(words.language).no_run
    expect(quality.get_by_text(no_run)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []
    context.close()
