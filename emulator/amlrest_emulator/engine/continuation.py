"""Continuation tokens of lists, sealed so that only those of this workspace are accepted."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any

from amlrest_emulator.arm_errors import refuse
from amlrest_emulator.state import Order

SKIP = "$skip"
_SEAL = 16


def write_token(key: str, after: list[Any], left: int | None, order: Order) -> str:
    """Return the token of the next page.

    Args:
        key: secret of the workspace.
        after: position of the last resource of this page.
        left: maximum number of resources on later pages, or None.
        order: order of the list.
    """
    content = {"after": after, "left": left, "order": [order.column, order.descending]}
    text = json.dumps(content).encode()
    return base64.urlsafe_b64encode(_seal(key, text) + text).decode()


def read_token(key: str, text: str) -> tuple[list[Any], int | None, Order]:
    """Return what ``write_token`` was given.

    Raises:
        ArmError: 400 for a token that this workspace did not write.
    """
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    sealed, content = raw[:_SEAL], raw[_SEAL:]
    if not hmac.compare_digest(sealed, _seal(key, content)):
        raise refuse(SKIP, "is not a continuation token of this workspace; use nextLink unchanged")
    token = json.loads(content)
    return token["after"], token["left"], Order(*token["order"])


def _seal(key: str, content: bytes) -> bytes:
    return hmac.digest(key.encode(), content, hashlib.sha256)[:_SEAL]
