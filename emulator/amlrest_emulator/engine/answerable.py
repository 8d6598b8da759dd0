"""Changes of resources: refuse those after which a response would not match the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from amlrest_emulator.arm_errors import Problem, invalid
from amlrest_emulator.engine.call import Call
from amlrest_emulator.engine.validate import OWNED, Validator


def check_answerable(call: Call, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Check a change of a stored body, such as a merge patch that removes a required field.

    Args:
        call: the request.
        before: stored body; what it lacks already is no problem of the change.
        after: changed body.

    Raises:
        ArmError: 400 with all problems.
    """
    known = _problems(call, before) if before else []
    new = [each for each in _problems(call, after) if each not in known]
    if new:
        raise invalid(new)


def check_removals(call: Call, stored: dict[str, Any]) -> None:
    """Check that a merge patch removes nothing that the service has set.

    Raises:
        ArmError: 400 with all problems.
    """
    removed = _removals(call.parts.public, call.kept(stored))
    problems = [Problem("ReadOnly", OWNED, path) for path in removed]
    if problems:
        raise invalid(problems)


def _removals(patch: dict[str, Any], owned: dict[str, Any], path: str = "") -> Iterator[str]:
    for key in patch.keys() & owned.keys():
        where = f"{path}.{key}" if path else key
        if patch[key] is None:
            yield where
        elif isinstance(patch[key], dict) and isinstance(owned[key], dict):
            yield from _removals(patch[key], owned[key], where)


def _problems(call: Call, body: dict[str, Any]) -> list[Problem]:
    schema = call.edge.schemas.get(call.resource_type.lower())
    if schema is None:
        return []
    validator = Validator(call.edge.spec, shown=True)
    validator.validate(schema, call.edge.show(call.resource_type, body, call.places))
    return validator.problems
