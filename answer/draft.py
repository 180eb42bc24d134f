"""What has been decided, before it is put into words."""

from dataclasses import dataclass

from answer.evidence import Candidate


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in the making: the headline and the evidence it stands in.

    main: its sentence is the first citation.
    start, end: the headline's place in the main sentence, in characters.
    more: further sentences that belong to the answer (list items, a series).
    differing: figures of other reports for the same thing and period.
    others: figures of the same thing for other periods.
    """

    main: Candidate
    start: int
    end: int
    confidence: float
    more: tuple[Candidate, ...] = ()
    differing: tuple[Candidate, ...] = ()
    others: tuple[Candidate, ...] = ()
    series: bool = False
    sides: bool = False  # a series of two things that were asked for together
    missing: tuple[str, ...] = ()  # periods or places asked for and not reported

    @property
    def short(self) -> str:
        """The headline, character for character from the sentence."""
        return self.main.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer, why, and what is nearest to one."""

    reason: str  # a key of `answer.phrases`
    nearest: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    found: str = ""  # the period or place that is reported
    asked: str = ""
