"""Blob targets: the container of a datastore and the credential for it.

A loopback endpoint has path-style URLs (docs/design/0003-local-workspace.md); any other one is
`<protocol>://<account>.blob.<endpoint>`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from amlrest._config.clouds import CLOUDS
from amlrest._urls import is_loopback, require_safe_transport
from amlrest.errors import UntrustedUrlError, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from obstore.store import AzureStore, ClientConfig, RetryConfig

    from amlrest._http.retry import RetryPolicy

SCOPE = "https://storage.azure.com/.default"
"""The token scope of Azure Storage, in every cloud."""

_NO_CREDENTIALS = "none"
_LATEST = datetime.max.replace(tzinfo=UTC).timestamp() - 86400
_KINDS = ("azureblob", "azuredatalakegen2")
_DEFAULT_ENDPOINT = "core.windows.net"
# A retry carries the signature of the first attempt, which expires after a quarter of an hour.
_RETRY_SECONDS = 300.0
_TIMEOUT_SECONDS = 300
_LOOPBACK = "127.0.0.1,::1,localhost"
# Must accept only what obstore, which has its own URL parser, also reads as a host.
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[::1\])(:\d{1,5})?")
_NAME = re.compile(r"[A-Za-z0-9$-]+")
_NOT_SECRET = ("credential_type", "client_id", "tenant_id", "authority_host")
_STATUS = re.compile(r"status code: (\d{3}[^:\n]*)")
_EXHAUSTED = re.compile(r"after (\d+) retries, max_retries: \1\b")
_CODE = re.compile(r"<Code>(\w+)</Code>")
_HINTS = {
    "AuthenticationFailed": "the datastore's credential was rejected",
    "AuthorizationFailure": "the datastore's credential was rejected",
    "KeyBasedAuthenticationNotPermitted": "the account does not accept keys; use another credential",
    "AuthorizationPermissionMismatch": "the datastore's credential does not permit this",
    "InvalidAuthenticationInfo": "the token was rejected",
    "ContainerNotFound": "the datastore's container does not exist",
    "InsufficientStorage": "the disk of the local workspace is full; free some space",
}


class BlobTarget(NamedTuple):
    """A blob container and the credential for it, which is never shown.

    Attributes:
        account: name of the storage account.
        account_url: URL of the account, without the container.
        container: name of the container.
        credential: the credential as obstore options; empty when `token` is used.
        datastore: name of the datastore in the workspace, if it belongs to one.
        renew: fetches the credential from the workspace again, blocking or awaitable.
        token: returns a storage token for obstore, blocking or awaitable.
    """

    account: str
    account_url: str
    container: str
    credential: Mapping[str, str]
    datastore: str = ""
    renew: Callable[[], Any] | None = None
    token: Callable[[], Any] | None = None

    def __repr__(self) -> str:
        """Show the URL without the credential."""
        return f"BlobTarget({self.url})"

    @property
    def url(self) -> str:
        """URL of the container, without a credential."""
        return f"{self.account_url}/{self.container}"

    @classmethod
    def from_datastore(cls, contents: Mapping[str, Any], secrets: Mapping[str, Any]) -> BlobTarget:
        """Return the target of a datastore.

        Args:
            contents: the `contents` of a datastore, as `Datastores_Get` returns them.
            secrets: its secrets, as `Datastores_ListSecrets` returns them.

        Raises:
            ValidationError: the datastore is not a blob container, is incomplete, or would be
                accessed without encryption.
        """
        account, url, container = _location(contents)
        return cls(account, url, container, _credential(contents, secrets))

    def open(self, policy: RetryPolicy) -> AzureStore:
        """Return a client with its own connection pool, safe to share between threads.

        Args:
            policy: retry policy of the client.

        Raises:
            ValidationError: there is no credential, or it is malformed.
        """
        from obstore.exceptions import BaseError
        from obstore.store import AzureStore

        if not self.credential and self.token is None:
            # obstore would fall back to the managed identity of the machine.
            raise ValidationError(
                f"{self.url} has no credential of its own, and no token is available"
            )

        import amlrest._runtime.thread_exit  # noqa: F401 - its threads must end before Python does

        try:
            return AzureStore(
                self.container,
                account_name=self.account,
                endpoint=self.account_url,
                # Otherwise AZURE_STORAGE_* variables, meant for other accounts, would take effect.
                use_emulator=False,
                skip_signature=False,
                client_options=_client_options(self.account_url),
                retry_config=_retries(policy),
                credential_provider=self.token,
                **self.credential,  # type: ignore[arg-type]
            )
        except BaseError as error:
            reason = describe_error(error, self)
            raise ValidationError(f"invalid credential for {self.url}: {reason}") from None


def container_url(contents: Mapping[str, Any]) -> str:
    """Return the URL of a datastore's container; arguments and errors as for `from_datastore`."""
    _, url, container = _location(contents)
    return f"{url}/{container}"


def _location(contents: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return account, URL of the account and container."""
    kind = contents.get("contentsType", "AzureBlob")
    if str(kind).lower() not in _KINDS:
        raise ValidationError(
            f"uploads to a datastore of type {kind} are not supported; use AzureBlob"
        )
    account, container = contents.get("accountName"), contents.get("containerName")
    if not account or not container:
        raise ValidationError("the datastore has no accountName or containerName")
    if not (_NAME.fullmatch(str(account)) and _NAME.fullmatch(str(container))):
        raise ValidationError(
            f"{account!r} and {container!r} are not valid names of an account and a container"
        )
    url = _account_url(account, contents.get("protocol"), contents.get("endpoint"))
    return account, url, container


def uses_identity(contents: Mapping[str, Any]) -> bool:
    """Return whether a datastore is accessed with the identity of the user."""
    kind = (contents.get("credentials") or {}).get("credentialsType")
    return isinstance(kind, str) and kind.lower() == _NO_CREDENTIALS


def obstore_token(token: Any) -> dict[str, Any]:
    """Return an access token in the form that obstore expects."""
    expiry = datetime.fromtimestamp(min(token.expires_on, _LATEST), UTC)
    return {"token": token.token, "expires_at": expiry}


def require_azure_storage(account_url: str, endpoint: str) -> None:
    """Raise unless the user's token may be sent to a storage account.

    Args:
        account_url: URL of the account.
        endpoint: endpoint of the workspace; only a local one may have its storage on loopback.

    Raises:
        UntrustedUrlError: the host does not belong to Azure Storage.
    """
    hosts = tuple(f".blob.{cloud.storage_suffix}" for cloud in CLOUDS.values())
    in_azure = urlsplit(account_url).netloc.lower().endswith(hosts)
    if is_loopback(account_url) != is_loopback(endpoint) or not (
        in_azure or is_loopback(account_url)
    ):
        raise UntrustedUrlError(f"{account_url} is not an Azure Storage host; no token was sent")


def _client_options(account_url: str) -> ClientConfig:
    local = is_loopback(account_url)
    options: ClientConfig = {
        "allow_http": local,
        # Per request; obstore's default of 30 s is too short for a block on a slow connection.
        "timeout": timedelta(seconds=_TIMEOUT_SECONDS),
    }
    if local:
        # obstore has no other way to ignore the proxy of the environment.
        options |= {"proxy_url": account_url, "proxy_excludes": _LOOPBACK}
    return options


def _retries(policy: RetryPolicy) -> RetryConfig:
    return {
        "max_retries": policy.attempts - 1,
        "retry_timeout": timedelta(seconds=min(policy.total, _RETRY_SECONDS)),
        "backoff": {
            "init_backoff": timedelta(seconds=policy.base),
            "max_backoff": timedelta(seconds=policy.longest),
        },
    }


def _account_url(account: str, protocol: str | None, endpoint: str | None) -> str:
    endpoint = endpoint or _DEFAULT_ENDPOINT
    if not _HOST.fullmatch(endpoint):
        raise ValidationError(f"the datastore's endpoint {endpoint!r} is not a host name")
    if is_loopback(f"http://{endpoint}"):
        return f"http://{endpoint}/{account}"
    if (protocol or "https").lower() != "https":
        raise ValidationError(f"the datastore's protocol is {protocol}; use https")
    return f"https://{account}.blob.{endpoint}"


def _credential(contents: Mapping[str, Any], secrets: Mapping[str, Any]) -> dict[str, str]:
    if key := secrets.get("key"):
        return {"credential_type": "access_key", "account_key": key}
    if token := secrets.get("sasToken"):
        return {"credential_type": "sas_token", "sas_key": token.removeprefix("?")}
    if secret := secrets.get("clientSecret"):
        return _client_secret(contents.get("credentials") or {}, secret)
    if uses_identity(contents):
        return {}
    kind = secrets.get("secretsType") or "no"
    raise ValidationError(
        f"{kind} credentials of a datastore are not supported for file transfers; use an account key, "
        "a SAS token, a service principal, or your own identity"
    )


def _client_secret(credentials: Mapping[str, Any], secret: str) -> dict[str, str]:
    if authority := credentials.get("authorityUrl"):
        require_safe_transport(authority)
    given = {
        "credential_type": "client_secret",
        "client_id": credentials.get("clientId"),
        "tenant_id": credentials.get("tenantId"),
        "client_secret": secret,
        "authority_host": credentials.get("authorityUrl"),
    }
    return {name: value for name, value in given.items() if value}


def is_transient(error: Exception) -> bool:
    """Return whether a retry may succeed that obstore did not make, as after a write timeout."""
    from obstore.exceptions import GenericError

    text = str(error)
    final = _STATUS.search(text) or _EXHAUSTED.search(text)
    return isinstance(error, GenericError) and not final


def rejects_credential(error: Exception) -> bool:
    """Return whether storage rejected the credential."""
    status = _STATUS.search(str(error))
    return status is not None and status[1].startswith(("401", "403"))


def describe_error(error: Exception, target: BlobTarget) -> str:
    """Return the message of a storage error, without anything secret."""
    text = str(error).partition("\n\nDebug source")[0]
    status, code = _STATUS.search(text), _CODE.search(text)
    summary = " ".join(part for part in (status and f"HTTP {status[1]}", code and code[1]) if part)
    hint = _HINTS.get(code[1]) if code else None
    if rejects_credential(error) and target.datastore:
        summary += f"; {_advice(target)}"
    return f"{hint} ({summary})" if hint else summary or _redact(text, target)


def _advice(target: BlobTarget) -> str:
    if not target.credential:
        return (
            f"the datastore {target.datastore} has no credential of its own: your identity needs a "
            "role such as Storage Blob Data Contributor on the account"
        )
    return (
        f"the workspace has no other credential for the datastore {target.datastore}: give it a "
        "valid one with datastores.create_or_update, then try again"
    )


def _redact(text: str, target: BlobTarget) -> str:
    """Remove credentials, and queries of URLs, which may contain a signature."""
    for name, value in target.credential.items():
        if name not in _NOT_SECRET:
            text = text.replace(value, "***")
    return re.sub(r"(https?://[^\s?]+)\?\S+", r"\1", text)
