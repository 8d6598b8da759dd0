"""Secret fields: those that the document marks and those with a secret's name."""

from __future__ import annotations

import re
from typing import Any

_SECRET = re.compile(
    r"password|secret|token$|connectionstring|sharedaccesssignature|privatekey|kubeconfig|"
    r"^(primary|secondary|account|access|admin|user|storage|shared|api|instrumentation)key\d?$|"
    r"(account|access|storage|instrumentation|primary|secondary)key|^sas|^certificate$|^pat$|^cert$"
)
_HOLDER = re.compile(r"secret|credential|key|token|password|sas|personalaccess|connection|ssl")
_NOT_SECRET = re.compile(
    r"(type|name|id|version|uri|url|expiry\w*|after\w*|utc)$|nexttoken|skiptoken"
)


def is_secret(owner: str, wire: str, schema: dict[str, Any]) -> bool:
    """Return whether ``repr`` must hide the value of a field.

    The documents mark most secrets with ``x-ms-secret`` but not all, so the name decides too.
    Hiding too much is harmless: only ``repr`` omits it.

    Args:
        owner: Definition that has the field.
        wire: Name of the field in JSON.
        schema: Schema of the field.
    """
    if schema.get("x-ms-secret") or schema.get("format") == "password":
        return True
    name = wire.casefold()
    if schema.get("type") not in {"string", None} or _NOT_SECRET.search(name):
        return False
    held = name in {"key", "value", "pat", "sas", "key1", "key2"} and _HOLDER.search(
        owner.casefold()
    )
    return bool(held or (schema.get("type") == "string" and _SECRET.search(name)))
