# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""RegistryListCredentialsResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .password import Password


@define(kw_only=True, repr=False, getstate_setstate=False)
class RegistryListCredentialsResult(Model):
    """RegistryListCredentialsResult."""

    location: str | None | Unset = UNSET
    username: str | None | Unset = UNSET
    passwords: list[Password] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "location": Field("location", "str", read_only=True),
        "username": Field("username", "str", read_only=True),
        "passwords": Field("passwords", "list[Password]"),
    }
