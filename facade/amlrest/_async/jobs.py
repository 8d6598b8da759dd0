"""Jobs of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from amlrest._async.run_history import History
from amlrest._async.single_flight import SingleFlight
from amlrest._async.tracking import Tracking
from amlrest._http import polling
from amlrest._http.deadline import Deadline
from amlrest._runtime import aio as rt
from amlrest._wire import request_body, same_as_sent
from amlrest._wire.origin import located
from amlrest.errors import (
    AmlrestError,
    BadRequestError,
    ConflictError,
    ResourceNotFoundError,
    ValidationError,
)
from amlrest.names import name_of, new_job_name
from amlrest.resources import job_validation
from amlrest.resources.any_job import read_job
from amlrest.resources.job_filter import matches
from amlrest.resources.job_shape import fit, without_default_paths
from amlrest.resources.jobs import ComputeJob, Job
from amlrest.resources.trials import best, named_best, no_such_metric, sweep_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from pathlib import Path

    from amlrest._async.core import Core
    from amlrest._async.job_watch import Watch
    from amlrest._files.transfer import Progress, TransferResult
    from amlrest.resources.results import JobEvent, TrialRun

J = TypeVar("J", bound=ComputeJob)

_LAST_READ = 10.0
"""Seconds to find out whether a job was accepted although every response was lost."""


class Jobs:
    """Command and sweep jobs (``Jobs_*``), their runs, logs and files."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = core.scope
        self._history = History(core)
        self._tracking = Tracking(core)

    async def submit(self, job: J, *, on_progress: Callable[[Progress], None] | None = None) -> J:
        """Submit a job, exactly once.

        New environments, code and inputs are registered first. The job's name is chosen before
        the request, so a retry never creates a second job.

        Files are checked before anything is sent, and nothing is registered when the name is
        taken by another job, or when the compute, or an asset or datastore it refers to, does
        not exist. What was registered for a job that the service rejects for another reason is
        kept and reused: its version is its content.

        Args:
            job: a `CommandJob` or `SweepJob`; without a name it gets a GUID.
            on_progress: called with upload progress.

        Returns:
            The job in the workspace. If the same job exists under that name, that job, with
            ``created`` False.

        Raises:
            ValidationError: the job is invalid; nothing was sent.
            ResourceNotFoundError: something the job refers to does not exist; nothing was
                registered.
            ResourceExistsError: the name is taken by another job; nothing was registered.
        """
        with located(job):
            return cast("J", await self._submit(job, on_progress))

    async def _submit(self, job: Any, on_progress: Callable[[Progress], None] | None) -> Any:
        job_validation.check_job(job, self._scope)
        from amlrest._async.submission import prepare

        same_name = SingleFlight(lambda: self._find(job.name))
        ready, found = await rt.gather(
            lambda: prepare(self._core, job, on_progress, same_name), same_name.get
        )
        ready.name = ready.name or new_job_name()
        fit(ready, later=self._scope.dialect is not None)
        if found is not None:
            return self._reuse(ready, found)
        return await self._put(ready)

    async def get(self, job: str | Job) -> Any:
        """Get the current state of a job by name, id or job.

        Raises:
            ResourceNotFoundError: it does not exist.
        """
        return self._read(await self._core.call("Jobs_Get", id=_named(job)))

    async def list(
        self,
        *,
        job_type: str | None = None,
        status: str | None = None,
        experiment_name: str | None = None,
        tags: Mapping[str, str] | None = None,
        properties: Mapping[str, str] | None = None,
    ) -> AsyncIterator[Any]:
        """Yield jobs, page by page.

        Args:
            job_type: ``Command`` or ``Sweep``; the service filters by it.
            status: only jobs with this status; filtered here.
            experiment_name: only jobs of this experiment; filtered here.
            tags: only jobs with these tags; filtered here.
            properties: only jobs with these properties; filtered here.
        """
        kind = job_type.capitalize() if job_type else None
        async for item in self._core.pages("Jobs_List", job_type=kind):
            job = self._read(item)
            if matches(job, status, experiment_name, tags, properties):
                yield job

    async def update(self, job: Job) -> Any:
        """Update description and tags of a job that was read."""
        body = request_body(job, self._scope)
        return self._read(await self._core.call("Jobs_CreateOrUpdate", body, id=_named(job)))

    async def cancel(self, job: str | Job) -> None:
        """Request the cancellation of a job; `wait` returns when it is canceled.

        A job that is canceled already is what was asked for, also when the response to the
        request that canceled it was lost.

        Raises:
            BadRequestError: it has ended otherwise.
        """
        try:
            await self._core.call("Jobs_Cancel", id=_named(job), repeatable=True)
        except BadRequestError:
            found = await self.get(job)
            if found.status != "Canceled":
                raise

    async def delete(self, job: str | Job, *, timeout: float | None = None) -> bool:
        """Delete a job.

        Args:
            job: name, id or job.
            timeout: maximum seconds to wait.

        Returns:
            Whether there was something to delete.
        """
        return await self._core.delete("Jobs_Delete", timeout=timeout, id=_named(job))

    async def wait(
        self,
        job: str | Job,
        *,
        timeout: float | None = None,
        on_status: Callable[[str], None] | None = None,
        poll_interval: float | None = None,
        raise_on_failure: bool = True,
    ) -> Any:
        """Wait until a job is Completed, Failed or Canceled.

        Transient errors do not end the wait once the job was read; the logger ``amlrest`` warns
        of them once. After the deadline or Ctrl-C the job continues to run; wait again with its
        name.

        Args:
            job: name, id or job.
            timeout: maximum seconds to wait; no limit when None.
            on_status: called with each new status.
            poll_interval: seconds between polls; when None it grows from 0.5 to 10, at a local
                workspace to 1.
            raise_on_failure: whether to raise for a job that did not complete.

        Raises:
            DeadlineError: the job is still running.
            JobFailedError: it failed (JobCanceledError: was canceled); has the job, its error and
                the end of its log.
        """
        watch = self._watch(job, timeout, poll_interval)
        return await watch.until_finished(on_status, raise_on_failure=raise_on_failure)

    async def stream(
        self, job: str | Job, *, timeout: float | None = None, poll_interval: float | None = None
    ) -> AsyncIterator[JobEvent]:
        """Yield the events of a job until it finishes: new statuses and log lines.

        Args:
            job: name, id or job.
            timeout: maximum seconds to wait; no limit when None.
            poll_interval: seconds between polls; when None it grows from 0.5 to 10, at a local
                workspace to 1.

        Raises:
            DeadlineError: the job is still running.
            TransportError: it finished, but a log could not be read completely.
        """
        watch = self._watch(job, timeout, poll_interval)
        async for event in watch.events():
            yield event

    async def logs(self, job: str | Job) -> dict[str, str]:
        """Get the log files of a job or trial: name → URL with a temporary signature."""
        try:
            found = await self._known(job)
        except ResourceNotFoundError:
            # A local workspace has trials as runs, not as jobs.
            logs = await self._trial_logs(_named(job))
            if logs is None:
                raise
            return logs
        return await self._history.logs(found)

    async def log_text(self, job: str | Job, name: str) -> str:
        """Get one log file of a job or trial as text.

        Raises:
            ResourceNotFoundError: the job has no such log.
        """
        logs = await self.logs(job)
        if name not in logs:
            known = ", ".join(logs) or "none"
            raise ResourceNotFoundError(404, message=f"no log {name!r}; available: {known}")
        content = await self._core.get_bytes(logs[name])
        return content.decode(errors="replace")

    async def metrics(self, job: str | Job) -> dict[str, float]:
        """Get the last value of each metric of a job."""
        return await self._tracking.metrics(_named(job))

    async def metric_history(self, job: str | Job, metric: str) -> Sequence[tuple[int, float]]:
        """Get all values of a metric, as (step, value).

        Raises:
            ResourceNotFoundError: the job has logged no such metric; names those that it has.
        """
        found = await self._tracking.history(_named(job), metric)
        if not found:
            known = await self._tracking.metrics(_named(job))
            raise ResourceNotFoundError(404, message=no_such_metric(metric, known))
        return found

    async def trials(self, job: str | Job) -> Sequence[TrialRun]:
        """Get the trials of a sweep so far."""
        sweep = await self._known(job)
        return await self._tracking.trials(_named(sweep), sweep.experiment_name)

    async def trials_frame(self, job: str | Job) -> Any:
        """Get the trials of a sweep so far as a pandas DataFrame, indexed by the trial's name.

        Returns:
            Columns ``status``, parameters as numbers where they are, last values of the metrics.

        Raises:
            AmlrestError: pandas is not installed.
        """
        from amlrest.resources.trial_frame import frame

        return frame(await self.trials(job))

    async def best_trial(self, job: str | Job) -> TrialRun | None:
        """Get the trial with the best primary metric; None while no trial has one.

        When the sweep has finished, it is the trial that the service names as the best. NaN,
        infinity and failed trials are never the best.
        """
        is_final = isinstance(job, Job) and job.is_finished
        sweep: Any = job if is_final else await self.get(job)
        if getattr(sweep, "objective", None) is None:
            raise ValidationError(f"{_named(job)} is not a sweep, so it has no best trial")
        return best(await self.trials(sweep), sweep.objective, named_best(sweep))

    async def download(
        self,
        job: str | Job,
        destination: str | Path,
        *,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> TransferResult:
        """Download the outputs and logs of a job.

        Args:
            job: name, id or job.
            destination: folder to write to; created if it does not exist.
            on_progress: called with download progress.
        """
        from amlrest._async.artifacts import download

        return await download(self._core, _named(job), destination, on_progress)

    def _watch(self, job: str | Job, timeout: float | None, poll_interval: float | None) -> Watch:
        from amlrest._async.job_watch import Watch

        seen = isinstance(job, Job) and job.id is not None
        return Watch(self._core, self._history, _named(job), timeout, poll_interval, seen=seen)

    async def _known(self, job: str | Job) -> Any:
        """Return a job that was read already; the properties used of it do not change."""
        return job if isinstance(job, Job) and job.id else await self.get(job)

    def _read(self, response: Any) -> Any:
        return read_job(response, self._scope.dialect)

    async def _trial_logs(self, name: str) -> dict[str, str] | None:
        sweep = await self._find(sweep_of(name))
        return None if sweep is None else await self._history.trial_logs(sweep, name)

    async def _find(self, name: str | None) -> Any:
        try:
            return None if name is None else await self.get(name)
        except ResourceNotFoundError:
            return None

    async def _put(self, job: ComputeJob) -> Any:
        body = request_body(job, self._scope)
        try:
            response = await self._core.call("Jobs_CreateOrUpdate", body, id=job.name)
        except (BadRequestError, ConflictError) as error:
            # An earlier attempt may have been accepted although its response was lost.
            found = await self._find(job.name)
            if found is None or not (isinstance(error, ConflictError) or self._is_same(job, found)):
                raise
            return self._reuse(job, found)
        except AmlrestError as error:
            if not polling.is_transient(error):
                raise
            created = self._reuse(job, await self._accepted(job, error))
        else:
            created = self._read(response)
        created.created = True
        return created

    async def _accepted(self, job: ComputeJob, error: AmlrestError) -> Any:
        """Get a job that was accepted although every response was lost; else raise the error."""
        try:
            return self._read(
                await self._core.call("Jobs_Get", id=job.name, deadline=Deadline(_LAST_READ))
            )
        except ResourceNotFoundError:
            raise error from None
        except AmlrestError:
            error.add_note(f"it may have been accepted; check with jobs.get({job.name!r})")
            raise error from None

    def _is_same(self, job: ComputeJob, found: Any) -> bool:
        sent = request_body(without_default_paths(job), self._scope)
        return same_as_sent(sent, found.raw)

    def _reuse(self, job: ComputeJob, found: Any) -> Any:
        if not self._is_same(job, found):
            from amlrest._async.preconditions import name_taken

            raise name_taken(found)
        found.created = False
        return found


def _named(job: str | Job) -> str:
    if isinstance(job, Job):
        if job.name is None:
            raise ValidationError("the job has no name; submit it first and use the returned job")
        return job.name
    return name_of("jobs", job)
