"""What a process of this machine can receive: texts, environment variables, number of processes.

Checked when a job is submitted, so that no job fails later for what its request said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from amlrest_emulator.runner.environment import process_count
from amlrest_emulator.runner.plan import CommandPlan
from amlrest_emulator.runner.resolver import InvalidJobError

MAX_TEXT = 128 * 1024 - 1
"""Bytes of one argument or environment variable; the limit of Linux."""
MAX_TEXTS = 1024 * 1024
"""Bytes of the command and all variables together."""
MAX_PROCESSES = 64
MAX_EXPERIMENT = 255
_MAX_SEGMENT = 255
_FIELDS = {
    "code": "codeId",
    "experiment": "experimentName",
    "inputs": "inputDataBindings",
    "literals": "inputDataBindings",
    "outputs": "outputDataBindings",
    "variables": "environmentVariables",
}
# What the process gets as an argument or a variable.
_PASSED = ("command", "experiment", "literals", "variables")
_COUNTS = ("processCount", "processCountPerInstance", "workerCount")


def check_variables(variables: Mapping[str, Any] | None, where: str) -> dict[str, str]:
    """Return the environment variables of a job.

    Raises:
        InvalidJobError: a name or value that a process cannot have.
    """
    for name, value in (variables or {}).items():
        target = f"{where}.environmentVariables.{name}"
        if not name or "=" in name or "\0" in name:
            message = f"{name!r} cannot be the name of an environment variable."
            raise InvalidJobError(target, message)
        if not isinstance(value, str):
            raise InvalidJobError(target, "must be a string, not null.")
    return dict(variables or {})


def check_distribution(distribution: Mapping[str, Any], where: str) -> None:
    """Check the number of processes of a job.

    Raises:
        InvalidJobError: it is not one that this machine can start.
    """
    target = f"{where}.distribution"
    for name in (*_COUNTS, "parameterServerCount"):
        count, least = distribution.get(name), int(name in _COUNTS)
        if count is not None and not least <= count <= MAX_PROCESSES:
            message = f"must be from {least} to {MAX_PROCESSES}, not {count}."
            raise InvalidJobError(f"{target}.{name}", message)
    if process_count(distribution) > MAX_PROCESSES:
        raise InvalidJobError(target, f"is more than {MAX_PROCESSES} processes.")


def check_plan(plan: CommandPlan, where: str) -> None:
    """Check all texts of a plan.

    Raises:
        InvalidJobError: a text has a NUL character or is too long.
    """
    whole = plan.to_json()
    for field, value in whole.items():
        for path, text in _texts(value, f"{where}.{_FIELDS.get(field, field)}"):
            _check_text(path, text, is_passed=field in _PASSED)
    if len(plan.experiment) > MAX_EXPERIMENT:
        message = f"must have at most {MAX_EXPERIMENT} characters."
        raise InvalidJobError("properties.experimentName", message)
    passed = (text for field in _PASSED for _, text in _texts(whole[field], where))
    if sum(len(text.encode()) for text in passed) > MAX_TEXTS:
        raise InvalidJobError(where, f"has more than {MAX_TEXTS} bytes of text for the command.")
    places = [item.place for item in plan.inputs.values()]
    places += [item.place for item in plan.outputs.values()]
    for place in places:
        if any(len(segment.encode()) > _MAX_SEGMENT for segment in place.split("/")):
            raise InvalidJobError(where, f"pathOnCompute {place[:40]!r}… has too long a name.")


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text inside a JSON value with its path, keys included."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield path, key
            yield from _texts(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, path)


def _check_text(path: str, text: str, *, is_passed: bool) -> None:
    if "\0" in text:
        raise InvalidJobError(path, "must not contain a NUL character.")
    if is_passed and len(text.encode()) > MAX_TEXT:
        raise InvalidJobError(path, f"is longer than {MAX_TEXT} bytes.")
