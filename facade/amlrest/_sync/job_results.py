# Generated from facade/amlrest/_async/job_results.py by `python codegen.py generate`; edit the async source.
"""Jobs as they are, and what they leave: logs, metrics, trials, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, overload

from amlrest._progress import shown_transfers
from amlrest._sync.run_history import History
from amlrest._sync.tracking import Tracking
from amlrest.errors import ResourceNotFoundError, ValidationError
from amlrest.names import name_of
from amlrest.resources.any_job import read_job
from amlrest.resources.base import of_kind
from amlrest.resources.jobs import CommandJob, Job
from amlrest.resources.trials import best, named_best, no_such_metric, sweep_of

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from amlrest._files.transfer import Progress, TransferResult
    from amlrest._sync.core import Core
    from amlrest.resources.results import TrialRun
    from amlrest.resources.tables import Trials

K = TypeVar("K", bound=Job)


class JobResults:
    """What can be read of jobs."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._scope = core.scope
        self._history = History(core)
        self._tracking = Tracking(core)

    @overload
    def get(self, job: str | Job, kind: type[K]) -> K: ...
    @overload
    def get(self, job: K, kind: None = None) -> K: ...
    @overload
    def get(self, job: str, kind: None = None) -> Job: ...
    def get(self, job: str | Job, kind: type[Any] | None = None) -> Any:
        """Get the current state of a job.

        Args:
            job: name, id or job.
            kind: the class that it has to be of: `CommandJob`, `SweepJob`; any when None.

        Raises:
            ResourceNotFoundError: it does not exist.
            ValidationError: it is of another class.
        """
        narrow = of_kind(kind or Job)
        return narrow(self._read(self._core.call("Jobs_Get", id=name_of_job(job))))

    def logs(self, job: str | Job) -> dict[str, str]:
        """Get the log files of a job or trial: name → URL with a temporary signature."""
        try:
            found = self._known(job)
        except ResourceNotFoundError:
            # A local workspace has trials as runs, not as jobs.
            logs = self._trial_logs(name_of_job(job))
            if logs is None:
                raise
            return logs
        return self._history.logs(found)

    def log_text(self, job: str | Job, name: str) -> str:
        """Get one log file of a job or trial as text.

        Raises:
            ResourceNotFoundError: the job has no such log.
        """
        logs = self.logs(job)
        if name not in logs:
            known = ", ".join(logs) or "none"
            raise ResourceNotFoundError(404, message=f"no log {name!r}; available: {known}")
        content = self._core.get_bytes(logs[name])
        return content.decode(errors="replace")

    def metrics(self, job: str | Job) -> dict[str, float]:
        """Get the last value of each metric of a job."""
        return self._tracking.metrics(name_of_job(job))

    def metric_history(self, job: str | Job, metric: str) -> Sequence[tuple[int, float]]:
        """Get all values of a metric, as (step, value).

        Raises:
            ResourceNotFoundError: the job has logged no such metric; names those that it has.
        """
        found = self._tracking.history(name_of_job(job), metric)
        if not found:
            known = self._tracking.metrics(name_of_job(job))
            raise ResourceNotFoundError(404, message=no_such_metric(metric, known))
        return found

    def trials(self, job: str | Job) -> Trials:
        """Get the trials of a sweep so far, by number.

        Returns:
            A list, which a notebook shows as a table from best to worst.

        Raises:
            ValidationError: it is a command job.
        """
        from amlrest.resources.tables import Trials
        from amlrest.resources.trial_ranking import goal_of

        sweep = self._known(job)
        if isinstance(sweep, CommandJob):
            raise ValidationError(f"{sweep.name} is a command job; only sweep jobs have trials")
        return Trials(self._tracking.trials(sweep), goal_of(sweep))

    def trials_frame(self, job: str | Job) -> Any:
        """Get the trials of a sweep so far as a pandas DataFrame, indexed by the trial's name.

        Returns:
            Columns ``status``, parameters as numbers where they are, last values of the metrics.

        Raises:
            AmlrestError: pandas is not installed.
            ValidationError: it is a command job.
        """
        from amlrest.resources.trial_frame import frame

        return frame(self.trials(job))

    def best_trial(self, job: str | Job) -> TrialRun | None:
        """Get the trial with the best primary metric; None while no trial has one.

        When the sweep has finished, it is the trial that the service names as the best. NaN,
        infinity and failed trials are never the best.
        """
        is_final = isinstance(job, Job) and job.is_finished
        sweep: Any = job if is_final else self.get(job)
        if getattr(sweep, "objective", None) is None:
            raise ValidationError(f"{name_of_job(job)} is not a sweep, so it has no best trial")
        return best(self.trials(sweep), sweep.objective, named_best(sweep))

    def download(
        self,
        job: str | Job,
        destination: str | Path,
        *,
        output_name: str | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        progress: bool | None = None,
    ) -> TransferResult:
        """Download what a job has written to ``./outputs``, and its logs.

        Of the job of a batch endpoint its predictions are downloaded too: the output `score`.

        Args:
            job: name, id or job.
            destination: folder to write to; created if it does not exist.
            output_name: only this named output; it is written to ``named-outputs/<name>``.
            on_progress: called with download progress.
            progress: whether to show the download; when None, in a notebook, unless there is
                `on_progress`.

        Raises:
            ResourceNotFoundError: the job has no such output.
        """
        with shown_transfers(progress, on_progress, "downloading", "downloaded") as report:
            return self._download(job, destination, output_name, report)

    def _download(
        self,
        job: str | Job,
        destination: str | Path,
        output_name: str | None,
        report: Callable[[Progress], None] | None,
    ) -> TransferResult:
        from amlrest._files.transfer import together
        from amlrest._sync import artifacts, job_outputs
        from amlrest.resources.batch_jobs import OUTPUT, is_batch_job, named_output_folder

        name = name_of_job(job)
        if output_name is not None:
            folder = named_output_folder(destination, output_name)
            return job_outputs.download(self._core, name, output_name, folder, report)
        found = artifacts.download(self._core, name, destination, report)
        known = job if isinstance(job, Job) and job.id else self._find(name)
        if not is_batch_job(known):
            return found
        folder = named_output_folder(destination, OUTPUT)
        try:
            score = job_outputs.download(self._core, name, OUTPUT, folder, report)
        except ResourceNotFoundError:  # it failed before it had one
            return found
        return together(found, score)

    def report(self, job: str | Job | Sequence[str | Job], path: str | os.PathLike[str]) -> Path:
        """Write a report of a job, or of several compared, as one HTML file that loads nothing.

        Plots, tables, the end of the log and the job as a YAML file are in it. Signatures of URLs
        and values of environment variables that look like secrets are not.

        Args:
            job: name, id or job; a name can be that of a trial. Or several of them: a sweep job
                is then compared by its best trial.
            path: the file, written whole; missing parent folders are created.

        Returns:
            The path.

        Raises:
            ValidationError: there is a file that is not a report, or it cannot be written.
            ResourceNotFoundError: a job does not exist.
        """
        from amlrest._sync.reporting import Reporter

        given = [job] if isinstance(job, str | Job) else job
        return Reporter(self._core).write([name_of_job(each) for each in given], path)

    def _known(self, job: str | Job) -> Any:
        """Return a job that was read already; the properties used of it do not change."""
        return job if isinstance(job, Job) and job.id else self.get(job)

    def _read(self, response: Any) -> Any:
        return read_job(response, self._scope.dialect)

    def _trial_logs(self, name: str) -> dict[str, str] | None:
        sweep = self._find(sweep_of(name))
        return None if sweep is None else self._history.trial_logs(sweep, name)

    def _find(self, name: str | None) -> Any:
        try:
            return None if name is None else self.get(name)
        except ResourceNotFoundError:
            return None


def name_of_job(job: str | Job) -> str:
    """Return the name of a job given by name, id or object.

    Raises:
        ValidationError: it has no name yet.
    """
    if isinstance(job, Job):
        if job.name is None:
            raise ValidationError("the job has no name; submit it first and use the returned job")
        return job.name
    return name_of("jobs", job)
