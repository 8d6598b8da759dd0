"""Times: as they are stored, and as the service writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp(moment: datetime) -> str:
    """Return a time as it is stored: UTC with microseconds, so that texts sort as times do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_service(stored: str, zone: str = "+00:00") -> str:
    """Return a stored time as the service writes it: ticks of 100 ns without trailing zeros.

    A stored time has no ticks; the last digit is made from the others, so that clients meet
    every number of digits that the service sends.

    Args:
        stored: result of ``timestamp``.
        zone: how UTC is written; ``Z`` or ``+00:00``.
    """
    whole, _, micros = stored.removesuffix("Z").partition(".")
    if not micros.isdigit():
        return stored
    fraction = f"{micros}{int(micros) * 7 % 10}".rstrip("0")
    return f"{whole}.{fraction}{zone}" if fraction else f"{whole}{zone}"
