"""ISO 8601 durations."""

from __future__ import annotations

import re

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_LONGEST = 10_000 * 86400.0
_SECONDS = {"weeks": 604800.0, "days": 86400.0, "hours": 3600.0, "minutes": 60.0, "seconds": 1.0}


def parse_duration(text: str) -> float:
    """Return the seconds of a duration such as ``PT120M``.

    Raises:
        ValueError: not a duration, not positive, too long, or in months or years (no fixed length).
    """
    match = _DURATION.fullmatch(text)
    parts = {name: value for name, value in match.groupdict().items() if value} if match else {}
    seconds = sum(float(value) * _SECONDS[name] for name, value in parts.items())
    if not 0 < seconds <= _LONGEST:
        message = (
            f"{text[:80]!r} is not an ISO 8601 duration such as PT30M, of at most 10,000 days."
        )
        raise ValueError(message)
    return seconds
