"""The page's words: complete in both languages, dates and periods readable."""

import re
from dataclasses import fields
from typing import Any

import pytest

from page import texts_ask, texts_office, texts_quality
from page.texts import (
    EN,
    VI,
    counted,
    day_words,
    local_number,
    period_words,
    preferred_language,
)

PAIRS: list[tuple[Any, Any]] = [(EN, VI), (texts_ask.EN, texts_ask.VI)]
PAIRS += [(texts_quality.EN, texts_quality.VI), (texts_office.EN, texts_office.VI)]


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        pytest.param(getattr(en, f.name), getattr(vi, f.name), id=f.name)
        for en, vi in PAIRS
        for f in fields(en)
    ],
)
def test_no_word_is_missing_and_placeholders_agree(
    english: object, vietnamese: object
) -> None:
    """Each language fills every field, with the same placeholders."""
    assert english
    assert vietnamese
    if isinstance(english, dict) and isinstance(vietnamese, dict):
        assert english.keys() == vietnamese.keys()
    else:
        names = [set(re.findall(r"{\w*}", str(text))) for text in (english, vietnamese)]
        assert names[0] == names[1]


def test_counts_are_written_the_local_way() -> None:
    """A comma in English, a full stop in Vietnamese."""
    assert local_number(12345, EN) == "12,345"
    assert local_number(12345, VI) == "12.345"


@pytest.mark.parametrize(
    "saying", [texts_ask.EN.found, texts_ask.EN.looking_in, texts_office.EN.summary]
)
def test_one_is_not_said_in_the_plural(saying: str) -> None:
    """ "1 report", "1,200 reports"; Vietnamese has one form for both."""
    one, many = (counted(saying, n, EN, generation="7") for n in (1, 1200))

    assert re.search(r"\b1 (figure|report)\b", one)
    assert re.search(r"\b1,200 (figure|report)s\b", many)
    assert counted(texts_ask.VI.found, 1, VI) == "1 số liệu"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en-GB,en;q=0.9,vi;q=0.8", "en"),
        ("fr-FR,fr;q=0.9,vi;q=0.5", "vi"),
        ("fr", "en"),
        ("vip, en", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_browser_chooses_the_language(header: str | None, language: str) -> None:
    """The first of our languages in Accept-Language; else English."""
    assert preferred_language(header) == language


@pytest.mark.parametrize(
    ("label", "english", "vietnamese"),
    [
        ("2024", "2024", "2024"),
        ("2024-Q1", "Q1 2024", "quý 1/2024"),
        ("2024-H1", "first half of 2024", "6 tháng đầu năm 2024"),
        ("2024-07", "July 2024", "tháng 7/2024"),
        ("2024-07-16", "16 July 2024", "16/7/2024"),
        ("2022/2024", "2022 – 2024", "2022 – 2024"),
        (
            "2024-01/2024-09",
            "January 2024 – September 2024",
            "tháng 1/2024 – tháng 9/2024",
        ),
        ("some day", "some day", "some day"),
    ],
)
def test_periods_read_as_people_write_them(
    label: str, english: str, vietnamese: str
) -> None:
    """Labels of periods are for records; readers get words."""
    assert period_words(label, EN) == english
    assert period_words(label, VI) == vietnamese


def test_a_date_that_is_none_stays_as_it_stands() -> None:
    """No date is invented from a malformed one."""
    assert day_words("spring 2024", EN) == "spring 2024"
