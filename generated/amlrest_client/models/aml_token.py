# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AmlToken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from .identity_configuration import IdentityConfiguration

if TYPE_CHECKING:
    from .identity_configuration_type import IdentityConfigurationType


@define(kw_only=True, repr=False, getstate_setstate=False)
class AmlToken(IdentityConfiguration):
    """AmlToken.

    `identityType` is always `AMLToken`.
    """

    identity_type: IdentityConfigurationType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "identity_type": Field("identityType", "enum[IdentityConfigurationType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"identityType": "AMLToken"}
