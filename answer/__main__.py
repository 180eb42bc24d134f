"""Ask the reports from the command line.

python -m answer "question"            the reply, for people
python -m answer "question" --json     one JSON line
python -m answer --batch FILE --json   one question a line in, one Answer a line out
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from answer.assistant import Assistant
from answer.records import Answer
from index.errors import AssistantError, BadInputError
from settings import read_settings


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 when every question got a reply, 1 on an error, 2 on misuse."""
    parser = argparse.ArgumentParser(
        prog="python -m answer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("question", nargs="?", help="in English or Vietnamese")
    parser.add_argument("--json", action="store_true", help="print JSON lines")
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help='JSON lines {"id", "question", "history": […]}; - for standard input',
    )
    options = parser.parse_args(argv)
    if (options.question is None) == (options.batch is None):
        parser.error("give a question or --batch FILE")
    try:
        if options.batch is not None:
            _run_batch(options.batch, as_json=options.json)
        else:
            assistant = Assistant.open(read_settings())
            answer = assistant.ask(options.question)
            print(_line(answer) if options.json else for_people(answer))
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run_batch(source: str, *, as_json: bool) -> None:
    # Read everything first: a malformed line costs nothing but its message.
    requests = list(_requests(source))
    assistant = Assistant.open(read_settings())
    for request in requests:
        answer = assistant.ask(request["question"], request.get("history") or ())
        if as_json:
            print(_line(answer, request.get("id")), flush=True)
        else:
            print(f"{answer.question}\n{for_people(answer)}\n", flush=True)


def _requests(source: str) -> Iterator[dict[str, Any]]:
    name = "standard input" if source == "-" else source
    try:
        text = (
            sys.stdin.read() if source == "-" else Path(source).read_text("utf-8-sig")
        )
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{name} cannot be read: {error}") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        yield _request(line, f"{name}, line {number}")


def _request(line: str, where: str) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInputError(f"{where}: not JSON ({error.msg})") from error
    if not isinstance(request, dict) or not isinstance(request.get("question"), str):
        raise BadInputError(f'{where}: needs an object with a text "question"')
    history = request.get("history") or []
    if not isinstance(history, list) or not all(isinstance(h, str) for h in history):
        raise BadInputError(f'{where}: "history" must be a list of questions')
    return request


def _line(answer: Answer, request_id: object = None) -> str:
    data = answer.as_json()
    if request_id is not None:
        data = {"id": request_id, **data}
    return json.dumps(data, ensure_ascii=False)


def for_people(answer: Answer) -> str:
    """The reply with its sources, as plain text."""
    lines = [answer.short, answer.text] if answer.short else [answer.text]
    for citation in answer.citations:
        about = [citation.publisher, citation.published, citation.url]
        named = citation.title or citation.report
        known = ", ".join(part for part in about if part)
        lines.append(f"[{citation.number}] {named}" + (f" ({known})" if known else ""))
        lines.append(f"    {citation.report}, page {citation.page}: “{citation.quote}”")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
