"""Credentials of an endpoint: its keys, or tokens that expire. No I/O."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from amlrest_emulator.auth import same_token
from amlrest_emulator.json_body import part
from amlrest_emulator.state import Resource


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the requests to an endpoint are checked with.

    Attributes:
        endpoint: the stored endpoint.
        secrets: its write-only fields.
        workspace_token: token of the workspace.
    """

    endpoint: Resource
    secrets: Mapping[str, Any] = field(repr=False)
    workspace_token: str = field(repr=False)

    def accept(self, given: str, now: datetime) -> bool:
        """Return whether a key or token is valid for the endpoint's ``authMode``."""
        mode = str(self.endpoint.properties.get("authMode") or "Key").lower()
        if mode == "amltoken":
            return self._is_own_token(given, now)
        if mode == "aadtoken":
            return same_token(given, self.workspace_token)
        keys = part(self.secrets, "properties", "keys")
        found = [keys.get(name) for name in ("primaryKey", "secondaryKey")]
        return any(_same(given, str(key)) for key in found if key)

    def token(self, expires: datetime) -> str:
        """Return a token that is valid until a time."""
        return self._signed(str(int(expires.timestamp())))

    def _is_own_token(self, given: str, now: datetime) -> bool:
        expires = given.partition(".")[0]
        if not _same(given, self._signed(expires)):
            return False
        return now.timestamp() < int(expires)

    def _signed(self, expires: str) -> str:
        # A new endpoint of the same name does not accept the tokens of the old one.
        content = f"scoring:{self.endpoint.id.lower()}:{self.endpoint.created}:{expires}"
        key = self.workspace_token.encode()
        return f"{expires}.{hmac.new(key, content.encode(), 'sha256').hexdigest()}"


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())
