# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EndpointAuthToken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class EndpointAuthToken(Model):
    """EndpointAuthToken."""

    access_token: str | None | Unset = UNSET
    expiry_time_utc: int | None | Unset = UNSET
    refresh_after_time_utc: int | None | Unset = UNSET
    token_type: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "access_token": Field("accessToken", "str", secret=True),
        "expiry_time_utc": Field("expiryTimeUtc", "int"),
        "refresh_after_time_utc": Field("refreshAfterTimeUtc", "int"),
        "token_type": Field("tokenType", "str"),
    }
