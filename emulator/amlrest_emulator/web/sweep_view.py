"""Trials of a sweep as they are shown: values, order, best, plots. No I/O."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from amlrest.charts import Markup
from amlrest.charts import trials as drawn
from amlrest.charts.settings import Domain, exponential

from amlrest_emulator.json_body import part
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.runner.run_store import TERMINAL
from amlrest_emulator.runner.search_space import entry_of
from amlrest_emulator.tracking.measurements import Extremes
from amlrest_emulator.web import words

STOPPED_EARLY = "Stopped early"
_KINDS = {"Completed": "done", "Failed": "failed"}


class Goal(NamedTuple):
    """What a sweep looks for.

    Attributes:
        metric: the primary metric.
        maximize: whether larger is better.
        domains: what is known of the hyperparameters, by name.
        total: most trials, 0 if not known.
    """

    metric: str
    maximize: bool
    domains: dict[str, Domain]
    total: int

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the hyperparameters."""
        return tuple(self.domains)


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial; times are epoch seconds.

    Attributes:
        number: its number in the sweep.
        status: its status, or ``Stopped early``.
        value: best value of the primary metric it has logged, None without a finite one.
        last: the last value.
        best: whether it is the best trial.
    """

    name: str
    number: int
    status: str
    value: float | None
    last: float | None
    parameters: Mapping[str, Any]
    started: float | None
    ended: float | None
    error: str
    best: bool = False

    @property
    def link(self) -> str:
        """Path of its page."""
        return f"/jobs/{quote(self.name, safe='')}"

    @property
    def kind(self) -> str:
        """How its mark looks."""
        if self.best:
            return "best"
        return "failed" if self.value is None else _KINDS.get(self.status, "other")

    def seconds(self, now: float) -> float | None:
        """Return how long it has run."""
        return None if self.started is None else (self.ended or now) - self.started


def goal_of(plan: Mapping[str, Any]) -> Goal:
    """Return the goal of the plan of a sweep."""
    space = part(plan, "search_space")
    return Goal(
        str(plan.get("metric", "")),
        plan.get("goal") == "maximize",
        {name: domain_of(*entry_of(name, entry)) for name, entry in space.items()},
        int(plan.get("max_total") or 0),
    )


def domain_of(kind: str, arguments: Sequence[Any]) -> Domain:
    """Return what is known of a hyperparameter by its distribution."""
    if kind == "choice":
        return Domain(tuple(map(_setting, arguments[0])))
    if kind == "randint":
        return Domain(ends=(0.0, float(arguments[0]) - 1))
    is_log = "log" in kind
    if not kind.removeprefix("q").endswith("uniform"):
        return Domain(is_log=is_log)
    low, high = float(arguments[0]), float(arguments[1])
    return exponential(low, high) if is_log else Domain(ends=(low, high))


def _setting(value: Any) -> str | float:
    """Return a setting as it is drawn: a finite number, or a text."""
    return value if _is_number(value) and abs(value) <= sys.float_info.max else words.number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def trials_of(
    sweep: RunRecord, records: Sequence[RunRecord], found: Mapping[str, Extremes]
) -> list[Trial]:
    """Return the trials of a sweep in the order of their numbers.

    Args:
        sweep: the sweep.
        records: its trials.
        found: extremes of the primary metric by MLflow run id.
    """
    goal = goal_of(sweep.plan)
    best = _best(sweep, records, found, goal)
    return [_trial(sweep, record, found.get(record.run_id), goal, best) for record in records]


def _best(
    sweep: RunRecord, records: Sequence[RunRecord], found: Mapping[str, Extremes], goal: Goal
) -> str:
    """Return the name of the best trial: as the sweep names it at its end, else so far."""
    if named := sweep.outcome.get("best_child_run_id"):
        return str(named)
    scores = {
        record.name: _value(found[record.run_id], goal)
        for record in records
        if record.run_id in found and record.status != "Failed"
    }
    choose = max if goal.maximize else min
    return choose(scores, key=lambda name: scores[name]) if scores else ""


def _value(extremes: Extremes, goal: Goal) -> float:
    return extremes.greatest if goal.maximize else extremes.least


def _trial(
    sweep: RunRecord, record: RunRecord, extremes: Extremes | None, goal: Goal, best: str
) -> Trial:
    digits = record.name[len(sweep.name) + 1 :]
    return Trial(
        record.name,
        int(digits) if digits.isdecimal() else 0,
        status_of(sweep, record),
        _value(extremes, goal) if extremes else None,
        extremes.last if extremes else None,
        record.arguments,
        record.started,
        record.ended,
        record.error,
        record.name == best,
    )


def status_of(sweep: RunRecord, record: RunRecord) -> str:
    """Return the status of a trial; only the policy cancels trials of a sweep that goes on."""
    by_policy = sweep.plan.get("policy") and sweep.status in {"Running", "Completed", "Failed"}
    return STOPPED_EARLY if by_policy and record.status == "Canceled" else record.status


def ordered(trials: Sequence[Trial], by: str, goal: Goal, now: float) -> list[Trial]:
    """Return trials in the order that a query string names; by default from best to worst.

    Args:
        trials: the trials.
        by: ``trial``, ``status``, ``metric``, ``time`` or ``p.<hyperparameter>``; with a leading
            hyphen in descending order.
        goal: goal of the sweep.
        now: current time.
    """
    key, descending = by.removeprefix("-"), by.startswith("-")
    if not key:
        key, descending = "metric", goal.maximize
    keys: dict[str, Any] = {
        "trial": lambda trial: trial.number,
        "status": lambda trial: trial.status,
        "metric": lambda trial: trial.value,
        "time": lambda trial: trial.seconds(now),
    }
    get = keys.get(key) or (lambda trial: trial.parameters.get(key.removeprefix("p.")))
    known = [trial for trial in trials if get(trial) is not None]
    unknown = [trial for trial in trials if get(trial) is None]
    known.sort(key=lambda trial: _sort_key(get(trial)), reverse=descending)
    if not by:  # the best trial that the sweep names is first also where others are as good
        known.sort(key=lambda trial: not trial.best)
    return [*known, *unknown]


def _sort_key(value: Any) -> tuple[int, float, str]:
    if _is_number(value):
        return (0, value, "")
    return (1, 0.0, str(value))


def charts_of(trials: Sequence[Trial], goal: Goal) -> list[Markup]:
    """Return the plots of a sweep: its progress, and the metric against each hyperparameter."""
    shown = [_drawn(trial, goal) for trial in trials if trial.value is not None or trial.ended]
    return drawn.charts(goal.metric, shown, goal.domains, maximize=goal.maximize)


def _drawn(trial: Trial, goal: Goal) -> drawn.Trial:
    settings = {name: _setting(value) for name, value in trial.parameters.items()}
    text = _text(trial, goal)
    return drawn.Trial(trial.number, trial.value, settings, text, trial.kind, trial.link)


def _text(trial: Trial, goal: Goal) -> str:
    pairs = [
        f"{name.lstrip('-')} {words.number(value)}" for name, value in trial.parameters.items()
    ]
    value = "no value" if trial.value is None else words.number(trial.value)
    state = [] if trial.status == "Completed" else [trial.status]
    return ", ".join([f"trial {trial.number}: {goal.metric} {value}", *pairs, *state])


def counts_of(trials: Sequence[Trial]) -> dict[str, int]:
    """Return the number of trials by status, the most frequent first."""
    found: dict[str, int] = {}
    for trial in trials:
        found[trial.status] = found.get(trial.status, 0) + 1
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def seconds_left(trials: Sequence[Trial], total: int, elapsed: float) -> float | None:
    """Return an estimate of how long a sweep still runs; None without one."""
    ended = sum(trial.ended is not None for trial in trials)
    return elapsed / ended * (total - ended) if 0 < ended < total else None


def shows_last(trials: Sequence[Trial]) -> bool:
    """Return whether the last value of some trial is not its best one."""
    return any(
        trial.last is not None and (math.isnan(trial.last) or trial.last != trial.value)
        for trial in trials
        if trial.value is not None
    )


def is_active(status: str) -> bool:
    """Return whether a run with a status has not ended."""
    return status not in TERMINAL
