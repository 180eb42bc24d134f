"""The assistant behind the page, and the plain pages beside Gradio's.

The assistant is opened when the page starts; if that fails for a reason a
person can act on (nothing indexed yet), the page says so and tries again with
the next question, so that no restart is needed after `python -m ingest`.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from answer.records import Answer
from index.errors import AssistantError
from index.ledger import Asked
from index.records import Filters
from index.view import View
from page import links, source
from page.access.person import person_of
from page.memory import Memory
from page.security import SOURCE_POLICY
from page.sheets import Sheet, sheet
from page.texts import Words, words_for
from page.titles import titled, titled_turn
from page.turns import Turn

if TYPE_CHECKING:
    from answer.assistant import Assistant

STYLE = Path(__file__).with_name("source.css")


class Desk:
    """Opens the assistant once, at the first success, for all readers."""

    def __init__(
        self, open_assistant: "Callable[[], Assistant]", corpus: Path | None = None
    ) -> None:
        """corpus: the folder of reports, for pictures of their pages."""
        self._open = open_assistant
        self._corpus = corpus
        self._opened: Assistant | None = None
        self._memory = Memory()
        self._lock = threading.Lock()

    def assistant(self) -> "Assistant":
        """The assistant; raises AssistantError while it cannot be opened."""
        with self._lock:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def ask(
        self, question: str, history: Sequence[str], filters: Filters | None
    ) -> Answer:
        """Answer, from memory if the index has not changed; raises AssistantError."""
        return self._memory.ask(self.assistant(), question, history, filters)

    def titled(self, turn: Turn) -> Turn:
        """*turn* with a name to show for each report that it cites."""
        with self.assistant().store.snapshot() as view:
            return titled_turn(view, turn)

    def widened(self, asked: Asked) -> Asked:
        """*asked* of the ledger, its subject in the words of either language too."""
        return replace(asked, wordings=self.assistant().wordings(asked.subject))

    def trouble(self) -> str | None:
        """What a person must do before questions can be answered, if anything."""
        try:
            self.assistant()
        except AssistantError as error:
            return str(error)
        return None

    def routes(self) -> list[Route]:
        """The pages of the source panel, its style sheet, and the health check."""
        return [
            Route(f"/{links.PATH}", self._source),
            Route(f"/{links.PICTURE}", self._picture),
            Route("/source.css", _style),
            Route("/healthz", self._health),
        ]

    def _source(self, request: Request) -> Response:
        words = words_for(request.query_params.get("lang"))
        try:
            html, status = self._document(request, words)
        except AssistantError as error:
            html, status = source.message_document(str(error), words), 503
        headers = {
            "Content-Security-Policy": SOURCE_POLICY,
            "Cache-Control": "no-store",
        }
        return HTMLResponse(html, status_code=status, headers=headers)

    def _document(self, request: Request, words: Words) -> tuple[str, int]:
        place = links.read_place(request.query_params)
        with self.assistant().store.snapshot() as view:
            if place is None:
                return source.list_document(titled(view, view.reports()), words), 200
            report = next(iter(titled(view, view.reports([place.report]))), None)
            page = view.page(place.report, place.page)
            more = view.page(place.report, place.page + 1) is not None
            if report is None or page is None:
                return source.message_document(words.report_gone, words), 404
            marked = links.stretch_of(place, page)
            strong = links.words_of(place) if marked else ()
            picture = self._sheet(view, place, marked, strong)
        html = source.report_document(
            report,
            page,
            marked,
            words,
            moved=marked is None and place.end > 0,
            more=more,
            picture=picture,
            strong=strong,
        )
        return html, 200

    def _sheet(
        self,
        view: View,
        place: links.Place,
        marked: links.Stretch | None,
        strong: Sequence[links.Stretch] = (),
    ) -> Sheet | None:
        if self._corpus is None:
            return None
        return sheet(self._corpus, view, place.report, place.page, marked, strong)

    def _picture(self, request: Request) -> Response:
        place = links.read_place(request.query_params)
        try:
            with self.assistant().store.snapshot() as view:
                found = self._sheet(view, place, None) if place else None
        except AssistantError as error:
            return Response(str(error), status_code=503, media_type="text/plain")
        if found is None:
            return Response("no picture", status_code=404, media_type="text/plain")
        return Response(found.png, media_type="image/png")

    def _health(self, request: Request) -> Response:
        trouble = self.trouble()
        body: dict[str, bool | str | None] = {"ready": trouble is None}
        if person_of(request).edits:  # it names folders: not for everyone
            body["trouble"] = trouble
        return JSONResponse(body, status_code=503 if trouble else 200)


def _style(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    return FileResponse(STYLE, media_type="text/css")
