"""Why-questions are answered by the sentence that says why."""

from collections.abc import Callable

from answer.evidence import Candidate
from answer.material import Material
from answer.question import Question
from answer.reasons import asks_why, gives_reason, reason_behind

MakeCandidate = Callable[..., Candidate]
Ask = Callable[..., Question]


def test_reasons_and_purposes_are_asked_for(ask: Ask) -> None:
    """In both languages; how and how many ask for something else."""
    assert asks_why(ask("Why are the wells dry?"))
    assert asks_why(ask("Vì sao giếng cạn?"))
    assert asks_why(ask("Tại sao giếng lại cạn?"))
    assert not asks_why(ask("Còn giếng ở Huế thì sao?"))
    assert not asks_why(ask("How many wells are dry?"))


def test_the_next_sentence_may_say_why(make_candidate: MakeCandidate) -> None:
    """ "The main reason is …" behind the sentence that tells of it."""
    rows = [
        make_candidate("The wells are dry."),
        make_candidate("The main reason is the salt."),
        make_candidate("Pumps were bought."),
    ]
    material = Material([c.sentence for c in rows], {}, {})
    assert reason_behind(rows[0], material).text == rows[1].text
    assert reason_behind(rows[1], material).text == rows[1].text
    assert gives_reason("Giếng cạn do hạn hán.")
    assert not gives_reason("The wells are dry.")
