# Generated from facade/amlrest/_async/history.py by `python codegen.py generate`; edit the async source.
"""Run history: logs and errors of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from amlrest.errors import AmlrestError

if TYPE_CHECKING:
    from amlrest._sync.core import Core

DEFAULT_EXPERIMENT = "Default"
_TAIL_BYTES = 64 * 1024


class History:
    """Reads of the run history of a workspace."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def details(self, job: Any) -> dict[str, Any]:
        """Get what the run history knows of a job; empty when it does not know it."""
        base = self._core.discover()
        experiment = quote(getattr(job, "experiment_name", None) or DEFAULT_EXPERIMENT, safe="")
        path = f"experiments/{experiment}/runs/{quote(job.name, safe='')}/details"
        answer = self._core.get_json(f"{base}/history/v1.0{self._core.workspace_id}/{path}")
        return answer if isinstance(answer, dict) else {}

    def logs(self, job: Any) -> dict[str, str]:
        """Get log files: name → URL."""
        found = (self.details(job)).get("logFiles") or {}
        return {str(name): url for name, url in found.items() if isinstance(url, str)}

    def failure(self, job: Any, lines: int) -> tuple[Any, str]:
        """Get a job's own error and the last lines of its log; what cannot be had is left out."""
        from amlrest.logs import main_log, tail

        try:
            details = self.details(job)
            name = main_log(details.get("logFiles") or {})
            content = self._core.get_bytes(details["logFiles"][name]) if name else b""
        except AmlrestError:
            return None, ""
        return details.get("error"), tail(content[-_TAIL_BYTES:], lines)
