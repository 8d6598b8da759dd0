"""ISO 8601 durations, the JSON form of every timeout."""

from __future__ import annotations

import re
from datetime import timedelta

from amlrest.errors import ValidationError

_ISO = re.compile(
    r"P(?!$)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?!$)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?\Z"
)
Duration = timedelta | float | str
"""A duration: a timedelta, a number of seconds, or an ISO 8601 string such as ``PT2H``."""


def parse(text: str) -> timedelta | None:
    """Return the duration in an ISO 8601 string; None if it is not one.

    Years and months, whose length varies, and durations too long for a timedelta are not supported.
    """
    found = _ISO.match(text)
    if not found:
        return None
    return _span(**{unit: float(n) for unit, n in found.groupdict().items() if n})


def _span(**units: float) -> timedelta | None:
    try:
        return timedelta(**units)
    except (OverflowError, ValueError):
        return None


def normalise(value: Duration | None) -> Duration | None:
    """Return ``value`` as a timedelta if it is a valid duration, otherwise unchanged."""
    found = None
    if isinstance(value, str):
        found = parse(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _span(seconds=value)
    return value if found is None else found


def to_iso(value: Duration, where: str) -> str:
    """Return the ISO 8601 string: whole minutes as ``PT120M``, others in seconds as ``PT90S``.

    The API documents use minutes; the service states minute precision for sweeps.

    Raises:
        ValidationError: the value is not a positive duration.
    """
    span = normalise(value)
    if not isinstance(span, timedelta):
        raise ValidationError(
            f"{where}: {value!r} is not a duration; "
            "use seconds, a datetime.timedelta or an ISO 8601 string such as 'PT2H'"
        )
    seconds = span.total_seconds()
    if seconds <= 0:
        raise ValidationError(f"{where}: {value!r} is not positive; use a longer duration")
    if seconds % 60 == 0:
        return f"PT{int(seconds // 60)}M"
    return f"PT{int(seconds) if seconds == int(seconds) else seconds}S"
