# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchOutputConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .batch_output_action import BatchOutputAction


@define(kw_only=True, repr=False, getstate_setstate=False)
class BatchOutputConfiguration(Model):
    """BatchOutputConfiguration."""

    append_row_file_name: str | None | Unset = UNSET
    output_action: BatchOutputAction | str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "append_row_file_name": Field("appendRowFileName", "str"),
        "output_action": Field("outputAction", "enum[BatchOutputAction]"),
    }
