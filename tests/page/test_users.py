"""Users, passwords, sessions: who gets in, for how long, and how slowly by guessing."""

import os
from pathlib import Path
from typing import get_args

import pytest

from index.errors import BadInputError
from page import users
from page.access.sessions import ABSOLUTE, IDLE, Sessions
from page.access.throttle import FREE, MOST, Throttle
from page.users import Role, Users, make_user, read_users, write_users

PASSWORD = "correct horse battery"


class Clock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time, in seconds."""
        return self.now


@pytest.fixture(scope="module")
def lan() -> users.User:
    """An editor; hashing takes a moment, so once for all tests."""
    return make_user("Lan", "editor", PASSWORD)


@pytest.fixture
def file(tmp_path: Path, lan: users.User) -> Path:
    """A file with one user."""
    path = tmp_path / "users.txt"
    write_users(path, [lan])
    return path


def test_the_file_holds_no_password_and_is_its_owners(file: Path) -> None:
    """argon2id hashes, mode 600."""
    text = file.read_text("utf-8")

    assert PASSWORD not in text
    assert "Lan:editor:$argon2id$" in text
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "password", "let_in"),
    [
        ("Lan", PASSWORD, True),
        ("lan", PASSWORD, True),
        ("Lan", PASSWORD + " ", False),
        ("Lan", "", False),
        ("nobody", PASSWORD, False),
        ("Lan", "x" * 100_000, False),
    ],
)
def test_only_the_right_password_lets_in(
    file: Path, name: str, password: str, let_in: bool
) -> None:
    """Names may differ in case, passwords may not."""
    assert (Users(file).check(name, password) is not None) == let_in


@pytest.mark.parametrize(("name", "password"), [("a:b", PASSWORD), ("Lan", "short")])
def test_unfit_names_and_passwords_are_refused(name: str, password: str) -> None:
    """A colon would break the line; a short password is guessed."""
    with pytest.raises(BadInputError):
        make_user(name, "reader", password)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    """The operator learns which; nobody is let in meanwhile."""
    path = tmp_path / "users.txt"
    path.write_text("# fine\nlan:boss:$argon2id$x\n")

    with pytest.raises(BadInputError, match="line 2"):
        read_users(path)


def test_a_file_that_breaks_under_a_running_page_lets_nobody_in(file: Path) -> None:
    """Rather than everybody."""
    known = Users(file)
    assert known.find("Lan")

    file.write_text("nonsense\n")

    assert known.find("Lan") is None


def test_the_command_adds_lists_and_removes(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The password comes from standard input, never from the command line."""
    path = tmp_path / "users.txt"
    read, write = os.pipe()
    os.write(write, f"{PASSWORD}\n".encode())
    os.close(write)
    with os.fdopen(read) as typed:
        monkeypatch.setattr("sys.stdin", typed)
        assert users.main(["--file", str(path), "add", "Minh"]) == 0

    assert users.main(["--file", str(path), "list"]) == 0
    assert capsys.readouterr().out == "Minh\treader\n"
    assert users.main(["--file", str(path), "remove", "minh"]) == 0
    assert users.main(["--file", str(path), "remove", "minh"]) == 2


@pytest.mark.parametrize("role", get_args(Role))
def test_a_session_ends_with_a_change_of_its_user(
    file: Path, lan: users.User, role: Role
) -> None:
    """A new hash, another role, or none at all: the old log-in is over."""
    sessions = Sessions(Users(file))
    token = sessions.begin(lan)
    assert sessions.user(token) == lan

    write_users(file, [users.User("Lan", role, lan.hash + "x")])

    assert sessions.user(token) is None


def test_sessions_end_by_themselves(file: Path, lan: users.User) -> None:
    """After a quiet while, and after a working day however busy."""
    clock = Clock()
    sessions = Sessions(Users(file), clock)
    quiet, busy = sessions.begin(lan), sessions.begin(lan)

    for _ in range(int(ABSOLUTE / IDLE * 2)):
        clock.now += IDLE / 2
        assert sessions.user(busy) == lan
    assert sessions.user(quiet) is None
    clock.now += 1
    assert sessions.user(busy) is None


def test_a_session_can_be_ended_and_not_guessed(file: Path, lan: users.User) -> None:
    """Log-out; and a token that nobody was given."""
    sessions = Sessions(Users(file))
    token = sessions.begin(lan)
    sessions.end(token)

    assert sessions.user(token) is None
    assert sessions.user("") is None


def test_guessing_gets_slower_and_forgiven() -> None:
    """Free tries, then doubling waits up to the longest; success clears them."""
    clock = Clock()
    throttle = Throttle(longest=60, clock=clock)
    for _ in range(FREE - 1):
        throttle.failed("here")
    assert throttle.wait("here") == 0

    waits = []
    for _ in range(8):
        throttle.failed("here")
        waits.append(throttle.wait("here"))

    assert waits == sorted(waits)
    assert waits[0] == 2
    assert waits[-1] == 60
    assert throttle.wait("there") == 0
    clock.now += 61
    assert throttle.wait("here") == 0
    throttle.succeeded("here")
    throttle.failed("here")
    assert throttle.wait("here") == 0


def test_guessers_cannot_fill_the_memory() -> None:
    """However many addresses they come from."""
    throttle = Throttle(longest=60)
    for number in range(MOST + 100):
        throttle.failed(str(number))

    assert len(throttle._failures) == MOST
