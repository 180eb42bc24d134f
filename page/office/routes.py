"""The addresses of the Reports and the Quality tab, and what they do.

Whatever changes something is a POST, for editors only, and noted in the log.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from index.errors import AssistantError, BadInputError
from index.runs import new_folder
from page import audit, feedback
from page.access.person import Handler, editors_only, person_of
from page.office import quality_view, reports_view, shelf
from page.office.contents import check_contents
from page.office.gather import gather, looking
from page.office.jobs import Command, Jobs
from page.office.names import clean_name
from page.office.problem import ProblemError
from page.office.runs import last_run, report_path
from page.said import told
from page.texts import words_for
from page.texts_office import office_words
from settings import Settings

# A run's report is our own page with its own style, and nothing else.
RUN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


class Office:
    """What editors do; one for the whole page."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.jobs = Jobs(settings)
        self._naming = threading.Lock()  # between looking at a name and taking it
        if settings.corpus_dir.is_dir():
            shelf.sweep(settings)

    def routes(self) -> list[Route]:
        """All addresses, relative to the page."""
        reads: dict[str, Handler] = {
            "reports": self._reports,
            "quality": self._quality,
            "jobs": self._jobs,
            "run": self._run_report,
        }
        changes: dict[str, Handler] = {
            "upload": self._upload,
            "remove": self._remove,
            "reindex": self._reindex,
            "undo": self._undo,
            "stop": self._stop,
            "evals": self._evals,
            "settle": self._settle,
            "questions": self._questions,
        }
        return [
            *(Route(f"/office/{path}", do) for path, do in reads.items()),
            *(
                Route(f"/office/{path}", editors_only(_told(do)), methods=["POST"])
                for path, do in changes.items()
            ),
        ]

    # --- What is there ---

    async def _reports(self, request: Request) -> Response:
        edits = person_of(request).edits
        query = request.query_params
        page = int(number) if (number := query.get("page", "1")).isdecimal() else 1
        find = query.get("find", "")[:200]
        shelves = await run_in_threadpool(
            gather, self.settings, self.jobs, find, min(page, 10_000), edits=edits
        )
        html = reports_view.reports_document(
            shelves,
            office_words(query.get("lang")),
            words_for(query.get("lang")),
            edits=edits,
            limit_mb=self.settings.upload_mb,
        )
        return _fragment(html)

    async def _quality(self, request: Request) -> Response:
        edits = person_of(request).edits
        language = request.query_params.get("lang")
        run = await run_in_threadpool(last_run, self.settings)
        said = feedback.all_feedback(self.settings) if edits else []
        html = quality_view.quality_document(
            run, said, office_words(language), words_for(language), edits=edits
        )
        return _fragment(html)

    async def _jobs(self, request: Request) -> Response:
        jobs = self.jobs.all()
        office = office_words(request.query_params.get("lang"))
        html = reports_view.jobs_document(jobs, office, edits=person_of(request).edits)
        # When this changes, something is over and the tables are out of date.
        over = sum(job.id for job in jobs if job.over)
        busy = any(not job.over for job in jobs)
        return JSONResponse(
            {"html": html, "busy": busy, "over": over},
            headers={"Cache-Control": "no-store"},
        )

    async def _run_report(self, request: Request) -> Response:
        query = request.query_params
        language = words_for(query.get("lang")).language
        path = report_path(self.settings, query.get("name", ""), language)
        if path is None:
            return JSONResponse({"error": "no such run"}, status_code=404)
        return HTMLResponse(
            path.read_bytes(), headers={"Content-Security-Policy": RUN_POLICY}
        )

    # --- What changes ---

    async def _upload(self, request: Request) -> Response:
        person = person_of(request)
        name = clean_name(request.query_params.get("name", ""))
        received = await shelf.receive(request.stream(), self.settings)
        try:
            await run_in_threadpool(check_contents, received.path, name)
            answer = await run_in_threadpool(
                self._take_in,
                received,
                name,
                person.name,
                request.query_params.get("replace") == "1",
            )
        finally:
            received.path.unlink(missing_ok=True)
        if "deed" in answer:
            deed = "replace" if answer["deed"] == "replaced" else "upload"
            audit.note(self.settings, person, deed, answer["name"])
            self._index([answer["name"]], person.name)
        return JSONResponse(answer, status_code=200 if "deed" in answer else 409)

    def _take_in(
        self,
        received: shelf.Received,
        name: str,
        user: str,
        replace: bool,
    ) -> dict[str, str]:
        with self._naming:
            if twin := self._same_bytes(received.sha256):
                return {"duplicate": twin, "name": name}
            there = shelf.taken_name(self.settings, name)
            if there and not replace:
                return {"exists": there, "name": name}
            change = shelf.put(self.settings, received, there or name, user)
        return {"deed": change.deed, "name": change.names[0], "change": change.id}

    def _same_bytes(self, sha256: str) -> str | None:
        """The report in the index, and on the disk, that has these very bytes."""
        with looking(self.settings) as view:
            reports = view.reports() if view else []
        present = (r.name for r in reports if r.content == sha256)
        corpus = self.settings.corpus_dir
        return next((name for name in present if (corpus / name).is_file()), None)

    async def _remove(self, request: Request) -> Response:
        person, name = person_of(request), request.query_params.get("name", "")
        names = await run_in_threadpool(self._paths, name) or [name]
        change = await run_in_threadpool(
            shelf.take_away, self.settings, names, person.name
        )
        audit.note(self.settings, person, "remove", ", ".join(names))
        self._index([], person.name)
        return JSONResponse({"name": name, "change": change.id})

    def _paths(self, name: str) -> list[str]:
        """The files of the report *name* that are there, all copies of its bytes."""
        with looking(self.settings) as view:
            paths = view.paths(name) if view else []
        return [path for path in paths if (self.settings.corpus_dir / path).is_file()]

    async def _reindex(self, request: Request) -> Response:
        person, name = person_of(request), request.query_params.get("name", "")
        if name and not _is_inside(self.settings.corpus_dir, name):
            raise ProblemError("not_there", name=name)
        audit.note(self.settings, person, "reindex", name)
        self._index([name] if name else [], person.name)
        return JSONResponse({"name": name})

    async def _undo(self, request: Request) -> Response:
        person, key = person_of(request), request.query_params.get("change", "")
        change = await run_in_threadpool(shelf.undo, self.settings, key, person.name)
        audit.note(self.settings, person, "undo", ", ".join(change.names))
        gone = change.deed == "removed"
        self._index([] if gone else change.names, person.name)
        return JSONResponse({"change": change.id})

    async def _stop(self, request: Request) -> Response:
        key = request.query_params.get("job", "")
        if not (key.isdecimal() and self.jobs.stop(int(key))):
            raise ProblemError("work_over")
        audit.note(self.settings, person_of(request), "stop", key)
        return JSONResponse({"job": key})

    async def _evals(self, request: Request) -> Response:
        person = person_of(request)
        out = str(new_folder(self.settings))

        def plan(_names: tuple[str, ...]) -> Sequence[Command]:
            return (
                ("evals", "run", "--present", "--out", out, "--progress-json"),
                ("evals", "score", out),
            )

        job = self.jobs.add("evals", (), person.name, plan)
        audit.note(self.settings, person, "evals", Path(out).name)
        return JSONResponse({"job": job.id})

    async def _settle(self, request: Request) -> Response:
        person, key = person_of(request), request.query_params.get("id", "")
        feedback.settle(self.settings, key, person.name)
        audit.note(self.settings, person, "settle", key)
        return JSONResponse({"id": key})

    async def _questions(self, request: Request) -> Response:
        person = person_of(request)
        job = self.jobs.add(
            "questions", (), person.name, lambda _names: (("evals", "from-feedback"),)
        )
        audit.note(self.settings, person, "questions")
        return JSONResponse({"job": job.id})

    def _index(self, names: Sequence[str], user: str) -> None:
        """Queue an ingest of these files; of the whole corpus for none."""

        def plan(names: tuple[str, ...]) -> Sequence[Command]:
            paths = [self.settings.corpus_dir / name for name in names]
            # One that has gone in the meantime leaves the index with the rest.
            given = [str(p) for p in paths] if all(p.is_file() for p in paths) else []
            return (("ingest", "--json", "--progress-json", "--", *given),)

        self.jobs.add("index", names, user, plan)


def _told(handler: Handler) -> Handler:
    """Turn what a person can act on into an answer that says it."""

    async def handled(request: Request) -> Response:
        office = office_words(request.query_params.get("lang"))
        try:
            return await handler(request)
        except shelf.TooLargeError as error:
            return JSONResponse({"error": error.told(office)}, status_code=413)
        except ProblemError as error:
            return JSONResponse({"error": error.told(office)}, status_code=422)
        except AssistantError as error:
            status = 422 if isinstance(error, BadInputError) else 503
            said = told(str(error), office.language)
            return JSONResponse({"error": said}, status_code=status)
        except OSError as error:
            why = ProblemError("no_write", why=error.strerror or error)
            return JSONResponse({"error": why.told(office)}, status_code=507)

    return handled


def _fragment(html: str) -> Response:
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})


def _is_inside(corpus: Path, name: str) -> bool:
    path = (corpus / name).resolve()
    return path.is_relative_to(corpus.resolve()) and path.is_file()
