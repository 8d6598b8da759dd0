"""Report of several jobs or trials, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest import _readable as readable
from amlrest._markup import Content, Markup, join, tag
from amlrest.charts.curves import curve, line_style
from amlrest.charts.drawing import polyline
from amlrest.report import parts
from amlrest.resources import trial_ranking as ranking
from amlrest.resources.results import as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from amlrest.report.facts import RunFacts

_NOTHING = "—"
_TIMES = ("created", "duration")
"""What always differs, and is not marked."""


def body(subjects: Sequence[RunFacts]) -> Markup:
    """Return the content of the page; a sweep job takes part with its best trial."""
    return join(
        [
            tag("header", tag("h1", f"{len(subjects)} jobs compared")),
            join(_state(each) for each in subjects),
            _table(subjects),
            _curves(subjects),
        ]
    )


def _state(facts: RunFacts) -> Markup:
    notes: list[Content] = [parts.notes(facts)]
    if facts.error:
        said = readable.headline(facts.error)
        notes.append(tag("p", tag("strong", f"{facts.name}: "), said, class_="error"))
    if not facts.is_finished:
        when = readable.moment(facts.read_at)
        notes.append(tag("p", f"{facts.name} has not ended: as of {when}.", class_="note"))
    return join(notes)


def _shown(facts: RunFacts) -> RunFacts:
    """Return what of a job takes part: of a sweep job its best trial, if there is one."""
    return facts.best or facts


def _name(facts: RunFacts) -> str:
    if facts.best is None:
        return facts.name
    goal = ranking.goal_of(facts.job)
    return f"{facts.name}, trial {ranking.label(goal, facts.best.run) if goal else ''}"


def _table(subjects: Sequence[RunFacts]) -> Markup:
    groups: list[tuple[str, list[Mapping[str, Content]]]] = [
        ("Job", [_job(each) for each in subjects]),
        ("Metrics, last values", [dict(sorted(_shown(e).run.metrics.items())) for e in subjects]),
        ("Parameters", [_numbers(_shown(each).run.parameters) for each in subjects]),
        ("Configuration", [_configuration(each) for each in subjects]),
        ("Tags", [dict(each.job.tags or {}) for each in subjects]),
    ]
    rows = join(_group(title, columns) for title, columns in groups)
    heads = [tag("th", _head(n, each), scope="col") for n, each in enumerate(subjects)]
    table = tag(
        "table", tag("thead", tag("tr", tag("td"), *heads)), tag("tbody", rows), class_="compared"
    )
    return tag(
        "section",
        tag("h2", "Side by side"),
        tag("input", type="checkbox", id="differing", class_="screen"),
        tag("label", " Only what differs (marked ≠)", for_="differing", class_="screen"),
        parts.scrolling(table, "comparison"),
    )


def _head(number: int, facts: RunFacts) -> Markup:
    return join([_sample(number), _name(facts)])


def _sample(number: int) -> Markup:
    line = polyline([(0, 5), (26, 5)], line_style(number))
    return tag("svg", line, viewBox="0 0 26 10", width=26, height=10, aria_hidden="true")


def _job(facts: RunFacts) -> dict[str, Content]:
    shown = _shown(facts)
    seconds = shown.seconds
    return {
        "status": shown.run.status,
        "experiment": getattr(facts.job, "experiment_name", None),
        "created": readable.moment(facts.job.created_at),
        "duration": None if seconds is None else readable.duration(seconds),
        "trials": len(facts.trials) or None,
    }


def _configuration(facts: RunFacts) -> dict[str, Content]:
    return {name: value for name, value in parts.settings(facts.job) if name != "tags"}


def _numbers(parameters: Mapping[str, str]) -> dict[str, Content]:
    return {name: as_number(text) for name, text in parameters.items()}


def _group(title: str, columns: Sequence[Mapping[str, Content]]) -> Markup | None:
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = [_row(name, [column.get(name) for column in columns]) for name in names]
    if not any(rows):
        return None
    head = tag("tr", tag("th", title, colspan=len(columns) + 1, scope="colgroup"), class_="group")
    return join([head, *rows])


def _row(name: str, values: Sequence[Content]) -> Markup | None:
    """Return a row; None if no column has a value."""
    if all(value in (None, "") for value in values):
        return None
    differs = name not in _TIMES and any(_unequal(value, values[0]) for value in values)
    cells = [parts.cell(_NOTHING if value in (None, "") else value) for value in values]
    label = join([name, tag("span", " ≠") if differs else None])
    return tag("tr", tag("th", label, scope="row"), *cells, class_="differs" if differs else "same")


def _unequal(one: Content, other: Content) -> bool:
    """Return whether two values differ; NaN does not differ from NaN."""
    return str(one) != str(other) and one != other


def _curves(subjects: Sequence[RunFacts]) -> Markup | None:
    charts = [curve(metric, dict(found)) for metric, found in _by_metric(subjects) if found]
    if not charts:
        return None
    legend = [tag("li", _head(n, each)) for n, each in enumerate(subjects)]
    return parts.section(
        "Metrics by step", tag("ul", *legend, class_="legend"), tag("div", *charts, class_="charts")
    )


def _by_metric(
    subjects: Sequence[RunFacts],
) -> Iterable[tuple[str, list[tuple[str, Sequence[tuple[int, float]]]]]]:
    """Yield each metric that a run has several values of, with the values of all runs."""
    histories = [_shown(each).histories for each in subjects]
    names = sorted({name for history in histories for name in history})
    for name in names:
        if any(len(history.get(name, ())) > 1 for history in histories):
            columns = zip(subjects, histories, strict=True)
            yield name, [(_name(each), history.get(name, ())) for each, history in columns]
