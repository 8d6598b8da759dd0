"""Tokens: which are still good, and what a refusal asks for. Decisions only.

Any credential of azure-identity fits, and anything else with its `get_token(*scopes, **kwargs)`.
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
_MARGIN = 300.0
_NEVER = 2**53
_CARRIED = re.compile(r"[\x21-\x7e]+")
_CLAIMS = re.compile(r'\bclaims="([A-Za-z0-9+/=_-]+)"')


class AccessToken(NamedTuple):
    """A token and when it ends.

    Attributes:
        token: the text after `Bearer`.
        expires_on: seconds since the epoch.
    """

    token: str
    expires_on: int

    def __repr__(self) -> str:
        return f"AccessToken(…, expires_on={self.expires_on})"


class TokenCredential(Protocol):
    """What azure-identity calls a TokenCredential."""

    def get_token(self, *scopes: str, **kwargs: Any) -> Any:
        """Return an object with `token` and `expires_on`, or an awaitable of one."""


class StaticToken:
    """A token that was obtained elsewhere, as a credential.

    Args:
        token: the text after `Bearer`.
    """

    def __init__(self, token: str) -> None:
        self._token = token.strip()

    def get_token(self, *scopes: str, **kwargs: Any) -> AccessToken:  # noqa: ARG002
        """Return the same token for every scope."""
        return AccessToken(self._token, _NEVER)

    def __repr__(self) -> str:
        return "StaticToken(…)"


class CachedToken(NamedTuple):
    """A token in use.

    Attributes:
        token: the text after `Bearer`.
        renew_at: from when on a new one is asked for, in seconds since the epoch.
        expires_on: from when on it is useless.
    """

    token: str
    renew_at: float
    expires_on: float

    def __repr__(self) -> str:
        return f"CachedToken(…, expires_on={self.expires_on})"


def cache_token(token: str, expires_on: float, now: float) -> CachedToken:
    """Plan the renewal: five minutes before the end, or at half time for short-lived tokens.

    Raises:
        ValueError: no header can carry the token; the HTTP library's complaint would quote it.
    """
    if not _CARRIED.fullmatch(token):
        raise ValueError("the token is empty or has characters other than visible ASCII")
    margin = min(_MARGIN, max(0.0, (expires_on - now) / 2))
    return CachedToken(token, expires_on - margin, expires_on)


def claims_challenge(headers: Mapping[str, str]) -> str | None:
    """Read the claims that a 401 asks the next token to carry.

    Args:
        headers: response headers, names in lower case.

    Returns:
        The claims as JSON text, or None when nothing readable is asked for.
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
    """Return the token in `AMLREST_TOKEN` as a credential, if there is one."""
    token = environ.get(_VARIABLE)
    return StaticToken(token) if token else None


def default_credential(settings: Settings) -> TokenCredential:
    """Make what is used when no credential was given: azure-identity's DefaultAzureCredential.

    Raises:
        ConfigError: the endpoint is on this machine, where a token for Azure has no business.
    """
    if is_loopback(settings.endpoint):
        raise ConfigError(
            f"{settings.endpoint} is on this machine and takes no Azure credential: set "
            "AMLREST_TOKEN (`amlrest local env` prints it) or pass credential="
        )
    from azure.identity import DefaultAzureCredential

    return DefaultAzureCredential(authority=settings.cloud.authority)
