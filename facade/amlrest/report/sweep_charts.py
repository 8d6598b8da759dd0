"""Charts of a sweep: its trials as they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest import _readable as readable
from amlrest.charts import trials
from amlrest.report import sweep_data
from amlrest.report.setting_scales import domain_of
from amlrest.resources import trial_ranking as ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest._markup import Markup
    from amlrest.resources.results import TrialRun
    from amlrest.resources.trial_ranking import Goal

_KINDS = {"Completed": "done", "Failed": "failed"}


def charts(goal: Goal, runs: Sequence[TrialRun]) -> list[Markup]:
    """Return the charts of the trials; none if no trial has a finite value."""
    shown = sweep_data.shown(goal, runs)
    numbers, winner = sweep_data.numbers(goal, shown), ranking.best(goal, runs)
    drawn = [_trial(goal, run, numbers[run.name], is_best=run is winner) for run in shown]
    domains = {name: domain_of(goal.space.get(name)) for name in goal.parameters}
    return trials.charts(goal.metric, drawn, domains, maximize=goal.maximize)


def title(goal: Goal, run: TrialRun) -> str:
    """Return what is shown when one points at a trial."""
    logged = ranking.logged(goal, run)
    found = f"no {goal.metric}" if logged is None else f"{goal.metric} {readable.number(logged)}"
    number, settings = ranking.label(goal, run), ranking.settings(goal, run)
    return f"trial {number}, {run.status}: {found}; {settings}"


def _trial(goal: Goal, run: TrialRun, number: int, *, is_best: bool) -> trials.Trial:
    value = ranking.value(goal, run)
    kind = "failed" if value is None else _KINDS.get(run.status, "other")
    given = ((name, ranking.parameter(run, name)) for name in goal.parameters)
    settings = {name: setting for name, setting in given if setting is not None}
    return trials.Trial(number, value, settings, title(goal, run), "best" if is_best else kind)
