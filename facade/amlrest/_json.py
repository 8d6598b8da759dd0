"""JSON values: refuse those that JSON text cannot represent."""

from __future__ import annotations

import math
from typing import Any

from amlrest.errors import ValidationError


def check_json(value: Any, where: str) -> None:
    """Raise for a value that cannot be sent, at any depth.

    Args:
        value: JSON.
        where: its name in errors.

    Raises:
        ValidationError: a number is not finite, or text has half of a surrogate pair, which no
            encoding can write.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            check_json(key, f"{where}: the key")
            check_json(inner, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            check_json(inner, f"{where}[{number}]")
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValidationError(f"{where}: {value!r} is not a number in JSON; use a finite number")
    elif isinstance(value, str) and not _is_encodable(value):
        raise ValidationError(
            f"{where}: {value!r} has a character that cannot be sent; use text that is valid Unicode"
        )


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
