# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""WorkspacePropertiesUpdateParameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .service_managed_resources_settings import ServiceManagedResourcesSettings


@define(kw_only=True, repr=False, getstate_setstate=False)
class WorkspacePropertiesUpdateParameters(Model):
    """WorkspacePropertiesUpdateParameters."""

    description: str | None | Unset = UNSET
    friendly_name: str | None | Unset = UNSET
    image_build_compute: str | None | Unset = UNSET
    service_managed_resources_settings: ServiceManagedResourcesSettings | None | Unset = UNSET
    primary_user_assigned_identity: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "description": Field("description", "str"),
        "friendly_name": Field("friendlyName", "str"),
        "image_build_compute": Field("imageBuildCompute", "str"),
        "service_managed_resources_settings": Field(
            "serviceManagedResourcesSettings", "ServiceManagedResourcesSettings"
        ),
        "primary_user_assigned_identity": Field("primaryUserAssignedIdentity", "str"),
    }
