# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""RecurrenceSchedule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .days_of_week import DaysOfWeek


@define(kw_only=True, repr=False, getstate_setstate=False)
class RecurrenceSchedule(Model):
    """RecurrenceSchedule."""

    minutes: list[int] | None | Unset = UNSET
    hours: list[int] | None | Unset = UNSET
    week_days: list[DaysOfWeek | str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "minutes": Field("minutes", "list[int]"),
        "hours": Field("hours", "list[int]"),
        "week_days": Field("weekDays", "list[enum[DaysOfWeek]]"),
    }
