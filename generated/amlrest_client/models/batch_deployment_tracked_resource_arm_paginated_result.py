# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchDeploymentTrackedResourceArmPaginatedResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .batch_deployment_tracked_resource import BatchDeploymentTrackedResource


@define(kw_only=True, repr=False, getstate_setstate=False)
class BatchDeploymentTrackedResourceArmPaginatedResult(Model):
    """BatchDeploymentTrackedResourceArmPaginatedResult."""

    next_link: str | None | Unset = UNSET
    value: list[BatchDeploymentTrackedResource] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "next_link": Field("nextLink", "str"),
        "value": Field("value", "list[BatchDeploymentTrackedResource]"),
    }
