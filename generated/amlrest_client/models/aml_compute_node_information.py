# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AmlComputeNodeInformation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .node_state import NodeState


@define(kw_only=True, repr=False, getstate_setstate=False)
class AmlComputeNodeInformation(Model):
    """AmlComputeNodeInformation."""

    node_id: str | None | Unset = UNSET
    private_ip_address: str | None | Unset = UNSET
    public_ip_address: str | None | Unset = UNSET
    port: float | None | Unset = UNSET
    node_state: NodeState | str | None | Unset = UNSET
    run_id: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "node_id": Field("nodeId", "str", read_only=True),
        "private_ip_address": Field("privateIpAddress", "str", read_only=True),
        "public_ip_address": Field("publicIpAddress", "str", read_only=True),
        "port": Field("port", "float", read_only=True),
        "node_state": Field("nodeState", "enum[NodeState]", read_only=True),
        "run_id": Field("runId", "str", read_only=True),
    }
