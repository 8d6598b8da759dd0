"""Content of immutable resources: whether a request says the same as what is stored."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from amlrest_emulator.conda_files import same_file
from amlrest_emulator.runner.command_line import spelled_alike

# A version that does not have these cannot say them: only values that differ count.
_OPTIONAL = {"jobInputType", "jobOutputType", "dataType", "datasetType"}

_DEFAULTS = {"experimentName": "Default", "mode": "Mount"}
"""Values that one version shows where another leaves them unset."""


def same_content(old: Any, new: Any, ignored: Collection[str] = ()) -> bool:
    """Return whether two bodies in the stored form say the same.

    Unset fields do not count, and a placeholder may be written in both ways.

    Args:
        old: stored body.
        new: body of the request.
        ignored: fields at the top that may change.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        keys = {key for key in old.keys() | new.keys() if key not in ignored}
        return all(_same_field(key, old.get(key), new.get(key)) for key in keys)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return all(same_content(*pair) for pair in zip(old, new, strict=True))
    return bool(old == new)


def _same_field(key: str, old: Any, new: Any) -> bool:
    if key in _OPTIONAL and (old is None or new is None):
        return True
    default = _DEFAULTS.get(key)
    if default is not None and (old, new) in ((None, default), (default, None)):
        return True
    if key == "command" and isinstance(old, str) and isinstance(new, str):
        return spelled_alike(old) == spelled_alike(new)
    if key == "condaFile" and isinstance(old, str) and isinstance(new, str):
        return same_file(old, new)
    return same_content(_or_none(old), _or_none(new))


def _or_none(value: Any) -> Any:
    return None if value in ({}, "") else value
