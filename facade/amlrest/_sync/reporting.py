# Generated from facade/amlrest/_async/reporting.py by `python codegen.py generate`; edit the async source.
"""Reports: read everything that one shows, and write it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from amlrest._paths import expand_user
from amlrest._runtime import sync as rt
from amlrest._sync.artifacts import sizes
from amlrest._sync.run_history import History, message_of
from amlrest._sync.tracking import Tracking
from amlrest.errors import AmlrestError, ResourceNotFoundError, ValidationError
from amlrest.report import files, page
from amlrest.report.facts import Failure, LogEnd, RunFacts
from amlrest.resources.any_job import read_job
from amlrest.resources.base import moment
from amlrest.resources.results import TrialRun
from amlrest.resources.trial_ranking import best, goal_of
from amlrest.resources.trials import sweep_of
from attrs import evolve

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from amlrest._sync.core import Core
    from amlrest.report.facts import History as MetricHistory

_MOST_METRICS = 100
_MOST_FAILURES = 20
_AT_ONCE, _JOBS_AT_ONCE = 8, 4
_LOG_LINES = 40


class Reporter:
    """Reads what reports show; what cannot be read becomes a note in the report."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._history = History(core)
        self._tracking = Tracking(core)

    def write(self, names: Sequence[str], path: str | os.PathLike[str]) -> Path:
        """Write the report of one or several jobs or trials; see `Jobs.report`."""
        if not names:
            raise ValidationError("no job is given to report on; give at least one")
        file = expand_user(path)
        rt.in_thread(files.check, file)
        reads = [partial(self._subject, name) for name in dict.fromkeys(names)]
        found = rt.gather(*reads, limit=_JOBS_AT_ONCE)
        rt.in_thread(files.write, file, rt.in_thread(page, found))
        return file

    def _subject(self, name: str) -> RunFacts:
        """Read a job, or a trial, which a local workspace has as a run, not as a job."""
        try:
            job = self._job(name)
        except ResourceNotFoundError:
            sweep = sweep_of(name)
            job = self._job(sweep) if sweep else None
            if job is None or self._history.trial_logs(job, name) is None:
                raise
            return self._run(job, name, is_trial=True)
        facts = self._run(job, job.name, is_trial=False)
        return facts if goal_of(job) is None else self._sweep(facts)

    def _job(self, name: str) -> Any:
        response = self._core.call("Jobs_Get", id=name)
        return read_job(response, self._core.scope.dialect)

    def _run(self, job: Any, run: str, *, is_trial: bool) -> RunFacts:
        notes: list[str] = []
        empty = TrialRun(run, "Unknown" if is_trial else job.status or "Unknown")
        details, tracked, outputs = rt.gather(
            partial(_attempt, notes, "The run", {}, partial(self._history.details_of, job, run)),
            partial(_attempt, notes, "Metrics", empty, partial(self._tracked, run, empty)),
            partial(_attempt, notes, "The list of files", None, partial(sizes, self._core, run)),
        )
        log, histories = rt.gather(
            partial(_attempt, notes, "The log", LogEnd(), partial(self._log, details)),
            partial(_attempt, notes, "Histories", {}, partial(self._histories, tracked, notes)),
        )
        return RunFacts(
            job=job,
            run=_timed(tracked, details, None if is_trial else job.status),
            read_at=datetime.now(UTC),
            is_trial=is_trial,
            error=_error(details),
            log=log,
            outputs=outputs,
            histories=histories,
            notes=notes,
        )

    def _sweep(self, facts: RunFacts) -> RunFacts:
        goal, notes = goal_of(facts.job), [*facts.notes]
        read = partial(self._tracking.trials, facts.job)
        trials = _attempt(notes, "Trials", [], read)
        winner = best(goal, trials) if goal else None
        failed = [run for run in trials if run.status == "Failed"][:_MOST_FAILURES]
        failures = rt.gather(
            *(partial(self._failure, facts.job, run, notes) for run in failed), limit=_AT_ONCE
        )
        shown = self._run(facts.job, winner.name, is_trial=True) if winner else None
        return evolve(facts, trials=trials, best=shown, failures=failures, notes=notes)

    def _tracked(self, run: str, empty: TrialRun) -> TrialRun:
        try:
            return self._tracking.run(run)
        except ResourceNotFoundError:
            return empty  # it has not begun

    def _histories(self, run: TrialRun, notes: list[str]) -> dict[str, MetricHistory]:
        names = sorted(run.metrics)
        if len(names) > _MOST_METRICS:
            notes.append(
                f"{len(names)} metrics; those up to {names[_MOST_METRICS - 1]} are plotted."
            )
        names = names[:_MOST_METRICS]
        read = (partial(self._tracking.history, run.name, name) for name in names)
        return dict(zip(names, rt.gather(*read, limit=_AT_ONCE), strict=True))

    def _failure(self, job: Any, run: TrialRun, notes: list[str]) -> Failure:
        read = partial(self._history.details_of, job, run.name)
        details = _attempt(notes, f"Trial {run.name}", {}, read)
        log = _attempt(notes, f"The log of {run.name}", LogEnd(), partial(self._log, details))
        return Failure(run=run, error=_error(details), log=log)

    def _log(self, details: dict[str, Any]) -> LogEnd:
        name, text = self._history.log_end(details, _LOG_LINES)
        return LogEnd(name=name, text=text)


def _attempt(notes: list[str], what: str, default: Any, call: Callable[[], Any]) -> Any:
    """Return what a call returns; after an error, the default, and a note why."""
    try:
        return call()
    except AmlrestError as error:
        notes.append(f"{what} could not be read: {error}")
        return default


def _error(details: dict[str, Any]) -> str:
    found = details.get("error")
    return message_of(found) if found else ""


def _timed(run: TrialRun, details: dict[str, Any], status: str | None) -> TrialRun:
    """Return a run with the times of the run history and the status of the job, if known."""
    return evolve(
        run,
        status=status or run.status,
        started_at=moment(details.get("startTimeUtc")) or run.started_at,
        ended_at=moment(details.get("endTimeUtc")) or run.ended_at,
    )
