"""Where a datastore's files are, and with what they are reached.

An endpoint on this machine means path style, as docs/design/0003-local-workspace.md says; every
other one is reached as `<protocol>://<account>.blob.<endpoint>`.
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
"""What a token for storage is asked for, in every cloud."""

_NO_CREDENTIALS = "none"
_LATEST = datetime.max.replace(tzinfo=UTC).timestamp() - 86400
_KINDS = ("azureblob", "azuredatalakegen2")
_DEFAULT_ENDPOINT = "core.windows.net"
# What is sent again has the signature of the first attempt, which ends after a quarter of an hour.
_RETRY_SECONDS = 300.0
_TIMEOUT_SECONDS = 300
_LOOPBACK = "127.0.0.1,::1,localhost"
# Whatever reads as a host here must be one to obstore as well, which parses URLs its own way.
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[::1\])(:\d{1,5})?")
_NAME = re.compile(r"[A-Za-z0-9$-]+")
_SHOWABLE = ("credential_type", "client_id", "tenant_id", "authority_host")
_STATUS = re.compile(r"status code: (\d{3}[^:\n]*)")
_EXHAUSTED = re.compile(r"after (\d+) retries, max_retries: \1\b")
_CODE = re.compile(r"<Code>(\w+)</Code>")
_HINTS = {
    "AuthenticationFailed": "the datastore's credential was not accepted",
    "AuthorizationFailure": "the datastore's credential was not accepted",
    "KeyBasedAuthenticationNotPermitted": "the account takes no keys; use another credential",
    "AuthorizationPermissionMismatch": "the datastore's credential does not permit this",
    "InvalidAuthenticationInfo": "the token was not accepted",
    "ContainerNotFound": "the datastore's container does not exist",
    "InsufficientStorage": "the disk of the local workspace takes no more; make room on it",
}


class BlobTarget(NamedTuple):
    """A container and the credential for it; the credential never shows.

    Attributes:
        account: name of the storage account.
        account_url: where the account is, without the container.
        container: name of the container.
        credential: what obstore calls the credential, and its value; empty when `token` is used.
        datastore: name of the datastore in the workspace, if it is one.
        renew: asks the workspace for the credential anew, blocking or as an awaitable.
        token: gives a token for storage as obstore wants it, blocking or as an awaitable.
    """

    account: str
    account_url: str
    container: str
    credential: Mapping[str, str]
    datastore: str = ""
    renew: Callable[[], Any] | None = None
    token: Callable[[], Any] | None = None

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
        if not (_NAME.fullmatch(str(account)) and _NAME.fullmatch(str(container))):
            raise ValidationError(f"{account!r} and {container!r} are not an account and container")
        url = _account_url(account, contents.get("protocol"), contents.get("endpoint"))
        return cls(account, url, container, _credential(contents, secrets))

    def open(self, policy: RetryPolicy) -> AzureStore:
        """Open a client; it holds its own connections and may be shared by threads.

        Args:
            policy: how patient to be with what the client itself sends again.

        Raises:
            ValidationError: the credential cannot be one.
        """
        from obstore.exceptions import BaseError
        from obstore.store import AzureStore

        if not self.credential and self.token is None:
            # obstore would ask the machine's own identity.
            raise ValidationError(
                f"{self.url} has no credential of its own, and no token is at hand"
            )

        import amlrest._runtime.thread_exit  # noqa: F401 - what is opened here must end before Python

        try:
            return AzureStore(
                self.container,
                account_name=self.account,
                endpoint=self.account_url,
                # Otherwise AZURE_STORAGE_* variables, meant for other accounts, would be used here.
                use_emulator=False,
                skip_signature=False,
                client_options=_client_options(self.account_url),
                retry_config=_retries(policy),
                credential_provider=self.token,
                **self.credential,  # type: ignore[arg-type]
            )
        except BaseError as error:
            said = describe_error(error, self)
            raise ValidationError(f"the credential for {self.url} is unusable: {said}") from None


def uses_identity(contents: Mapping[str, Any]) -> bool:
    """Whether a datastore has no credential of its own, but is reached as whoever asks."""
    kind = (contents.get("credentials") or {}).get("credentialsType")
    return isinstance(kind, str) and kind.lower() == _NO_CREDENTIALS


def obstore_token(answer: Any) -> dict[str, Any]:
    """Say in obstore's words what a credential answered."""
    ends = datetime.fromtimestamp(min(answer.expires_on, _LATEST), UTC)
    return {"token": answer.token, "expires_at": ends}


def require_azure_storage(account_url: str, endpoint: str) -> None:
    """Refuse to send a token of whoever asks to a host that is not storage of Azure.

    Args:
        account_url: where the token would go.
        endpoint: the workspace's; one on this machine may have its storage there, no other.

    Raises:
        UntrustedUrlError: it would go elsewhere.
    """
    hosts = tuple(f".blob.{cloud.storage_suffix}" for cloud in CLOUDS.values())
    in_azure = urlsplit(account_url).netloc.lower().endswith(hosts)
    if is_loopback(account_url) != is_loopback(endpoint) or not (
        in_azure or is_loopback(account_url)
    ):
        raise UntrustedUrlError(f"{account_url} is no storage of Azure; no token is sent there")


def _client_options(account_url: str) -> ClientConfig:
    local = is_loopback(account_url)
    options: ClientConfig = {
        "allow_http": local,
        # For one request; obstore's 30 s are too few for a block on a slow line.
        "timeout": timedelta(seconds=_TIMEOUT_SECONDS),
    }
    if local:
        # obstore has no other way to leave out the proxy that the environment names.
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
        raise ValidationError(f"the datastore's endpoint {endpoint!r} is not a host")
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
    if uses_identity(contents):
        return {}
    kind = secrets.get("secretsType") or "no"
    raise ValidationError(
        f"the datastore has {kind} credentials; files are moved with an account key, "
        "a SAS token, a service principal, or with your own identity"
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
    """Whether a failure may pass that obstore did not repeat, such as a write that timed out."""
    from obstore.exceptions import GenericError

    text = str(error)
    said_no = _STATUS.search(text) or _EXHAUSTED.search(text)
    return isinstance(error, GenericError) and not said_no


def rejects_credential(error: Exception) -> bool:
    """Whether storage did not accept the credential, or accepts it no longer."""
    status = _STATUS.search(str(error))
    return status is not None and status[1].startswith(("401", "403"))


def describe_error(error: Exception, target: BlobTarget) -> str:
    """Say what storage answered, without what would give a credential away."""
    text = str(error).partition("\n\nDebug source")[0]
    status, code = _STATUS.search(text), _CODE.search(text)
    said = " ".join(part for part in (status and f"HTTP {status[1]}", code and code[1]) if part)
    hint = _HINTS.get(code[1]) if code else None
    if rejects_credential(error) and target.datastore:
        said += f"; {_advice(target)}"
    return f"{hint} ({said})" if hint else said or _scrub(text, target)


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


def _scrub(text: str, target: BlobTarget) -> str:
    """Remove every credential, and every query of a URL, which may hold a signature."""
    for name, value in target.credential.items():
        if name not in _SHOWABLE:
            text = text.replace(value, "***")
    return re.sub(r"(https?://[^\s?]+)\?\S+", r"\1", text)
