"""What the browser may do with our pages, told in headers.

Report text is escaped wherever it is shown; this is the second wall. Should a
`<script>` or a remote image ever slip through, the browser still refuses it.
"""

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio builds its components with `Function(…)`, hence 'unsafe-eval', and
# styles elements in place. Its inline scripts carry the nonce; injected ones
# have none and do not run.
APP_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
# A report is read, not run.
SOURCE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
SCRIPT_TAG = re.compile(rb"<script(?=[\s>])")


class SecurityHeaders:
    """ASGI middleware: headers for all, and a nonce for Gradio's own scripts.

    Gradio's page holds its configuration as escaped JSON, where no `<script`
    can stand, so every such tag in the page as served is Gradio's own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything through; rewrite only HTML pages without a policy."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        start: Message = {}  # an HTML page's head, kept until its length is known
        body = b""

        async def guarded_send(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                guarded = "content-security-policy" in headers
                headers.setdefault(
                    "Content-Security-Policy", APP_POLICY.format(nonce=nonce)
                )
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                is_html = headers.get("content-type", "").startswith("text/html")
                if is_html and not guarded:
                    start = message
                    return
            elif start and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                body = SCRIPT_TAG.sub(b'<script nonce="%s"' % nonce.encode(), body)
                if scope["method"] != "HEAD":
                    MutableHeaders(scope=start)["Content-Length"] = str(len(body))
                await send(start)
                start, message = {}, {"type": "http.response.body", "body": body}
            await send(message)

        await self.app(scope, receive, guarded_send)
