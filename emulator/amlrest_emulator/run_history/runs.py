"""Runs as the run history shows them: what the runner knows, and what the job says of itself."""

from __future__ import annotations

import uuid
from typing import Any

from amlrest_emulator.context import Context
from amlrest_emulator.json_body import part
from amlrest_emulator.run_history.details import error_of, time_of
from amlrest_emulator.run_history.outputs import outputs_of
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.state import Resource

_TYPES = {"command": "azureml.scriptrun", "trial": "azureml.scriptrun", "sweep": "hyperdrive"}


def job_of(context: Context, record: RunRecord) -> Resource | None:
    """Return the job of a run; a trial has none of its own."""
    return context.state.get(f"{context.identity.workspace_id}/jobs/{record.name}")


def run_of(context: Context, record: RunRecord) -> dict[str, Any]:
    """Return a run."""
    job = job_of(context, record)
    said = job.properties if job else {}
    plan = part(record.plan, "trial") if record.kind == "sweep" else record.plan
    facts = {"azureml.runsource": record.kind, **{k: str(v) for k, v in record.outcome.items()}}
    return {
        "runId": record.name,
        "runUuid": _uuid(context, record.name),
        "parentRunId": record.parent or None,
        "rootRunId": record.parent or record.name,
        "rootRunUuid": _uuid(context, record.parent or record.name),
        "experimentId": record.experiment_id or record.experiment,
        "displayName": said.get("displayName") or record.name,
        "description": said.get("description"),
        "status": record.status,
        "createdUtc": time_of(record.created),
        "startTimeUtc": time_of(record.started),
        "endTimeUtc": time_of(record.ended),
        "error": error_of(record),
        "hidden": bool(said.get("isArchived")),
        "runType": _TYPES.get(record.kind),
        "properties": {**part(said, "properties"), **facts},
        "parameters": {key: str(value) for key, value in record.arguments.items()},
        "tags": part(said, "tags"),
        "target": plan.get("compute"),
        "compute": {"target": plan.get("compute"), "instanceCount": plan.get("nodes")},
        "outputs": outputs_of(record, said),
    }


def _uuid(context: Context, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(context.identity.workspace_guid), name.lower()))
