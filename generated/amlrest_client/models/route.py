# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class Route(Model):
    """Route."""

    path: str
    port: int

    _fields: ClassVar[Mapping[str, Field]] = {
        "path": Field("path", "str", required=True),
        "port": Field("port", "int", required=True),
    }
