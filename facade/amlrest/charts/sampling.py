"""Fewer points of a long curve, which looks the same. Pure."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Point = tuple[float, float]

MOST_POINTS = 600


def thinned(points: Sequence[Point], most: int = MOST_POINTS) -> Sequence[Point]:
    """Return the lowest and the highest point of each of ``most / 2`` stretches.

    Peaks stay, however short. A stretch without a finite value is one point that is not finite,
    so that its gap stays.

    Args:
        points: in the order of their steps; all are returned if there are no more than `most`.
        most: number of points to return, at most.
    """
    if len(points) <= most:
        return points
    stretches = most // 2
    cuts = [len(points) * n // stretches for n in range(stretches + 1)]
    return [point for start, end in pairwise(cuts) for point in _extremes(points, start, end)]


def _extremes(points: Sequence[Point], start: int, end: int) -> Iterator[Point]:
    finite = [index for index in range(start, end) if math.isfinite(points[index][1])]
    if not finite:
        yield points[start]
        return
    low = min(finite, key=lambda index: points[index][1])
    high = max(finite, key=lambda index: points[index][1])
    yield from (points[index] for index in sorted({low, high}))
