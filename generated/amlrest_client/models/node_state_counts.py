# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""NodeStateCounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class NodeStateCounts(Model):
    """NodeStateCounts."""

    idle_node_count: int | None | Unset = UNSET
    running_node_count: int | None | Unset = UNSET
    preparing_node_count: int | None | Unset = UNSET
    unusable_node_count: int | None | Unset = UNSET
    leaving_node_count: int | None | Unset = UNSET
    preempted_node_count: int | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "idle_node_count": Field("idleNodeCount", "int", read_only=True),
        "running_node_count": Field("runningNodeCount", "int", read_only=True),
        "preparing_node_count": Field("preparingNodeCount", "int", read_only=True),
        "unusable_node_count": Field("unusableNodeCount", "int", read_only=True),
        "leaving_node_count": Field("leavingNodeCount", "int", read_only=True),
        "preempted_node_count": Field("preemptedNodeCount", "int", read_only=True),
    }
