# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeSchedules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .compute_start_stop_schedule import ComputeStartStopSchedule


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeSchedules(Model):
    """ComputeSchedules."""

    compute_start_stop: list[ComputeStartStopSchedule] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "compute_start_stop": Field("computeStartStop", "list[ComputeStartStopSchedule]"),
    }
