# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""VirtualMachineSize."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .estimated_vm_prices import EstimatedVMPrices


@define(kw_only=True, repr=False, getstate_setstate=False)
class VirtualMachineSize(Model):
    """VirtualMachineSize."""

    name: str | None | Unset = UNSET
    family: str | None | Unset = UNSET
    v_cp_us: int | None | Unset = UNSET
    gpus: int | None | Unset = UNSET
    os_vhd_size_mb: int | None | Unset = UNSET
    max_resource_volume_mb: int | None | Unset = UNSET
    memory_gb: float | None | Unset = UNSET
    low_priority_capable: bool | None | Unset = UNSET
    premium_io: bool | None | Unset = UNSET
    estimated_vm_prices: EstimatedVMPrices | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "name": Field("name", "str", read_only=True),
        "family": Field("family", "str", read_only=True),
        "v_cp_us": Field("vCPUs", "int", read_only=True),
        "gpus": Field("gpus", "int", read_only=True),
        "os_vhd_size_mb": Field("osVhdSizeMB", "int", read_only=True),
        "max_resource_volume_mb": Field("maxResourceVolumeMB", "int", read_only=True),
        "memory_gb": Field("memoryGB", "float", read_only=True),
        "low_priority_capable": Field("lowPriorityCapable", "bool", read_only=True),
        "premium_io": Field("premiumIO", "bool", read_only=True),
        "estimated_vm_prices": Field("estimatedVMPrices", "EstimatedVMPrices"),
    }
