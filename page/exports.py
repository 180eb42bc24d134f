"""The addresses that hand out answers and figures as files.

`take.txt`, `take.docx` and `take.csv` take the turn that the browser has as a
form; `figures.csv` takes the query of the Figures tab.
"""

from collections.abc import Callable
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from answer.records import Citation
from index import ledger
from index.errors import AssistantError, BadInputError
from page import links
from page.desk import Desk
from page.ledger import MOST_EXPORTED, as_csv, read_asked
from page.said import told
from page.takeaway import Taken, as_docx, as_text
from page.takeaway import as_csv as answer_csv
from page.texts import Words, words_for
from page.turns import MOST_CHARS, read_turn

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Make = Callable[[Taken, Words], bytes | str]
FORMS: dict[str, tuple[Make, str]] = {
    "take.txt": (as_text, "text/plain; charset=utf-8"),
    "take.docx": (as_docx, WORD),
    "take.csv": (answer_csv, "text/csv; charset=utf-8"),
}


def routes(desk: Desk) -> list[Route]:
    """The addresses, for the app that serves the page."""

    def figures(request: Request) -> Response:
        words = words_for(request.query_params.get("lang"))
        try:
            asked = desk.widened(read_asked(dict(request.query_params)))
            with desk.assistant().store.snapshot() as view:
                found = ledger.rows(view, asked, 0, MOST_EXPORTED)
                body = as_csv(found, view.generation, words)
        except AssistantError as error:
            said = told(str(error), words.language)
            return PlainTextResponse(said, status_code=400)
        return _file(body, "figures.csv", FORMS["take.csv"][1])

    taking = [
        Route(f"/{name}", _taking(desk, name), methods=["POST"]) for name in FORMS
    ]
    return [*taking, Route("/figures.csv", figures)]


def _taking(desk: Desk, name: str) -> Callable[..., object]:
    make, kind = FORMS[name]

    async def take(request: Request) -> Response:
        async with request.form(
            max_files=0, max_fields=4, max_part_size=4 * MOST_CHARS
        ) as form:
            sent, words = form.get("turn"), words_for(str(form.get("lang")))
        try:
            body = await run_in_threadpool(made, sent, words)
        except AssistantError as error:
            said = told(str(error), words.language)
            return PlainTextResponse(said, status_code=400)
        return _file(body, f"answer.{name.rpartition('.')[2]}", kind)

    def made(sent: object, words: Words) -> bytes | str:
        turn = read_turn(sent, words)
        if turn.answer is None:
            raise BadInputError(words.bad_turn)
        taken = Taken(turn, turn.answer, date.today(), lambda c: stands(desk, c))
        return make(taken, words)

    return take


def stands(desk: Desk, citation: Citation) -> bool:
    """True if the quote still stands where the citation says."""
    with desk.assistant().store.snapshot() as view:
        page = view.page(citation.report, citation.page)
    place = links.Place(
        citation.report,
        citation.page,
        citation.start,
        citation.end,
        links.check_of(citation.quote),
    )
    return page is not None and links.stretch_of(place, page) is not None


def _file(body: bytes | str, name: str, kind: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(body, media_type=kind, headers=headers)
