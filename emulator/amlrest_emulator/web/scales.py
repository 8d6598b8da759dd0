"""Scales of plots: from values to places, with round ticks. No I/O."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_MARGIN = 0.04
_LIMIT = 1e307
"""Beyond it the length of an axis is no double."""
_LEAST = 1e-300
_EXPONENT = math.log(1e308)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps the values from ``low`` to ``high`` to places from ``start`` to ``end``.

    Attributes:
        low: value at ``start``.
        high: value at ``end``, greater than ``low``.
        start: place in pixels.
        end: place in pixels; may be less than ``start``.
        logarithmic: whether equal ratios are equal distances; ``low`` is positive then.
    """

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """Return the place of a value; of one beyond the axis, its end."""
        low, high, here = self.low, self.high, min(max(value, self.low), self.high)
        if self.logarithmic:
            low, high, here = math.log(low), math.log(high), math.log(here)
        return self.start + (here - low) / (high - low) * (self.end - self.start)

    def ticks(self, count: int) -> list[float]:
        """Return about ``count`` round values from ``low`` to ``high``."""
        ticks = log_ticks if self.logarithmic else linear_ticks
        return ticks(self.low, self.high, count)


def scale_of(
    values: Iterable[float], start: float, end: float, *, logarithmic: bool = False
) -> Scale:
    """Return the scale of an axis for values, with a margin on both sides.

    Args:
        values: finite values, positive ones for a logarithmic scale; there may be none.
        start: place of the lowest.
        end: place of the highest.
        logarithmic: whether the scale is logarithmic.
    """
    least = _LEAST if logarithmic else -_LIMIT
    known = [min(max(value, least), _LIMIT) for value in values] or [1.0]
    low, high = min(known), max(known)
    if logarithmic:
        below, above = math.log(low), math.log(high)
        margin = _MARGIN * (above - below)
        margin = margin if margin > _ROUNDING else math.log(2)
        low = math.exp(max(below - margin, -_EXPONENT))
        high = math.exp(min(above + margin, _EXPONENT))
        return Scale(low, high, start, end, logarithmic=True)
    margin = _MARGIN * (high - low)
    if low + margin == low or high - margin == high:  # one value, or too near for doubles
        margin = abs(low) / 2 or 1.0
    return Scale(low - margin, high + margin, start, end)


def linear_ticks(low: float, high: float, count: int) -> list[float]:
    """Return the multiples of 1, 2 or 5 times a power of ten from ``low`` to ``high``."""
    rough = (high - low) / count
    if rough < _LEAST:
        return [low, high]
    power = math.floor(math.log10(rough))
    share = rough / 10.0**power
    # The geometric mean of two steps is where the larger one becomes the nearer one.
    factor = 10 if share >= math.sqrt(50) else 5 if share >= math.sqrt(10) else 2
    factor = factor if share >= math.sqrt(2) else 1
    if power < 0:  # a quotient of whole numbers is the double that is written 0.3
        unit = 10.0**-power / factor
        return [i / unit for i in range(math.ceil(low * unit), math.floor(high * unit) + 1)]
    step = factor * 10.0**power
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def log_ticks(low: float, high: float, count: int) -> list[float]:
    """Return powers of ten from ``low`` to ``high``, with 2 and 5 times them if they are few."""
    first, last = math.log10(low), math.log10(high)
    decades = range(math.ceil(first - _ROUNDING), math.floor(last + _ROUNDING) + 1)
    if len(decades) > count:
        every = math.ceil(len(decades) / count)
        return [_power(d) for d in decades if d % every == 0]
    if len(decades) * 2 > count:
        return [_power(d) for d in decades]
    around = range(math.floor(first), math.ceil(last) + 1)
    ticks = [factor * _power(decade) for decade in around for factor in (1, 2, 5)]
    found = [tick for tick in ticks if low <= tick <= high]
    return found if len(found) > 1 else linear_ticks(low, high, count)


def _power(decade: int) -> float:
    return float(f"1e{decade}")


def label(value: float) -> str:
    """Return the text of a tick: ``0.3``, ``1500``, ``1e-5``."""
    mantissa, _, exponent = f"{value:.10g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa
