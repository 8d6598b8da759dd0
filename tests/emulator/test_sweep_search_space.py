"""Search spaces: bounds, grids, moments and repeatability of the documented distributions."""

from __future__ import annotations

import itertools
import math
import statistics
from typing import Any

import pytest
from amlrest_emulator.runner.search_space import (
    SearchSpaceError,
    check_search_space,
    grid_size,
    samples,
)
from hypothesis import given
from hypothesis import strategies as st

SEEDS = st.integers(0, 2**32 - 1)
BOUNDS = st.tuples(st.floats(-5, 5), st.floats(0.01, 5)).map(lambda two: (two[0], sum(two)))


def draw(entry: list[Any], seed: int, count: int) -> list[Any]:
    check_search_space({"x": entry}, "Random")
    return [item["x"] for item in itertools.islice(samples({"x": entry}, "Random", seed), count)]


@given(BOUNDS, SEEDS)
def test_uniform_and_loguniform_stay_in_bounds(bounds: tuple[float, float], seed: int) -> None:
    low, high = bounds
    assert all(low <= value <= high for value in draw(["uniform", [low, high]], seed, 50))
    logs = draw(["loguniform", [low, high]], seed, 50)
    margin = 1 + 1e-12
    assert all(math.exp(low) / margin <= value <= math.exp(high) * margin for value in logs)


@given(SEEDS, st.integers(1, 40))
def test_randint_excludes_its_upper_bound(seed: int, upper: int) -> None:
    values = draw(["randint", [upper]], seed, 100)
    assert all(isinstance(value, int) and 0 <= value < upper for value in values)


ARGUMENTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(SEEDS, st.lists(st.one_of(ARGUMENTS, st.integers(), st.booleans()), min_size=1))
def test_choice_takes_members(seed: int, options: list[str | int | bool]) -> None:
    assert all(value in options for value in draw(["choice", [options]], seed, 20))


@given(
    SEEDS,
    st.sampled_from([0.1, 0.05, 0.3, 1.0, 2.5, 10.0]),
    st.sampled_from(["quniform", "qloguniform", "qnormal", "qlognormal"]),
)
def test_quantised_values_are_multiples(seed: int, q: float, kind: str) -> None:
    for value in draw([kind, [0.5, 2.0, q]], seed, 50):
        assert abs(value / q - round(value / q)) < 1e-6
        assert len(repr(value)) <= 14


@pytest.mark.parametrize(
    ("entry", "mean", "spread"),
    [
        (["uniform", [2, 6]], 4, 4 / math.sqrt(12)),
        (["quniform", [0, 100, 1]], 50, 100 / math.sqrt(12)),
        (["normal", [3, 0.5]], 3, 0.5),
        (["qnormal", [30, 5, 1]], 30, 5),
        (["randint", [10]], 4.5, math.sqrt(99 / 12)),
        # mean and standard deviation of exp(uniform(a, b)) and of the log-normal distribution
        (
            ["loguniform", [0, 1]],
            math.e - 1,
            math.sqrt((math.e**2 - 1) / 2 - (math.e - 1) ** 2),
        ),
        (
            ["lognormal", [0, 0.5]],
            math.exp(0.125),
            math.sqrt((math.exp(0.25) - 1) * math.exp(0.25)),
        ),
    ],
)
def test_moments_are_those_of_the_distribution(
    entry: list[Any], mean: float, spread: float
) -> None:
    count = 20_000
    values = [float(value) for value in draw(entry, 7, count)]
    error = spread / math.sqrt(count)
    assert abs(statistics.fmean(values) - mean) < 4 * error
    assert statistics.stdev(values) == pytest.approx(spread, rel=0.05)


def test_choice_is_even() -> None:
    values = draw(["choice", [["a", "b", "c", "d"]]], 11, 20_000)
    for option in "abcd":
        assert abs(values.count(option) / 20_000 - 0.25) < 4 * math.sqrt(0.25 * 0.75 / 20_000)


@given(SEEDS)
def test_a_seed_gives_one_sequence(seed: int) -> None:
    space = {"a": ["uniform", [0, 1]], "b": ["choice", [[1, 2, 3]]]}
    first = list(itertools.islice(samples(space, "Random", seed), 10))
    assert first == list(itertools.islice(samples(space, "Random", seed), 10))


def test_grid_has_every_combination_once() -> None:
    space = {"a": ["choice", [[1, 2, 3]]], "b": ["Choice", [["x", "y"]]]}
    found = [(item["a"], item["b"]) for item in samples(space, "Grid", 0)]
    assert sorted(found) == [(a, b) for a in (1, 2, 3) for b in ("x", "y")]
    assert grid_size(space) == 6


@pytest.mark.parametrize(
    ("space", "algorithm", "part"),
    [
        ({}, "Random", "empty"),
        ({"lr": ["uniform", [0, 1]]}, "Grid", "lr: Grid sampling supports choice only"),
        ({"lr": ["gauss", [0, 1]]}, "Random", "'gauss' is not a distribution"),
        ({"lr": {}}, "Random", "is not [type, [arguments]]"),
        ({"lr": ["uniform", [1, 0]]}, "Random", "lower bound"),
        ({"lr": ["uniform", [0]]}, "Random", "takes 2 argument(s)"),
        ({"lr": ["uniform", [0, "1"]]}, "Random", "numbers"),
        ({"lr": ["uniform", [0, float("inf")]]}, "Random", "numbers"),
        ({"lr": ["normal", [0, 0]]}, "Random", "sigma"),
        ({"lr": ["quniform", [0, 1, 0]]}, "Random", "q must be above 0"),
        ({"lr": ["loguniform", [0, 1000]]}, "Random", "too large"),
        ({"lr": ["lognormal", [0, 200]]}, "Random", "too large"),
        ({"lr": ["uniform", [-1.7e308, 1.7e308]]}, "Random", "too large"),
        ({"lr": ["normal", [0, 1.7e308]]}, "Random", "too large"),
        ({"lr": ["normal", [0, 1]]}, "Bayesian", "choice, quniform, uniform only, not normal"),
        ({"lr": ["randint", [3]]}, "Bayesian", "not randint"),
        ({"lr": ["randint", [2.5]]}, "Random", "whole number"),
        ({"lr": ["randint", [0]]}, "Random", "at least 1"),
        ({"lr": ["choice", [[]]]}, "Random", "non-empty"),
        ({"lr": ["choice", ["abc"]]}, "Random", "non-empty"),
        ({"lr": ["choice", [["a", "b\0"]]]}, "Random", "lr: 'b\\x00' cannot be an argument"),
        ({"lr": ["choice", [["\ud83d"]]]}, "Grid", "cannot be an argument"),
    ],
)
def test_unusable_spaces_are_refused_by_name(
    space: dict[str, Any], algorithm: str, part: str
) -> None:
    with pytest.raises(SearchSpaceError) as raised:
        check_search_space(space, algorithm)
    assert part in str(raised.value)
