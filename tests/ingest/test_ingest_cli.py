"""`python -m ingest`: what it prints, where, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.__main__ import main
from settings import ROOT, Settings

TEXT = "In 2021, the fund paid for 12.4 million visits.\n"


@pytest.fixture
def corpus(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the environment at an empty corpus and index; give the folder."""
    monkeypatch.setenv("REPORTS_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("REPORTS_VAR_DIR", str(settings.var_dir))
    monkeypatch.setenv("REPORTS_ENCODER", "hashing")
    return settings.corpus_dir


def test_one_summary_line_on_standard_output(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing else, where no terminal watches."""
    (corpus / "a.txt").write_text(TEXT)
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("1 added, 0 replaced, 0 removed, 0 unchanged, 0 failed (")
    assert out.count("\n") == 1
    assert err == ""


def test_failed_files_are_named_on_standard_error(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason; the others went in, and the exit code is 1."""
    (corpus / "a.txt").write_text(TEXT)
    (corpus / "b.exe").write_bytes(b"MZ")
    assert main([]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("1 added, 0 replaced, 0 removed, 0 unchanged, 1 failed")
    assert err.startswith("failed: b.exe: files ending in .exe are not read")


def test_json_is_one_object(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names by what happened to them, and the reasons of failure."""
    (corpus / "a.txt").write_text(TEXT)
    (corpus / "b.txt").write_bytes(b"")
    assert main(["--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["added"] == ["a.txt"]
    assert data["replaced"] == data["removed"] == data["unchanged"] == []
    assert [failed["report"] for failed in data["failed"]] == ["b.txt"]
    assert "empty" in data["failed"][0]["reason"]


def test_paths_and_corpus_may_be_given(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--corpus wins over the environment; PATH narrows what is read."""
    other = tmp_path / "other"
    other.mkdir()
    for name in ("a.txt", "b.txt"):
        (other / name).write_text(f"{TEXT}This is {name}.")
    assert main(["--corpus", str(other), str(other / "b.txt")]) == 0
    assert capsys.readouterr().out.startswith("1 added")
    assert main(["--corpus", str(other), "--rebuild"]) == 0
    assert capsys.readouterr().out.startswith("1 added, 1 replaced")
    assert not any(corpus.iterdir())


def test_misuse_is_exit_code_2_without_traceback(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what to do."""
    outside = corpus.parent / "a.txt"
    outside.write_text(TEXT)
    assert main([str(outside)]) == 2
    assert "copy it in" in capsys.readouterr().err
    assert main(["--corpus", str(corpus / "gone")]) == 2
    assert "there is no corpus folder" in capsys.readouterr().err
    with pytest.raises(SystemExit) as caught:
        main(["--nonsense"])
    assert caught.value.code == 2


def test_it_runs_as_a_module_without_loading_a_model(
    corpus: Path, settings: Settings
) -> None:
    """The second run, with nothing new, does not even import PyTorch."""
    (corpus / "a.txt").write_text(TEXT)
    code = (
        "import sys; from ingest.__main__ import main; status = main([]); "
        "assert 'torch' not in sys.modules; sys.exit(status)"
    )
    for command in (["-m", "ingest"], ["-c", code]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, "REPORTS_ENCODER": "hashing"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout.startswith("0 added, 0 replaced, 0 removed, 1 unchanged")
