"""Who may open the page: a file of names, roles and hashed passwords.

    python -m page.users add NAME --role editor     asks for the password
    python -m page.users remove NAME
    python -m page.users list

The file is the one that REPORTS_USERS names. A reader asks; an editor also
uploads and removes reports, runs the evals and reads the feedback. A running
page takes up a change at once; who was removed, or has a new password or role,
is logged out.
"""

import argparse
import getpass
import os
import re
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from index.errors import AssistantError, BadInputError
from settings import read_settings

Role = Literal["reader", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
SHORTEST = 10  # characters of a password; length beats rules about symbols
LONGEST = 200  # more is an attempt to keep the processor busy
_NAME = re.compile(r"[\w.@-]{1,64}")
# 64 MB and some 50 ms a check (RFC 9106's second choice, argon2-cffi's default).
_HASHER = PasswordHasher()
# Checks use memory and a core each: a few at once, whoever is knocking.
_CHECKING = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class User:
    """One line of the file: `name:role:hash`."""

    name: str
    role: Role
    hash: str


class Users:
    """The users of a file, read again whenever the file has changed."""

    def __init__(self, path: Path) -> None:
        """Raises BadInputError if the file is missing, malformed or empty."""
        self._path = path
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._users: dict[str, User] = {}
        if not path.exists():
            raise BadInputError(
                f"REPORTS_USERS names {path}, which is not there. Make it with "
                "`python -m page.users add NAME --role editor`."
            )
        self._read()

    def find(self, name: str) -> User | None:
        """The user of that name as the file says now."""
        self._read()
        return self._users.get(_key(name))

    def check(self, name: str, password: str) -> User | None:
        """The user, if the password is right. Takes as long for unknown names."""
        user = self.find(name)
        known = user.hash if user else _nobody()
        with _CHECKING:
            right = len(password) <= LONGEST and _verify(known, password)
        return user if right else None

    def _read(self) -> None:
        with self._lock:
            try:
                status = self._path.stat()
                stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
                if stamp == self._stamp:
                    return
                users = read_users(self._path)
            except (OSError, AssistantError):
                # A file that is gone or broken lets nobody in, rather than anybody.
                if self._stamp is None:
                    raise
                users, stamp = [], (0, 0, 0)
            self._users = {_key(user.name): user for user in users}
            self._stamp = stamp


def read_users(path: Path) -> list[User]:
    """The users of *path*; raises BadInputError naming a line that is none."""
    users = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, role, secret = [*line.strip().split(":", 2), "", ""][:3]
        if not (_NAME.fullmatch(name) and role in ROLES and secret.startswith("$arg")):
            raise BadInputError(
                f"{path}, line {number}: is not `name:role:hash`. Make lines with "
                "`python -m page.users add NAME`."
            )
        users.append(User(name, role, secret))
    return users


def write_users(path: Path, users: Iterable[User]) -> None:
    """Replace the file in one step, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{user.name}:{user.role}:{user.hash}\n" for user in users]
    file, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600
    with os.fdopen(file, "w", encoding="utf-8") as out:
        out.write("# Made by `python -m page.users`; one user a line.\n")
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(path)


def make_user(name: str, role: Role, password: str) -> User:
    """A user with the password hashed; raises BadInputError if one is unfit."""
    name = unicodedata.normalize("NFC", name)
    if not _NAME.fullmatch(name):
        raise BadInputError("a name has up to 64 letters, digits, or any of . _ @ -")
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInputError(f"a password has {SHORTEST} to {LONGEST} characters.")
    return User(name, role, _HASHER.hash(password))


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _verify(known: str, password: str) -> bool:
    try:
        return _HASHER.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash(os.urandom(16).hex())


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 if it was done, 2 if something has to be put right first."""
    parser = argparse.ArgumentParser(
        prog="python -m page.users",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--file", type=Path, help="else the one of REPORTS_USERS")
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="add a user, or change role and password")
    add.add_argument("name")
    add.add_argument("--role", choices=ROLES, default="reader")
    commands.add_parser("remove", help="remove a user").add_argument("name")
    commands.add_parser("list", help="list names and roles")
    args = parser.parse_args(argv)
    path = args.file or read_settings().users_path
    if path is None:
        parser.error("set REPORTS_USERS, or give --file")
    try:
        users = read_users(path) if path.exists() else []
        if args.command == "list":
            for user in users:
                print(f"{user.name}\t{user.role}")
            return 0
        others = [user for user in users if _key(user.name) != _key(args.name)]
        if args.command == "remove" and len(others) == len(users):
            raise BadInputError(f"there is no user {args.name}.")
        if args.command == "add":
            others.append(make_user(args.name, args.role, _new_password()))
        write_users(path, others)
    except (AssistantError, OSError) as error:
        print(f"python -m page.users: {error}", file=sys.stderr)
        return 2
    return 0


def _new_password() -> str:
    """Ask twice on a terminal; else read one line, so that scripts can pipe it."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        raise BadInputError("the two passwords differ: nothing was changed.")
    return password


if __name__ == "__main__":
    sys.exit(main())
