"""Reports: read everything that one shows, and write it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve

from amlrest._async.artifacts import sizes
from amlrest._async.run_history import History, message_of
from amlrest._async.tracking import Tracking
from amlrest._paths import expand_user
from amlrest._runtime import aio as rt
from amlrest.errors import AmlrestError, ResourceNotFoundError, ValidationError
from amlrest.report import files, page
from amlrest.report.facts import Failure, LogEnd, RunFacts
from amlrest.resources.any_job import read_job
from amlrest.resources.base import moment
from amlrest.resources.results import TrialRun
from amlrest.resources.trial_ranking import best, goal_of
from amlrest.resources.trials import sweep_of

if TYPE_CHECKING:
    import os
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from amlrest._async.core import Core
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

    async def write(self, names: Sequence[str], path: str | os.PathLike[str]) -> Path:
        """Write the report of one or several jobs or trials; see `Jobs.report`."""
        if not names:
            raise ValidationError("no job is given to report on; give at least one")
        file = expand_user(path)
        await rt.in_thread(files.check, file)
        reads = [partial(self._subject, name) for name in dict.fromkeys(names)]
        found = await rt.gather(*reads, limit=_JOBS_AT_ONCE)
        await rt.in_thread(files.write, file, await rt.in_thread(page, found))
        return file

    async def _subject(self, name: str) -> RunFacts:
        """Read a job, or a trial, which a local workspace has as a run, not as a job."""
        try:
            job = await self._job(name)
        except ResourceNotFoundError:
            sweep = sweep_of(name)
            job = await self._job(sweep) if sweep else None
            if job is None or await self._history.trial_logs(job, name) is None:
                raise
            return await self._run(job, name, is_trial=True)
        facts = await self._run(job, job.name, is_trial=False)
        return facts if goal_of(job) is None else await self._sweep(facts)

    async def _job(self, name: str) -> Any:
        response = await self._core.call("Jobs_Get", id=name)
        return read_job(response, self._core.scope.dialect)

    async def _run(self, job: Any, run: str, *, is_trial: bool) -> RunFacts:
        notes: list[str] = []
        empty = TrialRun(run, "Unknown" if is_trial else job.status or "Unknown")
        details, tracked, outputs = await rt.gather(
            partial(_attempt, notes, "The run", {}, partial(self._history.details_of, job, run)),
            partial(_attempt, notes, "Metrics", empty, partial(self._tracked, run, empty)),
            partial(_attempt, notes, "The list of files", None, partial(sizes, self._core, run)),
        )
        log, histories = await rt.gather(
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

    async def _sweep(self, facts: RunFacts) -> RunFacts:
        goal, notes = goal_of(facts.job), [*facts.notes]
        read = partial(self._tracking.trials, facts.job)
        trials = await _attempt(notes, "Trials", [], read)
        winner = best(goal, trials) if goal else None
        failed = [run for run in trials if run.status == "Failed"][:_MOST_FAILURES]
        failures = await rt.gather(
            *(partial(self._failure, facts.job, run, notes) for run in failed), limit=_AT_ONCE
        )
        shown = await self._run(facts.job, winner.name, is_trial=True) if winner else None
        return evolve(facts, trials=trials, best=shown, failures=failures, notes=notes)

    async def _tracked(self, run: str, empty: TrialRun) -> TrialRun:
        try:
            return await self._tracking.run(run)
        except ResourceNotFoundError:
            return empty  # it has not begun

    async def _histories(self, run: TrialRun, notes: list[str]) -> dict[str, MetricHistory]:
        names = sorted(run.metrics)
        if len(names) > _MOST_METRICS:
            notes.append(
                f"{len(names)} metrics; those up to {names[_MOST_METRICS - 1]} are plotted."
            )
        names = names[:_MOST_METRICS]
        read = (partial(self._tracking.history, run.name, name) for name in names)
        return dict(zip(names, await rt.gather(*read, limit=_AT_ONCE), strict=True))

    async def _failure(self, job: Any, run: TrialRun, notes: list[str]) -> Failure:
        read = partial(self._history.details_of, job, run.name)
        details = await _attempt(notes, f"Trial {run.name}", {}, read)
        log = await _attempt(notes, f"The log of {run.name}", LogEnd(), partial(self._log, details))
        return Failure(run=run, error=_error(details), log=log)

    async def _log(self, details: dict[str, Any]) -> LogEnd:
        name, text = await self._history.log_end(details, _LOG_LINES)
        return LogEnd(name=name, text=text)


async def _attempt(
    notes: list[str], what: str, default: Any, call: Callable[[], Awaitable[Any]]
) -> Any:
    """Return what a call returns; after an error, the default, and a note why."""
    try:
        return await call()
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
