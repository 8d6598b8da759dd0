"""The query parameters of a request, read after the document."""

import json
from collections.abc import Sequence
from typing import Any

from amlrest_emulator.engine.errors import ArmError, Problem, invalid
from amlrest_emulator.engine.validate import Reader, scalar_faults
from amlrest_emulator.spec import Operation, Parameter, Spec

API_VERSION = "api-version"
_BOOLEANS = {"true": True, "false": False}


def check_api_version(pairs: Sequence[tuple[str, str]], served: str) -> None:
    """Refuse a request without api-version or with one that is not served."""
    said = [value for name, value in pairs if name.lower() == API_VERSION]
    if not said or not said[0]:
        message = f"The query parameter api-version is missing; use api-version={served}."
        raise ArmError(400, "MissingApiVersionParameter", message, API_VERSION)
    if said[0].lower() != served.lower():
        message = f"The api-version {said[0]!r} is not served here; {served} is."
        raise ArmError(400, "InvalidApiVersionParameter", message, API_VERSION)


def read_query(
    spec: Spec, operation: Operation, pairs: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Return the documented query parameters by documented name, typed; others are ignored.

    Raises:
        ArmError: a value has the wrong type, or a required one is missing.
    """
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for parameter in operation.in_query():
        texts = [value for name, value in pairs if name.lower() == parameter.name.lower()]
        if texts:
            found[parameter.name] = _value(spec, parameter, texts, problems)
        elif parameter.required:
            problems.append(Problem("MissingParameter", "is required", parameter.name))
    if problems:
        raise invalid(problems)
    return found


def read_path(spec: Spec, operation: Operation, values: dict[str, str]) -> None:
    """Check path values against the patterns the document gives them.

    Raises:
        ArmError: a name is not allowed.
    """
    problems = [
        Problem("InvalidName", fault, parameter.name)
        for parameter in operation.parameters
        if parameter.location == "path"
        for fault in scalar_faults(spec.merged(parameter.schema), values[parameter.name])
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
    reader = Reader(spec, problems)
    return reader.read(schema, value, parameter.name)


def _number(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float) else text
