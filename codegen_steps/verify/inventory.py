"""Inventory script: import every module of a generated package and print its contents.

It runs in a separate process, so that the given package is the one that is imported.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from enum import Enum
from typing import Any


def main(parent: str) -> None:
    """Print the inventory of ``parent/amlrest_client`` as JSON."""
    sys.path.insert(0, parent)
    package = importlib.import_module("amlrest_client")
    modules = [
        info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    for name in modules:
        importlib.import_module(name)
    models = importlib.import_module("amlrest_client.models")
    table = importlib.import_module("amlrest_client.operations")
    found = {name: describe(getattr(models, name)) for name in models.__all__}
    operations = {name: operation(entry) for name, entry in table.OPERATIONS.items()}
    json.dump({"names": found, "operations": operations, "modules": len(modules)}, sys.stdout)


def describe(item: Any) -> dict[str, Any]:
    """Return the entry of a model, enum or alias."""
    if not isinstance(item, type):
        return {"alias": str(item)}
    if issubclass(item, Enum):
        return {"values": [member.value for member in item]}
    fields: dict[str, Any] = {}
    for owner in reversed(item.__mro__):
        for entry in getattr(owner, "_fields", {}).values():
            fields[entry.wire] = {
                "kind": entry.kind,
                "required": entry.required,
                "secret": entry.secret,
                "read_only": entry.read_only,
            }
    return {"wire": wire_name(item), "module": item.__module__, "fields": fields}


def wire_name(model: type) -> str:
    """Return the document's name of a renamed model; empty for all others."""
    text = sys.modules[model.__module__].__doc__ or ""
    return text.partition(": ")[2].removesuffix(" of the document.")


def operation(entry: Any) -> dict[str, Any]:
    """Return an entry of the operation table."""
    return {
        "method": entry.method,
        "path": entry.path,
        "parameters": [f"{one.location}:{one.name}" for one in entry.parameters],
        "needed": [f"{one.location}:{one.name}" for one in entry.parameters if one.required],
        "body": entry.body is not None,
        "responses": sorted(str(status) for status in entry.responses),
        "long_running": entry.long_running is not None,
        "pageable": entry.pageable is not None,
    }


if __name__ == "__main__":
    main(sys.argv[1])
