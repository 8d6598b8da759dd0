"""Execution of a sweep: sampling, trials, early termination, best trial."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from amlrest_emulator.runner.bayesian import Observation, suggest
from amlrest_emulator.runner.early_termination import (
    Policy,
    evaluation_points,
    read_policy,
    trials_to_terminate,
)
from amlrest_emulator.runner.execution import Execution, Outcome
from amlrest_emulator.runner.plan import SweepPlan
from amlrest_emulator.runner.run_store import TERMINAL, RunRecord
from amlrest_emulator.runner.search_space import samples
from amlrest_emulator.runner.services import Services

_WATCH_INTERVAL = 1.0


class Sweep:
    """Runs one sweep, or resumes it after a restart.

    Args:
        services: shared services.
        record: run of the sweep.
    """

    def __init__(self, services: Services, record: RunRecord) -> None:
        self._services = services
        self._record = record
        self._plan = SweepPlan.from_json(record.plan)
        self._policy = read_policy(self._plan.policy) if self._plan.policy else None
        self._running: dict[str, asyncio.Task[Outcome]] = {}
        self._evaluated: dict[str, int] = {}
        self._ended: dict[str, list[float]] = {}

    async def run(self) -> None:
        """Run the trials until all have ended, or the sweep times out or is cancelled."""
        try:
            async with asyncio.timeout(self._plan.timeout):
                await self._track()
                await self._trials()
            status, error = "", ""
        except TimeoutError:
            status, error = (
                "Canceled",
                f"The sweep exceeded its timeout of {self._plan.timeout:g} s.",
            )
        except asyncio.CancelledError:
            if self._services.stopping.is_set():
                await self._cancel_trials()
                return
            status, error = "Canceled", "The sweep was canceled."
        await self._cancel_trials()
        await self._finish(status, error)

    async def _track(self) -> None:
        started = self._record.started or time.time()
        if not self._record.run_id:
            run = await asyncio.to_thread(
                self._services.tracking.create_run,
                self._record.name,
                self._record.experiment,
                "",
                {},
            )
            self._services.runs.update(
                self._record.name, run_id=run.run_id, experiment_id=run.experiment_id
            )
        self._record = self._services.runs.update(
            self._record.name, status="Running", started=started
        )

    async def _trials(self) -> None:
        created = self._services.runs.trials(self._record.name)
        self._created = len(created)
        self._samples = itertools.islice(self._sequence(), self._created, None)
        watcher = asyncio.create_task(self._watch()) if self._policy else None
        for trial in created:
            if trial.status not in TERMINAL:
                self._start(trial)
        try:
            await self._fill()
            while self._running:
                await asyncio.wait(self._awaitables(watcher), return_when=asyncio.FIRST_COMPLETED)
                if watcher is not None and watcher.done():
                    watcher.result()
                for name in [name for name, task in self._running.items() if task.done()]:
                    self._running.pop(name).result()
                await self._fill()
        finally:
            if watcher is not None:
                watcher.cancel()

    def _awaitables(self, watcher: asyncio.Task[None] | None) -> set[asyncio.Task[Any]]:
        return {*self._running.values(), *([watcher] if watcher else [])}

    def _sequence(self) -> Iterator[dict[str, Any]]:
        plan = self._plan
        return samples(plan.search_space, plan.algorithm, plan.seed)

    async def _fill(self) -> None:
        while self._created < self._plan.max_total:
            if len(self._running) >= self._plan.max_concurrent:
                return
            arguments = await self._next_arguments()
            if arguments is None:
                return
            self._start(self._new_trial(self._created, arguments))
            self._created += 1

    async def _next_arguments(self) -> dict[str, Any] | None:
        """Return the hyperparameters of the next trial, or None while they are not known."""
        if self._plan.algorithm != "Bayesian":
            return next(self._samples, None)
        # Which of the concurrent trials have ended depends on time: only those before them count,
        # so that the same results always lead to the same trials.
        trials = self._services.runs.trials(self._record.name)
        counted = max(0, self._created - self._plan.max_concurrent + 1)
        if any(trial.status not in TERMINAL for trial in trials[:counted]):
            return None
        return await asyncio.to_thread(self._suggestion, trials, counted)

    def _suggestion(self, trials: list[RunRecord], counted: int) -> dict[str, Any]:
        plan = self._plan
        observed = [
            Observation(trial.arguments, self._value(trial)) for trial in trials[:counted]
        ] + [Observation(trial.arguments, ended=False) for trial in trials[counted:]]
        return suggest(plan.search_space, plan.seed, plan.goal, observed)

    def _value(self, trial: RunRecord) -> float | None:
        """Return the best value that an ended trial has logged, unless it failed."""
        if trial.status != "Completed":
            return None
        best = best_trial({trial.name: self._history(trial)}, self._plan.goal)
        return best[1] if best else None

    def _history(self, trial: RunRecord) -> list[float]:
        """Return what a trial has logged of the primary metric; of an ended one it is read once."""
        if not trial.run_id:
            return []
        if trial.name in self._ended:
            return self._ended[trial.name]
        values = self._services.tracking.metric_history(trial.run_id, self._plan.metric)
        if trial.status in TERMINAL:
            self._ended[trial.name] = values
        return values

    def _start(self, trial: RunRecord) -> None:
        execution = Execution(self._services, trial, self._record.run_id)
        self._running[trial.name] = asyncio.create_task(execution.run(), name=trial.name)

    def _new_trial(self, number: int, arguments: dict[str, Any]) -> RunRecord:
        record = RunRecord(
            name=f"{self._record.name}_{number}",
            kind="trial",
            status="Queued",
            experiment=self._record.experiment,
            plan=replace(self._plan.trial, arguments=arguments).to_json(),
            parent=self._record.name,
            arguments=arguments,
            created=time.time(),
        )
        self._services.runs.add(record)
        return record

    async def _cancel_trials(self) -> None:
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)
        self._running.clear()

    async def _watch(self) -> None:
        while self._policy is not None:
            await asyncio.sleep(_WATCH_INTERVAL)
            await self._apply(self._policy)

    async def _apply(self, policy: Policy) -> None:
        series = await asyncio.to_thread(self._series)
        for name, values in series.items():
            points = evaluation_points(policy, self._evaluated.get(name, 0), len(values))
            self._evaluated[name] = max(len(values), self._evaluated.get(name, 0))
            for point in points:
                if name in trials_to_terminate(policy, self._plan.goal, series, {name: point}):
                    self._terminate(name)

    def _terminate(self, name: str) -> None:
        task = self._running.get(name)
        if task is not None and not task.cancelling():
            self._services.runs.update(name, status="CancelRequested")
            task.cancel()

    def _series(self) -> dict[str, list[float]]:
        trials = self._services.runs.trials(self._record.name)
        series = {trial.name: self._history(trial) for trial in trials}
        return {name: values for name, values in series.items() if values}

    async def _finish(self, status: str, error: str) -> None:
        series = await asyncio.to_thread(self._series)
        trials = self._services.runs.trials(self._record.name)
        failed = {trial.name for trial in trials if trial.status == "Failed"}
        good = {name: values for name, values in series.items() if name not in failed}
        best = best_trial(good, self._plan.goal)
        if not status:
            status, error = verdict(trials, good, self._plan.metric)
        outcome = {"best_child_run_id": best[0], "score": best[1]} if best else {}
        if self._record.run_id:
            await asyncio.to_thread(self._services.tracking.finish_run, self._record.run_id, status)
        self._services.end_run(
            self._record.name, status=status, ended=time.time(), error=error, outcome=outcome
        )


def best_trial(series: dict[str, list[float]], goal: str) -> tuple[str, float] | None:
    """Return name and score of the trial with the best logged value, the first if equal.

    NaN and infinity are no values.
    """
    choose = min if goal == "minimize" else max
    finite = {name: list(filter(math.isfinite, values)) for name, values in series.items()}
    scores = {name: choose(values) for name, values in finite.items() if values}
    if not scores:
        return None
    best = choose(scores, key=lambda name: scores[name])
    return best, scores[best]


def verdict(
    trials: list[RunRecord], series: dict[str, list[float]], metric: str
) -> tuple[str, str]:
    """Return status and error of a sweep after its last trial, with what its trials logged."""
    unfinished = [trial.name for trial in trials if trial.status not in TERMINAL]
    with contextlib.suppress(StopIteration):
        first = next(trial for trial in trials if trial.status == "Failed")
        if all(trial.status == "Failed" for trial in trials):
            return "Failed", f"All {len(trials)} trials failed. {first.name}: {first.error}"
    if unfinished:
        return "Failed", f"{unfinished[0]} has not ended."
    if not series:
        return "Failed", f"No trial logged the primary metric {metric!r} to MLflow."
    if not any(map(math.isfinite, itertools.chain(*series.values()))):
        return "Failed", f"All values of the primary metric {metric!r} are NaN or infinite."
    return "Completed", ""
