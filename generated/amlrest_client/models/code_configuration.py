# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""CodeConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class CodeConfiguration(Model):
    """CodeConfiguration."""

    code_id: str | None | Unset = UNSET
    scoring_script: str

    _fields: ClassVar[Mapping[str, Field]] = {
        "code_id": Field("codeId", "str"),
        "scoring_script": Field("scoringScript", "str", required=True),
    }
