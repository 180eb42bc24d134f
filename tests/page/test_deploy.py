"""What lies in `deploy/`, with the real nginx and systemd where they are installed."""

import http.client
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from page.access.words import login_words
from page.users import make_user, write_users
from settings import ROOT
from tests.page.asking import ask
from tests.page.conftest import free_port, serving

if TYPE_CHECKING:
    from tests.page.conftest import Site

PASSWORD = "correct horse battery"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
WATER = "In 2024 the share of rural households with clean water reached 61.4%.\n"


def configured(folder: Path, page: int, secure: int, plain: int, prefix: str) -> str:
    """`deploy/nginx.conf` with this test's ports and certificate, and its prefix."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{secure} ssl",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "reports.example.gov.vn": "localhost",
        "/etc/ssl/reports.crt": str(folder / "own.crt"),
        "/etc/ssl/reports.key": str(folder / "own.key"),
        # As the comment at its head says for a prefix.
        "location / {": f"location {prefix}/ {{",
        "proxy_pass http://127.0.0.1:7860;": f"proxy_pass http://127.0.0.1:{page}"
        + ("/;" if prefix else ";"),
    }
    for shipped, ours in changes.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"pid {folder / 'nginx.pid'}; daemon off; error_log {folder / 'error.log'};"
        f"events {{}} http {{ access_log off; {temporary} {text} }}"
    )


@contextmanager
def proxied(folder: Path, prefix: str) -> Iterator[tuple["Site", int, int]]:
    """The page with an editor, behind nginx; its ports for https and http."""
    (folder / "corpus").mkdir()
    (folder / "corpus" / "water.txt").write_text(WATER, "utf-8")
    users = folder / "users.txt"
    write_users(users, [make_user("lan", "editor", PASSWORD)])
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost".split()
    files = ["-keyout", str(folder / "own.key"), "-out", str(folder / "own.crt")]
    subprocess.run(["openssl", *made, *files], check=True, capture_output=True)
    arguments = ("--root-path", prefix) if prefix else ()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTS_USERS", str(users))
        patch.setenv("REPORTS_HOSTS", "localhost")
        with serving(folder, arguments=arguments) as site:
            page = int(site.url.rstrip("/").rpartition(":")[2])
            secure, plain = free_port(), free_port()
            conf = folder / "nginx.conf"
            conf.write_text(configured(folder, page, secure, plain, prefix), "utf-8")
            assert NGINX
            command = [NGINX, "-p", str(folder), "-c", str(conf)]
            subprocess.run([*command, "-t"], check=True, capture_output=True)
            nginx = subprocess.Popen(command)
            try:
                yield site, secure, plain
            finally:
                nginx.terminate()
                nginx.wait(20)


@pytest.mark.browser
@pytest.mark.skipif(not NGINX, reason="nginx is not installed")
@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")
@pytest.mark.parametrize("prefix", ["", "/reports"])
def test_the_page_works_behind_nginx(
    browser: Browser, tmp_path: Path, prefix: str
) -> None:
    """Log-in, streamed answer, source, file to take away, upload; over https."""
    with proxied(tmp_path, prefix) as (_, secure, plain):
        context = browser.new_context(locale="en-GB", ignore_https_errors=True)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"https://localhost:{secure}{prefix}/")
        login = login_words("en")
        page.get_by_label(login.user).fill("lan")
        page.get_by_label(login.password, exact=True).fill(PASSWORD)
        page.get_by_role("button", name=login.enter).click()
        (cookie,) = (c for c in context.cookies() if c["name"] != "lang")
        assert cookie["secure"]
        assert cookie["httpOnly"]
        assert cookie["path"] == f"{prefix}/"

        expect(page.locator("#question")).to_be_editable(timeout=60_000)
        ask(page, "What share of rural households had clean water in 2024?")
        expect(page.locator(".headline")).to_have_text("61.4%")
        source = page.frame_locator("iframe[name=source]")
        expect(source.locator("mark")).to_have_text(WATER.strip())
        with page.expect_download() as word:
            page.locator(".tools button", has_text="Word").click()
        assert word.value.suggested_filename == "answer.docx"

        page.get_by_role("tab").nth(1).click()
        tab = page.locator("#reports-tab")
        expect(tab.locator("tbody tr")).to_have_count(1, timeout=30_000)
        report = tmp_path / "big.txt"
        report.write_text(
            "A big report.\n\n" + WATER * 40_000
        )  # 3 MB: no buffer's size
        tab.locator("input[type=file]").set_input_files(report)
        expect(tab.locator(".uploads, .jobs")).to_contain_text(
            ["big.txt"], timeout=60_000
        )
        saved = tmp_path / "corpus" / "big.txt"
        for _ in range(150):  # it is taken in beside the page
            if saved.exists():
                break
            page.wait_for_timeout(200)
        assert saved.stat().st_size == 15 + 40_000 * len(WATER)
        assert errors == []
        context.close()

        assert asked(secure, f"{prefix}/healthz") == 200
        too_large = {"Content-Length": str(201 << 20)}
        assert asked(secure, f"{prefix}/office/upload", "POST", too_large) == 413
        assert asked(plain, "/", secure=False) == 301


def asked(
    port: int,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    *,
    secure: bool = True,
) -> int:
    """The status of an address of nginx; a body is announced and never sent."""
    trusting = ssl._create_unverified_context()
    connection = (
        http.client.HTTPSConnection("localhost", port, timeout=30, context=trusting)
        if secure
        else http.client.HTTPConnection("localhost", port, timeout=30)
    )
    connection.putrequest(method, path)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    """No unknown key, no malformed value; its paths are the operator's to make."""
    text = (ROOT / "deploy" / "reports-assistant.service").read_text("utf-8")
    text = text.replace("/srv/reports-assistant/.venv/bin/python", "/bin/sh")
    unit = tmp_path / "reports-assistant.service"
    unit.write_text(text, "utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    said = [line for line in done.stderr.splitlines() if unit.name in line]
    assert said == []
    assert done.returncode == 0


def test_the_dockerfile_copies_what_the_page_needs_and_nothing_built() -> None:
    """Its base fits `requires-python`; what a build leaves behind stays outside."""
    text = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()

    assert "FROM python:3.11" in text
    assert "torch==2.13.0" in text
    assert {".venv", "var", ".git"} <= {name.strip("/") for name in ignored}
