"""Headers that keep a browser from running or fetching what we did not send."""

import re

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from page.security import SOURCE_POLICY, SecurityHeaders


def html(request: Request) -> Response:
    """A page with scripts."""
    return HTMLResponse("<script>a()</script><scripted><script src='b'></script>ă")


def source(request: Request) -> Response:
    """A page with a policy of its own."""
    headers = {"Content-Security-Policy": SOURCE_POLICY}
    return HTMLResponse("<script>a()</script>", headers=headers)


def text(request: Request) -> Response:
    """What is no page."""
    return PlainTextResponse("<script>")


CLIENT = TestClient(
    Starlette(
        routes=[Route("/", html), Route("/source", source), Route("/text", text)],
        middleware=[Middleware(SecurityHeaders)],
    )
)


def test_scripts_of_the_page_run_by_a_nonce_of_this_answer_only() -> None:
    """Each tag gets the nonce of the policy, and no two answers share one."""
    first, second = CLIENT.get("/"), CLIENT.get("/")

    (nonce,) = re.findall(r"'nonce-([^']+)'", first.headers["content-security-policy"])
    assert first.text == (
        f'<script nonce="{nonce}">a()</script><scripted>'
        f"<script nonce=\"{nonce}\" src='b'></script>ă"
    )
    assert int(first.headers["content-length"]) == len(first.content)
    assert nonce not in second.text


def test_no_policy_lets_a_page_reach_another_host_or_run_inline_scripts() -> None:
    """Whatever slips through an escape can neither run nor call out."""
    policy = CLIENT.get("/").headers["content-security-policy"]

    assert "http" not in policy
    assert "*" not in policy
    script = next(d for d in policy.split("; ") if d.startswith("script-src"))
    assert "'unsafe-inline'" not in script


def test_a_report_runs_nothing_at_all() -> None:
    """The panel's stricter policy stays, and its scripts get no nonce."""
    answer = CLIENT.get("/source")

    assert answer.headers["content-security-policy"] == SOURCE_POLICY
    assert answer.text == "<script>a()</script>"


def test_what_is_not_html_passes_unchanged() -> None:
    """Only pages are rewritten; the headers go with everything."""
    answer = CLIENT.get("/text")

    assert answer.text == "<script>"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_head_request_has_headers_and_no_body() -> None:
    """Health checks of proxies use it."""
    answer = CLIENT.head("/")

    assert answer.status_code == 200
    assert "content-security-policy" in answer.headers
