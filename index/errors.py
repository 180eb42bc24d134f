"""The errors a person can act on.

AssistantError
├── EncoderError            the model's files are missing, damaged or wrong
├── IndexMismatchError      the index was built with another model
├── IndexMissingError       nothing has been indexed yet
├── StoreError              the store is locked or from a newer version, the disk full
│   └── StoreDamagedError   the store cannot be read as it is
├── UnreadableReportError   a file could not be read (ingest names it, goes on)
└── BadInputError           a request, side file or question set is malformed

The command lines and the page catch `AssistantError` and show its text, which
says what to do. Anything else is a bug and keeps its traceback.
"""


class AssistantError(Exception):
    """Base of all errors whose text is meant for the person at the keyboard."""


class EncoderError(AssistantError):
    """The encoder's weights are missing, damaged, or not what was expected."""


class IndexMismatchError(AssistantError):
    """The index holds vectors of another encoder than the one in use."""

    def __init__(self, *, indexed: str, wanted: str) -> None:
        super().__init__(
            f"the index was built with encoder {indexed}, but {wanted} is set: "
            "their vectors cannot be compared. Rebuild it with "
            "`python -m ingest --rebuild`, or set REPORTS_ENCODER back."
        )


class IndexMissingError(AssistantError):
    """There is no index yet, or it holds no report."""

    def __init__(self) -> None:
        super().__init__(
            "nothing is indexed yet. Put reports into the corpus folder and run "
            "`python -m ingest` (or `make ingest`)."
        )


class StoreError(AssistantError):
    """The store is locked by another process, or from a newer version."""


class StoreDamagedError(StoreError):
    """The store is damaged: a backup, or reading the reports again, mends it."""


class UnreadableReportError(AssistantError):
    """A report's file could not be read; the text says which and why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class BadInputError(AssistantError):
    """A request, side file or question set is malformed; the text says where."""
