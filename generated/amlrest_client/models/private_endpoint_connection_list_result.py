# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""PrivateEndpointConnectionListResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .private_endpoint_connection import PrivateEndpointConnection


@define(kw_only=True, repr=False, getstate_setstate=False)
class PrivateEndpointConnectionListResult(Model):
    """PrivateEndpointConnectionListResult."""

    value: list[PrivateEndpointConnection] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "value": Field("value", "list[PrivateEndpointConnection]"),
    }
