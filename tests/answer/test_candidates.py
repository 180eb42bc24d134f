"""What speaks for a sentence, and for the figures in it."""

from collections.abc import Callable

from answer.candidates import Evidence
from answer.evidence import Candidate
from answer.question import Question

Ask = Callable[..., Question]
MakeCandidate = Callable[..., Candidate]
Look = Callable[..., Evidence]


def test_what_points_back_has_the_words_of_the_sentence_before(
    look: Look, ask: Ask
) -> None:
    """ "The total number is …" counts what was spoken of; another opening does not."""
    asked = "How many parcels went over the green bridge?"
    before = ("Parcels go over the green bridge.", None)
    back = look(asked, before, ("The total number of parcels is 533 million.", None))
    apart = look(asked, before, ("The total of receipts is 533 million.", None))
    question = ask(asked)
    has = [e.sentences(question)[1].features.sentence for e in (back, apart)]
    assert has[0] > has[1]


def test_a_number_that_the_question_names_is_no_answer(look: Look, ask: Ask) -> None:
    """ "What are 25 lorries for?" is not answered by 25; but it may be confirmed."""
    told = ("The district owns 25 lorries.", "25")
    named, confirmed = "How many of the 25 lorries are old?", "Are there 25 lorries?"
    assert not look(named, told).figures(ask(named))
    assert ask(confirmed).numbers == frozenset()
