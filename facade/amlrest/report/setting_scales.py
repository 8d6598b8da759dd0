"""Scales of hyperparameters by the distributions of the search space. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest.charts import settings
from amlrest.charts.settings import Domain
from amlrest.resources.results import as_number
from amlrest.resources.search_space import Choice, RandInt, Uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amlrest.charts.settings import Setting, SettingScale


def scale_of(
    distribution: Any, given: Sequence[Setting | None]
) -> tuple[SettingScale, list[float]]:
    """Return the scale of a hyperparameter, and each known setting as a number on it."""
    known = [each for each in given if each is not None]
    return settings.scale_of(domain_of(distribution), known)


def domain_of(distribution: Any) -> Domain:
    """Return what is known of a hyperparameter by its distribution."""
    if isinstance(distribution, Choice):
        return Domain(tuple(as_number(str(value)) for value in distribution.values))
    is_log = "log" in getattr(distribution, "KIND", "")
    if isinstance(distribution, RandInt):
        return Domain(ends=(0.0, float(distribution.upper - 1)))
    if not isinstance(distribution, Uniform):
        return Domain(is_log=is_log)
    low, high = distribution.min_value, distribution.max_value
    return settings.exponential(low, high) if is_log else Domain(ends=(low, high))
