# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AmlComputeNodesInformation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .compute_nodes_information import ComputeNodesInformation

if TYPE_CHECKING:
    from .aml_compute_node_information import AmlComputeNodeInformation
    from .compute_type import ComputeType


@define(kw_only=True, repr=False, getstate_setstate=False)
class AmlComputeNodesInformation(ComputeNodesInformation):
    """AmlComputeNodesInformation.

    `computeType` is always `AmlCompute`.
    """

    nodes: list[AmlComputeNodeInformation] | None | Unset = UNSET
    compute_type: ComputeType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "nodes": Field("nodes", "list[AmlComputeNodeInformation]", read_only=True),
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"computeType": "AmlCompute"}
