"""The doors in front of the page: who is asked, who is let in, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from index.errors import BadInputError
from page.access.doors import doors
from page.access.gate import BODY_BYTES
from page.access.login import COOKIE, local_path
from page.access.person import editors_only, person_of
from page.access.throttle import FREE
from page.users import make_user, write_users
from settings import Settings, read_settings

PASSWORD = "correct horse battery"
PAGE = {"accept": "text/html"}


async def who(request: Request) -> Response:
    """Say whom the door let in."""
    person = person_of(request)
    return JSONResponse({"name": person.name, "role": person.role})


async def eat(request: Request) -> Response:
    """Take a body."""
    return JSONResponse({"size": len(await request.body())})


@pytest.fixture(scope="module")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An editor and a reader."""
    path = tmp_path_factory.mktemp("users") / "users.txt"
    people = [
        make_user("lan", "editor", PASSWORD),
        make_user("minh", "reader", PASSWORD),
    ]
    write_users(path, people)
    return path


Open = Callable[..., TestClient]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """A small page behind the real doors."""

    def client(
        users: Path | None = None,
        *,
        base: str = "http://localhost",
        root: str = "",
        hosts: tuple[str, ...] = (),
        open_to_all: bool = False,
    ) -> TestClient:
        settings: Settings = replace(
            read_settings({}), var_dir=tmp_path, users_path=users, hosts=hosts
        )
        routes = [
            Route("/", who),
            Route("/healthz", who),
            Route("/gradio_api/queue/join", eat, methods=["POST"]),
            Route("/gradio_api/upload", eat, methods=["POST"]),
            Route("/office/remove", editors_only(eat), methods=["POST"]),
        ]
        middleware = doors(
            settings, host="127.0.0.1", root=root, open_to_all=open_to_all
        )
        app = Starlette(routes=routes, middleware=middleware)
        return TestClient(app, base_url=base, follow_redirects=False)

    return client


def log_in(client: TestClient, name: str = "lan", **more: str) -> Response:
    """Send the form as a browser does."""
    fields = {"username": name, "password": PASSWORD, **more}
    answer: Response = client.post("/login", data=fields, headers=PAGE)  # type: ignore[assignment]  # httpx's
    return answer


def test_nobody_is_asked_on_this_computer(opened: Open) -> None:
    """Whoever sits here may do everything."""
    assert opened().get("/").json() == {"name": "", "role": "editor"}


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_whoever_comes_through_a_proxy_without_log_in_only_reads(
    opened: Open, header: str
) -> None:
    """However the proxy calls the host."""
    answer = opened().get("/", headers={header: "10.0.0.7"})

    assert answer.json()["role"] == "reader"


def test_others_than_this_computer_only_with_users_or_on_purpose(
    opened: Open, users_file: Path
) -> None:
    """The page refuses to start, and says what to do."""
    settings = read_settings({})
    with pytest.raises(BadInputError, match=r"page\.users"):
        doors(settings, host="0.0.0.0")
    with pytest.raises(BadInputError, match="open-to-all"):
        doors(replace(settings, hosts=("reports.example",)), host="127.0.0.1")
    with pytest.raises(BadInputError, match="not there"):
        doors(replace(settings, users_path=Path("/none")), host="127.0.0.1")

    assert doors(settings, host="0.0.0.0", open_to_all=True)
    assert doors(replace(settings, users_path=users_file), host="0.0.0.0")
    client = opened(
        base="http://reports.example", hosts=("reports.example",), open_to_all=True
    )
    assert client.get("/").json()["role"] == "reader"


def test_nothing_is_shown_before_the_log_in(opened: Open, users_file: Path) -> None:
    """People are sent to the form, programs get 401; only the health check is open."""
    client = opened(users_file)

    page = client.get("/?question=a", headers=PAGE)
    assert page.status_code == 303
    assert page.headers["location"] == "/login?next=%2F%3Fquestion%3Da"
    for method, path in [("GET", "/"), ("POST", "/gradio_api/queue/join")]:
        assert client.request(method, path).status_code == 401
    assert client.get("/healthz").json() == {"name": "", "role": "reader"}


def test_the_form_lets_in_and_out(opened: Open, users_file: Path) -> None:
    """A cookie that scripts and foreign forms do not get; gone after the log-out."""
    client = opened(users_file)
    answer = log_in(client, next="/?question=a")

    assert (answer.status_code, answer.headers["location"]) == (303, "/?question=a")
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in (COOKIE, "httponly", "samesite=lax"))
    assert "secure" not in cookie
    assert client.get("/").json() == {"name": "lan", "role": "editor"}
    token = client.cookies[COOKIE]

    client.post("/logout")

    assert client.get("/", headers={"cookie": f"{COOKIE}={token}"}).status_code == 401


def test_behind_https_the_cookie_is_secure(opened: Open, users_file: Path) -> None:
    """It never travels in the clear."""
    client = opened(users_file, base="https://localhost", root="/reports")
    answer = log_in(client)

    assert "Secure" in answer.headers["set-cookie"]
    assert "Path=/reports/" in answer.headers["set-cookie"]
    assert answer.headers["location"] == "/reports/"


@pytest.mark.parametrize(
    ("accepted", "words"), [("vi-VN,vi", "Đăng nhập"), ("fr", "Log in")]
)
def test_the_form_speaks_both_languages(
    opened: Open, users_file: Path, accepted: str, words: str
) -> None:
    """Chosen by the browser, switchable, with a policy under which nothing runs."""
    answer = opened(users_file).get("/login", headers={"accept-language": accepted})

    assert f"<h1>{words}</h1>" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_wrong_passwords_are_slowed_down(opened: Open, users_file: Path) -> None:
    """By name and by address; then even the right one has to wait, and is told."""
    client = opened(users_file)
    wrong = {"username": "lan", "password": "wrong password"}
    said = [client.post("/login", data=wrong).status_code for _ in range(FREE)]
    assert said == [401] * FREE

    answer = log_in(client)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
    ],
)
def test_the_log_in_leads_to_no_other_site(
    opened: Open, users_file: Path, wanted: str
) -> None:
    """Whatever a link to the form asks for."""
    assert local_path(wanted) == "/"
    assert log_in(opened(users_file), next=wanted).headers["location"] == "/"


def test_the_form_shows_text_as_text(opened: Open, users_file: Path) -> None:
    """What a link carries along cannot become part of the page."""
    attack = quote('/"><script>alert(1)</script>')

    assert "<script" not in opened(users_file).get(f"/login?next={attack}").text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "http://localhost:9999"},
    ],
)
def test_no_other_site_can_ask_for_a_change(
    opened: Open, headers: dict[str, str]
) -> None:
    """Its page in our reader's browser is refused; our own, and programs, are not."""
    client = opened()
    assert client.post("/office/remove", headers=headers).status_code == 403
    for own in ({"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"}, {}):
        assert client.post("/office/remove", headers=own).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "["])
def test_foreign_host_names_are_refused(opened: Open, host: str) -> None:
    """A name that an attacker points at this computer (DNS rebinding)."""
    assert opened().get("/", headers={"host": host}).status_code == 421


def test_a_reader_cannot_do_what_editors_do(opened: Open, users_file: Path) -> None:
    """Whatever the page shows: the server decides."""
    reader, editor = opened(users_file), opened(users_file)
    log_in(reader, "minh")
    log_in(editor)

    assert reader.post("/office/remove").status_code == 403
    assert editor.post("/office/remove").status_code == 200


def test_gradios_unused_doors_are_shut(opened: Open) -> None:
    """Its upload folder would let every reader fill the disk."""
    client = opened()

    assert client.post("/gradio_api/upload").status_code == 404
    assert client.get("/gradio_api/proxy=http://evil.example").status_code == 404
    assert client.post("/gradio_api/queue/join").status_code == 200


def test_large_bodies_are_refused(opened: Open) -> None:
    """By their length, or while they arrive."""
    client = opened()
    large = b"x" * (BODY_BYTES + 1)

    assert client.post("/gradio_api/queue/join", content=large).status_code == 413
    lying = {"content-length": "-1"}
    assert client.post("/gradio_api/queue/join", headers=lying).status_code == 413
