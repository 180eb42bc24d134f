"""What the README shows is so: its answer, commands, settings, examples, links."""

import json
import re
import shlex
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from answer.__main__ import for_people
from answer.assistant import Assistant
from index.encoder import Encoder
from ingest.metadata import KEYS, from_side_file
from ingest.pipeline import ingest
from settings import ROOT, read_settings

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(
    r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
)
# Code within a line, and each line of a shell block without its comment.
CODE = [
    *re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", README, flags=re.M | re.S)),
    *(line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()),
]
COMMANDS = sorted(
    {m[1].strip() for code in CODE if (m := re.match(r"python -m ([^#]+)", code))}
)
TARGETS = {m[1] for code in CODE if (m := re.match(r"make ([a-z]+)", code))}


def block(kind: str) -> str:
    """The first block of that kind."""
    return next(text for found, text in BLOCKS if found == kind)


@pytest.mark.model
def test_the_first_question_gets_the_answer_shown(
    real_encoder: Encoder, tmp_path: Path
) -> None:
    """Word for word, from the reports in the corpus with the default encoder."""
    settings = replace(
        read_settings({}), corpus_dir=ROOT / "corpus", var_dir=tmp_path / "var"
    )
    ingest(settings, lambda: real_encoder)
    question = re.findall(r"^> \*\*(.+)\*\*$", README, re.MULTILINE)[0]

    reply = Assistant.open(settings, real_encoder).ask(question)

    assert for_people(reply) == block("").strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_shown_is_understood(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its subcommand, values and options are ones that its help knows."""
    room, *words = shlex.split(command)
    module = import_module(room)
    is_room = hasattr(module, "__path__")
    main = import_module(f"{room}.__main__").main if is_room else module.main

    # Options before a subcommand are in the help of the command itself.
    for asked in ([*words, "--help"], ["--help"]):
        with pytest.raises(SystemExit) as end:
            main(asked)
        assert end.value.code == 0
    known = capsys.readouterr().out
    assert [w for w in words if w.startswith("--") and w not in known] == []


def test_there_is_a_command_to_check_in_each_room() -> None:
    """The test above finds the README's commands, and none is left out."""
    rooms = {path.parent.name for path in ROOT.glob("*/__main__.py")}
    shown = {command.split()[0] for command in COMMANDS}
    assert {name for name in shown if "." not in name} == rooms


def test_each_make_target_is_shown_and_each_one_shown_exists() -> None:
    """Those that the Makefile lists to people; `make` alone is `make help`."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    listed = re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)
    assert set(listed) - {"help"} == TARGETS


def test_the_options_of_the_page_exist() -> None:
    """`python app.py` has the options that the README names."""
    app = (ROOT / "app.py").read_text("utf-8")
    line = next(line for line in README.splitlines() if "python app.py" in line)
    options = re.findall(r"`(--[a-z-]+)`", line)
    assert options
    assert [option for option in options if f'"{option}"' not in app] == []


def test_each_setting_is_explained() -> None:
    """The table names the variables that `settings.py` reads, no more, no less."""
    settings = (ROOT / "settings.py").read_text("utf-8")
    read = re.findall(r"\bREPORTS_\w*[A-Z]\b", settings)
    rows = re.findall(r"^\| `(REPORTS_\w+)`", README, re.MULTILINE)
    assert sorted(rows) == sorted(set(read))


def test_the_side_file_shown_is_accepted_and_shows_every_key() -> None:
    """A reader may copy it."""
    assert set(from_side_file("plan.pdf", block("toml").encode())) == set(KEYS)


def test_the_batch_line_shown_is_a_request() -> None:
    """JSON with the keys that `--batch` reads."""
    line = next(code for code in CODE if code.startswith('{"id"'))
    assert set(json.loads(line)) == {"id", "question", "history"}


def test_the_python_shown_compiles() -> None:
    """That the API answers it is shown by the tests of the page."""
    compile(block("python"), "README.md", "exec")


def test_links_to_files_lead_somewhere() -> None:
    """Those into the repository; others cannot be tried without a network."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    inside = [link for link in links if "://" not in link]
    assert inside
    assert [link for link in inside if not (ROOT / link).exists()] == []
