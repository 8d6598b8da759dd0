"""Changes of a run: they are changes of its job."""

from __future__ import annotations

from typing import Any

from amlrest_emulator.arm_errors import ArmError, Problem, invalid
from amlrest_emulator.context import Context
from amlrest_emulator.json_body import merge
from amlrest_emulator.run_history.runs import job_of
from amlrest_emulator.runner import RunRecord
from amlrest_emulator.times import timestamp

_TEXTS = {"displayName": "displayName", "description": "description"}
_MAPS = {"tags": "tags", "properties": "properties"}
_FLAGS = {"hidden": "isArchived"}


def change_run(context: Context, record: RunRecord, body: dict[str, Any]) -> None:
    """Apply the fields of a run that can change; null and other fields leave it as it is.

    Raises:
        ArmError: 400 for a value of a wrong type or a run without a job of its own.
    """
    job = job_of(context, record)
    if job is None:
        message = f"{record.name!r} is a trial of {record.parent!r}; change the sweep instead."
        raise ArmError(400, "UserError", message)
    given = {key: value for key, value in body.items() if value is not None}
    problems = [*_wrong(given, _TEXTS, str), *_wrong(given, _FLAGS, bool), *_wrong_maps(given)]
    if problems:
        raise invalid(problems)
    names = {**_TEXTS, **_MAPS, **_FLAGS}
    changes = {names[key]: value for key, value in given.items() if key in names}
    now = timestamp(context.clock())
    context.state.update(job.id, lambda old: merge(old, {"properties": changes}), now)


def _wrong(given: dict[str, Any], names: dict[str, str], kind: type) -> list[Problem]:
    label = "a string" if kind is str else "true or false"
    return [
        Problem("WrongType", f"must be {label}", key)
        for key in names
        if key in given and not isinstance(given[key], kind)
    ]


def _wrong_maps(given: dict[str, Any]) -> list[Problem]:
    return [
        Problem("WrongType", "must be an object of strings", key)
        for key in _MAPS
        if key in given and not _is_map(given[key])
    ]


def _is_map(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
