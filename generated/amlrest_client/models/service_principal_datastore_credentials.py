# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ServicePrincipalDatastoreCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_credentials import DatastoreCredentials

if TYPE_CHECKING:
    from .credentials_type import CredentialsType
    from .service_principal_datastore_secrets import ServicePrincipalDatastoreSecrets


@define(kw_only=True, repr=False, getstate_setstate=False)
class ServicePrincipalDatastoreCredentials(DatastoreCredentials):
    """ServicePrincipalDatastoreCredentials.

    `credentialsType` is always `ServicePrincipal`.
    """

    authority_url: str | None | Unset = UNSET
    client_id: str
    resource_uri: str | None | Unset = UNSET
    secrets: ServicePrincipalDatastoreSecrets | None | Unset = UNSET
    tenant_id: str
    credentials_type: CredentialsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "authority_url": Field("authorityUrl", "str"),
        "client_id": Field("clientId", "str", required=True),
        "resource_uri": Field("resourceUri", "str"),
        "secrets": Field("secrets", "ServicePrincipalDatastoreSecrets", secret=True),
        "tenant_id": Field("tenantId", "str", required=True),
        "credentials_type": Field("credentialsType", "enum[CredentialsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"credentialsType": "ServicePrincipal"}
