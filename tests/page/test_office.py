"""Reports in and out: what may be uploaded, where it lies, how it comes back."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from evals.run import last
from index.kinds import READABLE
from ingest.formats import READERS
from page import audit, feedback
from page.access.login import Login
from page.feedback import Feedback
from page.office import shelf
from page.office.contents import check_contents
from page.office.names import clean_name
from page.office.problem import ProblemError
from page.office.routes import Office
from page.texts_office import EN, VI
from settings import Settings, read_settings

REPORT = b"Report of the district\n\nIn 2024 the share of schools online reached 61%.\n"


def test_what_ingest_reads_can_be_uploaded() -> None:
    """Every ending that has a reader, and no other."""
    assert READERS.keys() == READABLE


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Báo cáo 2024.PDF", "Báo cáo 2024.pdf"),
        ("Ba\u0301o ca\u0301o.txt", "Báo cáo.txt"),
        ("../../etc/plan.txt", "plan.txt"),
        ("C:\\reports\\plan.txt", "plan.txt"),
        ("a\u202etxt.exe.pdf", "atxt.exe.pdf"),
        ("a\x00b\n.txt", "ab.txt"),
        ("<script>alert(1)</script>.txt", "script-.txt"),
        ("x" * 400 + ".pdf", "x" * 176 + ".pdf"),
    ],
)
def test_names_are_made_safe(given: str, name: str) -> None:
    """Letters of any language stay; paths and invisible marks go."""
    assert clean_name(given) == name


@pytest.mark.parametrize(
    "given",
    [
        *("", "..", "/", ".hidden.txt", "~$plan.docx", "plan", "plan.toml", "plan.exe"),
        *("glossary.csv", "Glossary.CSV", "README.md", "NUL.txt", "x/.txt", " .pdf"),
    ],
)
def test_names_of_no_report_are_refused(given: str) -> None:
    """Hidden files, side files, the glossary, programs."""
    with pytest.raises(ProblemError):
        clean_name(given)


def archive(*members: str) -> bytes:
    """A zip of small files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for member in members:
            file.writestr(member, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "fine"),
    [
        ("a.pdf", b"%PDF-1.7 ...", True),
        ("a.pdf", b"<html>", False),
        ("a.txt", "Báo cáo".encode(), True),
        ("a.txt", "Báo cáo".encode("utf-16"), True),
        ("a.txt", b"MZ\x90\x00", False),
        ("a.txt", b"#!/bin/sh", False),
        ("a.txt", b"", False),
        ("a.md", b"a\x00b", False),
        ("a.docx", archive("word/document.xml"), True),
        ("a.docx", archive("other.txt"), False),
        ("a.xlsx", b"PK\x03\x04broken", False),
        ("a.png", b"\x89PNG\r\n\x1a\n...", False),
    ],
)
def test_a_file_must_be_what_its_name_says(
    tmp_path: Path, name: str, data: bytes, fine: bool
) -> None:
    """By its first bytes, or its members."""
    path = tmp_path / "upload"
    path.write_bytes(data)
    if fine:
        check_contents(path, name)
    else:
        with pytest.raises(ProblemError):
            check_contents(path, name)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.txt",
            b"%PDF-1.7 ...",
            "a PDF under another name: rename it to end in .pdf",
        ),
        ("a.pdf", archive("word/document.xml"), "a Word document under another name"),
        ("a.doc", b"%PDF-1.7 ...", "it is a PDF, so rename it to end in .pdf"),
        ("a.doc", OLD, "open it in Word or LibreOffice and save it as .docx"),
        ("a.docx", OLD, "locked by a password, or of the old kind"),
        ("a.zip", archive("a.txt"), "unpack it"),
        ("a.docx", b"In 2024 the share", "is not a .docx file inside"),
    ],
)
def test_a_wrong_ending_is_met_with_the_right_one(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    """What the file is and how to name or save it, in both languages."""
    path = tmp_path / "upload"
    path.write_bytes(data)
    with pytest.raises(ProblemError) as refused:
        check_contents(path, clean_name(name))

    assert said in refused.value.told(EN)
    assert not re.search(r"\b(it|is|open|save)\b", refused.value.told(VI))


def test_both_languages_say_everything() -> None:
    """No word is left in the other language, and every blank is filled alike."""
    for field in fields(EN):
        english, vietnamese = getattr(EN, field.name), getattr(VI, field.name)
        assert english != vietnamese, field.name
        if isinstance(english, dict):
            assert english.keys() == vietnamese.keys(), field.name


@dataclass
class Site:
    """An office over a folder of its own, and a browser at this computer."""

    client: TestClient
    settings: Settings
    office: Office

    def upload(self, name: str, data: bytes = REPORT, **query: str) -> Any:
        """Send a file."""
        more = "".join(f"&{key}={value}" for key, value in query.items())
        return self.client.post(
            f"/office/upload?name={quote(name)}{more}", content=data
        )

    def settle(self) -> None:
        """Wait until nothing is at work."""
        end = time.monotonic() + 120
        while self.office.jobs.busy():
            assert time.monotonic() < end
            time.sleep(0.1)

    def names(self) -> set[str]:
        """The files of the corpus."""
        return {path.name for path in self.settings.corpus_dir.iterdir()}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An empty corpus; here nobody asks, so jobs need not stand back."""
    monkeypatch.setattr("page.office.jobs.NICE", 0)
    (tmp_path / "corpus").mkdir()
    settings = replace(
        read_settings({}),
        corpus_dir=tmp_path / "corpus",
        var_dir=tmp_path / "var",
        encoder="hashing",
        upload_mb=1,
    )
    office = Office(settings)
    app = Starlette(routes=office.routes(), middleware=[Middleware(Login, users=None)])
    yield Site(TestClient(app, base_url="http://localhost"), settings, office)
    office.jobs.close()


def test_a_report_goes_in_changes_leaves_and_comes_back(site: Site) -> None:
    """Each step through the real ingest; nothing is overwritten or lost silently."""
    site.upload("Báo cáo.txt")
    broken = site.upload("broken.pdf", b"%PDF-1.4 cut off")
    assert broken.status_code == 200
    site.settle()
    shown = site.client.get("/office/reports?lang=en").text
    assert "1 report can be asked" in shown
    assert "<strong>broken.pdf</strong>" in shown  # it lies there and is not in …
    assert "failed" in site.client.get("/office/jobs").json()["html"]  # … and why

    assert site.upload("BÁO CÁO.txt", b"another report\n").json()["exists"]
    assert site.upload("other.txt").json()["duplicate"] == "Báo cáo.txt"
    assert (site.settings.corpus_dir / "Báo cáo.txt").read_bytes() == REPORT
    replaced = site.upload("Báo cáo.txt", REPORT + b"And 70% in 2025.\n", replace="1")
    assert replaced.json()["deed"] == "replaced"
    site.client.post(f"/office/undo?change={replaced.json()['change']}")
    assert (site.settings.corpus_dir / "Báo cáo.txt").read_bytes() == REPORT

    removed = site.client.post(f"/office/remove?name={quote('Báo cáo.txt')}").json()
    assert site.names() == {"broken.pdf"}
    site.settle()
    assert "No report is in" in site.client.get("/office/reports").text
    site.client.post(f"/office/undo?change={removed['change']}")
    site.settle()
    assert "1 report can" in site.client.get("/office/reports").text
    deeds = [line["deed"] for line in audit.latest(site.settings)]
    assert deeds == ["undo", "remove", "undo", "replace", "upload", "upload"]


def test_too_large_uploads_leave_nothing_behind(site: Site) -> None:
    """Counted while they arrive."""
    answer = site.upload("a.txt", b"x" * (1024**2 + 1))

    assert answer.status_code == 413
    assert site.names() == set()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"no pdf"), ("a.exe", b"MZ"), ("plan.toml", b"a = 1"), ("", b"x")],
)
def test_mistyped_uploads_are_refused_in_the_readers_language(
    site: Site, name: str, data: bytes
) -> None:
    """Nothing is written."""
    english = site.upload(name, data)
    vietnamese = site.upload(name, data, lang="vi")

    assert english.status_code == vietnamese.status_code == 422
    assert english.json()["error"] != vietnamese.json()["error"]
    assert site.names() == set()


@pytest.mark.parametrize(
    "name", ["../var/x", "/etc/passwd", "..%2f..%2fx", "none.txt", "", "."]
)
def test_nothing_outside_the_corpus_is_touched(site: Site, name: str) -> None:
    """Neither removed nor read again."""
    (site.settings.var_dir).mkdir(exist_ok=True)
    (site.settings.var_dir / "x").write_text("mine")

    assert site.client.post(f"/office/remove?name={name}").status_code == 422
    if name:
        assert site.client.post(f"/office/reindex?name={name}").status_code == 422
    assert (site.settings.var_dir / "x").read_text() == "mine"


@pytest.mark.parametrize("name", ["../../secret", "..", "", "a/b", "a%00", "."])
def test_only_reports_of_runs_are_served(site: Site, name: str) -> None:
    """Never another file."""
    (site.settings.var_dir / "evals").mkdir(parents=True)
    (site.settings.var_dir / "report.html").write_text("secret")

    assert site.client.get(f"/office/run?name={name}").status_code == 404


def test_a_reader_is_refused_and_shown_nothing_of_others(site: Site) -> None:
    """Through a proxy without a log-in everybody is a reader."""
    as_reader = {"x-forwarded-for": "10.0.0.7"}
    feedback.record(
        site.settings, Feedback("wrong_figure", "whose question?", {}, user="lan")
    )
    for deed in (
        *("upload?name=a.txt", "remove?name=a", "reindex", "undo?change=1"),
        *("stop?job=1", "evals", "settle?id=1", "questions"),
    ):
        answer = site.client.post(f"/office/{deed}", headers=as_reader, content=b"x")
        assert answer.status_code == 403, deed
        assert site.client.get(f"/office/{deed}").status_code == 405, deed
    assert site.names() == set()
    for tab in ("reports", "quality"):
        shown = site.client.get(f"/office/{tab}", headers=as_reader).text
        assert "data-post" not in shown
        assert "whose question" not in shown
    assert "whose question" in site.client.get("/office/quality").text


def test_a_note_shows_what_it_is_about(site: Site) -> None:
    """Earlier questions, and the cited sentence as a link to its place."""
    cited = {
        "number": 1,
        "report": "a.txt",
        "title": None,
        "publisher": None,
        "url": None,
        "published": None,
        "page": 1,
        "start": 0,
        "end": 20,
        "quote": "It reached 45% <b>.",
    }
    answer = {"short": "45%", "citations": [cited]}
    note = Feedback("wrong_figure", "And in 2022?", answer, history=["the rate?"])
    feedback.record(site.settings, note)

    shown = site.client.get("/office/quality?lang=vi").text
    assert "the rate? → And in 2022?" in shown
    assert 'href="source?report=a.txt&amp;page=1&amp;start=0&amp;end=20' in shown
    assert "“It reached 45% &lt;b&gt;.”" in shown


def test_names_and_words_of_others_are_shown_as_text(site: Site) -> None:
    """Script in file names, titles, feedback and runs is escaped."""
    attack = "<script>alert(1)</script>"
    (site.settings.corpus_dir / "<img src=x onerror=alert(1)>.txt").write_bytes(REPORT)
    feedback.record(
        site.settings,
        Feedback("wrong_figure", attack, {"short": attack}, comment=attack),
    )
    run = site.settings.var_dir / "evals" / "2026-11-22T06-00-00Z"
    run.mkdir(parents=True)
    (run / "summary.json").write_text(
        '{"generation": "<script>", "totals": {"<script>": {"value": 0.5}}, '
        '"slices": {"<script>": [{"name": "<script>", "measures": {}}]}, '
        '"misses": [{"question": "<script>", "gold": "<script>"}]}'
    )

    for tab in ("reports", "quality", "jobs"):
        text = site.client.get(f"/office/{tab}").text
        assert "<script" not in text
        assert "<img" not in text


def test_the_last_run_is_shown_the_local_way(site: Site) -> None:
    """Totals with their interval, slices and misses; half a run is passed over."""
    run = site.settings.var_dir / "evals" / "2026-11-22T06-00-00Z"
    run.mkdir(parents=True)
    half = site.settings.var_dir / "evals" / "2026-11-23T06-00-00Z"
    half.mkdir()
    (half / "summary.json").write_text("{")
    share = '{"value": 0.915, "low": 0.88, "high": 0.94, "n": 300}'
    (run / "summary.json").write_text(
        f'{{"made_at": "2026-11-22T06:00:00Z", "totals": {{"right": {share}}}, '
        f'"slices": {{"language": [{{"name": "vi", "n": 9, "measures": '
        f'{{"right": {share}}}}}]}}, "misses": [{{"question": "Bao nhiêu?"}}]}}'
    )
    (run / "report.html").write_text("<p>whole</p>")

    english = site.client.get("/office/quality?lang=en").text
    vietnamese = site.client.get("/office/quality?lang=vi").text

    assert "91.5%" in english
    assert "91,5%" in vietnamese
    assert "Bao nhiêu?" in english
    report = site.client.get(f"/office/run?name={run.name}")
    assert report.text == "<p>whole</p>"
    assert "script-src" not in report.headers["content-security-policy"]


def test_the_last_run_is_the_one_asked_last(site: Site) -> None:
    """Not one that was scored again since, and none that somebody keeps by name."""
    evals = site.settings.var_dir / "evals"
    for name in ("2026-11-22T06-00-00Z", "2026-11-21T06-00-00Z", "zeta-Z"):
        (evals / name).mkdir(parents=True)
        (evals / name / "summary.json").write_text(f'{{"encoder": "{name}"}}')

    shown = site.client.get("/office/quality").text

    assert "2026-11-22T06-00-00Z" in shown
    assert "2026-11-21T06-00-00Z" not in shown
    assert last(site.settings) == evals / "2026-11-22T06-00-00Z"


def test_an_upload_cut_off_is_swept_away_later(site: Site) -> None:
    """Not at once: it may be under way."""
    part = site.settings.corpus_dir / ".upload-1.part"
    part.write_bytes(b"x")
    shelf.sweep(site.settings)
    assert part.exists()
