"""Credentials of datastores. Secrets never show in a repr."""

from typing import ClassVar

from attrs import define, field

from amlrest._wire.codecs import TEXT
from amlrest._wire.fields import wire, wire_fields
from amlrest._wire.nested import Union
from amlrest._wire.objects import WireObject


@define(repr=False)
class _Credentials(WireObject):
    """Credentials with one secret, which a read never brings back."""

    def wire_constants(self) -> dict[str, str]:
        """Give the secret its type where there is one."""
        constants = WireObject.wire_constants(self)
        secrets = [
            name for name, place in wire_fields(type(self)) if place.path.startswith("secrets.")
        ]
        if self.WIRE_TYPE and any(getattr(self, name) is not None for name in secrets):
            constants["secrets.secretsType"] = self.WIRE_TYPE[1]
        return constants


@define(repr=False)
class AccountKey(_Credentials):
    """A storage account key."""

    WIRE_MODEL: ClassVar[str] = "AccountKeyDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "AccountKey")

    key: str | None = field(default=None, repr=False, metadata=wire("secrets.key", TEXT))


@define(repr=False)
class SasToken(_Credentials):
    """A shared access signature."""

    WIRE_MODEL: ClassVar[str] = "SasDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "Sas")

    token: str | None = field(default=None, repr=False, metadata=wire("secrets.sasToken", TEXT))


@define(kw_only=True, repr=False)
class ServicePrincipal(_Credentials):
    """A service principal with a client secret.

    Attributes:
        tenant_id: tenant of the principal.
        client_id: its application id.
        client_secret: its secret.
        authority_url: where tokens come from; the public cloud's when None.
        resource_uri: what tokens are for.
    """

    WIRE_MODEL: ClassVar[str] = "ServicePrincipalDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "ServicePrincipal")

    tenant_id: str = field(metadata=wire("tenantId", TEXT))
    client_id: str = field(metadata=wire("clientId", TEXT))
    client_secret: str | None = field(
        default=None, repr=False, metadata=wire("secrets.clientSecret", TEXT)
    )
    authority_url: str | None = field(default=None, metadata=wire("authorityUrl", TEXT))
    resource_uri: str | None = field(default=None, metadata=wire("resourceUri", TEXT))


@define(kw_only=True, repr=False)
class Certificate(_Credentials):
    """A service principal with a certificate.

    Attributes:
        tenant_id: tenant of the principal.
        client_id: its application id.
        thumbprint: thumbprint of the certificate.
        certificate: the certificate with its private key.
        authority_url: where tokens come from; the public cloud's when None.
        resource_uri: what tokens are for.
    """

    WIRE_MODEL: ClassVar[str] = "CertificateDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "Certificate")

    tenant_id: str = field(metadata=wire("tenantId", TEXT))
    client_id: str = field(metadata=wire("clientId", TEXT))
    thumbprint: str = field(metadata=wire("thumbprint", TEXT))
    certificate: str | None = field(
        default=None, repr=False, metadata=wire("secrets.certificate", TEXT)
    )
    authority_url: str | None = field(default=None, metadata=wire("authorityUrl", TEXT))
    resource_uri: str | None = field(default=None, metadata=wire("resourceUri", TEXT))


@define(kw_only=True, repr=False)
class SqlAdmin(_Credentials):
    """A database administrator."""

    WIRE_MODEL: ClassVar[str] = "SqlAdminDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "SqlAdmin")

    user_id: str = field(metadata=wire("userId", TEXT))
    password: str | None = field(default=None, repr=False, metadata=wire("secrets.password", TEXT))


@define(repr=False)
class NoCredentials(_Credentials):
    """Access as the person or identity that runs the job."""

    WIRE_MODEL: ClassVar[str] = "NoneDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "None")


Credentials = AccountKey | SasToken | ServicePrincipal | Certificate | SqlAdmin | NoCredentials
CREDENTIALS = Union(AccountKey, SasToken, ServicePrincipal, Certificate, SqlAdmin, NoCredentials)
