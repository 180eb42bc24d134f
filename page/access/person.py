"""Who is asking: found out once, at the door, and read from the request after."""

import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from page.said import told
from page.texts import words_for
from page.users import Role

Handler = Callable[[Request], Awaitable[Response]]
EDITORS_ONLY = "only editors may do this: ask for that role or leave it to one."


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever sent a request; no name where there is no log-in."""

    name: str = ""
    role: Role = "reader"
    address: str = ""

    @property
    def edits(self) -> bool:
        """Whether this person may change reports and run evals."""
        return self.role == "editor"


def person_of(request: Any) -> Person:
    """Who sent *request*, a Starlette request or a `gr.Request` around one.

    Somebody the door did not see is a reader without a name.
    """
    inner = getattr(request, "request", request)
    state = inner.scope.get("state") if hasattr(inner, "scope") else None
    found = (state or {}).get("person")
    return found if isinstance(found, Person) else Person()


def editors_only(handler: Handler) -> Handler:
    """Refuse everyone but editors, whatever the page showed them."""

    @functools.wraps(handler)
    async def guarded(request: Request) -> Response:
        if not person_of(request).edits:
            language = words_for(request.query_params.get("lang")).language
            said = told(EDITORS_ONLY, language)
            return JSONResponse({"error": said}, status_code=403)
        return await handler(request)

    return guarded
