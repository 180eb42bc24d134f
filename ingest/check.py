"""After a re-index: were answers right before that are wrong now?

The room of the evals knows how to ask; this room only calls it, as a program
of its own, before and after the index changes.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from settings import Settings


def checked(
    ingest: Callable[[], int], settings: Settings, question_set: str, *, quiet: bool
) -> int:
    """Do *ingest* and ask a question set around it; return the exit code.

    ingest: returns its exit code; after 2 (misuse) nothing is asked.
    question_set: path of the set, "" for the project's own.
    quiet: keep standard output for the ingest's own, as `--json` needs.

    0 if all is well, 1 if a report failed or a right answer was lost, 2 if
    something could not be done; what was lost is printed with both answers.
    """
    sets = [str(Path(question_set).expanduser().resolve())] if question_set else []
    command = [sys.executable, "-m", "evals", "check", *sets]
    env = os.environ | {
        "REPORTS_CORPUS_DIR": str(settings.corpus_dir),
        "REPORTS_VAR_DIR": str(settings.var_dir),
    }

    def ask(*options: str, to_stderr: bool) -> int:
        sys.stdout.flush()
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [*command, *options],
            env=env,
            stdout=sys.stderr.fileno() if to_stderr else None,
            check=False,
        )
        return done.returncode

    # Without an earlier run to compare with, the index as it is gives one.
    if ask("--baseline", to_stderr=True):
        return 2
    status = ingest()
    return status if status == 2 else max(status, ask(to_stderr=quiet))
