# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchEndpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .endpoint_auth_keys import EndpointAuthKeys
    from .endpoint_auth_mode import EndpointAuthMode


@define(kw_only=True, repr=False, getstate_setstate=False)
class BatchEndpoint(Model):
    """BatchEndpoint."""

    auth_mode: EndpointAuthMode | str | None | Unset = UNSET
    description: str | None | Unset = UNSET
    keys: EndpointAuthKeys | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    scoring_uri: str | None | Unset = UNSET
    swagger_uri: str | None | Unset = UNSET
    traffic: dict[str, int] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "auth_mode": Field("authMode", "enum[EndpointAuthMode]"),
        "description": Field("description", "str"),
        "keys": Field("keys", "EndpointAuthKeys", secret=True),
        "properties": Field("properties", "dict[str]"),
        "scoring_uri": Field("scoringUri", "str", read_only=True),
        "swagger_uri": Field("swaggerUri", "str", read_only=True),
        "traffic": Field("traffic", "dict[int]"),
    }
