# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SslConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .ssl_configuration_status import SslConfigurationStatus


@define(kw_only=True, repr=False, getstate_setstate=False)
class SslConfiguration(Model):
    """SslConfiguration."""

    status: SslConfigurationStatus | str | None | Unset = UNSET
    cert: str | None | Unset = UNSET
    key: str | None | Unset = UNSET
    cname: str | None | Unset = UNSET
    leaf_domain_label: str | None | Unset = UNSET
    overwrite_existing_domain: bool | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "status": Field("status", "enum[SslConfigurationStatus]"),
        "cert": Field("cert", "str", secret=True),
        "key": Field("key", "str", secret=True),
        "cname": Field("cname", "str"),
        "leaf_domain_label": Field("leafDomainLabel", "str"),
        "overwrite_existing_domain": Field("overwriteExistingDomain", "bool"),
    }
