# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""IdentityConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model

if TYPE_CHECKING:
    from .identity_configuration_type import IdentityConfigurationType


@define(kw_only=True, repr=False, getstate_setstate=False)
class IdentityConfiguration(Model):
    """IdentityConfiguration; `from_dict` returns the subtype selected by `identityType`."""

    identity_type: IdentityConfigurationType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "identity_type": Field("identityType", "enum[IdentityConfigurationType]", required=True),
    }
    _discriminator: ClassVar[str] = "identityType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "amltoken": "AmlToken",
        "managed": "ManagedIdentity",
    }
