"""Styles of a Word document: their fonts, and which hide what is written in them."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

Element = Any  # lxml's elements carry no types
_DUST = 2  # half points: no letter is as small
_STRIKES = ("w:strike", "w:dstrike")
_COLOURED = {qn("w:tc"), qn("w:txbxContent")}  # may have a colour by other ways


class Styles:
    """What the styles of a document say, by their ids: font, and whether it hides."""

    def __init__(self, opened: Any) -> None:
        self._fonts: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        self._hides: dict[str, bool | None] = {}
        self._struck: dict[str, bool | None] = {}
        self._shaded: set[str] = set()
        self._based: dict[str, str | None] = {}
        self._default: str | None = None
        root = opened.part._styles_part.element
        for style in root.iter(qn("w:style")):
            key = style.get(qn("w:styleId")) or ""
            properties = style.find(qn("w:rPr"))
            self._fonts[key] = _font(properties)
            self._hides[key] = _switch(properties, "w:vanish")
            self._struck[key] = _switch(properties, *_STRIKES)
            if next(style.iter(qn("w:shd")), None) is not None:
                self._shaded.add(key)
            name, based = style.find(qn("w:name")), style.find(qn("w:basedOn"))
            self._names[key] = (name.get(qn("w:val")) or "") if name is not None else ""
            self._based[key] = based.get(qn("w:val")) if based is not None else None
            if style.get(qn("w:default")) in {"1", "true"}:
                self._default = self._default or key
        self._base = _font(root.find(f"{qn('w:docDefaults')}/*/{qn('w:rPr')}"))

    def name_of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return str(style.get(qn("w:val")) or "") if style is not None else ""

    def font_of(self, paragraph: Element) -> str | None:
        """The font that a paragraph's style gives."""
        named = self.name_of(paragraph) or self._default
        fonts = (self._fonts[key] for key in self._chain(named))
        return next(filter(None, fonts), self._base)

    def _chain(self, key: str | None) -> Iterator[str]:
        """A style and those it is based on."""
        for _ in range(20):  # styles may be based on each other in a ring
            if key is None or key not in self._fonts:
                return
            yield key
            key = self._based[key]

    def own_font(self, run: Element | None) -> str | None:
        """The font that a run sets itself."""
        return None if run is None else _font(run.find(qn("w:rPr")))

    def hides(self, run: Element | None, paragraph: Element) -> bool:
        """Return True if nobody sees a run: hidden, as small as dust, white on white.

        A run's own word goes before its style's, that before the paragraph's.
        """
        if run is None:
            return False
        own = run.find(qn("w:rPr"))
        told = self._told(_switch(own, "w:vanish"), own, paragraph, self._hides)
        if told or own is None:
            return bool(told)
        size = _value(own, "w:sz") or ""
        if size.isdigit() and int(size) <= _DUST:
            return True
        return (_value(own, "w:color") or "").upper() == "FFFFFF" and not (
            self._is_shaded(own, paragraph)
        )

    def strikes(self, run: Element | None, paragraph: Element) -> bool:
        """Return True if a run is struck out."""
        own = None if run is None else run.find(qn("w:rPr"))
        told = _switch(own, *_STRIKES)
        return bool(self._told(told, own, paragraph, self._struck))

    def _told(
        self,
        told: bool | None,
        own: Element | None,
        paragraph: Element,
        of_styles: dict[str, bool | None],
    ) -> bool | None:
        """Return what a run itself has *told*, else its style, else the paragraph's."""
        for style in (
            _value(own, "w:rStyle"),
            self.name_of(paragraph) or self._default,
        ):
            for key in self._chain(style):
                told = of_styles[key] if told is None else told
        return told

    def _is_shaded(self, own: Element, paragraph: Element) -> bool:
        """Return True if white letters may stand on something dark."""
        if any(key in self._shaded for key in self._chain(self.name_of(paragraph))):
            return True
        shaded = (qn("w:shd"), qn("w:highlight"))
        if any(own.find(tag) is not None for tag in shaded):
            return True
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:shd')}") is not None:
            return True
        around = {parent.tag for parent in paragraph.iterancestors()}
        root = paragraph.getroottree().getroot()
        return bool(around & _COLOURED) or root.find(qn("w:background")) is not None


def _font(properties: Element | None) -> str | None:
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    if fonts is None:
        return None
    named: str | None = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
    return named


def _switch(properties: Element | None, *names: str) -> bool | None:
    """Return whether one of the properties is on; None where nothing is said."""
    if properties is None:
        return None
    marks = [mark for name in names if (mark := properties.find(qn(name))) is not None]
    if not marks:
        return None
    return any(mark.get(qn("w:val")) not in {"0", "false", "off"} for mark in marks)


def _value(properties: Element | None, name: str) -> str | None:
    mark = properties.find(qn(name)) if properties is not None else None
    return None if mark is None else mark.get(qn("w:val"))
