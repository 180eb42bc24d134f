"""Which parts of a saved web page nobody sees, by their own style and the page's."""

import re
from typing import Any

Element = Any  # lxml's elements carry no types
_MOST_RULES = 1_000_000  # characters of style sheets that are looked through
_WHOLE = 0.5  # of the text: a page that hides more is shown by a script
_HIDES = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)"
    r"|(?:opacity|font-size):0(?:\.0+)?(?:px|pt|r?em|%)?"
    r"|(?:left|top|right|text-indent):-\d{4,}(?:px|pt|em))(?:!important)?(?:;|$)"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FOR_OTHERS = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # print, phones
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PLAIN = re.compile(r"[.#]-?[A-Za-z_][\w-]*")


def is_unseen(element: Element) -> bool:
    """Return True if the element's own attributes hide it."""
    return element.get("hidden") is not None or _hides(element.get("style") or "")


def mark_unseen(root: Element) -> None:
    """Mark as hidden what the page's style sheets hide by one class or one id.

    What other rules may show again is left as it is.
    """
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    names = _hidden_names(sheets[:_MOST_RULES])
    if not names:
        return
    found = [element for element in root.iter() if names & _names(element)]
    told = sum(len(element.text_content()) for element in found)
    if told <= _WHOLE * len(root.text_content()):
        for element in found:
            element.set("hidden", "")


def _hides(declarations: str) -> bool:
    plain = re.sub(r"\s+", "", declarations).lower()
    return _HIDES.search(plain) is not None


def _hidden_names(sheets: str) -> set[str]:
    """Return ".class" and "#id" of what is hidden, and by no other rule shown."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, declarations in _RULE.findall(
        _FOR_OTHERS.sub("", _COMMENT.sub("", sheets))
    ):
        hides = _hides(declarations)
        for selector in map(str.strip, selectors.split(",")):
            if hides and _PLAIN.fullmatch(selector):
                hidden.add(selector)
            elif not hides and re.search("display|visibility|opacity", declarations):
                shown.update(_PLAIN.findall(selector))
    return hidden - shown


def _names(element: Element) -> set[str]:
    if not isinstance(element.tag, str):
        return set()
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}"}
