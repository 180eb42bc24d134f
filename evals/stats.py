"""How sure a number is: intervals, percentiles, calibration. No files here."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959964  # of the normal distribution, two-sided
BINS = 10
_DRAWS = 1_000  # of what takes more than a sum


class Measured(NamedTuple):
    """A value with its 95% interval; nothing measured: n = 0 and no value."""

    value: float | None
    low: float
    high: float
    n: int

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return self._asdict()


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

    @property
    def measured(self) -> Measured:
        """The share with its interval."""
        return Measured(self.value, *self.interval, self.n)


class Bin(NamedTuple):
    """One row of a reliability table."""

    low: float
    high: float
    n: int
    confidence: float  # mean of what was claimed
    right: float  # share that was right
    right_low: float  # 95% interval of that share
    right_high: float


class Point(NamedTuple):
    """How wrong the replies are that are at least this sure."""

    confidence: float  # replies surer than or as sure as this are shown
    coverage: float  # share of all questions that is shown then
    risk: float  # share of those shown that is wrong


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


def mean(values: Sequence[float]) -> Measured:
    """The mean of values from 0 to 1, its interval by bootstrap (fixed seed).

    Of nothing but zeros and ones it is a share, and its interval Wilson's.
    """
    if set(values) <= {0, 1}:
        return Rate(int(sum(values)), len(values)).measured
    low, high = np.percentile(_drawn_means(np.asarray(values, float)), [2.5, 97.5])
    return Measured(float(np.mean(values)), float(low), float(high), len(values))


def percentiles(values: Sequence[float]) -> dict[str, Measured]:
    """{"p50", "p95", "p99"}, each with its interval; empty for no values.

    The values by linear interpolation, the interval from one order statistic
    to another, which holds whatever the distribution; for few values it ends
    at the least or the greatest.
    """
    ordered = sorted(values)
    n = len(ordered)
    found = {}
    for percent in (50, 95, 99) if n else ():
        share = percent / 100
        spread = Z95 * sqrt(n * share * (1 - share))
        first = max(0, floor(n * share - spread))
        last = min(n - 1, ceil(n * share + spread))
        value = float(np.percentile(ordered, percent))
        low, high = min(value, ordered[first]), max(value, ordered[last])
        found[f"p{percent}"] = Measured(value, low, high, n)
    return found


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Claimed confidence against the share that was right, bins of equal width.

    Empty bins are left out; 1.0 belongs to the last bin.
    """
    claimed = np.asarray(confidences, dtype=float)
    truth = np.asarray(right, dtype=bool)
    rows = _bins(claimed)
    found = []
    for row in np.unique(rows):
        hits, n = int(truth[rows == row].sum()), int((rows == row).sum())
        low, high = int(row) / BINS, (int(row) + 1) / BINS
        sure = float(claimed[rows == row].mean())
        found.append(Bin(low, high, n, sure, hits / n, *wilson(hits, n)))
    return found


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> Measured:
    """Mean distance of claim and truth over ten bins, weighted by their size.

    Known as the expected calibration error; few replies make it look larger
    than it is. Interval by bootstrap, fixed seed.
    """
    n = len(confidences)
    if not n:
        return Measured(None, 0.0, 1.0, 0)
    claimed, truth = np.asarray(confidences, float), np.asarray(right, float)
    value = float(_calibration_errors(claimed, truth, np.arange(n)[None])[0])
    draws = np.random.default_rng(0).integers(0, n, size=(_DRAWS, n))
    low, high = np.percentile(_calibration_errors(claimed, truth, draws), [2.5, 97.5])
    return Measured(value, min(value, float(low)), max(value, float(high)), n)


def risk_coverage(
    confidences: Sequence[float], right: Sequence[bool], total: int
) -> list[Point]:
    """What showing only the surer replies would cost and save, surest first.

    total: questions asked, refused ones included. Replies of equal confidence
    are shown together, so a constant confidence gives one point.

    El-Yaniv and Wiener 2010 call it the risk-coverage curve.
    """
    claimed = np.asarray(confidences, dtype=float)
    order = np.argsort(-claimed, kind="stable")
    claimed, wrong = claimed[order], ~np.asarray(right, dtype=bool)[order]
    shown, errors = np.arange(1, len(order) + 1), np.cumsum(wrong)
    last_of_tie = np.append(claimed[:-1] != claimed[1:], True)[: len(order)]
    return [
        Point(float(claimed[i]), float(shown[i] / total), float(errors[i] / shown[i]))
        for i in np.flatnonzero(last_of_tie)
    ]


def risk_area(points: Sequence[Point]) -> float | None:
    """Mean risk over the coverage that *points* reach: 0 is best.

    Every reply counts alike: between two points the risk is the later one's.
    """
    if not points:
        return None
    widths = np.diff([0.0, *(p.coverage for p in points)])
    return float(np.average([p.risk for p in points], weights=widths))


def auroc(positive: Sequence[float], negative: Sequence[float]) -> Measured:
    """How often a score of *positive* is above one of *negative*; ties count half.

    The two lists are pairs: the same questions in both, drawn together for the
    interval (bootstrap, fixed seed).
    """
    from sklearn.metrics import roc_auc_score  # a second, for those who ask

    n = len(positive)
    if n != len(negative):
        raise ValueError("positive and negative must be of one length")
    if not n:
        return Measured(None, 0.0, 1.0, 0)
    up, down = np.asarray(positive, float), np.asarray(negative, float)
    value = float(roc_auc_score(np.repeat([1, 0], n), np.concatenate([up, down])))
    random = np.random.default_rng(0)
    rows = (random.integers(0, n, n) for _ in range(_DRAWS))
    drawn = [_above(up[row], down[row]) for row in rows]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Measured(value, float(low), float(high), n)


def _above(up: NDArray[np.float64], down: NDArray[np.float64]) -> float:
    """The same area as scikit-learn's, a hundred times faster for the draws."""
    ordered = np.sort(down)
    below = np.searchsorted(ordered, up, "left")
    not_above = np.searchsorted(ordered, up, "right")
    return float((below + not_above).sum() / (2 * len(up) * len(down)))


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
    low, high = np.percentile(_drawn_means(change, draws), [2.5, 97.5])
    return Difference(float(change.mean()), float(low), float(high))


def _drawn_means(values: NDArray[np.float64], draws: int = 10_000) -> Any:
    """Means of *draws* samples with replacement, shape (draws,), fixed seed."""
    # How often each distinct value is drawn: small, however many values.
    kinds, counts = np.unique(values, return_counts=True)
    random = np.random.default_rng(0)
    drawn = random.multinomial(len(values), counts / len(values), size=draws)
    return drawn @ kinds / len(values)


def _bins(claimed: NDArray[np.float64]) -> Any:
    return np.minimum((claimed * BINS).astype(int), BINS - 1)


def _calibration_errors(
    claimed: NDArray[np.float64], truth: NDArray[np.float64], draws: NDArray[np.int64]
) -> Any:
    """The error of each row of *draws*, which holds indexes into the replies."""
    cells = _bins(claimed)[draws] + BINS * np.arange(len(draws))[:, None]
    gaps = np.bincount(
        cells.ravel(), (claimed - truth)[draws].ravel(), BINS * len(draws)
    )
    return np.abs(gaps).reshape(len(draws), BINS).sum(axis=1) / draws.shape[1]
