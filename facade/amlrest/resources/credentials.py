"""Credentials of datastores. Secrets are left out of their repr."""

from typing import ClassVar

from attrs import define, field

from amlrest._wire.codecs import TEXT
from amlrest._wire.fields import wire, wire_fields
from amlrest._wire.nested import Union
from amlrest._wire.objects import WireObject


@define(repr=False)
class _Credentials(WireObject):
    """Credentials with a secret, which the service does not return."""

    def wire_constants(self) -> dict[str, str]:
        """Add the type of the secret, if there is a secret."""
        constants = WireObject.wire_constants(self)
        secrets = [
            name
            for name, wire_field in wire_fields(type(self))
            if wire_field.path.startswith("secrets.")
        ]
        if self.WIRE_TYPE and any(getattr(self, name) is not None for name in secrets):
            constants["secrets.secretsType"] = self.WIRE_TYPE[1]
        return constants


@define(repr=False)
class AccountKey(_Credentials):
    """The key of a storage account.

    Attributes:
        key: the account key.
    """

    WIRE_MODEL: ClassVar[str] = "AccountKeyDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "AccountKey")

    key: str | None = field(default=None, repr=False, metadata=wire("secrets.key", TEXT))


@define(repr=False)
class SasToken(_Credentials):
    """A shared access signature.

    Attributes:
        token: the SAS token.
    """

    WIRE_MODEL: ClassVar[str] = "SasDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "Sas")

    token: str | None = field(default=None, repr=False, metadata=wire("secrets.sasToken", TEXT))


@define(kw_only=True, repr=False)
class ServicePrincipal(_Credentials):
    """A service principal with a client secret.

    Attributes:
        tenant_id: tenant id of the service principal.
        client_id: application id of the service principal.
        client_secret: the client secret.
        authority_url: URL of the token authority; that of the public cloud if None.
        resource_uri: audience of the tokens.
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
        tenant_id: tenant id of the service principal.
        client_id: application id of the service principal.
        thumbprint: thumbprint of the certificate.
        certificate: the certificate with its private key.
        authority_url: URL of the token authority; that of the public cloud if None.
        resource_uri: audience of the tokens.
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
    """A database administrator.

    Attributes:
        user_id: user name.
        password: password of the user.
    """

    WIRE_MODEL: ClassVar[str] = "SqlAdminDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "SqlAdmin")

    user_id: str = field(metadata=wire("userId", TEXT))
    password: str | None = field(default=None, repr=False, metadata=wire("secrets.password", TEXT))


@define(repr=False)
class NoCredentials(_Credentials):
    """No stored credentials; access with the identity that runs the job."""

    WIRE_MODEL: ClassVar[str] = "NoneDatastoreCredentials"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("credentialsType", "None")


Credentials = AccountKey | SasToken | ServicePrincipal | Certificate | SqlAdmin | NoCredentials
CREDENTIALS = Union(AccountKey, SasToken, ServicePrincipal, Certificate, SqlAdmin, NoCredentials)
