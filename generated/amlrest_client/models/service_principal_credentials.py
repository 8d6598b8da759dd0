# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ServicePrincipalCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class ServicePrincipalCredentials(Model):
    """ServicePrincipalCredentials."""

    client_id: str
    client_secret: str

    _fields: ClassVar[Mapping[str, Field]] = {
        "client_id": Field("clientId", "str", required=True),
        "client_secret": Field("clientSecret", "str", required=True, secret=True),
    }
