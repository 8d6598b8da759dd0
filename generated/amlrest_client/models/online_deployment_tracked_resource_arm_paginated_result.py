# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""OnlineDeploymentTrackedResourceArmPaginatedResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .online_deployment_tracked_resource import OnlineDeploymentTrackedResource


@define(kw_only=True, repr=False, getstate_setstate=False)
class OnlineDeploymentTrackedResourceArmPaginatedResult(Model):
    """OnlineDeploymentTrackedResourceArmPaginatedResult."""

    next_link: str | None | Unset = UNSET
    value: list[OnlineDeploymentTrackedResource] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "next_link": Field("nextLink", "str"),
        "value": Field("value", "list[OnlineDeploymentTrackedResource]"),
    }
