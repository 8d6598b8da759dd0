"""One job or trial as it is shown: its facts, bindings, metrics and files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from amlrest.charts import Markup
from amlrest.charts.curves import curve

from amlrest_emulator.context import Context
from amlrest_emulator.json_body import part
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.tracking.measurements import Extremes, History, Measurements
from amlrest_emulator.web import sweep_view, words
from amlrest_emulator.web.sweep_view import Goal, Trial
from amlrest_emulator.web.workspace_view import short_id

_MOST_POINTS = 300
_MOST_CHARTS = 24
_PLACES = frozenset({"dataId", "datastoreId", "uri", "value"})
"""Keys of a binding whose values need no name."""
_LONGEST_VALUE = 2000
_MOST_KEPT = 20_000

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of a run: its last value, and its plot if it has several."""

    name: str
    value: float
    count: int
    history: History
    chart: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job or trial.

    Attributes:
        record: its run.
        status: its status; of a trial that the policy has ended, ``Stopped early``.
        title: its display name.
        facts: names and values of what it is.
        command: its command line.
        inputs: name and value; outputs, parameters, tags and variables likewise.
    """

    record: RunRecord
    status: str
    title: str
    description: str
    facts: Pairs
    command: str
    inputs: Pairs
    outputs: Pairs
    parameters: Pairs
    tags: Pairs
    variables: Pairs

    @property
    def path(self) -> str:
        """Path of its page."""
        return f"/jobs/{quote(self.record.name, safe='')}"


@dataclass(slots=True)
class JobReader:
    """Reads jobs and what they have measured.

    Attributes:
        context: server context with a runner.
        measurements: MLflow's database.
    """

    context: Context
    measurements: Measurements
    _ended: dict[str, Extremes] = field(default_factory=dict)

    def find(self, name: str) -> Job | None:
        """Return a job or trial by name, None if there is none."""
        record = self.context.runner.services.runs.find(name)
        return _job(record, self._body(record), self._status(record)) if record else None

    def _body(self, record: RunRecord) -> Mapping[str, Any]:
        """Return the properties of a job; of a trial, those of its sweep with the trial's own."""
        workspace = self.context.identity.workspace_id
        found = self.context.state.get(f"{workspace}/jobs/{record.parent or record.name}")
        if found is None:
            return {}
        trial = part(found.properties, "trial")
        return {**found.properties, **trial} if record.kind != "command" else found.properties

    def _status(self, record: RunRecord) -> str:
        sweep = self.context.runner.services.runs.find(record.parent) if record.parent else None
        return sweep_view.status_of(sweep, record) if sweep else record.status

    def parameters(self, record: RunRecord) -> Pairs:
        """Return what a run has logged as parameters beside its hyperparameters."""
        own = {name.lstrip("-") for name in record.arguments}
        logged = self.measurements.parameters(record.run_id)
        return [pair for pair in logged.items() if pair[0] not in own]

    def metrics(self, record: RunRecord) -> list[Metric]:
        """Return the metrics of a run; the first ones that have a history with a plot."""
        last = self.measurements.latest(record.run_id)
        found = self.measurements.histories(record.run_id, _MOST_POINTS)
        several = [name for name, values in found.items() if values.total > 1]
        shown = set(several[:_MOST_CHARTS])
        empty = History([], 0)
        return [
            _metric(name, value, found.get(name, empty), with_chart=name in shown)
            for name, value in last.items()
        ]

    def trials(self, sweep: RunRecord) -> tuple[list[Trial], Goal]:
        """Return the trials of a sweep, and its goal."""
        records = self.context.runner.services.runs.trials(sweep.name)
        goal = sweep_view.goal_of(sweep.plan)
        return sweep_view.trials_of(sweep, records, self._extremes(goal.metric, records)), goal

    def _extremes(self, metric: str, records: Iterable[RunRecord]) -> dict[str, Extremes]:
        """Return the extremes of trials; those of ended ones, which do not change, are kept."""
        known = {record.run_id: record for record in records if record.run_id}
        wanted = [run_id for run_id in known if run_id not in self._ended]
        found = self.measurements.extremes(metric, wanted)
        kept = {run_id: self._ended[run_id] for run_id in known if run_id in self._ended}
        if len(self._ended) > _MOST_KEPT:
            self._ended.clear()
        self._ended.update(
            (run_id, each) for run_id, each in found.items() if known[run_id].ended is not None
        )
        return {**kept, **found}

    def neighbours(self, trial: RunRecord) -> tuple[str, str]:
        """Return the names of the trials before and after a trial, "" where there is none."""
        number = trial.name.rpartition("_")[2]
        if not number.isdecimal():
            return "", ""
        near = [f"{trial.parent}_{int(number) + step}" for step in (-1, 1)]
        runs = self.context.runner.services.runs
        before, after = (found.name if (found := runs.find(name)) else "" for name in near)
        return before, after


def readable_error(error: sqlite3.Error) -> str:
    """Return why metrics are not shown."""
    return f"The metrics cannot be read from MLflow's database now: {error}. Reload the page."


def _metric(name: str, value: float, values: History, *, with_chart: bool) -> Metric:
    chart = curve(name, {"": values.points}) if with_chart else ""
    return Metric(name, value, values.total, values, chart)


def _job(record: RunRecord, body: Mapping[str, Any], status: str) -> Job:
    return Job(
        record,
        status,
        _text(body.get("displayName")) if not record.parent else "",
        _text(body.get("description")),
        _facts(record, body),
        _text(body.get("command")),
        _bindings(part(body, "inputDataBindings")),
        _bindings(part(body, "outputDataBindings")),
        [(name.lstrip("-"), words.number(value)) for name, value in record.arguments.items()],
        _pairs(part(body, "tags")),
        _pairs(part(body, "environmentVariables")),
    )


def _facts(record: RunRecord, body: Mapping[str, Any]) -> Pairs:
    plan = part(record.plan, "trial") if record.kind == "sweep" else record.plan
    nodes = plan.get("nodes") or 1
    compute = plan.get("compute") or ""
    facts = {
        "Type": record.kind,
        "Experiment": record.experiment,
        "Compute": f"{compute} ({nodes} nodes)" if nodes > 1 else compute,
        "Environment": short_id(_text(body.get("environmentId"))),
        "Code": short_id(_text(body.get("codeId"))),
        "Created": words.moment(record.created),
        "Started": words.moment(record.started),
        "Ended": words.moment(record.ended),
        "Timeout": words.duration(plan.get("timeout")),
        **(_sweep_facts(record.plan) if record.kind == "sweep" else {}),
    }
    return [(name, str(value)) for name, value in facts.items() if value]


def _sweep_facts(plan: Mapping[str, Any]) -> dict[str, str]:
    policy = part(plan, "policy")
    return {
        "Timeout": words.duration(plan.get("timeout")),
        "Goal": f"{plan.get('goal')} {plan.get('metric')}",
        "Sampling": _text(plan.get("algorithm")).lower(),
        "Trials": f"{plan.get('max_total')}, {plan.get('max_concurrent')} at once",
        "Early termination": _text(policy.get("policyType")).lower(),
    }


def _bindings(bindings: Mapping[str, Any]) -> Pairs:
    """Return inputs or outputs, each with all that is said of it in one line."""
    return [(name, binding(value)) for name, value in bindings.items()]


def binding(value: Any) -> str:
    """Return an input or output of a request as people read it, what or where it is first."""
    if not isinstance(value, Mapping):
        return _cut(words.number(value))
    said = [(key, item) for key, item in value.items() if isinstance(item, str | int | float)]
    said.sort(key=lambda pair: not pair[0].lower().endswith(("id", "uri", "path", "value")))
    shown = [(f"{key}: " if key not in _PLACES else "") + short_id(str(item)) for key, item in said]
    return _cut("; ".join(shown))


def _pairs(values: Mapping[str, Any]) -> Pairs:
    return [(name, _cut(words.number(value))) for name, value in values.items()]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
