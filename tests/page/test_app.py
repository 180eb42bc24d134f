"""The served page: its API, its headers, its pages beside Gradio's."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest
from gradio_client import Client  # type: ignore[import-untyped]  # ships none
from gradio_client.exceptions import AppError  # type: ignore[import-untyped]  # same

from page.texts import EN
from settings import ROOT

if TYPE_CHECKING:
    from tests.page.conftest import Site

QUESTION = "what was the online records rate in 2024"
Serve = Callable[..., AbstractContextManager["Site"]]


@pytest.fixture(scope="module")
def client(site: "Site") -> Client:
    """A program that uses the API."""
    return Client(site.url, verbose=False)


def get(url: str) -> tuple[int, dict[str, str], str]:
    """Status, headers (lower case) and text of an address."""
    try:
        reply = urllib.request.urlopen(url, timeout=30)
    except urllib.error.HTTPError as error:
        reply = error
    with reply:
        headers = {name.lower(): value for name, value in reply.headers.items()}
        return reply.status, headers, reply.read().decode()


def test_the_api_answers_with_the_whole_answer(client: Client) -> None:
    """The same keys as the command line, the quote verbatim from the file."""
    answer = client.predict(QUESTION, api_name="/ask")

    assert answer["short"] == "45%"
    citation = answer["citations"][0]
    text = (ROOT / "corpus" / citation["report"]).read_text(encoding="utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_api_takes_the_questions_before(client: Client) -> None:
    """A follow-up is understood by its history."""
    answer = client.predict("And in 2022?", [QUESTION], api_name="/ask")

    assert answer["short"] == "52.80%"


def test_the_api_narrows_by_filters(client: Client) -> None:
    """A report chosen leaves the others out; a malformed filter is refused."""
    chosen = {"report": "004_6f699d8156e41d49.txt"}
    answer = client.predict(QUESTION, [], chosen, api_name="/ask_within")

    assert {c["report"] for c in answer["citations"]} <= set(chosen.values())
    assert answer["short"] != "45%"
    with pytest.raises(AppError, match="filter"):
        client.predict(QUESTION, [], {"report": 7}, api_name="/ask_within")


def test_the_python_of_the_readme_runs_as_shown(
    site: "Site", capsys: pytest.CaptureFixture[str]
) -> None:
    """Against this page instead of port 7860."""
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.split("```python\n")[1].split("```")[0]

    exec(shown.replace("http://127.0.0.1:7860", site.url), {})

    printed = capsys.readouterr().out
    assert "45%" in printed
    assert "52.80%" in printed


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_the_curl_of_the_readme_runs_as_shown(site: "Site") -> None:
    """Word for word, against this page instead of port 7860."""
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = [part.split("```")[0] for part in readme.split("```sh\n")[1:]]
    (shown,) = (block for block in blocks if "gradio_api/call/ask" in block)
    assert shown.count("http://127.0.0.1:7860/") == 2

    script = shown.replace("http://127.0.0.1:7860/", site.url)
    done = subprocess.run(
        ["sh", "-eu", "-c", script], capture_output=True, timeout=60, check=True
    )

    text = done.stdout.decode()
    assert text.startswith("event: complete")
    (answer,) = json.loads(text.split("data: ", 1)[1])
    assert answer["short"] == "45%"


@pytest.mark.parametrize(
    "data",
    [("", []), ("x" * 2000, []), (7, []), ("a?", "b"), ("a?", {"b": 1}), ("a?", [7])],
)
def test_bad_input_is_an_error_that_says_why(client: Client, data: Any) -> None:
    """No traceback and no guess: the message for people."""
    with pytest.raises(AppError, match=r"question|list of texts"):
        client.predict(*data, api_name="/ask")


def test_only_ask_is_offered(client: Client) -> None:
    """The page's own handlers are not part of the API."""
    offered = client.view_api(return_format="dict", print_info=False)

    assert list(offered["named_endpoints"]) == ["/ask", "/ask_within"]
    assert offered["unnamed_endpoints"] == {}
    description = offered["named_endpoints"]["/ask"]["description"]
    assert "history" in description


def test_every_page_carries_a_policy(site: "Site") -> None:
    """Gradio's page and ours; Gradio's own scripts carry the nonce."""
    for path in ("", "source", "healthz", "source.css"):
        status, headers, text = get(site.url + path)
        assert status == 200
        assert "default-src" in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
        assert text.count("<script") == text.count('<script nonce="')


def test_the_page_names_no_other_host_to_load_from(site: "Site") -> None:
    """No remote font, script or style in the page as served."""
    _, _, text = get(site.url)

    assert "fonts.googleapis" not in text
    assert 'src="http' not in text
    assert '<link rel="stylesheet" crossorigin href="http' not in text


@pytest.mark.parametrize(
    "name", ["gone.txt", "../settings.py", "/etc/passwd", "..%2f..%2fapp.py", "%00"]
)
def test_only_reports_of_the_index_open(site: "Site", name: str) -> None:
    """A name is looked up in the store, never on the disk."""
    status, _, text = get(f"{site.url}source?report={name}&page=1")

    assert status == 404
    assert EN.report_gone in text


def test_a_page_that_does_not_exist_is_not_shown(site: "Site") -> None:
    """Page 2 of a text file."""
    name = next(path.name for path in (ROOT / "corpus").glob("*.txt"))

    assert get(f"{site.url}source?report={name}&page=2")[0] == 404
    assert get(f"{site.url}source?report={name}&page={'9' * 11}")[0] == 404


def test_before_anything_is_indexed_the_page_says_what_to_do(
    serve_page: Serve,
) -> None:
    """It starts, says so everywhere, and answers after ingest without a restart."""
    with serve_page() as site:
        client = Client(site.url, verbose=False)
        assert get(f"{site.url}healthz")[0] == 503
        assert "python -m ingest" in get(f"{site.url}source")[2]
        with pytest.raises(AppError, match="python -m ingest"):
            client.predict(QUESTION, api_name="/ask")

        for path in (ROOT / "corpus").glob("*.txt"):
            (site.corpus / path.name).write_bytes(path.read_bytes())
        site.ingest()

        assert client.predict(QUESTION, api_name="/ask")["short"] == "45%"
        assert get(f"{site.url}healthz")[0] == 200


def test_behind_a_proxy_the_prefix_is_kept(serve_page: Serve) -> None:
    """With --root-path the page tells the browser to call back under the prefix."""
    with serve_page("--root-path", "/reports") as site:
        assert "/reports" in get(site.url)[2]
