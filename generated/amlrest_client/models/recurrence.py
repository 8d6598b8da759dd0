# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Recurrence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .recurrence_frequency import RecurrenceFrequency
    from .recurrence_schedule import RecurrenceSchedule


@define(kw_only=True, repr=False, getstate_setstate=False)
class Recurrence(Model):
    """Recurrence."""

    frequency: RecurrenceFrequency | str | None | Unset = UNSET
    interval: int | None | Unset = UNSET
    start_time: str | None | Unset = UNSET
    time_zone: str | None | Unset = UNSET
    schedule: RecurrenceSchedule | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "frequency": Field("frequency", "enum[RecurrenceFrequency]"),
        "interval": Field("interval", "int"),
        "start_time": Field("startTime", "str"),
        "time_zone": Field("timeZone", "str"),
        "schedule": Field("schedule", "RecurrenceSchedule"),
    }
