# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""CertificateDatastoreCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .datastore_credentials import DatastoreCredentials

if TYPE_CHECKING:
    from .certificate_datastore_secrets import CertificateDatastoreSecrets
    from .credentials_type import CredentialsType


@define(kw_only=True, repr=False, getstate_setstate=False)
class CertificateDatastoreCredentials(DatastoreCredentials):
    """CertificateDatastoreCredentials.

    `credentialsType` is always `Certificate`.
    """

    authority_url: str | None | Unset = UNSET
    client_id: str
    resource_uri: str | None | Unset = UNSET
    secrets: CertificateDatastoreSecrets | None | Unset = UNSET
    tenant_id: str
    thumbprint: str
    credentials_type: CredentialsType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "authority_url": Field("authorityUrl", "str"),
        "client_id": Field("clientId", "str", required=True),
        "resource_uri": Field("resourceUri", "str"),
        "secrets": Field("secrets", "CertificateDatastoreSecrets", secret=True),
        "tenant_id": Field("tenantId", "str", required=True),
        "thumbprint": Field("thumbprint", "str", required=True),
        "credentials_type": Field("credentialsType", "enum[CredentialsType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"credentialsType": "Certificate"}
