# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeInstanceLastOperation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .operation_name import OperationName
    from .operation_status import OperationStatus


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeInstanceLastOperation(Model):
    """ComputeInstanceLastOperation."""

    operation_name: OperationName | str | None | Unset = UNSET
    operation_time: str | None | Unset = UNSET
    operation_status: OperationStatus | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "operation_name": Field("operationName", "enum[OperationName]"),
        "operation_time": Field("operationTime", "str"),
        "operation_status": Field("operationStatus", "enum[OperationStatus]"),
    }
