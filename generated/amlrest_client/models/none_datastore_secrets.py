# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""NoneDatastoreSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from .datastore_secrets import DatastoreSecrets

if TYPE_CHECKING:
    from .secrets_type import SecretsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class NoneDatastoreSecrets(DatastoreSecrets):
    """NoneDatastoreSecrets.

    `secretsType` is always `None`.
    """

    secrets_type: SecretsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "secrets_type": Field("secretsType", "enum[SecretsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"secretsType": "None"}
