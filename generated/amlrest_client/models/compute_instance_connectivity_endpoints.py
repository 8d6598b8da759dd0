# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeInstanceConnectivityEndpoints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeInstanceConnectivityEndpoints(Model):
    """ComputeInstanceConnectivityEndpoints."""

    public_ip_address: str | None | Unset = UNSET
    private_ip_address: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "public_ip_address": Field("publicIpAddress", "str", read_only=True),
        "private_ip_address": Field("privateIpAddress", "str", read_only=True),
    }
