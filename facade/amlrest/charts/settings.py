"""Scales of hyperparameters, true to their distributions. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from amlrest import _readable as readable
from amlrest.charts.scales import Categories, Linear, Log, fitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    Setting = str | float
    SettingScale = Categories | Linear | Log

_MOST_CATEGORIES = 24


class Domain(NamedTuple):
    """What is known of a hyperparameter before its values.

    Attributes:
        choices: what can be chosen, in this order; empty for numbers of a range.
        ends: values that are shown in any case, such as the ends of a range.
        is_log: whether equal ratios are equal distances.
    """

    choices: Sequence[Setting] = ()
    ends: tuple[float, ...] = ()
    is_log: bool = False


def exponential(low: float, high: float) -> Domain:
    """Return the domain of numbers between two powers of e, given by their exponents."""
    try:
        return Domain(ends=(math.exp(low), math.exp(high)), is_log=True)
    except OverflowError:
        return Domain(is_log=True)


def scale_of(domain: Domain, settings: Sequence[Setting]) -> tuple[SettingScale, list[float]]:
    """Return the scale of a hyperparameter, and each setting as a number on it.

    Values that are drawn on a logarithmic scale are shown on one; a range that is known is shown
    whole, so that its unsearched parts are seen; choices have a place each.
    """
    numbers = [float(each) for each in settings if not isinstance(each, str)]
    all_numbers = len(numbers) == len(settings)
    if all_numbers and not domain.choices:
        return _range_scale(domain, numbers), numbers
    categories = _categories([*domain.choices, *settings], len(domain.choices))
    if all_numbers and len(categories) > _MOST_CATEGORIES:
        return fitting(numbers), numbers
    places = {label: float(place) for place, label in enumerate(categories)}
    return Categories(list(places)), [places[_label(each)] for each in settings]


def _range_scale(domain: Domain, numbers: Sequence[float]) -> Linear | Log:
    every = [*numbers, *domain.ends]
    return (Log if domain.is_log and min(every) > 0 else Linear)(min(every), max(every))


def _categories(settings: Sequence[Setting], offered: int) -> list[str]:
    """Return the labels of what can be chosen, then of other settings; of numbers, in order."""
    numbers = [each for each in settings if not isinstance(each, str)]
    if len(numbers) == len(settings):
        return list(dict.fromkeys(map(_label, sorted(numbers))))
    others = sorted(map(_label, settings[offered:]))
    return list(dict.fromkeys([*map(_label, settings[:offered]), *others]))


def _label(setting: Setting) -> str:
    return setting if isinstance(setting, str) else str(readable.whole(setting))
