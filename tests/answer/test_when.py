"""Which date answers "when"."""

from collections.abc import Callable, Mapping

import pytest

from answer.assistant import Assistant
from answer.draft import Refusal
from answer.question import Question

Ask = Callable[..., Question]

REPORTS = {
    "law.txt": """New rules for boats in 2024

Published: 2024-07-10

The Boat Law was passed by the National Assembly on June 29, 2024 and comes into \
effect on July 1, 2025. Resolution No. 57-NQ/TW dated December 22, 2023 of the \
Politburo set the course; a plan for Resolution 57 was issued in February 2024.

The Boat Registry is to be submitted to the National Assembly in October 2025. The \
results of the 2022 boat count were published on March 5, 2024. The result of the \
2023 boat count is due before August 31, 2024.

The ministry issued Decision No. 2093 dated May 28, 2024 on the rules for nets, valid \
from November 15, 2024. The third boat forum opened on April 2, 2024. The fifth boat \
forum is planned for December 20, 2024.

The net survey was originally to end on March 31, 2024, but the day has been put \
back to September 30, 2024.
""",
}


@pytest.fixture(scope="module")
def assistant(reading: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    """An assistant that has read the report above."""
    return reading(REPORTS)


@pytest.mark.parametrize(
    ("question", "date"),
    [
        ("When was the Boat Law passed?", "June 29, 2024"),
        ("When does the Boat Law come into effect?", "July 1, 2025"),
        ("When was Resolution 57 of the Politburo issued?", "December 22, 2023"),
        ("By when is the result of the 2023 boat count due?", "August 31, 2024"),
        ("From which day do the rules for nets apply?", "November 15, 2024"),
        ("On what day is the fifth boat forum?", "December 20, 2024"),
        ("When does the net survey end?", "September 30, 2024"),
        ("When was the net survey originally to end?", "March 31, 2024"),
    ],
)
def test_the_date_of_what_is_asked(
    assistant: Assistant, question: str, date: str
) -> None:
    """Of several dates the one that what happened stands before."""
    _, found = assistant.consider(question)
    assert not isinstance(found, Refusal)
    assert found.short == date


def test_what_lies_ahead_has_not_happened(assistant: Assistant) -> None:
    """A planned day is no answer to when something was done."""
    asked = "When did the National Assembly pass the Boat Registry?"
    _, found = assistant.consider(asked)
    assert isinstance(found, Refusal) or found.short != "October 2025"
