# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ServiceManagedResourcesSettings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .cosmos_db_settings import CosmosDbSettings


@define(kw_only=True, repr=False, getstate_setstate=False)
class ServiceManagedResourcesSettings(Model):
    """ServiceManagedResourcesSettings."""

    cosmos_db: CosmosDbSettings | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "cosmos_db": Field("cosmosDb", "CosmosDbSettings"),
    }
