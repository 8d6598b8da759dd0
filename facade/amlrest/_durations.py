"""ISO 8601 durations, the wire form of every timeout."""

import re
from datetime import timedelta

from amlrest.errors import ValidationError

_ISO = re.compile(
    r"P(?!$)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?!$)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?\Z"
)
Duration = timedelta | float | str
"""A time span: a timedelta, a number of seconds, or ISO 8601 text such as ``PT2H``."""


def parse(text: str) -> timedelta | None:
    """Return the span that ISO 8601 ``text`` names; None if it names none.

    Years and months have no fixed length and are not understood, nor is what a timedelta cannot
    hold.
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
    """Return ``value`` as a timedelta where it can be read as one, else unchanged."""
    found = None
    if isinstance(value, str):
        found = parse(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _span(seconds=value)
    return value if found is None else found


def to_iso(value: Duration, where: str) -> str:
    """Return the wire form: whole minutes as ``PT120M``, anything finer as ``PT90S``.

    Minutes are what the documents use; the service states minute precision for sweeps.

    Raises:
        ValidationError: not a positive span of time.
    """
    span = normalise(value)
    if not isinstance(span, timedelta):
        raise ValidationError(
            f"{where}: {value!r} is not a time span; "
            "use seconds, a datetime.timedelta or ISO 8601 text such as 'PT2H'"
        )
    seconds = span.total_seconds()
    if seconds <= 0:
        raise ValidationError(f"{where}: {value!r} is not longer than zero seconds")
    if seconds % 60 == 0:
        return f"PT{int(seconds // 60)}M"
    return f"PT{int(seconds) if seconds == int(seconds) else seconds}S"
