"""Trials of sweeps as jobs: they can be read like command jobs, but are not listed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.state import Resource, parent_of
from amlrest_emulator.times import timestamp


@handles("Jobs_Get")
def get_job(call: Call) -> Reply:
    """Return a job, or a trial as a command job."""
    if call.context.state.get(call.resource_id) is None:
        trial = _trial(call)
        if trial is not None:
            return Reply(200, crud.represent(call.context, call.edge, trial))
    return crud.get(call)


def _trial(call: Call) -> Resource | None:
    context = call.context
    record = context.runner.services.runs.find(call.resource_id.rpartition("/")[2])
    workspace = parent_of(call.resource_id)
    if record is None or not record.parent or workspace.lower() != _own(context):
        return None
    sweep = context.state.get(f"{workspace}/jobs/{record.parent}")
    if sweep is None:
        return None
    created = timestamp(datetime.fromtimestamp(record.created, UTC))
    body = {"properties": _properties(sweep.properties, record)}
    return Resource(f"{parent_of(sweep.id)}/jobs/{record.name}", sweep.type, body, created, created)


def _own(context: Context) -> str:
    return context.identity.workspace_id.lower()


def _properties(sweep: dict[str, Any], record: RunRecord) -> dict[str, Any]:
    shared = {key: sweep[key] for key in ("compute", "experimentName", "identity") if key in sweep}
    return {
        **sweep.get("trial", {}),
        **shared,
        "jobType": "Command",
        "displayName": record.name,
        "parameters": record.arguments,
    }
