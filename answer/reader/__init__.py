"""A small trained reader on top of the encoder: which sentence answers, and where.

`load_reader` gives a `Reader`, whose `read` takes a question and a few
passages. MODEL_CARD.md beside this file says what it learned from, how well it
does and what it must not be used for.
"""

from answer.reader.records import PassageReading, Reading, SentenceReading

__all__ = ["PassageReading", "Reading", "SentenceReading"]
