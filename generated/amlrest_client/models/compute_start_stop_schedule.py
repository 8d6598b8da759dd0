# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeStartStopSchedule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .compute_power_action import ComputePowerAction
    from .cron import Cron
    from .provisioning_status import ProvisioningStatus
    from .recurrence import Recurrence
    from .schedule_status import ScheduleStatus
    from .trigger_type import TriggerType


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeStartStopSchedule(Model):
    """ComputeStartStopSchedule."""

    id: str | None | Unset = UNSET
    provisioning_status: ProvisioningStatus | str | None | Unset = UNSET
    status: ScheduleStatus | str | None | Unset = UNSET
    trigger_type: TriggerType | str | None | Unset = UNSET
    action: ComputePowerAction | str | None | Unset = UNSET
    recurrence: Recurrence | None | Unset = UNSET
    cron: Cron | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "id": Field("id", "str", read_only=True),
        "provisioning_status": Field(
            "provisioningStatus", "enum[ProvisioningStatus]", read_only=True
        ),
        "status": Field("status", "enum[ScheduleStatus]"),
        "trigger_type": Field("triggerType", "enum[TriggerType]"),
        "action": Field("action", "enum[ComputePowerAction]"),
        "recurrence": Field("recurrence", "Recurrence"),
        "cron": Field("cron", "Cron"),
    }
