"""What a person can put right about a file or an action, in both languages."""

from index.errors import BadInputError
from page.said import told
from page.texts_office import EN, OfficeWords


class ProblemError(BadInputError):
    """A problem named by its key in `OfficeWords.problems`, with what it is about."""

    def __init__(self, key: str, **about: object) -> None:
        super().__init__(EN.problems[key].format(**about))
        self.key = key
        self.about = about

    def told(self, office: OfficeWords) -> str:
        """The problem in the reader's language."""
        about = self.about
        if "why" in about:  # in the words of another room
            about = {**about, "why": told(str(about["why"]), office.language)}
        return office.problems[self.key].format(**about)
