"""Turn away what no reader of this page sends, before anything else sees it.

- a Host that is not ours: a foreign site whose name was made to point at this
  computer would otherwise read the page through its visitor's browser;
- a change asked for by another site's page (cross-site request forgery): the
  browser names the site in `Sec-Fetch-Site` or `Origin`;
- bodies larger than any of our forms, and those doors of Gradio's that we do
  not use: its upload folder, its proxy, its recordings.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
BODY_BYTES = 8 * 1024 * 1024
UPLOAD_PATH = "/office/upload"  # limits its body itself, while it arrives
_SAFE = {"GET", "HEAD", "OPTIONS"}
_GRADIO_POSTS = re.compile(r"/gradio_api/(call|queue|cancel|reset|run|api)(/|$)")
_GRADIO_SHUT = re.compile(
    r"/gradio_api/(proxy=|upload|stream|process_recording|vibe|undo-vibe|runs|dev/)"
)


class Gate:
    """ASGI middleware; see the module."""

    def __init__(
        self, app: ASGIApp, *, hosts: Collection[str] | None, root: str = ""
    ) -> None:
        """hosts: names the page answers to besides this computer's; None: any.

        root: the prefix that a proxy adds, "" for none.
        """
        self.app = app
        self._hosts = None if hosts is None else {*hosts, *LOCAL_NAMES}
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # the page opens no web sockets
        headers = Headers(scope=scope)
        path = path_of(scope, self._root)
        if refused := self._refusal(scope["method"], path, headers):
            text, status = refused
            await PlainTextResponse(text, status)(scope, receive, send)
        elif path == UPLOAD_PATH:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, _limited(receive), send)

    def _refusal(
        self, method: str, path: str, headers: Headers
    ) -> tuple[str, int] | None:
        if self._hosts is not None and host_name(headers) not in self._hosts:
            return (
                "This page does not answer to that host name: see REPORTS_HOSTS.",
                421,
            )
        if _GRADIO_SHUT.match(path):
            return "Not offered by this page.", 404
        if method in _SAFE:
            return None
        if not same_origin(headers):
            return "A change must be asked for by this page itself.", 403
        if path.startswith("/gradio_api/") and not _GRADIO_POSTS.match(path):
            return "Not offered by this page.", 404
        length = headers.get("content-length", "0")
        if path != UPLOAD_PATH and not (
            length.isdecimal() and int(length) <= BODY_BYTES
        ):
            return "The request is too large.", 413
        return None


def path_of(scope: Scope, root: str) -> str:
    """The path within the page, whether or not the proxy strips its prefix."""
    path: str = scope["path"]
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def host_name(headers: Headers) -> str:
    """The Host header's name, without its port; "" if it is none."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def same_origin(headers: Headers) -> bool:
    """Whether this page, or no browser at all, sends a request.

    Browsers send `Sec-Fetch-Site` to https and to this computer, and `Origin`
    with every change; programs such as curl send neither.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _limited(receive: Receive) -> Receive:
    """As *receive*; ends the connection when a body without a length grows on."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > BODY_BYTES else message

    return limited
