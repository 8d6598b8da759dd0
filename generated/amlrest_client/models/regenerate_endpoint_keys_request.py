# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""RegenerateEndpointKeysRequest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .key_type import KeyType


@define(kw_only=True, repr=False, getstate_setstate=False)
class RegenerateEndpointKeysRequest(Model):
    """RegenerateEndpointKeysRequest."""

    key_type: KeyType | str
    key_value: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "key_type": Field("keyType", "enum[KeyType]", required=True),
        "key_value": Field("keyValue", "str", secret=True),
    }
