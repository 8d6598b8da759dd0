# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""VirtualMachineSshCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class VirtualMachineSshCredentials(Model):
    """VirtualMachineSshCredentials."""

    username: str | None | Unset = UNSET
    password: str | None | Unset = UNSET
    public_key_data: str | None | Unset = UNSET
    private_key_data: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "username": Field("username", "str"),
        "password": Field("password", "str", secret=True),
        "public_key_data": Field("publicKeyData", "str"),
        "private_key_data": Field("privateKeyData", "str", secret=True),
    }
