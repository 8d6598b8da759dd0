"""The pages: what each template is filled with. Blocks."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from typing import Any

from amlrest.charts.trials import legend

from amlrest_emulator.context import Context
from amlrest_emulator.files import StateFolder
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.tracking.measurements import Measurements
from amlrest_emulator.web import sweep_view, workspace_view
from amlrest_emulator.web.job_list import ACTIVE, ENDED, KINDS, STATUSES, Filters, JobList
from amlrest_emulator.web.job_view import Job, JobReader, readable_error
from amlrest_emulator.web.log_text import readable
from amlrest_emulator.web.run_files import (
    MAIN_LOG,
    TAIL_BYTES,
    WINDOW_BYTES,
    RunFiles,
)
from amlrest_emulator.web.templates import Visitor, render

SOON, LATER, NEVER = 2000, 10_000, 0
"""Milliseconds until a page asks for itself again."""

_MOST_ACTIVE = 30
_TRIALS_PER_PAGE = 500
_MANY_TRIALS = 1000
"""With more, a page takes tenths of a second."""

_LOG_LINES = 500

Query = Mapping[str, str]


class Pages:
    """The pages of a workspace.

    Args:
        context: server context with a runner.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        workspace_id = context.identity.workspace_id
        self._list = JobList(context.state, workspace_id)
        database = StateFolder(context.state_dir).tracking_database
        self._jobs = JobReader(context, Measurements(database))
        self.files = RunFiles(context.blobs)

    def find(self, name: str) -> Job | None:
        """Return a job or trial by name, None if there is none."""
        return self._jobs.find(name)

    def overview(self, visitor: Visitor, query: Query) -> str:
        """Return the page of the workspace."""
        filters = Filters.of(query)
        plain = not filters and filters.before is None
        active = self._list.page(Filters(status=ACTIVE), _MOST_ACTIVE) if plain else ([], None)
        rows, more = self._list.page(Filters(status=ENDED) if plain else filters)
        counts = self._list.counts()
        return self._render(
            "overview.html",
            visitor,
            refresh=SOON if any(row.active for row in (*active[0], *rows)) else LATER,
            filters=filters,
            plain=plain,
            active=active[0],
            active_more=active[1] is not None,
            rows=rows,
            more=more,
            counts=counts,
            experiments=self._list.experiments(),
            statuses=(ACTIVE, ENDED, *STATUSES),
            kinds=KINDS,
            computes=workspace_view.computes_of(self._context),
            endpoints=workspace_view.endpoints_of(self._context),
            assets=workspace_view.assets_of(self._context),
        )

    def job(self, visitor: Visitor, job: Job, query: Query) -> str:
        """Return the page of a job or trial."""
        record = job.record
        self._context.runner.services.show_logs(record)
        files, more_files = self.files.of(record.name)
        active = sweep_view.is_active(record.status)
        sweep: dict[str, Any] = {"trials": None, "trial_count": 0}
        if record.kind == "sweep":
            sweep |= self._sweep(record, query)
        soon = SOON if sweep["trial_count"] <= _MANY_TRIALS else LATER
        return self._render(
            "job.html",
            visitor,
            refresh=soon if active else NEVER,
            job=job,
            run=record,
            active=active,
            elapsed=_elapsed(record),
            neighbours=self._jobs.neighbours(record) if record.parent else ("", ""),
            files=files,
            more_files=more_files,
            main_log=MAIN_LOG,
            tail=self.files.window(record.name, MAIN_LOG, None, TAIL_BYTES),
            **(self._measured(record) | sweep),
        )

    def _measured(self, record: RunRecord) -> dict[str, Any]:
        try:
            metrics, logged = self._jobs.metrics(record), self._jobs.parameters(record)
        except sqlite3.Error as error:
            return {"metrics": [], "logged": [], "unreadable": readable_error(error)}
        return {"metrics": metrics, "logged": logged, "unreadable": ""}

    def _sweep(self, record: RunRecord, query: Query) -> dict[str, Any]:
        try:
            trials, goal = self._jobs.trials(record)
        except sqlite3.Error as error:
            return {"unreadable": readable_error(error)}
        now, by = time.time(), query.get("sort", "")
        shown = sweep_view.ordered(trials, by, goal, now)
        page = _page_number(query, len(shown))
        return {
            "trials": shown[(page - 1) * _TRIALS_PER_PAGE : page * _TRIALS_PER_PAGE],
            "trial_count": len(trials),
            "page": page,
            "pages": -(-len(shown) // _TRIALS_PER_PAGE),
            "ended": sum(trial.ended is not None for trial in trials),
            "goal": goal,
            "best": next((trial for trial in trials if trial.best), None),
            "counts": sweep_view.counts_of(trials),
            "left": sweep_view.seconds_left(trials, goal.total, _elapsed(record) or 0.0)
            if sweep_view.is_active(record.status)
            else None,
            "show_last": sweep_view.shows_last(trials),
            "charts": sweep_view.charts_of(trials, goal),
            "legend": legend(goal.metric, [trial.value for trial in trials]),
            "sort_by": by,
            "now": now,
        }

    def log(self, visitor: Visitor, job: Job, path: str, query: Query) -> str | None:
        """Return the page of a log of a job, None if there is no such log."""
        start = query.get("from", "")
        given = int(start) if start.isdecimal() and start.isascii() and len(start) < 16 else None  # noqa: PLR2004
        self._context.runner.services.show_logs(job.record)
        window = self.files.window(job.record.name, path, given, WINDOW_BYTES)
        if window is None:
            return None
        grows = sweep_view.is_active(job.record.status) and given is None
        return self._render(
            "log.html",
            visitor,
            refresh=SOON if grows else NEVER,
            job=job,
            path=path,
            window=window,
            length=WINDOW_BYTES,
        )

    def deployment(self, visitor: Visitor, endpoint: str, name: str) -> str | None:
        """Return the page of an online deployment, None if there is none."""
        found = workspace_view.deployment_of(self._context, endpoint, name)
        if found is None:
            return None
        serving = self._context.serving
        return self._render(
            "deployment.html",
            visitor,
            refresh=SOON,
            endpoint=endpoint,
            name=found.name,
            state=found.properties.get("provisioningState") or "",
            facts=workspace_view.facts_of(found),
            log=readable(serving.log(found, "", _LOG_LINES)),
            preparation=readable(serving.log(found, "StorageInitializer", _LOG_LINES)),
        )

    def message(self, nonce: str, title: str, text: str, command: str = "") -> str:
        """Return a page with a message, and a command to run."""
        return self._render(
            "message.html",
            Visitor(nonce, ""),
            refresh=NEVER,
            title=title,
            text=text,
            command=command,
        )

    def entered(self, nonce: str, target: str) -> str:
        """Return the page that leads from a link to its target."""
        return self._render("entered.html", Visitor(nonce, ""), refresh=NEVER, target=target)

    def _render(self, template: str, visitor: Visitor, **values: Any) -> str:
        return render(
            template,
            {
                "nonce": visitor.nonce,
                "form_token": visitor.form_token,
                "workspace": self._context.identity.workspace_name,
                **values,
            },
        )


def _elapsed(record: RunRecord) -> float | None:
    return None if record.started is None else (record.ended or time.time()) - record.started


def _page_number(query: Query, count: int) -> int:
    text = query.get("page", "")
    number = int(text) if text.isdecimal() and text.isascii() and len(text) < 9 else 1  # noqa: PLR2004
    return max(1, min(number, -(-count // _TRIALS_PER_PAGE)))
