# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""StatusMessage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .status_message_level import StatusMessageLevel


@define(kw_only=True, repr=False, getstate_setstate=False)
class StatusMessage(Model):
    """StatusMessage."""

    code: str | None | Unset = UNSET
    created_time_utc: str | None | Unset = UNSET
    level: StatusMessageLevel | str | None | Unset = UNSET
    message: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "code": Field("code", "str", read_only=True),
        "created_time_utc": Field("createdTimeUtc", "str", read_only=True),
        "level": Field("level", "enum[StatusMessageLevel]", read_only=True),
        "message": Field("message", "str", read_only=True),
    }
