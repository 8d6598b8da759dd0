"""Charts of reports: marks stand where the ticks of the axes say that their values are."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from amlrest import (
    choice,
    lognormal,
    loguniform,
    normal,
    qloguniform,
    qnormal,
    quniform,
    randint,
    uniform,
)
from amlrest.charts.sampling import thinned
from amlrest.charts.scales import Linear, Log, fitting, multiples
from amlrest.report.setting_scales import scale_of
from amlrest.report.sweep_charts import charts
from amlrest.resources.trial_ranking import goal_of
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facade.reports import Element, Page, sweep, trial

FINITE = st.floats(allow_nan=False, allow_infinity=False)
POSITIVE = st.floats(5e-324, 1.7e308)


def drawn(values: Sequence[float], job: Any = None, **settings: Sequence[str]) -> list[Element]:
    """The charts of trials with these values of the metric and these settings."""
    job = job or sweep()
    rows = [dict(zip(settings, row, strict=True)) for row in zip(*settings.values(), strict=True)]
    rows = rows or [{} for _ in values]
    trials = [trial(n, v, **row) for n, (v, row) in enumerate(zip(values, rows, strict=True))]
    goal = goal_of(job)
    assert goal is not None
    made = "".join(charts(goal, trials))
    return Page(made).root.all("svg")


def ticks(svg: Element, axis: str) -> list[tuple[float, str]]:
    """Places and labels of the ticks of an axis, ``x`` or ``y``."""
    style = "middle" if axis == "x" else "end"
    labels = [e for e in svg.all("text", "tick") if style in str(e.attributes["class"])]
    shift = 4 if axis == "y" else 0
    return [(float(str(e.attributes[axis])) - shift, e.has("title").text) for e in labels]


def marks(svg: Element) -> dict[str, tuple[float, float]]:
    """Where the mark of each trial is, by the trial's number."""
    found = {}
    for each in svg.all("circle", "mark"):
        number = each.has("title").text.split(",")[0].removeprefix("trial ")
        found[number] = float(str(each.attributes["cx"])), float(str(each.attributes["cy"]))
    return found


def reader(svg: Element, axis: str, scale: Callable[[float], float]) -> Callable[[float], float]:
    """A function that reads a value off a linear or logarithmic axis, by its outermost ticks."""
    (a, first), *_, (b, last) = ticks(svg, axis)
    low, high = scale(float(first)), scale(float(last))
    return lambda pixel: low + (pixel - a) / (b - a) * (high - low)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8, unique_by=lambda v: round(v, 2)))
@settings(max_examples=60)
def test_marks_are_where_a_linear_axis_says(values: list[float]) -> None:
    low = min(values) - 1.0
    values = [each if min(values) < 0 else each - low for each in values]
    values = [*values, -1.0]  # not positive, so never logarithmic
    svg = drawn(values)[0]
    read = reader(svg, "y", float)
    precision = 0.3 * (max(values) - min(values)) / 190
    off = {n: (read(y), values[int(n)]) for n, (_, y) in marks(svg).items()}
    assert all(abs(a - b) <= precision for a, b in off.values()), off


def test_marks_are_where_a_logarithmic_axis_says() -> None:
    values = [1e-4, 3e-3, 0.2, 7.0, 900.0]
    svg = drawn(values)[0]
    read = reader(svg, "y", math.log10)
    for number, (_, y) in marks(svg).items():
        assert read(y) == pytest.approx(math.log10(values[int(number)]), abs=0.02)
    x = reader(svg, "x", float)
    assert {n: round(x(at)) for n, (at, _) in marks(svg).items()} == {
        str(n): n for n in range(1, 5)
    }


LOGARITHMIC, EVEN = (math.log10, float)
DISTRIBUTIONS = [
    (uniform(1, 1000), ["2", "30", "500"], EVEN, (1, 1000)),
    (quniform(10, 200, 10), ["20", "30", "190"], EVEN, (10, 200)),
    (randint(100), ["0", "7", "99"], EVEN, (0, 99)),
    (normal(0, 1), ["-1.5", "0.2", "2"], EVEN, (-1.5, 2)),
    (qnormal(0, 10, 2), ["-8", "0", "12"], EVEN, (-8, 12)),
    (loguniform(-9, 0), ["0.0005", "0.01", "0.9"], LOGARITHMIC, (math.exp(-9), 1)),
    (qloguniform(0, 7, 2), ["2", "30", "900"], LOGARITHMIC, (1, math.exp(7))),
    (lognormal(0, 1), ["0.1", "1.5", "60"], LOGARITHMIC, (0.1, 60)),
    (loguniform(5, 900), ["200", "1e300", "1e20"], LOGARITHMIC, (200, 1e300)),
    (qloguniform(-5, 7, 2), ["0", "30", "900"], EVEN, (0, math.exp(7))),
]


@pytest.mark.parametrize(
    ("distribution", "given", "scale", "bounds"),
    DISTRIBUTIONS,
    ids=[repr(d[0]) for d in DISTRIBUTIONS],
)
def test_axes_are_true_to_the_distribution(
    distribution: Any,
    given: list[str],
    scale: Callable[[float], float],
    bounds: tuple[float, float],
) -> None:
    job = sweep(searchSpace={"p": distribution.to_wire()})
    svg = drawn([1.0, 2.0, 3.0], job, p=given)[1]
    read = reader(svg, "x", scale)
    span = scale(bounds[1]) - scale(bounds[0]) if scale(bounds[0]) else scale(bounds[1])
    for number, (x, _) in marks(svg).items():
        assert read(x) == pytest.approx(scale(float(given[int(number)])), abs=0.01 * span)
    values = [float(each) for each in given]
    found, _ = scale_of(distribution, values)
    margin = 0.04 / 1.08
    assert [found.place(bound) for bound in bounds] == pytest.approx([margin, 1 - margin])


def test_choices_have_a_place_each_in_their_order() -> None:
    space = {"n": choice(128, 16, 32), "kind": choice("tree", "b", "a")}
    job = sweep(searchSpace={name: each.to_wire() for name, each in space.items()})
    _, numbers, texts = drawn([1.0, 2.0, 3.0], job, n=["16", "128", "16"], kind=["b", "tree", "x"])
    assert [label for _, label in ticks(numbers, "x")] == ["16", "32", "128"]
    assert [label for _, label in ticks(texts, "x")] == ["tree", "b", "a", "x"]
    places = {label: place for place, label in ticks(numbers, "x")}
    assert abs(marks(numbers)["1"][0] - places["128"]) <= 12
    assert abs(marks(numbers)["2"][0] - places["16"]) <= 12


def test_trials_without_a_value_are_on_the_lower_edge_and_the_best_is_a_star() -> None:
    job = sweep(searchSpace={"p": ["uniform", [0, 1]]}, goal="Maximize")
    goal = goal_of(job)
    assert goal is not None
    trials = [
        trial(0, 0.5, p="0.5"),
        trial(1, 0.75, p="0.1"),
        trial(2, None, "Failed", p="0.9"),
        trial(3, math.inf, p="0.2"),
        trial(4, None, "Running", p="0.3"),
    ]
    for svg in Page("".join(charts(goal, trials))).root.all("svg"):
        titles = {
            kind: [e.has("title").text.split(":")[0] for e in svg.all("path", kind)]
            for kind in ("best", "failed")
        }
        assert titles == {
            "best": ["trial 1, Completed"],
            "failed": ["trial 2, Failed", "trial 3, Completed"],
        }
        lower = {
            str(e.attributes["d"]).split()[1].partition("l")[0] for e in svg.all("path", "failed")
        }
        assert lower == {"217"}


def test_the_best_so_far_leaves_failed_trials_out() -> None:
    job = sweep(searchSpace={"p": ["uniform", [0, 1]]})
    goal = goal_of(job)
    assert goal is not None
    trials = [trial(0, 3.0), trial(1, 1.0, "Failed"), trial(2, 2.0), trial(3, 2.5)]
    svg = Page("".join(charts(goal, trials))).root.has("svg")
    read_x, read_y = reader(svg, "x", float), reader(svg, "y", float)
    points = [p.split(",") for p in str(svg.all("polyline")[0].attributes["points"]).split()]
    corners = [(round(read_x(float(x))), round(read_y(float(y)), 1)) for x, y in points]
    assert corners == [(0, 3.0), (2, 3.0), (2, 2.0), (3, 2.0)]


@given(st.lists(FINITE, min_size=1, max_size=5))
def test_ticks_of_measured_values_are_inside_in_order_and_differ(values: list[float]) -> None:
    check_ticks(fitting(values))
    assert all(-0.01 <= fitting(values).place(value) <= 1.01 for value in values)


@given(POSITIVE, POSITIVE)
def test_ticks_of_logarithmic_scales(one: float, other: float) -> None:
    check_ticks(Log(min(one, other), max(one, other)))


@given(st.integers(-1000, 1000), st.integers(0, 1000))
def test_ticks_of_whole_numbers(low: int, more: int) -> None:
    scale = Linear(low, low + more, whole=True)
    check_ticks(scale)
    assert all(float(tick.label) == int(tick.label) for tick in scale.ticks)


@pytest.mark.parametrize(
    ("low", "high", "count", "ticks"),
    [  # what d3.ticks(low, high, count) returns
        (0, 1, 10, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
        (0, 1, 7, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 1, 3, [0, 0.5, 1]),
        (0, 1, 1, [0, 1]),
        (0, 10, 5, [0, 2, 4, 6, 8, 10]),
        (0, 10, 3, [0, 5, 10]),
        (-10, 10, 10, [-10, -8, -6, -4, -2, 0, 2, 4, 6, 8, 10]),
        (-10, 10, 5, [-10, -5, 0, 5, 10]),
        (-10, 10, 2, [-10, 0, 10]),
    ],
)
def test_ticks_are_those_of_d3(low: float, high: float, count: int, ticks: list[float]) -> None:
    assert multiples(low, high, count)[0] == ticks


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        (Log(1e-5, 1e-1), "1e-05 0.0001 0.001 0.01 0.1"),
        (Log(0.003, 0.5), "0.005 0.01 0.02 0.05 0.1 0.2 0.5"),
        (Linear(0.1, 0.4), "0.10 0.15 0.20 0.25 0.30 0.35 0.40"),
        (Linear(500, 2000), "500 1000 1500 2000"),
        (Linear(7, 7, whole=True), "7"),
    ],
)
def test_ticks_are_written_shortly(scale: Linear | Log, labels: str) -> None:
    assert " ".join(tick.label for tick in scale.ticks) == labels


def check_ticks(scale: Linear | Log) -> None:
    places = [tick.place for tick in scale.ticks]
    labels = [tick.label for tick in scale.ticks]
    assert all(-1e-6 <= place <= 1 + 1e-6 for place in places)
    assert places == sorted(places)
    assert len(set(labels)) == len(labels) <= 12, labels
    numbers = [float(label) for label in labels]
    assert numbers == sorted(numbers)


@given(st.lists(st.tuples(st.integers(0, 99), st.floats()), max_size=80), st.integers(2, 20))
def test_fewer_points_keep_their_order_and_their_extremes(
    points: list[tuple[int, float]], most: int
) -> None:
    found = thinned(points, most)
    assert len(found) <= max(most, 2)
    rest = iter(points)
    assert all(any(each is point for point in rest) for each in found), "a part, in order"
    finite = [value for _, value in points if math.isfinite(value)]
    kept = [value for _, value in found if math.isfinite(value)]
    assert [f(kept) for f in (min, max) if kept] == [f(finite) for f in (min, max) if finite]
