"""Which parts of a saved web page nobody sees, or are struck out.

By their own attributes and style, and by the page's style sheets as far as a
selector is plain: names of tags, classes and ids, one within the other. Style
sheets that are files of their own are not there.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

Element = Any  # lxml's elements carry no types
_MOST_RULES = 1_000_000  # characters of style sheets that are looked through
_MOST_OF_NAME = 30  # rules that name one class, id or tag; the last ones count
_WHOLE = 0.5  # of the text: a page that hides more is shown or coloured by a script
_STRUCK = {"del", "s", "strike"}
_ZERO = r"0(?:\.0+)?(?:px|pt|r?em|%)?"
_HIDES = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|color:transparent"
    rf"|opacity:{_ZERO}|font-size:(?:{_ZERO}|[01](?:\.\d+)?(?:px|pt))"
    r"|(?:left|top|right|text-indent):-\d{3,}(?:px|pt|em)|transform:scale\(0\)"
    r"|clip:rect\([01](?:px)?(?:,?[01](?:px)?){3}\)|clip-path:inset\((?:50|100)%\)"
    r"|text-decoration(?:-line)?:[^;]*line-through)(?:!important)?(?:;|$)"
)
_VISIBILITY = re.compile(r"(?:^|;)visibility:(\w+)(?:!important)?(?=;|$)")
_SHUT = re.compile(rf"(?:^|;)(?:max-)?(?:height|width):{_ZERO}(?:;|$)")
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]+)")
_WHITE = re.compile(r"white|#fff(?:fff)?|rgba?\(255,255,255(?:,1)?\)", re.IGNORECASE)
_BARE = re.compile(r"none|transparent|inherit|initial|unset|rgba\(.*,0\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FOR_OTHERS = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # print, phones
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAME = re.compile(r"[.#]-?[A-Za-z_][\w-]*")
_STEP = re.compile(r"(?:[A-Za-z][\w-]*)?(?:[.#]-?[A-Za-z_][\w-]*)*")


def is_unseen(element: Element) -> bool:
    """Return True if the element is hidden or struck out by what it says itself."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or element.tag in _STRUCK
        or _hides(_plain(element.get("style") or ""))
    )


def mark_unseen(root: Element) -> None:
    """Mark as hidden what the page's style sheets hide, and white on white.

    What other rules may show again is left as it is. Of what is made invisible, the
    parts that are made visible again stay alone.
    """
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    rules = list(_rules(sheets[:_MOST_RULES]))
    styles = _styles(root, rules)
    shown = _shown(rules)
    found = [
        element
        for element, told in styles.items()
        if any(_hides(own) and not names & shown for names, own in told)
    ]
    declared = {
        element: ";".join(own for _, own in told) for element, told in styles.items()
    }
    visible = {one for one, told in declared.items() if _is_visible(told)}
    within = {
        element: visible.intersection(element.iterdescendants())
        for element in found
        if not any(_hides(_VISIBILITY.sub("", own)) for _, own in styles[element])
    }
    linked = root.find(".//link[@rel='stylesheet']") is not None
    white = [e for e in declared if _is_white_on_white(e, declared, linked=linked)]
    for elements in (found, white):
        told = sum(
            _length([element]) - _length(within.get(element, ()))
            for element in elements
        )
        if told <= _WHOLE * _length([root]):
            for element in elements:
                _hide(element, within.get(element, set()))


def _plain(declarations: str) -> str:
    return re.sub(r"\s+", "", declarations).lower()


def _hides(declarations: str) -> bool:
    if _HIDES.search(declarations):
        return True
    return "overflow:hidden" in declarations and bool(_SHUT.search(declarations))


# --- Style sheets -----------------------------------------------------------------

_Rule = tuple[str, str]  # a selector, and what it declares
_Style = tuple[frozenset[str], str]  # the names in a selector, and what it declares


def _rules(sheets: str) -> Iterator[_Rule]:
    for selectors, told in _RULE.findall(_FOR_OTHERS.sub("", _COMMENT.sub("", sheets))):
        for selector in selectors.split(","):
            yield selector.strip(), _plain(told)


def _shown(rules: list[_Rule]) -> frozenset[str]:
    """Return the ".class" and "#id" that a rule may show again."""
    return frozenset(
        name
        for selector, told in rules
        if re.search("display|visibility|opacity", told) and not _hides(told)
        for name in _NAME.findall(selector)
    )


def _styles(root: Element, rules: list[_Rule]) -> dict[Element, list[_Style]]:
    """Return what is declared for elements that matters here, their own style last."""
    found: dict[Element, list[_Style]] = {}
    by_name: dict[str, list[tuple[list[str], _Style]]] = {}
    for selector, told in rules:
        steps = selector.replace(">", " ").split()
        if not steps or not all(map(_STEP.fullmatch, steps)):
            continue
        names = frozenset(_NAME.findall(selector))
        last = [*_NAME.findall(steps[-1]), steps[-1].lower()][0]
        looks = (_COLOUR, _GROUND, _VISIBILITY)
        if _hides(told) or any(look.search(told) for look in looks):
            by_name.setdefault(last, []).append((steps, (names, told)))
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        styles = [
            style
            for name in _names(element)
            for steps, style in by_name.get(name, [])[-_MOST_OF_NAME:]
            if _matches(element, steps)
        ]
        own = _plain(element.get("style") or "")
        ground = element.get("bgcolor") or element.get("background")
        own += f";color:{_plain(element.get('color') or '')}" * (element.tag == "font")
        own += f";background:{_plain(ground)}" if ground else ""
        if styles or own:
            found[element] = [*styles, (frozenset(), own)]
    return found


def _names(element: Element) -> set[str]:
    """Return the tag, ".class" and "#id" by which rules name an element."""
    names = {f".{name}" for name in (element.get("class") or "").split()}
    return names | {f"#{element.get('id')}", element.tag}


def _matches(element: Element, steps: list[str]) -> bool:
    """Return True if an element and those around it are what a selector names."""
    *outer, last = steps
    if not _is(element, last):
        return False
    around = element.iterancestors()
    return all(any(_is(parent, step) for parent in around) for step in reversed(outer))


def _is(element: Element, step: str) -> bool:
    tag = _NAME.sub("", step).lower()
    return tag in {"", element.tag} and set(_NAME.findall(step)) <= _names(element)


# --- Invisible --------------------------------------------------------------------


def _is_visible(declarations: str) -> bool:
    return _VISIBILITY.findall(declarations)[-1:] == ["visible"]


def _length(elements: Iterable[Element]) -> int:
    return sum(len(element.text_content()) for element in elements)


def _hide(element: Element, visible: set[Element]) -> None:
    """Hide an element, but for what is *visible* in it."""
    if not visible.intersection(element.iterdescendants()):
        element.set("hidden", "")
        return
    element.text = None
    element.attrib.pop("style", None)
    for child in element:
        child.tail = None
        if child not in visible:
            _hide(child, visible)


# --- White on white ---------------------------------------------------------------


def _is_white_on_white(
    element: Element, declared: dict[Element, str], *, linked: bool
) -> bool:
    """Return True if letters are white and nothing dark can be under them.

    linked: what has a name may be coloured by a style sheet that is not here.
    """
    colours = _COLOUR.findall(declared[element])
    if not colours or not _WHITE.fullmatch(colours[-1]):
        return False
    within = (declared.get(one, "") for one in element.iterdescendants())
    if any(_COLOUR.search(one) or _GROUND.search(one) for one in within):
        return False
    for one in (element, *element.iterancestors()):
        if linked and one.tag != "html" and (one.get("class") or one.get("id")):
            return False
        grounds = _GROUND.findall(declared.get(one, ""))
        if any(not (_WHITE.match(g) or _BARE.fullmatch(g)) for g in grounds):
            return False
    return True
