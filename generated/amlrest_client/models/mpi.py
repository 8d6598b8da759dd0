# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Mpi."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .distribution_configuration import DistributionConfiguration

if TYPE_CHECKING:
    from .distribution_type import DistributionType


@define(kw_only=True, repr=False, getstate_setstate=False)
class Mpi(DistributionConfiguration):
    """Mpi.

    `distributionType` is always `Mpi`.
    """

    process_count_per_instance: int | None | Unset = UNSET
    distribution_type: DistributionType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "process_count_per_instance": Field("processCountPerInstance", "int"),
        "distribution_type": Field("distributionType", "enum[DistributionType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"distributionType": "Mpi"}
