# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ErrorDetail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .error_additional_info import ErrorAdditionalInfo


@define(kw_only=True, repr=False, getstate_setstate=False)
class ErrorDetail(Model):
    """ErrorDetail."""

    code: str | None | Unset = UNSET
    message: str | None | Unset = UNSET
    target: str | None | Unset = UNSET
    details: list[ErrorDetail] | None | Unset = UNSET
    additional_info: list[ErrorAdditionalInfo] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "code": Field("code", "str", read_only=True),
        "message": Field("message", "str", read_only=True),
        "target": Field("target", "str", read_only=True),
        "details": Field("details", "list[ErrorDetail]", read_only=True),
        "additional_info": Field("additionalInfo", "list[ErrorAdditionalInfo]", read_only=True),
    }
