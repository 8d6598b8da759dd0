# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""SasDatastoreSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_secrets import DatastoreSecrets

if TYPE_CHECKING:
    from .secrets_type import SecretsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class SasDatastoreSecrets(DatastoreSecrets):
    """SasDatastoreSecrets.

    `secretsType` is always `Sas`.
    """

    sas_token: str | None | Unset = UNSET
    secrets_type: SecretsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "sas_token": Field("sasToken", "str", secret=True),
        "secrets_type": Field("secretsType", "enum[SecretsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"secretsType": "Sas"}
