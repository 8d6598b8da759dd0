"""YAML files: recognise the kind of a file, and read or write the resources in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

from amlrest._paths import expand_user
from amlrest.errors import ValidationError
from amlrest.jobfile.kinds import KINDS, SCHEMAS
from amlrest.jobfile.nodes import Node, Source, parse

_SCHEMA_URL = "https://azuremlschemas.azureedge.net/latest/{}.schema.json"


@frozen
class Deployed:
    """An endpoint together with the deployments in its file.

    Attributes:
        endpoint: the `OnlineEndpoint` or `BatchEndpoint`.
        deployments: its deployments, in the order of the file.
    """

    endpoint: Any
    deployments: tuple[Any, ...] = field(converter=tuple)


def load(path: str | Path, otherwise: str = "") -> Any:
    """Read a YAML file.

    Args:
        path: path of the file.
        otherwise: kind of the file, such as ``model``, if neither ``$schema``, ``type`` nor its
            keys show it; data by default.

    Returns:
        A `CommandJob`, `SweepJob`, `Environment`, `DataAsset`, `Code`, `Model`, compute, datastore
        or deployment; `Deployed` for an endpoint. Local paths are relative to the file.

    Raises:
        ValidationError: the file cannot be read or is invalid; the message names file, line and
            key.
    """
    file = expand_user(path)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ValidationError(f"cannot read {str(file)!r}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValidationError(f"{file}: not UTF-8 text") from None
    return _read(parse(text, Source(str(file), file.parent)), otherwise)


def loads(text: str, folder: str | Path = ".") -> Any:
    """Read YAML text as `load` reads a file; local paths are relative to `folder`."""
    return _read(parse(text, Source("<text>", Path(folder))))


def dumps(resource: Any) -> str:
    """Return a resource as YAML text that `loads` can read. Secrets are left out.

    Raises:
        ValidationError: the resource has no YAML form.
    """
    return yaml.safe_dump(_write(resource), sort_keys=False, allow_unicode=True)


def dump(resource: Any, path: str | Path) -> None:
    """Write a resource to a YAML file; see `dumps`."""
    Path(path).write_text(dumps(resource), encoding="utf-8")


def _read(node: Node, otherwise: str = "") -> Any:
    kind = _by_schema(node) or _by_type(node) or _by_keys(node)
    kind = kind or (node.mapping() and otherwise) or _by_path(node)
    if kind not in KINDS:
        node.fail("cannot tell what this file describes; add a $schema line or a type")
    if kind.endswith("Endpoint"):
        return _read_endpoint(node, kind)
    return KINDS[kind].load_table().read(node)


def _by_schema(node: Node) -> str | None:
    """Return the kind in the ``$schema`` URL, which ends with ``<kind>.schema.json``."""
    schema = node.mapping().get("$schema")
    name = str(schema.value if schema else "").rpartition("/")[2].partition(".")[0]
    kind = SCHEMAS.get(name, name)
    return kind if kind in KINDS else None


def _by_type(node: Node) -> str | None:
    entry = node.mapping().get("type")
    word = str(entry.value).lower() if entry else ""
    return next((name for name, kind in KINDS.items() if word in kind.types.split()), None)


def _by_keys(node: Node) -> str | None:
    keys = node.mapping().keys()
    return next((name for name, kind in KINDS.items() if keys & set(kind.keys.split())), None)


def _by_path(node: Node) -> str:
    return "data" if node.mapping().keys() & {"path", "local_path"} else ""


def _read_endpoint(node: Node, kind: str) -> Deployed:
    endpoint = KINDS[kind].load_table().read(node.without({"deployments"}))
    if kind == "managedOnlineEndpoint" and endpoint.target is not None:
        kind = "k8sOnlineEndpoint"
    table = KINDS[kind.replace("Endpoint", "Deployment")].load_table()
    found = node.mapping().get("deployments")
    deployments = (
        [table.read(each) for each in found.items()] if found and found.value is not None else []
    )
    for each in deployments:
        each.endpoint = endpoint.name
    return Deployed(endpoint, deployments)


def _write(resource: Any) -> dict[str, Any]:
    if isinstance(resource, Deployed):
        deployments = [_write(each) for each in resource.deployments]
        for each in deployments:
            each.pop("$schema", None)
            each.pop("endpoint_name", None)
        return {**_write(resource.endpoint), "deployments": deployments}
    cls = type(resource).__name__
    name = next((name for name, kind in KINDS.items() if cls in kind.classes.split()), None)
    if name is None:
        raise ValidationError(f"{cls} has no YAML form")
    if name == "managedOnlineEndpoint" and resource.target is not None:
        name = "k8sOnlineEndpoint"
    kind = KINDS[name]
    schema = None if kind.schema is None else _SCHEMA_URL.format(kind.schema or name)
    return {**({"$schema": schema} if schema else {}), **kind.load_table().write(resource)}
