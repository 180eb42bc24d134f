"""Intervals, percentiles and calibration."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.stats import (
    Rate,
    auroc,
    calibration_error,
    mean,
    paired_bootstrap,
    percentiles,
    reliability,
    risk_area,
    risk_coverage,
    wilson,
)


def test_wilson_agrees_with_published_values() -> None:
    """Newcombe 1998, table I: 81 of 263 and 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_holds_its_share(hits: int, misses: int) -> None:
    """However small n is, the share lies inside, and inside 0 to 1."""
    n = hits + misses
    low, high = wilson(hits, n)
    assert 0 <= low < high <= 1
    assert n == 0 or low - 1e-12 <= hits / n <= high + 1e-12


def test_nothing_measured_is_not_zero() -> None:
    """0 of 0 has no value and says nothing."""
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval == (0.0, 1.0)


def test_impossible_counts_are_refused() -> None:
    """More hits than questions is a bug."""
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(3, 2)


def test_percentiles() -> None:
    """0 to 100 are their own percentiles; no value has none."""
    found = percentiles(range(101))
    assert {name: m.value for name, m in found.items()} == {
        "p50": 50,
        "p95": 95,
        "p99": 99,
    }
    assert percentiles([]) == {}


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_a_percentile_lies_in_its_interval(values: list[float]) -> None:
    """However few values there are, and it ends at one of them."""
    for m in percentiles(values).values():
        assert m.value is not None
        assert m.low <= m.value <= m.high
        assert m.high <= max(values)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_a_mean_lies_in_its_interval(values: list[float]) -> None:
    """The bootstrap of a mean is around it; zeros and ones are a share."""
    m = mean(values)
    assert m.value is not None
    assert m.low - 1e-9 <= m.value <= m.high + 1e-9
    assert mean([0, 1]) == Rate(1, 2).measured
    assert mean([]).value is None


def test_the_risk_of_showing_only_the_surest() -> None:
    """By hand: right, wrong and wrong, the first surest, one refused of four."""
    points = risk_coverage([0.5, 0.9, 0.5], [False, True, False], 4)
    assert [(p.coverage, p.risk) for p in points] == [(0.25, 0), (0.75, 2 / 3)]
    # A third of what is shown at no risk, two thirds at 2/3.
    assert risk_area(points) == pytest.approx(4 / 9)
    assert risk_coverage([], [], 4) == []
    assert risk_area([]) is None


def test_auroc_of_pairs() -> None:
    """Ties count half; a score that tells nothing is worth one half."""
    assert auroc([0.9, 0.8], [0.1, 0.2]).value == 1
    assert auroc([0.5, 0.5], [0.5, 0.5]).value == 0.5
    assert auroc([0.9, 0.1], [0.5, 0.1]).value == pytest.approx(2.5 / 4)
    with pytest.raises(ValueError, match="one length"):
        auroc([0.5], [])


def test_reliability_counts_claims_against_truth() -> None:
    """Two bins by hand, 1.0 in the last one."""
    bins = reliability([0.25, 0.25, 0.9, 1.0], [True, False, True, True])
    assert [(b.low, b.n) for b in bins] == [(0.2, 2), (0.9, 2)]
    assert bins[0].right == 0.5
    assert bins[1].confidence == pytest.approx(0.95)
    # (2 * |0.25 - 0.5| + 2 * |0.95 - 1|) / 4
    found = calibration_error([0.25, 0.25, 0.9, 1.0], [True, False, True, True])
    assert found.value == pytest.approx(0.15)
    assert found.low <= 0.15 <= found.high


def test_no_replies_have_no_calibration() -> None:
    """A run of refusals only is not perfectly calibrated."""
    assert reliability([], []) == []
    assert calibration_error([], []).value is None


def test_the_bootstrap_tells_progress_from_noise() -> None:
    """Twenty of a hundred won is clear, one won and one lost is not."""
    before = [False] * 100
    clear = paired_bootstrap(before, [True] * 20 + [False] * 80)
    assert clear.mean == pytest.approx(0.2)
    assert clear.low == pytest.approx(0.2 - 1.96 * 0.04, abs=0.01)
    assert clear.is_clear
    noise = paired_bootstrap([True, False] * 50, [False, True] + [True, False] * 49)
    assert noise.mean == 0
    assert not noise.is_clear


def test_the_bootstrap_repeats_itself() -> None:
    """The same runs give the same interval."""
    runs = ([True, False, True], [True, True, False])
    assert paired_bootstrap(*runs) == paired_bootstrap(*runs)


def test_unpaired_runs_are_refused() -> None:
    """Only the same questions can be compared."""
    with pytest.raises(ValueError, match="one length"):
        paired_bootstrap([True], [True, False])
