"""Which doors the page gets, from what the operator has set."""

from starlette.middleware import Middleware

from index.errors import BadInputError
from page.access.gate import LOCAL_NAMES, Gate
from page.access.login import Login
from page.users import Users
from settings import Settings


def doors(
    settings: Settings, *, host: str, root: str = "", open_to_all: bool = False
) -> list[Middleware]:
    """The middleware in front of the page, outermost first.

    host: the address that the page listens on. root: the proxy's prefix.
    open_to_all: the operator wants no log-in though others can reach the page.

    Raises BadInputError if others could reach it and neither is the case.
    """
    users = Users(settings.users_path) if settings.users_path else None
    local = host in LOCAL_NAMES
    if users is None and not open_to_all and (settings.hosts or not local):
        raise BadInputError(
            "others could open this page, and nobody would have to log in. Make a "
            "file of users with `python -m page.users --file users.txt add NAME "
            "--role editor` and set REPORTS_USERS to it; or, if everyone who can "
            "reach it may read all reports, say so with --open-to-all."
        )
    # Without a log-in the host name is the one thing that keeps foreign pages out.
    any_host = not settings.hosts and (users is not None or not local)
    root = root.rstrip("/")
    return [
        Middleware(
            Gate, hosts=None if any_host else (host, *settings.hosts), root=root
        ),
        Middleware(Login, users=users, root=root),
    ]
