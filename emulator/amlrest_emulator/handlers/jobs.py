"""Handlers of jobs: planning, submission, cancellation and status."""

from __future__ import annotations

import copy
import os
import sqlite3
import time
from typing import Any
from urllib.parse import quote

from amlrest_emulator import names
from amlrest_emulator.arm_errors import Problem, conflict, immutable, missing, not_possible, refuse
from amlrest_emulator.blob.records import BlobRecord
from amlrest_emulator.context import Context
from amlrest_emulator.engine import crud
from amlrest_emulator.engine.call import Call, Reply, handles, presents
from amlrest_emulator.engine.content import same_content
from amlrest_emulator.handlers import default_environment
from amlrest_emulator.json_body import part
from amlrest_emulator.names import RUN_CONTAINER, run_prefix
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.runner.environment import host_path
from amlrest_emulator.runner.mpi import find_launcher
from amlrest_emulator.runner.planner import experiment_of, plan_command, plan_sweep
from amlrest_emulator.runner.resolver import InvalidJobError, MissingReferenceError, Resolver
from amlrest_emulator.runner.run_store import TERMINAL
from amlrest_emulator.state import Resource

_TYPE = f"{names.PROVIDER}/workspaces/jobs"
_KINDS = {"Command": "command", "Sweep": "sweep"}
# Mutable fields, and the state, which the service sets.
_NOT_CONTENT = (
    "description",
    "properties",
    "tags",
    "provisioningState",
    "isArchived",
    "notificationSetting",
    "interactionEndpoints",
)


@handles("Jobs_CreateOrUpdate")
def put_job(call: Call) -> Reply:
    """Submit a job, or update tags, properties and description of an existing one."""
    context = call.context
    properties = part(call.parts.public, "properties")
    with context.state.transaction():
        old = context.state.get(call.resource_id)
        if old is not None:
            _check_same(call, old, properties)
            return crud.put(call, compared=True)
        record = _record(call, properties)
        runs = context.runner.services.runs
        conflicting = runs.name_conflict(record.name, record.kind)
        if conflicting:
            message = f"{record.name!r} conflicts with {conflicting!r}: trials are named <sweep>_<number>."
            raise conflict(message, "id", "NameIsTaken")
        runs.add(record)
        if not (part(properties, "trial") or properties).get("environmentId"):
            default_environment.register(context)
        reply = crud.put(call)
    context.runner.submit(record)
    return reply


def _check_same(call: Call, old: Resource, properties: dict[str, Any]) -> None:
    before = part(call.comparable(old.body), "properties")
    after = part(call.comparable({"properties": properties}), "properties")
    if not same_content(before, after, _NOT_CONTENT):
        message = (
            f"A job with this name, {old.name!r}, already exists and its content cannot be "
            "changed; submit the job under another name."
        )
        raise immutable("JobPropertyImmutable", message, "properties", 400)


def _record(call: Call, properties: dict[str, Any]) -> RunRecord:
    name = call.resource_id.rpartition("/")[2]
    job_type = call.required("properties", "jobType")
    kind = _KINDS.get(job_type)
    if kind is None:
        message = f"the local workspace runs Command and Sweep jobs, not {job_type}"
        raise refuse("properties.jobType", message)
    resolver = _resolver(call)
    try:
        if kind == "command":
            plan = plan_command(properties, resolver).to_json()
        else:
            plan = plan_sweep(properties, resolver, name).to_json()
    except MissingReferenceError as error:
        raise missing(Problem("ReferenceNotFound", error.message, error.target)) from None
    except InvalidJobError as error:
        raise refuse(error.target, error.message) from None
    experiment = experiment_of(properties)
    return RunRecord(name, kind, "NotStarted", experiment, plan, created=time.time())


def _resolver(call: Call) -> Resolver:
    context, identity = call.context, call.context.identity
    if not call.resource_id.lower().startswith(f"{identity.workspace_id.lower()}/"):
        message = f"jobs run in the workspace {identity.workspace_name!r} only"
        raise refuse("workspaceName", message)
    capacity = context.runner.services.capacity
    # What a built environment has is known when it is built.
    has_mpi = context.environments == "build" or bool(find_launcher(host_path(os.environ)))
    return Resolver(context.state, identity.workspace_id, call.places, capacity, has_mpi)


@handles("Jobs_Cancel")
def cancel_job(call: Call) -> Reply:
    """Cancel a job; 400 if it has ended."""
    job = call.resource()
    record = call.context.runner.services.runs.find(job.name)
    if record is not None and record.status in TERMINAL:
        message = f"The run {job.name} is in terminal status, it can't be canceled."
        raise not_possible("CancelRunInTerminalStatus", message)
    call.context.runner.cancel(job.name)
    return crud.accept(call, job)


@handles("Jobs_Delete")
def delete_job(call: Call) -> Reply:
    """Delete a job that has ended, with its trials, folders and logs."""
    context = call.context
    job = context.state.get(call.resource_id)
    runs = context.runner.services.runs
    record = runs.find(job.name) if job else None
    if record is not None:
        if record.status not in TERMINAL:
            message = f"The job {record.name!r} is {record.status}; cancel it first."
            raise conflict(message, "id", "JobIsActive")
        for item in (record, *runs.trials(record.name)):
            _delete_files(context, item)
    with context.state.transaction():
        if record is not None:
            runs.delete(record.name)
        reply = crud.delete(call)
    context.runner.services.reserve.make()
    return reply


def _delete_files(context: Context, record: RunRecord) -> None:
    services = context.runner.services
    services.run_folder(record.name).remove()
    blobs = list(context.blobs.walk(RUN_CONTAINER, f"{run_prefix(record.name)}/"))
    try:
        _delete_blobs(context, blobs)
    except sqlite3.Error:
        # On a full disk the index cannot forget them before their space is free.
        services.reserve.release()
        context.blobs.empty(blobs)
        _delete_blobs(context, blobs)


def _delete_blobs(context: Context, blobs: list[BlobRecord]) -> None:
    for blob in blobs:
        if context.blobs.find(blob.container, blob.name):
            context.blobs.delete(blob.container, blob.name)


@presents(_TYPE)
def present_job(context: Context, resource: Resource, body: dict[str, Any]) -> dict[str, Any]:
    """Add status, tracking endpoint, output, best trial and error to a job."""
    record = context.runner.services.runs.find(resource.name)
    if record is None:
        return body
    shown = copy.deepcopy(body)
    properties = shown.setdefault("properties", {})
    properties["status"] = record.status
    given = properties.get("interactionEndpoints") or {}
    properties["interactionEndpoints"] = {**given, **_endpoints(context, record)}
    properties["output"] = {"path": run_prefix(record.name)}
    facts = {key: str(value) for key, value in record.outcome.items()}
    if record.error:
        facts["error"] = record.error
    if facts:
        properties["properties"] = {**(properties.get("properties") or {}), **facts}
    return shown


def _endpoints(context: Context, record: RunRecord) -> dict[str, dict[str, str]]:
    page = f"{context.http_endpoint}/jobs/{quote(record.name, safe='')}"
    found = {"Tracking": context.tracking_uri, "Studio": page}
    return {kind: {"jobEndpointType": kind, "endpoint": url} for kind, url in found.items()}
