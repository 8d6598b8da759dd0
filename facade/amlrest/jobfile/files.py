"""YAML files: recognise kind and dialect of a file, and read or write the resources in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amlrest._part_files import write_text
from amlrest._paths import expand_user
from amlrest._yaml import dump as dump_yaml
from amlrest.errors import ValidationError
from amlrest.jobfile.kinds import DIALECTS, KINDS
from amlrest.jobfile.nodes import Source
from amlrest.jobfile.reading import Deployed, Reading, read

_SCHEMA_URL = "https://azuremlschemas.azureedge.net/latest/{}.schema.json"


def load(path: str | Path, otherwise: str = "") -> Any:
    """Read a YAML file, in the dialect of today's ``az ml`` or of the CLI 2.0 preview of 2021.

    Args:
        path: path of the file.
        otherwise: kind of the file, such as ``model``, if neither ``$schema``, ``type`` nor its
            keys show it; data by default.

    Returns:
        A `CommandJob`, `SweepJob`, `Environment`, `DataAsset`, `Code`, `Model`, compute, datastore
        or deployment; `Deployed` for an endpoint. Local paths are relative to the file.

    Raises:
        ValidationError: the file cannot be read or is invalid; the message has a line for each
            problem, with file, line, column and key.
    """
    return open_file(path, otherwise).value


def open_file(
    path: str | Path, otherwise: str = "", changes: Mapping[str, str] | None = None
) -> Reading:
    """Read a YAML file as `load` does, and keep where its values stand.

    Args:
        path: path of the file.
        otherwise: kind of the file, as for `load`.
        changes: YAML text of values to use in place of the file's, by path of keys:
            ``{"limits.timeout": "600", "inputs.iris.path": "other.csv"}``.
    """
    file = expand_user(path)
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ValidationError(f"cannot read {str(file)!r}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValidationError(f"{file}: not UTF-8 text") from None
    return read(text, Source(str(file), file.parent), otherwise, changes)


def loads(text: str, folder: str | Path = ".") -> Any:
    """Read YAML text as `load` reads a file; local paths are relative to `folder`."""
    return read(text, Source("<text>", Path(folder))).value


def dumps(resource: Any, dialect: str = "2021") -> str:
    """Return a resource as YAML text that `loads` can read. Secrets are left out.

    Args:
        resource: the resource.
        dialect: ``2021`` for the CLI 2.0 preview, ``v2`` for today's ``az ml``.

    Raises:
        ValidationError: the resource has no YAML form in this dialect.
    """
    if dialect not in DIALECTS:
        raise ValidationError(f"unknown dialect {dialect!r}; use one of {', '.join(DIALECTS)}")
    return dump_yaml(_write(resource, dialect))


def dump(resource: Any, path: str | Path, dialect: str = "2021") -> None:
    """Write a resource to a YAML file; see `dumps`."""
    write_text(Path(path), dumps(resource, dialect))


def has_form(resource: Any, dialect: str) -> bool:
    """Return whether `dumps` writes resources of this kind in a dialect."""
    return _kind_of(resource, dialect) is not None


def _kind_of(resource: Any, dialect: str) -> str | None:
    cls = type(resource).__name__
    name = next((name for name, kind in KINDS.items() if cls in kind.classes.split()), None)
    return name if name and dialect in KINDS[name].dialects else None


def _write(resource: Any, dialect: str) -> dict[str, Any]:
    if isinstance(resource, Deployed):
        deployments = [_write(each, dialect) for each in resource.deployments]
        for each in deployments:
            each.pop("$schema", None)
            each.pop("endpoint_name", None)
        return {**_write(resource.endpoint, dialect), "deployments": deployments}
    name = _kind_of(resource, dialect)
    if name is None:
        raise ValidationError(f"{type(resource).__name__} has no YAML form")
    if name == "managedOnlineEndpoint" and resource.target is not None:
        name = "k8sOnlineEndpoint"
    written = KINDS[name].load_table(dialect).write(resource)
    schema = _schema(name, written, dialect)
    return {**({"$schema": _SCHEMA_URL.format(schema)} if schema else {}), **written}


_COMPUTE_SCHEMAS = {"amlcompute": "amlCompute", "computeinstance": "computeInstance"}


def _schema(name: str, written: dict[str, Any], dialect: str) -> str | None:
    kind = KINDS[name]
    if dialect == "v2":
        known = _COMPUTE_SCHEMAS.get(written.get("type", "")) if name == "compute" else None
        return known or kind.v2_schema or name
    return None if kind.schema is None else kind.schema or name
