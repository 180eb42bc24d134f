"""Which of the ways to answer is taken: end to end, on reports made for it."""

from collections.abc import Callable, Mapping

import pytest

from answer.assistant import Assistant
from answer.draft import Draft, Refusal
from answer.trust import ACCEPT

REPORTS = {
    "harbour.txt": """The 4 duties of the harbour office

Published: 2024-10-05

The harbour office has to fulfil the 4 duties: watch the piers, light the lamps, \
count the boats, clear the sand.

Many spoke of the 3 promises of the ferry men in May. The ferry men are proud of \
them.

The harbour motto is clear quay, clear lane, clear duty, clear time, clear fee.

Night fishing was banned in the inner bay to protect young squid.
""",
    "tasks.txt": """Tasks of the lighthouse crew in guarding the inner bay

Published: 2024-10-05

The crew has to watch the rocks and to light the lamps at night.
""",
    "lane.txt": """How the tug men of the outer bay will keep the lane clear

Published: 2024-10-06

Tugs of the tug men will keep sand out of the lane of the outer bay.
""",
    "nets.txt": """Net makers of the outer bay

Published: 2024-10-07

The warden of the nets gave the net makers the following orders:
""",
    "cang.txt": """Nhiệm vụ của cảng cá

Published: 2024-10-05

Ban quản lý cảng cá thực hiện 3 việc:
- Sửa cầu tàu.
- Thắp đèn biển.
- Nạo vét luồng lạch.
""",
}


@pytest.fixture(scope="module")
def assistant(reading: Callable[[Mapping[str, str]], Assistant]) -> Assistant:
    """An assistant that has read the reports above."""
    return reading(REPORTS)


def drafted(assistant: Assistant, question: str) -> Draft:
    """The best answer there is, however doubtful."""
    _, found = assistant.consider(question)
    assert not isinstance(found, Refusal)
    return found


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("What are the 4 duties of the harbour office?", ["light the lamps"]),
        ("What are the 5 clears of the harbour?", ["clear lane", "clear fee"]),
        ("Liệt kê 3 việc của ban quản lý cảng cá", ["Sửa cầu tàu", "luồng lạch"]),
    ],
)
def test_a_list_named_by_its_number_is_told(
    assistant: Assistant, question: str, items: list[str]
) -> None:
    """Behind its name, by the word its items begin with, or below a colon."""
    draft = drafted(assistant, question)
    told = " ".join(c.text for c in (draft.main, *draft.more))
    assert all(item in told for item in items)


def test_a_list_that_is_only_named_is_none(assistant: Assistant) -> None:
    """ "The 3 promises" without a word of what they are."""
    _, found = assistant.consider("What are the 3 promises of the ferry men?")
    assert isinstance(found, Refusal) or found.confidence < ACCEPT


def test_a_list_that_is_only_opened_is_none(assistant: Assistant) -> None:
    """ "… the following orders:" and nothing below."""
    draft = drafted(assistant, "List the orders that the warden of the nets gave.")
    assert draft.main.text.endswith("orders:")
    assert draft.confidence < ACCEPT


@pytest.mark.parametrize(
    "question",
    [
        "What are the tasks of the lighthouse crew in guarding the inner bay?",
        "How will the tug men of the outer bay keep the lane clear?",
        "What will the tug men do to keep the lane clear?",
    ],
)
def test_a_title_is_no_answer(assistant: Assistant, question: str) -> None:
    """It has all words of the question, and tells nothing."""
    main = drafted(assistant, question).main
    assert main.text != main.report.title


def test_what_is_said_of_another_time_is_no_answer(assistant: Assistant) -> None:
    """Where no figure is found, a sentence does, if the report is of that time."""
    asked = "The ban on night fishing in the inner bay in {}"
    said = drafted(assistant, asked.format(2024))
    assert said.confidence >= ACCEPT
    assert said.main.figure is None
    _, found = assistant.consider(asked.format(2021))
    assert isinstance(found, Refusal) or found.confidence < ACCEPT
