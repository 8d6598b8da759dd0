"""Request bodies that azure-ai-ml makes of YAML files; runs in an environment of its own.

Reads lines ``<kind> <path>``, where the kind is the end of a function ``load_<kind>``, and prints a
JSON object with ``{"body": …, "inline": …}`` or ``{"error": …}`` by path. Nothing is sent: files that the SDK
would upload keep their local path.
"""

import json
import logging
import sys
import warnings
from importlib import import_module
from typing import Any

_METHODS = {
    "online_endpoint": "_to_rest_online_endpoint",
    "batch_endpoint": "_to_rest_batch_endpoint",
}
_WITH_LOCATION = {*_METHODS, "online_deployment", "model_batch_deployment"}


def body_of(entity: Any, kind: str) -> Any:
    """Return the body for an object of the SDK."""
    location = ("",) if kind in _WITH_LOCATION else ()
    made = getattr(entity, _METHODS.get(kind, "_to_rest_object"))(*location)
    for method in ("serialize", "as_dict"):
        if hasattr(made, method):
            return getattr(made, method)()
    return made


def take_inline(entity: Any) -> dict[str, Any]:
    """Return the bodies of assets inside an entity, which are then references."""
    found = {}
    owner = getattr(entity, "trial", None) or entity
    for name in ("environment", "model"):
        asset = getattr(owner, name, None)
        if hasattr(asset, "_to_rest_object"):
            found[name] = body_of(asset, name)
            setattr(owner, name, "inline:1")
    return found


def bodies_of(kind: str, path: str) -> Any:
    """Return the body for one file, and those of the assets in it."""
    entity = getattr(import_module("azure.ai.ml.entities._load_functions"), f"load_{kind}")(path)
    if hasattr(entity, "_to_job"):
        entity = entity._to_job()
    inline = take_inline(entity)
    return {"body": body_of(entity, kind), "inline": inline}


def main() -> None:
    """Write the bodies for the files that standard input names."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    found: dict[str, Any] = {}
    for line in sys.stdin.read().splitlines():
        kind, path = line.split(" ", 1)
        try:
            found[path] = bodies_of(kind, path)
        except Exception as error:  # noqa: BLE001 - a refusal is compared too
            found[path] = {"error": f"{type(error).__name__}: {error}"}
    json.dump(found, sys.stdout, default=str)


if __name__ == "__main__":
    main()
