# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""NotebookAccessTokenResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class NotebookAccessTokenResult(Model):
    """NotebookAccessTokenResult."""

    notebook_resource_id: str | None | Unset = UNSET
    host_name: str | None | Unset = UNSET
    public_dns: str | None | Unset = UNSET
    access_token: str | None | Unset = UNSET
    token_type: str | None | Unset = UNSET
    expires_in: int | None | Unset = UNSET
    refresh_token: str | None | Unset = UNSET
    scope: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "notebook_resource_id": Field("notebookResourceId", "str", read_only=True),
        "host_name": Field("hostName", "str", read_only=True),
        "public_dns": Field("publicDns", "str", read_only=True),
        "access_token": Field("accessToken", "str", read_only=True, secret=True),
        "token_type": Field("tokenType", "str", read_only=True),
        "expires_in": Field("expiresIn", "int", read_only=True),
        "refresh_token": Field("refreshToken", "str", read_only=True, secret=True),
        "scope": Field("scope", "str", read_only=True),
    }
