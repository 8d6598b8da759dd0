"""Report of a sweep job."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amlrest import _readable as readable
from amlrest._markup import Content, Markup, join, tag
from amlrest.charts.trials import legend
from amlrest.report import parts, sweep_charts
from amlrest.report.parallel import MOST_BEST, parallel
from amlrest.resources import trial_ranking as ranking

if TYPE_CHECKING:
    from amlrest.report.facts import Failure, RunFacts
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal


def body(title: str, facts: RunFacts) -> Markup:
    """Return the content of the page."""
    goal: Goal = ranking.goal_of(facts.job)  # type: ignore[assignment]  # it is a sweep job
    return join(
        [
            parts.header(title, facts),
            parts.error(facts),
            parts.notes(facts),
            _summary(goal, facts),
            _best(goal, facts),
            _plots(goal, facts),
            _trials(goal, facts),
            _failures(goal, facts),
            _best_metrics(goal, facts),
            parts.configuration(facts),
            parts.as_file(facts),
        ]
    )


def _summary(goal: Goal, facts: RunFacts) -> Markup:
    verb = "Maximize" if goal.maximize else "Minimize"
    return tag(
        "p", f"{verb} ", tag("strong", goal.metric), f"; {ranking.tally(goal, facts.trials)}."
    )


def _best(goal: Goal, facts: RunFacts) -> Markup:
    best = ranking.best(goal, facts.trials)
    if best is None:
        yet = "" if facts.is_finished else " yet"
        return tag("p", f"No trial has logged a finite {goal.metric}{yet}.", class_="note")
    value = ranking.value(goal, best)
    shown = "no value" if value is None else readable.number(value)
    return tag(
        "div",
        tag("div", f"Best trial, {ranking.label(goal, best)}: {goal.metric}", class_="soft"),
        tag("div", shown, class_="value", title=None if value is None else repr(value)),
        parts.pairs(
            (name.lstrip("-"), _shown(ranking.parameter(best, name))) for name in goal.parameters
        ),
        tag("p", "Its files: ", tag("code", f"amlrest job download {goal.sweep} --best")),
        _chosen(goal, facts, best),
        class_="best",
    )


def _chosen(goal: Goal, facts: RunFacts, best: TrialRun) -> Markup | None:
    """Return a note if the service has chosen another trial than the last values would."""
    by_last = ranking.best(goal._replace(named=None), facts.trials)
    if by_last is None or by_last is best:
        return None
    text = (
        f"The service has chosen it by all values that trials have logged. By the last value, "
        f"trial {ranking.label(goal, by_last)} is the best."
    )
    return tag("p", text, class_="soft")


def _plots(goal: Goal, facts: RunFacts) -> Markup | None:
    charts = sweep_charts.charts(goal, facts.trials)
    if not charts:
        return None
    lines = parallel(goal, facts.trials)
    values = [ranking.value(goal, run) for run in facts.trials]
    return parts.section(
        "Plots",
        tag("p", legend(goal.metric, values), class_="soft"),
        tag("div", *charts, class_="charts"),
        None if lines is None else parts.scrolling(lines, "parallel coordinates"),
        None if lines is None else tag("p", _LINES, class_="soft"),
    )


_LINES = (
    f"A line is a trial: the best in orange, {MOST_BEST} at most, others of the best "
    "quarter in blue. Pointing at a line or mark shows the trial."
)


def _trials(goal: Goal, facts: RunFacts) -> Markup:
    if not facts.trials:
        return parts.section("Trials", tag("p", "There are no trials yet."))
    names = [name.lstrip("-") for name in goal.parameters]
    order = ranking.ranked(goal, facts.trials)
    best = ranking.best(goal, facts.trials)
    columns = [[ranking.parameter(run, name) for run in order] for name in goal.parameters]
    numeric = [all(isinstance(v, int | float | None) for v in column) for column in columns]
    errors = {each.run.name: readable.headline(each.error) for each in facts.failures}
    rows = [_row(goal, run, best, errors) for run in order]
    headings = ["trial", "status", goal.metric, *names, "duration", "error"]
    flags = [True, False, True, *numeric, True, False]
    if not any(errors.values()):
        headings, flags = headings[:-1], flags[:-1]
    return parts.section("Trials", parts.table(headings, rows, "trials", flags))


def _row(goal: Goal, run: TrialRun, best: TrialRun | None, errors: dict[str, str]) -> Markup:
    seconds = run.duration
    mark = "★ " if run is best else ""
    return tag(
        "tr",
        tag("td", mark + ranking.label(goal, run), class_="number trial"),
        tag("td", parts.status(run.status)),
        parts.cell(ranking.logged(goal, run)),
        *(parts.cell(ranking.parameter(run, name)) for name in goal.parameters),
        tag("td", None if seconds is None else readable.duration(seconds), class_="number"),
        tag("td", errors.get(run.name), class_="text") if any(errors.values()) else None,
        class_="winner" if run is best else None,
    )


def _failures(goal: Goal, facts: RunFacts) -> Markup | None:
    failed = sum(run.status == "Failed" for run in facts.trials)
    if not facts.failures:
        return None
    shown = len(facts.failures)
    title = f"Failed trials ({failed})"
    return parts.section(
        title,
        tag("p", f"The logs of the first {shown} are shown.", class_="soft")
        if shown < failed
        else None,
        *(_failure(goal, each, opened=n == 0) for n, each in enumerate(facts.failures)),
    )


def _failure(goal: Goal, failure: Failure, *, opened: bool) -> Markup:
    number = ranking.label(goal, failure.run)
    summary = f"trial {number}: {readable.headline(failure.error) or failure.run.status}"
    get = f"amlrest job logs {goal.sweep} --trial {number}"
    return parts.fold(
        summary,
        tag("p", ranking.settings(goal, failure.run), class_="soft"),
        parts.log(failure.log) or tag("p", "It has no log."),
        tag("p", "All of it: ", tag("code", get)),
        opened=opened,
    )


def _best_metrics(goal: Goal, facts: RunFacts) -> Markup | None:
    if facts.best is None or not facts.best.run.metrics:
        return None
    title = f"Metrics of the best trial, {ranking.label(goal, facts.best.run)}"
    return parts.section(
        title, *parts.metrics_and_curves(facts.best.run.metrics, facts.best.histories)
    )


def _shown(value: str | float | None) -> Content:
    if isinstance(value, float) and math.isfinite(value):
        return tag("span", readable.number(value), title=repr(value))
    return value
