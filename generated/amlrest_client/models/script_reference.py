# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ScriptReference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ScriptReference(Model):
    """ScriptReference."""

    script_source: str | None | Unset = UNSET
    script_data: str | None | Unset = UNSET
    script_arguments: str | None | Unset = UNSET
    timeout: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "script_source": Field("scriptSource", "str"),
        "script_data": Field("scriptData", "str"),
        "script_arguments": Field("scriptArguments", "str"),
        "timeout": Field("timeout", "str"),
    }
