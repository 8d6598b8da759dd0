"""Asset arguments: tell references, new assets and resources apart, once and before any request."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any, NamedTuple

from amlrest._job_uris import of_run
from amlrest._paths import expand_user
from amlrest._wire import Scope, check_sendable
from amlrest.errors import ValidationError
from amlrest.names import (
    VERSIONED,
    Reference,
    check_name,
    check_version,
    is_asset_uri,
    parse_reference,
)
from amlrest.resources import content_version
from amlrest.resources.assets import Asset, Code, DataAsset, Environment, Model, PathAsset
from amlrest.resources.base import Resource

_FROM_PATH: dict[str, type[PathAsset]] = {"codes": Code, "data": DataAsset, "models": Model}
_ASSETS: dict[str, type[Asset]] = {"environments": Environment, **_FROM_PATH}
_NEVER_LOCAL = ("azureml:", "/subscriptions/")


class NewAsset(NamedTuple):
    """An asset to register before a request can refer to it.

    Attributes:
        asset: with the text of its conda file and Dockerfile.
        local: the file or folder to upload, if any.
    """

    asset: Any
    local: Path | None = None


class Referenced(NamedTuple):
    """A resource that is referred to by text.

    Attributes:
        kind: the collection, such as ``codes``.
        text: as it was given.
        target: the reference in it, or the ARM id.
    """

    kind: str
    text: str
    target: Reference | str

    @property
    def is_newest(self) -> bool:
        """Whether the newest version of an asset is wanted, since none is named."""
        return (
            isinstance(self.target, Reference)
            and self.target.version is None
            and self.kind in VERSIONED
        )

    def is_in(self, workspace_id: str) -> bool:
        """Whether it is a resource of that workspace."""
        start = f"{workspace_id}/{self.kind}/".lower()
        return isinstance(self.target, Reference) or self.target.lower().startswith(start)


class Resolved(NamedTuple):
    """What a request can use as it is: a resource that was read, or None."""

    value: Any


AssetArgument = NewAsset | Referenced | Resolved


def classify(kind: str, given: Any, scope: Scope, *, type_: str | None = None) -> AssetArgument:
    """Classify and check what was given for a resource; reads files.

    Args:
        kind: the collection it belongs to, such as ``codes``.
        given: a reference, a local path, a URL of data, a resource, or None.
        scope: the workspace and its wire shape.
        type_: type of the asset that is made of local files or a URL; what they are if None.

    Raises:
        ValidationError: it is of another kind, a name is invalid, or files cannot be read.
    """
    if kind in _ASSETS and isinstance(given, Asset) and given.id is None:
        check_kind(given, _ASSETS[kind], "used")
        return _check_files(new_asset(given, scope))
    local = _as_local(given) if kind in _FROM_PATH else None
    if local is not None and not local.exists():
        raise ValidationError(f"{kind}: there is no file or folder {str(local)!r} here")
    if local is not None or (kind == "data" and _is_url(given)):
        made: Any = _FROM_PATH[kind](path=local or given)
        if type_ is not None:
            made.type = type_
        return _check_files(new_asset(made, scope))
    if isinstance(given, str):
        return Referenced(kind, given, _parse(kind, given))
    if isinstance(given, Resource) and given.id is not None:
        parse_reference(kind, given.id)
    return Resolved(given)


def new_asset(asset: Any, scope: Scope) -> NewAsset:
    """Check an asset that is to be created; reads its conda file and Dockerfile.

    Args:
        asset: an environment, or an asset that consists of files.
        scope: the workspace and its wire shape.

    Raises:
        ValidationError: a name or value is invalid, the API version does not have it, a file
            cannot be read, or there is nothing at its path.
    """
    if asset.name is not None:
        check_name(asset.KIND, asset.name)
    if asset.version is not None:
        check_version(asset.KIND, asset.version)
    if isinstance(asset, Environment):
        asset = content_version.read_in(asset)
        local = _build_context(asset, scope)
        check_sendable(asset, scope, context=None)
    else:
        asset = _without_run(asset)
        check_sendable(asset, scope, path=None)
        local = _local_path(asset)
        if isinstance(asset, Model):
            _check_model_type(asset.type, scope)
        if local is not None and isinstance(asset, DataAsset):
            _check_type(asset.type, local)
    return NewAsset(asset, local)


def check_kind(given: Any, wanted: type[Resource], participle: str = "written") -> None:
    """Raise unless something is a resource of a kind.

    Raises:
        ValidationError: it is not; the message names the class to use.
    """
    if not isinstance(given, wanted):
        kind, use = type(given).__name__, wanted.__name__
        raise ValidationError(f"{given!r} ({kind}) cannot be {participle} here; use {use}(…)")


def _as_local(given: Any) -> Path | None:
    """Return the local path that is meant; a reference is never one, even if such a file exists."""
    if isinstance(given, Path):
        return given
    if not isinstance(given, str) or given.startswith(_NEVER_LOCAL) or "://" in given:
        return None
    path = expand_user(given)
    looks_local = given.startswith((".", "~")) or "/" in given or "\\" in given
    return path if looks_local or path.exists() else None


def _is_url(given: Any) -> bool:
    """Whether files are meant; the URI of an asset is a reference."""
    return isinstance(given, str) and "://" in given and not is_asset_uri("data", given)


def _check_type(kind: str | None, path: Path) -> None:
    """Raise unless the files are of the type of their data asset."""
    where = f"DataAsset.type: {kind!r}"
    if kind == "uri_file" and path.is_dir():
        raise ValidationError(f"{where}, but {str(path)!r} is a folder; use 'uri_folder'")
    if kind in {"uri_folder", "mltable"} and not path.is_dir():
        raise ValidationError(f"{where}, but {str(path)!r} is not a folder; use 'uri_file'")
    if kind == "mltable" and not (path / "MLTable").is_file():
        raise ValidationError(f"{where}, but the folder {str(path)!r} has no file MLTable; add it")


def _local_path(asset: PathAsset) -> Path | None:
    where = f"{type(asset).__name__}.path"
    if asset.path is None or asset.path == "":
        raise ValidationError(f"{where} is missing; use a local path, a URL or a datastore path")
    if isinstance(asset.path, str) and (asset.datastore is not None or "://" in asset.path):
        return None
    path = expand_user(asset.path)
    if not path.exists():
        raise ValidationError(
            f"{where}: there is no {str(path)!r} here; "
            "for a path in a datastore give the datastore as well"
        )
    return path


def _without_run(asset: Any) -> Any:
    """Return a copy with the path of a run of MLflow as the output of its job."""
    if not isinstance(asset.path, str) or asset.path == of_run(asset.path):
        return asset
    found = copy.copy(asset)
    found.path = of_run(asset.path)
    return found


def _check_model_type(kind: str | None, scope: Scope) -> None:
    known = ("custom_model", "mlflow_model", "triton_model")
    if kind is not None and kind.lower() not in known:
        raise ValidationError(f"Model.type: unknown type {kind!r}; use {', '.join(known)}")
    if scope.dialect is None and kind is not None and kind.lower() == "triton_model":
        raise ValidationError(f"Model.type: {kind!r} needs API version 2022-05-01 or later")


def _build_context(environment: Environment, scope: Scope) -> Path | None:
    folder = content_version.local_context(environment)
    if folder is not None and scope.dialect is None:
        raise ValidationError(
            "Environment.context: a folder needs API version 2022-05-01 or later; "
            "give a URI, or leave it out"
        )
    return folder


def _check_files(new: NewAsset) -> NewAsset:
    if new.local is not None:
        from amlrest._files.snapshot import find_files

        find_files(new.local)
    return new


def _parse(kind: str, text: str) -> Reference | str:
    """Parse a reference; a bare name that nothing new could have is taken for a missing file."""
    may_be_path = kind in _FROM_PATH and not text.startswith(_NEVER_LOCAL)
    try:
        found = parse_reference(kind, text)
        if may_be_path and isinstance(found, Reference) and found.version is None:
            check_name(kind, found.name)
    except ValidationError as error:
        if not may_be_path:
            raise
        message = f"there is no file or folder {text!r} here; as a name in the workspace: {error}"
        raise ValidationError(message) from None
    return found
