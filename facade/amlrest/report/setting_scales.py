"""Scales of hyperparameters, true to their distributions. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from amlrest import _readable as readable
from amlrest.report.scales import Categories, Linear, Log, fitting
from amlrest.resources.results import as_number
from amlrest.resources.search_space import Choice, RandInt, Uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

    Setting = str | float
    SettingScale = Categories | Linear | Log

_MOST_CATEGORIES = 24


def scale_of(
    distribution: Any, settings: Sequence[Setting | None]
) -> tuple[SettingScale, list[float]]:
    """Return the scale of a hyperparameter, and each setting as a number on it."""
    numbers = [float(s) for s in settings if isinstance(s, int | float)]
    all_numbers = len(numbers) == len(settings)
    if all_numbers and not isinstance(distribution, Choice):
        return distribution_scale(distribution, numbers), numbers
    texts = [_category(setting) for setting in settings]
    labels = _categories(distribution, set(texts), all_numbers)
    if all_numbers and len(labels) > _MOST_CATEGORIES:
        return fitting(numbers), numbers
    return Categories(labels), [float(labels.index(text)) for text in texts]


def _categories(distribution: Any, found: set[str], numeric: bool) -> list[str]:
    """Return the values of a choice, also those that no trial has, then others that trials have."""
    offered = distribution.values if isinstance(distribution, Choice) else ()
    labels = list(dict.fromkeys(_category(as_number(_written(value))) for value in offered))
    labels += sorted(found - set(labels))
    return sorted(labels, key=float) if numeric and all(map(_is_number, labels)) else labels


def _written(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _category(setting: Setting | None) -> str:
    return setting if isinstance(setting, str) else readable.number(setting or 0)


def _is_number(text: str) -> bool:
    return not isinstance(as_number(text), str)


def distribution_scale(distribution: Any, values: Sequence[float]) -> Linear | Log:
    """Return the scale of a hyperparameter that is a number, true to its distribution.

    Values that are drawn on a logarithmic scale are shown on one; a range that is known is shown
    whole, so that its unsearched parts are seen.
    """
    every = [*values, *_bounds(distribution)]
    is_log = "log" in getattr(distribution, "KIND", "") and min(every) > 0
    return (Log if is_log else Linear)(min(every), max(every))


def _bounds(distribution: Any) -> tuple[float, ...]:
    """Return the lowest and highest value of a distribution that has them."""
    if isinstance(distribution, RandInt):
        return 0.0, float(distribution.upper - 1)
    if not isinstance(distribution, Uniform):
        return ()
    low, high = distribution.min_value, distribution.max_value
    if "log" not in distribution.KIND:
        return low, high
    try:
        return math.exp(low), math.exp(high)
    except OverflowError:
        return ()
