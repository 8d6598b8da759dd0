"""Run history: logs and errors of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest.errors import AmlrestError, ResourceNotFoundError

if TYPE_CHECKING:
    from amlrest._async.core import Core

DEFAULT_EXPERIMENT = "Default"
_TAIL_BYTES = 64 * 1024


class History:
    """Reads the run history of a workspace."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def details(self, job: Any, deadline: Deadline = NO_DEADLINE) -> dict[str, Any]:
        """Get the run details of a job; empty if the run history does not have it.

        Args:
            job: a job that was read.
            deadline: how long to keep retrying.
        """
        return await self.details_of(job, job.name, deadline)

    async def details_of(
        self, job: Any, run: str, deadline: Deadline = NO_DEADLINE
    ) -> dict[str, Any]:
        """Get the details of a run in the experiment of a job; empty if there are none."""
        base = await self._core.discover(deadline)
        experiment = quote(getattr(job, "experiment_name", None) or DEFAULT_EXPERIMENT, safe="")
        path = f"experiments/{experiment}/runs/{quote(run, safe='')}/details"
        url = f"{base}/history/v1.0{self._core.workspace_id}/{path}"
        try:
            response = await self._core.get_json(url, deadline=deadline)
        except ResourceNotFoundError:
            return {}
        return response if isinstance(response, dict) else {}

    async def logs(self, job: Any, deadline: Deadline = NO_DEADLINE) -> dict[str, str]:
        """Get log files: name → URL."""
        return _log_files(await self.details(job, deadline))

    async def trial_logs(self, sweep: Any, trial: str) -> dict[str, str] | None:
        """Get the log files of a trial; None if the sweep has no trial of that name."""
        details = await self.details_of(sweep, trial)
        is_its_trial = str(details.get("parentRunId")).lower() == str(sweep.name).lower()
        return _log_files(details) if is_its_trial else None

    async def failure(
        self, job: Any, lines: int, deadline: Deadline = NO_DEADLINE
    ) -> tuple[Any, str]:
        """Get the error and the last log lines of a job; what cannot be read is left out."""
        try:
            details = await self.details(job, deadline)
        except AmlrestError:
            return None, ""
        try:
            _, end = await self.log_end(details, lines, deadline)
        except AmlrestError:
            end = ""
        return details.get("error"), end

    async def log_end(
        self, details: dict[str, Any], lines: int, deadline: Deadline = NO_DEADLINE
    ) -> tuple[str | None, str]:
        """Get the name of the main log of a run, and its last lines; None if it has no log."""
        from amlrest.resources.logs import main_log, tail

        logs = _log_files(details)
        name = main_log(logs)
        if name is None:
            return None, ""
        end = await self._core.get_end(logs[name], _TAIL_BYTES, deadline=deadline)
        return name, tail(end, lines)


def message_of(error: Any) -> str:
    """Return the message of an error of the run history, which may be nested."""
    inner = error.get("error", error) if isinstance(error, dict) else error
    message = inner.get("message") if isinstance(inner, dict) else inner
    return str(message or error)


def _log_files(details: dict[str, Any]) -> dict[str, str]:
    found = details.get("logFiles")
    named = found.items() if isinstance(found, dict) else ()
    return {str(name): url for name, url in named if isinstance(url, str)}
