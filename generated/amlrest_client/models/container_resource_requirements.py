# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ContainerResourceRequirements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ContainerResourceRequirements(Model):
    """ContainerResourceRequirements."""

    cpu: float | None | Unset = UNSET
    cpu_limit: float | None | Unset = UNSET
    memory_in_gb: float | None | Unset = UNSET
    memory_in_gb_limit: float | None | Unset = UNSET
    gpu: int | None | Unset = UNSET
    fpga: int | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "cpu": Field("cpu", "float"),
        "cpu_limit": Field("cpuLimit", "float"),
        "memory_in_gb": Field("memoryInGB", "float"),
        "memory_in_gb_limit": Field("memoryInGBLimit", "float"),
        "gpu": Field("gpu", "int"),
        "fpga": Field("fpga", "int"),
    }
