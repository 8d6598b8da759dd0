# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""KeyVaultProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class KeyVaultProperties(Model):
    """KeyVaultProperties."""

    key_vault_arm_id: str
    key_identifier: str
    identity_client_id: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "key_vault_arm_id": Field("keyVaultArmId", "str", required=True),
        "key_identifier": Field("keyIdentifier", "str", required=True),
        "identity_client_id": Field("identityClientId", "str"),
    }
