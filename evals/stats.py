"""How sure a number is: intervals, percentiles, calibration. No files here."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np

Z95 = 1.959964  # of the normal distribution, two-sided
BINS = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """*hits* of *n*; with n = 0 nothing was measured and the value is None."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval by Wilson's score; (0, 1) when nothing was measured."""
        return wilson(self.hits, self.n)


class Bin(NamedTuple):
    """One row of a reliability table."""

    low: float
    high: float
    n: int
    confidence: float  # mean of what was claimed
    right: float  # share that was right


class Difference(NamedTuple):
    """Mean paired difference and its 95% bootstrap interval."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95% interval of a share, sound near 0 and 1 and for small *n*.

    Wilson 1927; Brown, Cai and DasGupta 2001 compare it with others.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"hits must lie between 0 and n, got {hits} of {n}")
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = share + Z95**2 / (2 * n)
    spread = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """{"p50", "p95", "p99"} by linear interpolation; empty for no values."""
    if not values:
        return {}
    points = np.percentile(values, [50, 95, 99])
    return {f"p{p}": float(v) for p, v in zip((50, 95, 99), points, strict=True)}


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Claimed confidence against the share that was right, bins of equal width.

    Empty bins are left out; 1.0 belongs to the last bin.
    """
    claimed = np.asarray(confidences, dtype=float)
    truth = np.asarray(right, dtype=float)
    rows = np.minimum((claimed * BINS).astype(int), BINS - 1)
    return [
        Bin(
            low=int(row) / BINS,
            high=(int(row) + 1) / BINS,
            n=int((rows == row).sum()),
            confidence=float(claimed[rows == row].mean()),
            right=float(truth[rows == row].mean()),
        )
        for row in np.unique(rows)
    ]


def expected_calibration_error(bins: Sequence[Bin]) -> float | None:
    """Mean distance of claim and truth over *bins*, weighted by their size."""
    total = sum(b.n for b in bins)
    if not total:
        return None
    return sum(b.n * abs(b.confidence - b.right) for b in bins) / total


def paired_bootstrap(
    before: Sequence[float], after: Sequence[float], *, draws: int = 10_000
) -> Difference:
    """Mean of *after* − *before*, question by question, with its 95% interval.

    Questions are drawn anew with a fixed seed, so two calls agree.
    Raises ValueError if the lengths differ or nothing is given.
    """
    if len(before) != len(after) or not before:
        raise ValueError("before and after must be of one length, at least 1")
    change = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    random = np.random.default_rng(0)
    # How often each distinct change is drawn: small, however many questions.
    kinds, counts = np.unique(change, return_counts=True)
    drawn = random.multinomial(len(change), counts / len(change), size=draws)
    means = drawn @ kinds / len(change)
    low, high = np.percentile(means, [2.5, 97.5])
    return Difference(float(change.mean()), float(low), float(high))
