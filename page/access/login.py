"""The door: who are you? In front of everything that the page serves.

Without a users file nobody is asked. Whoever sits at this computer is then an
editor, and whoever comes over a network or through a proxy a reader.
"""

import logging
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.types import ASGIApp, Receive, Scope, Send

from page.access.gate import LOCAL_NAMES, host_name, path_of
from page.access.person import Person
from page.access.sessions import ABSOLUTE, Sessions
from page.access.throttle import Throttle
from page.access.words import LoginWords, login_words
from page.texts import preferred_language
from page.users import User, Users

_LOG = logging.getLogger("reports.access")  # for the operator, and fail2ban
COOKIE = "reports_session"
STYLE = Path(__file__).with_name("login.css")
POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# For the operator, who learns little without a log-in; and the knock by which
# Gradio wakes its own queue when it starts.
OPEN_PATHS = {"/healthz", "/gradio_api/startup-events"}
FORM_BYTES = 8192
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


class Login:
    """ASGI middleware: finds out who asks, and keeps out who may not."""

    def __init__(self, app: ASGIApp, *, users: Users | None, root: str = "") -> None:
        """users: None where nobody has to log in. root: the proxy's prefix."""
        self.app = app
        self._users = users
        self._root = root
        self._sessions = Sessions(users) if users else None
        # By address for long; by name only so long that nobody can be shut out.
        self._by_address = Throttle(longest=900)
        self._by_name = Throttle(longest=30)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests of known people on; answer all others here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        if self._users is None:
            person: Person | None = _visitor(request)
        else:
            person = self._known(request)
        path = path_of(scope, self._root)
        scope.setdefault("state", {})["person"] = person or Person()
        if self._users is not None and (reply := await self._door(request, path)):
            await reply(scope, receive, send)
        elif person is None and path not in OPEN_PATHS:
            await self._ask_to_log_in(request)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _known(self, request: Request) -> Person | None:
        token = request.cookies.get(COOKIE)
        user = self._sessions.user(token) if self._sessions and token else None
        return Person(user.name, user.role, _address(request)) if user else None

    async def _door(self, request: Request, path: str) -> Response | None:
        """What the door's own addresses answer; None for all others."""
        match request.method, path.rstrip("/"):
            case "GET" | "HEAD", "/login":
                return self._form(request, request.query_params)
            case "POST", "/login":
                return await self._log_in(request)
            case "POST", "/logout":
                return self._log_out(request)
            case "GET", "/login.css":
                return FileResponse(STYLE, media_type="text/css")
        return None

    def _ask_to_log_in(self, request: Request) -> Response:
        wants_page = "text/html" in request.headers.get("accept", "")
        if request.method != "GET" or not wants_page:
            return JSONResponse({"detail": "Not authenticated"}, status_code=401)
        wanted = path_of(request.scope, self._root)
        if request.url.query:
            wanted += f"?{request.url.query}"
        query = urlencode({"next": wanted}) if wanted != "/" else ""
        return RedirectResponse(f"{self._root}/login?{query}".rstrip("?"), 303)

    def _form(
        self,
        request: Request,
        given: Mapping[str, str],
        problem: str = "",
        status: int = 200,
    ) -> Response:
        accepted = request.headers.get("accept-language")
        words = login_words(given.get("lang") or preferred_language(accepted))
        html = form_document(words, local_path(given.get("next", "")), problem)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return HTMLResponse(html, status_code=status, headers=headers)

    async def _log_in(self, request: Request) -> Response:
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > FORM_BYTES:
                return JSONResponse({"detail": "too large"}, status_code=413)
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        given = {key: values[0] for key, values in fields.items()}
        name, password = given.get("username", ""), given.get("password", "")
        address = _address(request)
        keys = (self._by_address, address), (self._by_name, name.casefold())
        words = login_words(given.get("lang"))
        if wait := max(throttle.wait(key) for throttle, key in keys):
            return self._turned_down(
                request, given, words.slow.format(seconds=int(wait) + 1), wait
            )
        # Counted before the check: a hundred tries at once are a hundred tries.
        for throttle, key in keys:
            throttle.failed(key)
        assert self._users  # noqa: S101 - else no request comes this way
        user = await run_in_threadpool(self._users.check, name, password)
        if user is None:
            for throttle, key in keys:
                throttle.again(key)
            _LOG.warning("log-in of %.64r from %s failed", name, address)
            return self._turned_down(request, given, words.wrong)
        for throttle, key in keys:
            throttle.succeeded(key)
        return self._let_in(request, user, given)

    def _turned_down(
        self, request: Request, given: Mapping[str, str], why: str, wait: float = 0
    ) -> Response:
        status = 429 if wait else 401
        if "text/html" in request.headers.get("accept", ""):
            response = self._form(request, given, why, status)
        else:
            response = JSONResponse({"detail": why}, status_code=status)
        if wait:
            response.headers["Retry-After"] = str(int(wait) + 1)
        return response

    def _let_in(
        self, request: Request, user: User, given: Mapping[str, str]
    ) -> Response:
        assert self._sessions  # noqa: S101 - there are users
        response: Response
        if "text/html" in request.headers.get("accept", ""):
            target = self._root + local_path(given.get("next", ""))
            response = RedirectResponse(target, 303)
        else:
            response = JSONResponse({"success": True})  # as gradio_client expects
        response.set_cookie(
            COOKIE,
            self._sessions.begin(user),
            max_age=int(ABSOLUTE),
            path=f"{self._root}/",
            httponly=True,
            samesite="lax",  # a link in a mail opens; a foreign form does not post
            secure=request.url.scheme == "https",
        )
        return response

    def _log_out(self, request: Request) -> Response:
        if self._sessions and (token := request.cookies.get(COOKIE)):
            self._sessions.end(token)
        response = RedirectResponse(f"{self._root}/login", 303)
        response.delete_cookie(COOKIE, path=f"{self._root}/", httponly=True)
        # Earlier chats stay with the reader; what the browser keeps of us goes.
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


def local_path(wanted: str) -> str:
    r"""*wanted* if it is a path of this page, else its first page.

    "//host", "/\host" and control characters are ways to another site.
    """
    parts = urlsplit(wanted)
    fine = (
        wanted.startswith("/")
        and not wanted.startswith("//")
        and not (parts.scheme or parts.netloc)
        and wanted.isprintable()
        and "\\" not in wanted
    )
    return wanted if fine else "/"


def form_document(words: LoginWords, wanted: str, problem: str) -> str:
    """The page that asks for name and password."""
    other = login_words(words.other_language)
    query = urlencode({"lang": other.language, "next": wanted})
    alert = f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words.heading)} – {escape(words.title)}</title>"
        '<link rel="stylesheet" href="login.css"></head><body><header>'
        f"<p>{escape(words.title)}</p>"
        f'<a href="login?{escape(query)}" lang="{other.language}">'
        f"{escape(other.own_name)}</a></header>"
        f'<main><h1>{escape(words.heading)}</h1>{alert}<form method="post" '
        f'action="login"><label for="u">{escape(words.user)}</label>'
        '<input id="u" name="username" autocomplete="username" required autofocus '
        'autocapitalize="none" spellcheck="false" maxlength="64">'
        f'<label for="p">{escape(words.password)}</label>'
        '<input id="p" name="password" type="password" maxlength="200" '
        'autocomplete="current-password" required>'
        f'<input type="hidden" name="next" value="{escape(wanted)}">'
        f'<input type="hidden" name="lang" value="{words.language}">'
        f"<button>{escape(words.enter)}</button></form>"
        f"<p>{escape(words.forgotten)}</p></main></body></html>"
    )


def _visitor(request: Request) -> Person:
    """Somebody on a page without log-in."""
    local = host_name(request.headers) in LOCAL_NAMES
    forwarded = any(name in request.headers for name in _FORWARDED)
    role = "editor" if local and not forwarded else "reader"
    return Person("", role, _address(request))  # type: ignore[arg-type]  # a Role


def _address(request: Request) -> str:
    """Where the request came from; uvicorn has read the proxy's header already."""
    return request.client.host if request.client else ""
