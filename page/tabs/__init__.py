"""The tabs of the page, one module each.

A tab's module has one function, `build(desk, language)`, called within its
`gr.Tab`: it lays out its parts, wires its own handlers and returns a `Spoken`,
so that `app.py` can write its words when the page opens or the reader changes
the language.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import gradio as gr

from page.texts import Words


class Spoken(NamedTuple):
    """The parts of a tab that carry words, and what they say in a language.

    speak: from the words and the reader's request, one update a part, in the
    order of `parts`. It may also hide what this reader may not do.
    """

    parts: list[Any]
    speak: Callable[[Words, gr.Request], list[Any]]
