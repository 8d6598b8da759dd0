"""Secrets that are not shown where people send things around: in reports and notebooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from amlrest._urls import redact_signatures

if TYPE_CHECKING:
    from collections.abc import Mapping

MASK = "***"
_SECRET_NAME = re.compile(
    r"(?i)secret|token|passw|pwd|credential|signature|connection_?string"
    r"|(?<![a-z])(?:sas|(?:api|access|account|private)?keys?)(?![a-z])"
    r"|(?-i:[a-z]Keys?(?![a-z]))"
)
_PAIR = re.compile(
    r"(?i)\b((?:account|sharedaccess|access)key|sharedaccesssignature|password|pwd)=[^;&\s'\"]+"
)
_USER = re.compile(r"(://)[^/\s:@]+:[^/\s@]+@")
_BEARER = re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]{16,}")


def redact(text: str) -> str:
    """Return a text without signatures and passwords of URLs, keys of accounts and tokens."""
    text = redact_signatures(text)
    text = _PAIR.sub(rf"\1={MASK}", text)
    text = _BEARER.sub(rf"\1{MASK}", text)
    return _USER.sub(rf"\1{MASK}@", text)


def is_secret(name: str) -> bool:
    """Return whether the value of an environment variable is likely a secret, by its name."""
    return _SECRET_NAME.search(name) is not None


def masked(variables: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return environment variables with the values of those masked that are likely secrets."""
    if variables is None:
        return None
    return {name: MASK if is_secret(name) else value for name, value in variables.items()}
