"""The real page, `python app.py`, over indexes of its own; and a browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from reportlab.pdfgen.canvas import Canvas

from settings import ROOT

START_SECONDS = 120  # importing Gradio and PyTorch on a busy machine
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET_BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Site:
    """A running page."""

    url: str
    corpus: Path
    env: dict[str, str]
    mcp: str = ""  # the address of its tool, if it serves one

    def ingest(self) -> None:
        """Index the corpus folder as it is now."""
        command = [sys.executable, "-m", "ingest"]
        subprocess.run(command, cwd=ROOT, env=self.env, check=True, capture_output=True)


@contextmanager
def serving(
    folder: Path,
    *,
    arguments: tuple[str, ...] = (),
    encoder: str = "hashing",
    mcp: bool = False,
) -> Iterator[Site]:
    """Run the page over the reports of *folder*/corpus, indexing them if any.

    encoder: as REPORTS_ENCODER; empty for the default. mcp: be a tool as well.
    """
    corpus = folder / "corpus"
    env = dict(
        os.environ,
        REPORTS_CORPUS_DIR=str(corpus),
        REPORTS_VAR_DIR=str(folder / "var"),
        REPORTS_ENCODER=encoder,
        OMP_NUM_THREADS="1",
    )
    port = free_port()
    site = Site(f"http://127.0.0.1:{port}/", corpus, env)
    if mcp:
        tool = free_port()
        arguments = (*arguments, "--mcp", str(tool))
        site = replace(site, mcp=f"http://127.0.0.1:{tool}/mcp")
    if any(corpus.iterdir()):
        site.ingest()
    command = [sys.executable, "app.py", "--port", str(port), *arguments]
    log = (folder / "app.log").open("w")
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        wait_for(site.url, process, folder / "app.log")
        yield site
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when *url* answers; fail with the log if the process ends."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as error:
            error.close()
            return  # up, and asking for a log-in
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the page did not start:\n{log.read_text()}")


# Two reports that differ, and one with a series; a third comes as PDF.
SCHOOLS = (
    "In {year} the share of primary and lower secondary schools with digital textbooks "
    "and fast lines in all provinces and cities nationwide reached {share}%.\n\n"
)
OWN_REPORTS = {
    "schools-a.txt": "Ministry of Schools\n\n" + SCHOOLS.format(year=2024, share=61),
    "schools-b.txt": "Office of Statistics\n\n"
    + SCHOOLS.format(year=2024, share=64)
    + SCHOOLS.format(year=2023, share=55),
}
PRINTED = (
    "In 2024 the share of rural households with clean water",
    "nationwide reached 61.4%, more than in any year before.",
)


def write_own_reports(corpus: Path) -> None:
    """Reports of the tests' own beside the real ones."""
    for name, text in OWN_REPORTS.items():
        (corpus / name).write_text(text, encoding="utf-8")
    sheet = Canvas(str(corpus / "water.pdf"), pagesize=(595, 842))
    for row, line in enumerate(("Report on rural water supply", "", *PRINTED)):
        sheet.drawString(60, 780 - 16 * row, line)
    sheet.save()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the five real reports and three of the tests' own."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    write_own_reports(folder / "corpus")
    with serving(folder, mcp=True) as running:
        yield running


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the five real reports with the default encoder."""
    folder = tmp_path_factory.mktemp("real_site")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    with serving(folder, encoder="") as running:
        yield running


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over a report that tries to be more than text."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "<b>bold<b>.txt").write_text(
        "<script>document.title='owned'</script> **Bold** report\n\n"
        "In 2024 the share of <img src=x onerror=\"document.title='owned'\"> "
        "digital schools <script>document.title='owned'</script> **nationwide** "
        "reached 61% with $$x^2$$ and [a link](http://example.org/).\n",
        encoding="utf-8",
    )
    with serving(folder) as running:
        yield running


@pytest.fixture
def serve_page(tmp_path: Path) -> Callable[..., AbstractContextManager[Site]]:
    """Serve a page over an empty corpus folder, for tests that fill it."""
    (tmp_path / "corpus").mkdir()

    def serve(*arguments: str) -> AbstractContextManager[Site]:
        return serving(tmp_path, arguments=arguments)

    return serve


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without one the test is skipped, in CI it fails."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        reason = f"no Chromium found (looked for {', '.join(CHROMIUM)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=list(QUIET_BROWSER)
        )
        yield chromium
        chromium.close()
