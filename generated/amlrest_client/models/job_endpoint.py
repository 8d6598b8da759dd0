# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""JobEndpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class JobEndpoint(Model):
    """JobEndpoint."""

    endpoint: str | None | Unset = UNSET
    job_endpoint_type: str | None | Unset = UNSET
    port: int | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "endpoint": Field("endpoint", "str"),
        "job_endpoint_type": Field("jobEndpointType", "str"),
        "port": Field("port", "int"),
        "properties": Field("properties", "dict[str]"),
    }
