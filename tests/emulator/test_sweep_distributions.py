"""Every distribution of random sampling against its definition, by tests of scipy.

The definitions are those of the 2019-09-30 hyperdrive contract: uniform(low, high),
exp(uniform(low, high)), round(x / q) * q, and the normal ones likewise. Seeds are fixed.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import Any

import numpy as np
import pytest
from amlrest_emulator.runner.search_space import check_search_space, samples
from scipy import stats

COUNT = 4096
SMALLEST_P = 1e-3
ALGORITHMS = ["Random", "Sobol"]
CONTINUOUS = [
    (["uniform", [-2, 5]], stats.uniform(-2, 7)),
    (["loguniform", [-5, 0]], stats.loguniform(math.exp(-5), 1)),
    (["normal", [3, 0.5]], stats.norm(3, 0.5)),
    (["lognormal", [-1, 0.8]], stats.lognorm(0.8, scale=math.exp(-1))),
]
QUANTIZED = [
    (["quniform", [-2, 5, 0.5]], stats.uniform(-2, 7)),
    (["quniform", [1, 10, 3]], stats.uniform(1, 9)),
    (["qloguniform", [0, 4, 5]], stats.loguniform(1, math.exp(4))),
    (["qnormal", [30, 4, 2]], stats.norm(30, 4)),
    (["qlognormal", [1, 0.6, 0.5]], stats.lognorm(0.6, scale=math.e)),
]
DISCRETE = [
    (["randint", [7]], list(range(7))),
    (["choice", [["a", 1, None, 2.5, [3]]]], ["a", 1, None, 2.5, [3]]),
]


def draw(space: dict[str, Any], algorithm: str, seed: int = 20210301) -> list[dict[str, Any]]:
    check_search_space(space, algorithm)
    return list(itertools.islice(samples(space, algorithm, seed), COUNT))


def column(entry: list[Any], algorithm: str) -> list[Any]:
    # A second hyperparameter, so that neither is drawn alone.
    space = {"x": entry, "other": ["uniform", [0, 1]]}
    return [sample["x"] for sample in draw(space, algorithm)]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(("entry", "definition"), CONTINUOUS, ids=lambda value: str(value)[:22])
def test_continuous_distributions(entry: list[Any], definition: Any, algorithm: str) -> None:
    assert stats.kstest(column(entry, algorithm), definition.cdf).pvalue > SMALLEST_P


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(("entry", "definition"), QUANTIZED, ids=lambda value: str(value)[:22])
def test_quantized_distributions(entry: list[Any], definition: Any, algorithm: str) -> None:
    q = entry[1][2]
    found = Counter(round(value / q) for value in column(entry, algorithm))
    multiples = range(min(found), max(found) + 1)
    shares = [definition.cdf((k + 0.5) * q) - definition.cdf((k - 0.5) * q) for k in multiples]
    chi_square([found[k] for k in multiples], shares)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(("entry", "members"), DISCRETE, ids=lambda value: str(value)[:22])
def test_discrete_distributions(entry: list[Any], members: list[Any], algorithm: str) -> None:
    found = Counter(map(repr, column(entry, algorithm)))
    assert set(found) == set(map(repr, members))
    chi_square([found[repr(item)] for item in members], [1 / len(members)] * len(members))


def chi_square(counts: list[int], shares: list[float]) -> None:
    """Compare counts with the shares that are expected, after joining the rare ones."""
    expected = np.array(shares) * COUNT
    common = expected >= 5
    assert common.sum() > 1
    observed = np.array(counts)
    seen = [*observed[common], observed[~common].sum()]
    wanted = [*expected[common], COUNT - expected[common].sum()]
    if wanted[-1] < 5:
        seen[-2:], wanted[-2:] = [sum(seen[-2:])], [sum(wanted[-2:])]
    assert stats.chisquare(seen, wanted).pvalue > SMALLEST_P


def test_hyperparameters_are_independent_of_each_other_and_of_earlier_ones() -> None:
    found = draw({"x": ["uniform", [0, 1]], "y": ["normal", [0, 1]]}, "Random")
    x, y = ([sample[name] for sample in found] for name in ("x", "y"))
    pairs = [(x, y), (x[1:], x[:-1]), (y[1:], y[:-1]), (x[1:], y[:-1])]
    assert all(stats.spearmanr(a, b).pvalue > SMALLEST_P for a, b in pairs)


def test_sobol_covers_the_space_more_evenly() -> None:
    """Its discrepancy is that of an independent implementation, far below that of chance."""
    space = {"x": ["uniform", [0, 1]], "y": ["uniform", [0, 1]], "z": ["uniform", [0, 1]]}
    found = {name: draw(space, name)[:256] for name in ALGORITHMS}
    points = {name: [[s["x"], s["y"], s["z"]] for s in items] for name, items in found.items()}
    discrepancy = {name: stats.qmc.discrepancy(items) for name, items in points.items()}
    assert discrepancy["Sobol"] < discrepancy["Random"] / 10
    assert draw(space, "Sobol", 3) == draw(space, "Sobol", 3)
    assert draw(space, "Sobol", 3) != draw(space, "Sobol", 4)
    assert draw(space, "Sobol", -3), "a seed may be negative"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_extreme_arguments_give_finite_values(algorithm: str) -> None:
    space: dict[str, Any] = {
        "a": ["lognormal", [600, 10]],
        "b": ["qlognormal", [600, 10, 1e-300]],
        "c": ["quniform", [-1e300, 1e300, 1e-300]],
        "d": ["qnormal", [0, 1e300, 0.1]],
        "e": ["loguniform", [-745, 700]],
    }
    assert all(math.isfinite(v) for sample in draw(space, algorithm) for v in sample.values())
