# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EncryptionProperty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .encryption_status import EncryptionStatus
    from .identity_for_cmk import IdentityForCmk
    from .key_vault_properties import KeyVaultProperties


@define(kw_only=True, repr=False, getstate_setstate=False)
class EncryptionProperty(Model):
    """EncryptionProperty."""

    status: EncryptionStatus | str
    identity: IdentityForCmk | None | Unset = UNSET
    key_vault_properties: KeyVaultProperties

    _fields: ClassVar[Mapping[str, Field]] = {
        "status": Field("status", "enum[EncryptionStatus]", required=True),
        "identity": Field("identity", "IdentityForCmk"),
        "key_vault_properties": Field("keyVaultProperties", "KeyVaultProperties", required=True),
    }
