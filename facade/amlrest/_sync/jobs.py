# Generated from facade/amlrest/_async/jobs.py by `python codegen.py generate`; edit the async source.
"""Jobs of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack, cast, overload

from amlrest._http import polling
from amlrest._http.deadline import Deadline
from amlrest._progress import open_display, shown_transfers
from amlrest._runtime import sync as rt
from amlrest._sync.job_results import JobResults, K, name_of_job
from amlrest._sync.listing import Listing
from amlrest._sync.single_flight import SingleFlight
from amlrest._wire import request_body, same_as_sent
from amlrest._wire.origin import located
from amlrest.errors import (
    AmlrestError,
    BadRequestError,
    ConflictError,
    ResourceNotFoundError,
)
from amlrest.names import new_job_name
from amlrest.resources.base import is_of, view_of
from amlrest.resources.job_filter import matches
from amlrest.resources.jobs import ComputeJob, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from amlrest._files.transfer import Progress
    from amlrest._progress.display import Display
    from amlrest._sync.job_watch import Watch
    from amlrest.resources.results import JobEvent

J = TypeVar("J", bound=ComputeJob)

_LAST_READ = 10.0
"""Seconds to find out whether a job was accepted although every response was lost."""


class JobFilters(TypedDict, total=False):
    """Filters of `Jobs.list`."""

    job_type: str | None
    status: str | None
    experiment_name: str | None
    tags: Mapping[str, str] | None
    properties: Mapping[str, str] | None
    archived: bool | None


class WaitOptions(TypedDict, total=False):
    """Options of `Jobs.wait`."""

    timeout: float | None
    on_status: Callable[[str], None] | None
    poll_interval: float | None
    raise_on_failure: bool
    progress: bool | None


class Jobs(JobResults):
    """Command and sweep jobs (``Jobs_*``), their runs, logs and files."""

    def submit(
        self,
        job: J,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        progress: bool | None = None,
    ) -> J:
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
            progress: whether to show uploads; when None, in a notebook, unless there is
                `on_progress`.

        Returns:
            The job in the workspace. If the same job exists under that name, that job, with
            ``created`` False.

        Raises:
            ValidationError: the job is invalid; nothing was sent.
            ResourceNotFoundError: something the job refers to does not exist; nothing was
                registered.
            ResourceExistsError: the name is taken by another job; nothing was registered.
        """
        with located(job), shown_transfers(progress, on_progress) as report:
            return cast("J", self._submit(job, report))

    def _submit(self, job: Any, on_progress: Callable[[Progress], None] | None) -> Any:
        from amlrest._sync.submission import prepare
        from amlrest.resources.job_shape import fit
        from amlrest.resources.job_validation import check_job

        check_job(job, self._scope)
        same_name = SingleFlight(lambda: self._find(job.name))
        ready, found = rt.gather(
            lambda: prepare(self._core, job, on_progress, same_name), same_name.get
        )
        ready.name = ready.name or new_job_name()
        fit(ready, later=self._scope.dialect is not None)
        if found is not None:
            return self._reuse(ready, found)
        return self._put(ready)

    def run(
        self,
        job: J,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        **options: Unpack[WaitOptions],
    ) -> J:
        """Submit a job and wait until it is Completed: `submit`, then `wait`.

        Args:
            job: a `CommandJob` or `SweepJob`.
            on_progress: called with upload progress.
            **options: those of `wait`; `progress` is also that of `submit`.

        Returns:
            The finished job.

        Raises:
            JobFailedError: it failed (JobCanceledError: was canceled).
            AmlrestError: as `submit` and `wait`.
        """
        submitted = self.submit(job, on_progress=on_progress, progress=options.get("progress"))
        return self.wait(submitted, **options)

    @overload
    def list(self, kind: type[K], **filters: Unpack[JobFilters]) -> Listing[K]: ...
    @overload
    def list(self, kind: None = None, **filters: Unpack[JobFilters]) -> Listing[Job]: ...
    def list(
        self,
        kind: type[Any] | None = None,
        *,
        job_type: str | None = None,
        status: str | None = None,
        experiment_name: str | None = None,
        tags: Mapping[str, str] | None = None,
        properties: Mapping[str, str] | None = None,
        archived: bool | None = False,
    ) -> Listing[Any]:
        """List the jobs.

        Args:
            kind: only those of this class: `CommandJob`, `SweepJob`; all when None. The service
                filters by it.
            job_type: only those of this type, such as ``Pipeline``; the service filters by it.
            status: only jobs with this status; filtered here.
            experiment_name: only jobs of this experiment; filtered here.
            tags: only jobs with these tags; filtered here.
            properties: only jobs with these properties; filtered here.
            archived: whether archived ones; None for both; from 2022-05-01.
        """
        is_kind = is_of(kind or Job)
        wanted = (
            job_type.capitalize() if job_type else kind and kind.WIRE_TYPE and kind.WIRE_TYPE[1]
        )

        def keep(job: Job) -> bool:
            return is_kind(job) and matches(job, status, experiment_name, tags, properties)

        return Listing(
            self._core.pages(
                "Jobs_List", job_type=wanted, **view_of(archived, self._scope.dialect)
            ),
            self._read,
            keep,
        )

    def update(self, job: K) -> K:
        """Update description, tags and what else can change of a job that was read."""
        body = request_body(job, self._scope)
        response = self._core.call("Jobs_CreateOrUpdate", body, id=name_of_job(job))
        return cast("K", self._read(response))

    def cancel(self, job: str | Job) -> bool:
        """Request the cancellation of a job; `wait` returns when it is canceled.

        Returns:
            Whether there was something to cancel: False for a job that is canceled already, such
            as by a request whose response was lost.

        Raises:
            BadRequestError: it has ended otherwise; a note says how.
        """
        try:
            self._core.call("Jobs_Cancel", id=name_of_job(job), repeatable=True)
        except BadRequestError as error:
            found = self.get(job)
            if found.status == "Canceled":
                return False
            error.add_note(f"job {found.name} is {found.status}")
            raise
        return True

    def delete(self, job: str | Job, *, timeout: float | None = None) -> bool:
        """Delete a job.

        Args:
            job: name, id or job.
            timeout: maximum seconds to wait.

        Returns:
            Whether there was something to delete.
        """
        return self._core.delete("Jobs_Delete", timeout=timeout, id=name_of_job(job))

    @overload
    def wait(self, job: str | Job, kind: type[K], **options: Unpack[WaitOptions]) -> K: ...
    @overload
    def wait(self, job: K, kind: None = None, **options: Unpack[WaitOptions]) -> K: ...
    @overload
    def wait(self, job: str, kind: None = None, **options: Unpack[WaitOptions]) -> Job: ...
    def wait(
        self,
        job: str | Job,
        kind: type[Any] | None = None,
        *,
        timeout: float | None = None,
        on_status: Callable[[str], None] | None = None,
        poll_interval: float | None = None,
        raise_on_failure: bool = True,
        progress: bool | None = None,
    ) -> Any:
        """Wait until a job is Completed, Failed or Canceled.

        Transient errors do not end the wait once the job was read; the logger ``amlrest`` warns
        of them once. After the deadline or Ctrl-C the job continues to run; wait again with its
        name.

        Args:
            job: name, id or job.
            kind: the class that it has to be of: `CommandJob`, `SweepJob`; any when None.
            timeout: maximum seconds to wait; no limit when None.
            on_status: called with each new status.
            poll_interval: seconds between polls; when None it grows from 0.5 to 10, at a local
                workspace to 1.
            raise_on_failure: whether to raise for a job that did not complete.
            progress: whether to show the status, the end of the log and the trials of a sweep;
                when None, in a notebook, unless there is `on_status`.

        Raises:
            DeadlineError: the job is still running.
            ValidationError: it is of another class.
            JobFailedError: it failed (JobCanceledError: was canceled); has the job, its error and
                the end of its log.
        """
        display = open_display(progress, is_watched=on_status is not None)
        watch = self._watch(job, timeout, poll_interval, display, kind or Job)
        return watch.until_finished(on_status, raise_on_failure=raise_on_failure)

    def stream(
        self,
        job: str | Job,
        *,
        timeout: float | None = None,
        poll_interval: float | None = None,
        progress: bool = False,
    ) -> Iterator[JobEvent]:
        """Yield the events of a job until it finishes: new statuses and log lines.

        Args:
            job: name, id or job.
            timeout: maximum seconds to wait; no limit when None.
            poll_interval: seconds between polls; when None it grows from 0.5 to 10, at a local
                workspace to 1.
            progress: whether to show the status and the trials of a sweep besides.

        Raises:
            DeadlineError: the job is still running.
            TransportError: it finished, but a log could not be read completely.
        """
        watch = self._watch(job, timeout, poll_interval, open_display(progress))
        for event in watch.events():
            yield event

    def _watch(
        self,
        job: str | Job,
        timeout: float | None,
        poll_interval: float | None,
        display: Display | None,
        kind: type[Job] = Job,
    ) -> Watch:
        from amlrest._sync.job_watch import Watch

        seen = isinstance(job, Job) and job.id is not None
        return Watch(
            self._core,
            self._history,
            self._tracking,
            name_of_job(job),
            timeout=timeout,
            poll_interval=poll_interval,
            seen=seen,
            kind=kind,
            display=display,
        )

    def _put(self, job: ComputeJob) -> Any:
        body = request_body(job, self._scope)
        try:
            response = self._core.call("Jobs_CreateOrUpdate", body, id=job.name)
        except (BadRequestError, ConflictError) as error:
            # An earlier attempt may have been accepted although its response was lost.
            found = self._find(job.name)
            if found is None or not (isinstance(error, ConflictError) or self._is_same(job, found)):
                raise
            return self._reuse(job, found)
        except AmlrestError as error:
            if not polling.is_transient(error):
                raise
            created = self._reuse(job, self._accepted(job, error))
        else:
            created = self._read(response)
        created.created = True
        return created

    def _accepted(self, job: ComputeJob, error: AmlrestError) -> Any:
        """Get a job that was accepted although every response was lost; else raise the error."""
        try:
            return self._read(
                self._core.call("Jobs_Get", id=job.name, deadline=Deadline(_LAST_READ))
            )
        except ResourceNotFoundError:
            raise error from None
        except AmlrestError:
            error.add_note(
                f"it may have been accepted; submitted again as {job.name!r} it is not started twice"
            )
            raise error from None

    def _is_same(self, job: ComputeJob, found: Any) -> bool:
        from amlrest.resources.job_shape import without_default_paths

        sent = request_body(without_default_paths(job), self._scope)
        return same_as_sent(sent, found.raw)

    def _reuse(self, job: ComputeJob, found: Any) -> Any:
        if not self._is_same(job, found):
            from amlrest._sync.preconditions import name_taken

            raise name_taken(found)
        found.created = False
        return found
