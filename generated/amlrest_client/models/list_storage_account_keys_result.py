# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ListStorageAccountKeysResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ListStorageAccountKeysResult(Model):
    """ListStorageAccountKeysResult."""

    user_storage_key: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "user_storage_key": Field("userStorageKey", "str", read_only=True, secret=True),
    }
