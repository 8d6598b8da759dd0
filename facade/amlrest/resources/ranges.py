"""Ranges of whole numbers."""

from __future__ import annotations

from typing import Any

from amlrest.errors import ValidationError


def check_range(where: str, value: Any, low: int, high: int | None = None) -> None:
    """Raise unless the value is None or a whole number in a range.

    Raises:
        ValidationError: the message starts with `where`.
    """
    if value is None:
        return
    rule = f"from {low} up" if high is None else f"from {low} to {high}"
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or value < low or (high is not None and value > high):
        raise ValidationError(f"{where}: {value!r}; use a whole number {rule}")
