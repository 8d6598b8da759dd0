# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""WorkspaceUpdateParameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .identity import Identity
    from .sku import Sku
    from .workspace_properties_update_parameters import (
        WorkspacePropertiesUpdateParameters,
    )


@define(kw_only=True, repr=False, getstate_setstate=False)
class WorkspaceUpdateParameters(Model):
    """WorkspaceUpdateParameters."""

    tags: dict[str, str] | None | Unset = UNSET
    sku: Sku | None | Unset = UNSET
    identity: Identity | None | Unset = UNSET
    properties: WorkspacePropertiesUpdateParameters | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "tags": Field("tags", "dict[str]"),
        "sku": Field("sku", "Sku"),
        "identity": Field("identity", "Identity"),
        "properties": Field("properties", "WorkspacePropertiesUpdateParameters"),
    }
