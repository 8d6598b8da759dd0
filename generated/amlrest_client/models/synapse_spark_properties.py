# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SynapseSparkProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .auto_pause_properties import AutoPauseProperties
    from .auto_scale_properties import AutoScaleProperties


@define(kw_only=True, repr=False, getstate_setstate=False)
class SynapseSparkProperties(Model):
    """SynapseSparkProperties."""

    auto_scale_properties: AutoScaleProperties | None | Unset = UNSET
    auto_pause_properties: AutoPauseProperties | None | Unset = UNSET
    spark_version: str | None | Unset = UNSET
    node_count: int | None | Unset = UNSET
    node_size: str | None | Unset = UNSET
    node_size_family: str | None | Unset = UNSET
    subscription_id: str | None | Unset = UNSET
    resource_group: str | None | Unset = UNSET
    workspace_name: str | None | Unset = UNSET
    pool_name: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "auto_scale_properties": Field("autoScaleProperties", "AutoScaleProperties"),
        "auto_pause_properties": Field("autoPauseProperties", "AutoPauseProperties"),
        "spark_version": Field("sparkVersion", "str"),
        "node_count": Field("nodeCount", "int"),
        "node_size": Field("nodeSize", "str"),
        "node_size_family": Field("nodeSizeFamily", "str"),
        "subscription_id": Field("subscriptionId", "str"),
        "resource_group": Field("resourceGroup", "str"),
        "workspace_name": Field("workspaceName", "str"),
        "pool_name": Field("poolName", "str"),
    }
