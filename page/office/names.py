"""The name under which an uploaded file may lie in the corpus."""

import re
import unicodedata

from index.kinds import ADVICE, READABLE
from page.office.problem import ProblemError

NAME_BYTES = 180  # file systems take 255; side files and copies need some room
_FOREIGN = re.compile(r'[<>:"|?*]')  # what file systems of other offices refuse
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_OURS = {"glossary.csv", "thumbs.db", "desktop.ini"}


def clean_name(given: str) -> str:
    """The bare file name in *given*, composed (NFC), without invisible marks.

    Raises ProblemError if nothing is left, or if such a file would be no
    report: hidden, a side file, the glossary, a README, or an ending that no
    reader reads.
    """
    last = re.split(r"[/\\]", given)[-1]
    name = unicodedata.normalize("NFC", last)
    # Controls and marks that turn the direction could pass one name for another.
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = _FOREIGN.sub("-", " ".join(name.split())).rstrip(". ")
    stem, dot, ending = name.rpartition(".")
    ending = f".{ending.lower()}"
    if not (stem and dot) or stem.startswith((".", "~$")) or _DEVICES.fullmatch(name):
        raise ProblemError("bad_name", name=last[:80])
    # What is refused with advice is looked at first: it may only be misnamed.
    if ending not in READABLE and ending not in ADVICE:
        raise ProblemError("bad_ending", name=name[:80], ending=ending)
    if (stem + ending).lower() in _OURS or stem.lower() == "readme":
        raise ProblemError("no_report", name=name)
    return _shortened(stem, ending) + ending


def same_name(one: str, other: str) -> bool:
    """Whether some file system takes two names for one."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _shortened(stem: str, ending: str) -> str:
    room = NAME_BYTES - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ")
