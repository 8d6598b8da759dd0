"""Charts of the trials of a sweep: the metric by trial, and against each hyperparameter."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from amlrest._markup import Markup, text
from amlrest.charts.drawing import Axis, Line, Mark, chart
from amlrest.charts.scales import Categories, Linear, fitting
from amlrest.charts.settings import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from amlrest.charts.settings import Domain, Setting

_LEGEND = (
    "★ best trial, ● completed, ○ running or stopped early, ✕ failed or without a value; "
    "the line is the best so far."
)
_JITTER = 0.1
"""Share of the room of a category, so that its marks do not cover each other."""


class Trial(NamedTuple):
    """A trial as it is drawn.

    Attributes:
        number: its number in the sweep.
        value: its value of the metric, finite; without one it is a mark on the lower edge, so
            that one sees which settings fail.
        settings: hyperparameters by name; those that are missing are not drawn.
        title: what is shown when one points at it.
        kind: ``done``, ``other``, ``failed`` or ``best``; failed ones are no best so far.
        link: what is opened with a click.
    """

    number: int
    value: float | None
    settings: Mapping[str, Setting]
    title: str
    kind: str
    link: str | None = None


def charts(
    metric: str, trials: Sequence[Trial], domains: Mapping[str, Domain], *, maximize: bool
) -> list[Markup]:
    """Return the charts of trials; none if no trial has a value.

    Args:
        metric: its name.
        trials: by number.
        domains: what is known of each hyperparameter, in the order of the charts.
        maximize: whether higher values are better.
    """
    values = [trial.value for trial in trials if trial.value is not None]
    if not values:
        return []
    y = Axis(f"{metric} ({'higher' if maximize else 'lower'} is better)", fitting(values))
    order = sorted(map(_escaped, trials), key=lambda trial: trial.kind == "best")  # on top
    against = (_against(y, order, name, domain) for name, domain in domains.items())
    return [_progress(y, order, maximize=maximize), *filter(None, against)]


def legend(metric: str, values: Sequence[float | None]) -> str:
    """Return what the marks mean, and which trials are not drawn or have no place of their own.

    Args:
        metric: its name.
        values: of all trials, also those that are not drawn.
    """
    missing = values.count(None)
    if not missing:
        return _LEGEND
    return (
        f"{_LEGEND} {missing} of {len(values)} trials have no finite {metric}; those that have "
        "ended are on the lower edge."
    )


def _escaped(trial: Trial) -> Trial:
    """Return a trial whose texts are escaped, once for all charts."""
    return trial._replace(title=text(trial.title), link=trial.link and text(trial.link))


def best_so_far(
    values: Iterable[tuple[int, float]], *, maximize: bool
) -> list[tuple[float, float]]:
    """Return the best value so far as a line with steps, given values by number of the trial."""
    pick = max if maximize else min
    found: list[tuple[float, float]] = []
    for number, value in values:
        best = pick(value, found[-1][1]) if found else value
        if found and best != found[-1][1]:
            found.append((number, found[-1][1]))
        found.append((number, best))
    return found


def _progress(y: Axis, order: Sequence[Trial], *, maximize: bool) -> Markup:
    numbers = [trial.number for trial in order]
    measured = sorted(
        (trial.number, trial.value)
        for trial in order
        if trial.value is not None and trial.kind != "failed"
    )
    line = Line(best_so_far(measured, maximize=maximize), "line so-far", "best so far")
    marks = [_mark(trial, trial.number) for trial in order]
    x = Axis("trial", Linear(min(numbers), max(numbers), whole=True))
    return chart(x, y, lines=[line], marks=marks)


def _against(y: Axis, order: Sequence[Trial], name: str, domain: Domain) -> Markup | None:
    known = [trial for trial in order if name in trial.settings]
    if not known:
        return None
    scale, places = scale_of(domain, [trial.settings[name] for trial in known])
    spread = random.Random(0)  # noqa: S311 - it only looks random
    width = _JITTER if isinstance(scale, Categories) else 0.0
    marks = [
        _mark(trial, place + spread.uniform(-width, width))
        for trial, place in zip(known, places, strict=True)
    ]
    return chart(Axis(name.lstrip("-"), scale), y, marks=marks)


def _mark(trial: Trial, x: float) -> Mark:
    return Mark(x, trial.value, trial.title, trial.kind, trial.link)
