# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""DataFactory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from .compute import Compute

if TYPE_CHECKING:
    from .compute_type import ComputeType


@define(kw_only=True, repr=False, getstate_setstate=False)
class DataFactory(Compute):
    """DataFactory.

    `computeType` is always `DataFactory`.
    """

    compute_type: ComputeType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"computeType": "DataFactory"}
