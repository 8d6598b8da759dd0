# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ScriptsToExecute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .script_reference import ScriptReference


@define(kw_only=True, repr=False, getstate_setstate=False)
class ScriptsToExecute(Model):
    """ScriptsToExecute."""

    startup_script: ScriptReference | None | Unset = UNSET
    creation_script: ScriptReference | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "startup_script": Field("startupScript", "ScriptReference"),
        "creation_script": Field("creationScript", "ScriptReference"),
    }
