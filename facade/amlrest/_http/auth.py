"""Access tokens: expiry, claims challenges and the default credential. No I/O.

Any credential of azure-identity works, as does any object with the same
`get_token(*scopes, **kwargs)`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from amlrest._urls import is_loopback
from amlrest.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amlrest._config.settings import Settings

_VARIABLE = "AMLREST_TOKEN"
_RENEWAL_MARGIN = 300.0
_NEVER = 2**53
_HEADER_SAFE = re.compile(r"[\x21-\x7e]+")
_CLAIMS = re.compile(r'\bclaims="([A-Za-z0-9+/=_-]+)"')


class AccessToken(NamedTuple):
    """A token and its expiry.

    Attributes:
        token: the text after `Bearer`.
        expires_on: seconds since the epoch.
    """

    token: str
    expires_on: int

    def __repr__(self) -> str:
        return f"AccessToken(…, expires_on={self.expires_on})"


class TokenCredential(Protocol):
    """The TokenCredential protocol of azure-identity, sync or async."""

    def get_token(self, *scopes: str, **kwargs: Any) -> Any:
        """Return an object with `token` and `expires_on`, or an awaitable of one."""


class StaticToken:
    """A credential that always returns the same token, obtained elsewhere.

    Args:
        token: the text after `Bearer`; surrounding whitespace is removed.
    """

    def __init__(self, token: str) -> None:
        self._token = token.strip()

    def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:  # noqa: ARG002
        """Return the same token for every scope, as one that never expires."""
        return AccessToken(self._token, _NEVER)

    def __repr__(self) -> str:
        return "StaticToken(…)"


class CachedToken(NamedTuple):
    """A token in use and when to renew it.

    Attributes:
        token: the text after `Bearer`.
        renew_at: when to request a new one, in seconds since the epoch.
        expires_on: when it expires, in seconds since the epoch.
    """

    token: str
    renew_at: float
    expires_on: float

    def __repr__(self) -> str:
        return f"CachedToken(…, expires_on={self.expires_on})"


def cache_token(token: str, expires_on: float, now: float) -> CachedToken:
    """Return a token with its renewal time: five minutes before expiry, or half the lifetime left.

    Raises:
        ValueError: the token cannot be sent in a header; httpx would quote it in its error.
    """
    if not _HEADER_SAFE.fullmatch(token):
        raise ValueError("the token is empty or has characters other than visible ASCII")
    margin = min(_RENEWAL_MARGIN, max(0.0, (expires_on - now) / 2))
    return CachedToken(token, expires_on - margin, expires_on)


def claims_challenge(headers: Mapping[str, str]) -> str | None:
    """Return the claims that a 401 response requires of the next token.

    Args:
        headers: response headers, names in lower case.

    Returns:
        The claims as JSON text, or None without a readable challenge.
    """
    import base64

    match = _CLAIMS.search(headers.get("www-authenticate", ""))
    if match is None:
        return None
    encoded = match.group(1).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        return None


def environment_credential(environ: Mapping[str, str]) -> StaticToken | None:
    """Return the token in `AMLREST_TOKEN` as a credential; None when it is not set."""
    token = environ.get(_VARIABLE)
    return StaticToken(token) if token else None


def default_credential(settings: Settings) -> TokenCredential:
    """Return azure-identity's DefaultAzureCredential, used when no credential is passed.

    Raises:
        ConfigError: the endpoint is a loopback address, which must not receive a token for Azure.
    """
    if is_loopback(settings.endpoint):
        raise ConfigError(
            f"{settings.endpoint} is a local workspace and does not accept Azure credentials; set "
            "AMLREST_TOKEN, which the command `amlrest local env` prints, or pass "
            "credential=StaticToken(…)"
        )
    import logging

    from azure.identity import DefaultAzureCredential

    # It logs what it raises; without a handler of the program's own that would be printed, too.
    logging.getLogger("azure.identity").addHandler(logging.NullHandler())
    return DefaultAzureCredential(authority=settings.cloud.authority)
