"""Parameters of a request: api-version, query and path, checked against the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from amlrest_emulator.arm_errors import ArmError, Problem, invalid
from amlrest_emulator.engine.validate import Validator, scalar_violations
from amlrest_emulator.spec import Operation, Parameter, Spec

API_VERSION = "api-version"
# Longer ones are out of range whatever they count.
_INTEGER = re.compile(r"[+-]?[0-9]{1,20}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,20}\.[0-9]{1,20}")
_BOOLEANS = {"true": True, "false": False}


def api_version(pairs: Sequence[tuple[str, str]], default: str) -> str:
    """Return the api-version of a request; raise ``ArmError`` if it has none."""
    given = [value for name, value in pairs if name.lower() == API_VERSION]
    if not given or not given[0]:
        message = f"The query parameter api-version is missing; use api-version={default}."
        raise ArmError(400, "MissingApiVersionParameter", message, API_VERSION)
    return given[0]


def read_query(
    spec: Spec, operation: Operation, pairs: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Return the documented query parameters, parsed; others are ignored.

    Raises:
        ArmError: a value is invalid, or a required parameter is missing.
    """
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for parameter in operation.query_parameters():
        texts = [value for name, value in pairs if name.lower() == parameter.name.lower()]
        if texts:
            found[parameter.name] = _value(spec, parameter, texts, problems)
        elif parameter.required:
            problems.append(Problem("MissingParameter", "is required", parameter.name))
    if problems:
        raise invalid(problems)
    return found


def check_path(spec: Spec, operation: Operation, values: dict[str, str]) -> None:
    """Check path parameters against the patterns of the document.

    Raises:
        ArmError: a name is invalid.
    """
    problems = [
        Problem("InvalidName", violation, parameter.name)
        for parameter in operation.parameters
        if parameter.location == "path"
        for violation in scalar_violations(spec.merged(parameter.schema), values[parameter.name])
    ]
    if problems:
        raise invalid(problems)


def _value(spec: Spec, parameter: Parameter, texts: list[str], problems: list[Problem]) -> Any:
    schema = spec.merged(parameter.schema)
    value: Any = texts[-1]
    if schema.get("type") == "array":
        value = [item for text in texts for item in text.split(",") if item]
    elif schema.get("type") == "boolean":
        value = _BOOLEANS.get(value.lower(), value)
    elif schema.get("type") in {"integer", "number"}:
        value = _number(value)
    validator = Validator(spec, problems)
    return validator.validate(schema, value, parameter.name)


def _number(text: str) -> Any:
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
