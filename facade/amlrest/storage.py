"""Where a datastore's files are, and with what they are reached.

An endpoint on this machine means path style, as docs/design/0003-local-workspace.md says; every
other one is reached as `<protocol>://<account>.blob.<endpoint>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest.errors import ValidationError
from amlrest.urls import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping

    from obstore.store import AzureStore, ClientConfig, RetryConfig

_KINDS = ("azureblob", "azuredatalakegen2")
_DEFAULT_ENDPOINT = "core.windows.net"
_ATTEMPTS = 6
_RETRY_SECONDS = 120
_TIMEOUT_SECONDS = 300
_SHOWABLE = ("credential_type", "client_id", "tenant_id", "authority_host")
_STATUS = re.compile(r"status code: (\d{3}[^:\n]*)")
_CODE = re.compile(r"<Code>(\w+)</Code>")
_HINTS = {
    "AuthenticationFailed": "the datastore's credential was not accepted",
    "AuthorizationFailure": "the datastore's credential was not accepted",
    "AuthorizationPermissionMismatch": "the datastore's credential does not permit this",
    "ContainerNotFound": "the datastore's container does not exist",
}


class BlobTarget(NamedTuple):
    """A container and the credential for it; the credential never shows.

    Attributes:
        account: name of the storage account.
        account_url: where the account is, without the container.
        container: name of the container.
        credential: what obstore calls the credential, and its value.
    """

    account: str
    account_url: str
    container: str
    credential: Mapping[str, str]

    def __repr__(self) -> str:
        """Say where, but not with what."""
        return f"BlobTarget({self.url})"

    @property
    def url(self) -> str:
        """Address of the container, without a credential."""
        return f"{self.account_url}/{self.container}"

    @classmethod
    def from_datastore(cls, contents: Mapping[str, Any], secrets: Mapping[str, Any]) -> BlobTarget:
        """Put together what a datastore says about itself.

        Args:
            contents: the `contents` of a datastore, as `Datastores_Get` answers.
            secrets: as `Datastores_ListSecrets` answers.

        Raises:
            ValidationError: it is not a blob container, says too little, or would be reached
                without encryption.
        """
        kind = contents.get("contentsType", "AzureBlob")
        if str(kind).lower() not in _KINDS:
            raise ValidationError(
                f"a datastore of type {kind} cannot be uploaded to; use AzureBlob"
            )
        account, container = contents.get("accountName"), contents.get("containerName")
        if not account or not container:
            raise ValidationError("the datastore does not say its accountName and containerName")
        url = _account_url(account, contents.get("protocol"), contents.get("endpoint"))
        return cls(account, url, container, _credential(contents, secrets))

    def open(self) -> AzureStore:
        """Open a client; it holds its own connections and may be shared by threads."""
        from datetime import timedelta

        from obstore.store import AzureStore

        options: ClientConfig = {
            "allow_http": is_loopback(self.account_url),
            # For one request; obstore's 30 s are too few for a block on a slow line.
            "timeout": timedelta(seconds=_TIMEOUT_SECONDS),
        }
        retries: RetryConfig = {
            "max_retries": _ATTEMPTS,
            "retry_timeout": timedelta(seconds=_RETRY_SECONDS),
        }
        return AzureStore(
            self.container,
            account_name=self.account,
            endpoint=self.account_url,
            # Otherwise AZURE_STORAGE_* variables, meant for other accounts, would be used here.
            use_emulator=False,
            skip_signature=False,
            client_options=options,
            retry_config=retries,
            **self.credential,  # type: ignore[arg-type]
        )


def _account_url(account: str, protocol: str | None, endpoint: str | None) -> str:
    endpoint = endpoint or _DEFAULT_ENDPOINT
    if is_loopback(f"http://{endpoint}"):
        return f"http://{endpoint}/{account}"
    if (protocol or "https").lower() != "https":
        raise ValidationError(
            f"the datastore's protocol is {protocol}; only https leaves a machine"
        )
    return f"https://{account}.blob.{endpoint}"


def _credential(contents: Mapping[str, Any], secrets: Mapping[str, Any]) -> dict[str, str]:
    if key := secrets.get("key"):
        return {"credential_type": "access_key", "account_key": key}
    if token := secrets.get("sasToken"):
        return {"credential_type": "sas_token", "sas_key": token.removeprefix("?")}
    if secret := secrets.get("clientSecret"):
        return _client_secret(contents.get("credentials") or {}, secret)
    kind = secrets.get("secretsType") or "no"
    raise ValidationError(
        f"the datastore has {kind} credentials; files are moved with an account key, "
        "a SAS token or a service principal"
    )


def _client_secret(credentials: Mapping[str, Any], secret: str) -> dict[str, str]:
    given = {
        "credential_type": "client_secret",
        "client_id": credentials.get("clientId"),
        "tenant_id": credentials.get("tenantId"),
        "client_secret": secret,
        "authority_host": credentials.get("authorityUrl"),
    }
    return {name: value for name, value in given.items() if value}


def passes(error: Exception) -> bool:
    """Whether a failure that obstore gave up on may pass all the same, such as a reset."""
    from obstore.exceptions import GenericError

    return isinstance(error, GenericError) and not _STATUS.search(str(error))


def describe(error: Exception, target: BlobTarget) -> str:
    """Say what storage answered, without what would give a credential away."""
    text = str(error).partition("\n\nDebug source")[0]
    status, code = _STATUS.search(text), _CODE.search(text)
    said = " ".join(part for part in (status and f"HTTP {status[1]}", code and code[1]) if part)
    hint = _HINTS.get(code[1]) if code else None
    return f"{hint} ({said})" if hint else said or _scrub(text, target)


def _scrub(text: str, target: BlobTarget) -> str:
    """Remove every credential, and every query of a URL, which may hold a signature."""
    for name, value in target.credential.items():
        if name not in _SHOWABLE:
            text = text.replace(value, "***")
    return re.sub(r"(https?://[^\s?]+)\?\S+", r"\1", text)
