"""What a user gives where an asset is wanted: a reference to one, or something to make one of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from amlrest._paths import expand_user
from amlrest._wire import check_sendable
from amlrest.errors import ValidationError
from amlrest.names import check_name, check_version, parse_reference
from amlrest.resources import content_version
from amlrest.resources.assets import Asset, Environment, PathAsset
from amlrest.resources.base import Resource

if TYPE_CHECKING:
    from collections.abc import Iterable

_ELSEWHERE = ("azureml:", "/subscriptions/")


def is_new(given: Any) -> bool:
    """Whether something has to be registered before it can be used."""
    url = isinstance(given, str) and "://" in given
    return url or as_local(given) is not None or (isinstance(given, Asset) and given.id is None)


def as_local(given: Any) -> Path | None:
    """Return the path that is meant; a reference is never one, even if such a file exists."""
    if isinstance(given, Path):
        return given
    if not isinstance(given, str) or given.startswith(_ELSEWHERE):
        return None
    looks_local = given.startswith((".", "~")) or "/" in given or "\\" in given
    path = expand_user(given)
    return path if "://" not in given and (looks_local or path.exists()) else None


def check_kind(given: Any, wanted: type[Resource], verb: str = "written") -> None:
    """Refuse what is no resource of a kind.

    Raises:
        ValidationError: says what to use.
    """
    if not isinstance(given, wanted):
        kind, use = type(given).__name__, wanted.__name__
        raise ValidationError(f"{given!r} ({kind}) cannot be {verb} here; use {use}(…)")


def check_all(given: Iterable[tuple[str, Any]]) -> None:
    """Refuse what has no possible name or files that cannot be read. Reads files, sends nothing.

    Args:
        given: pairs of a collection such as ``codes`` and what was given for one of it.

    Raises:
        ValidationError: what is wrong and what to do.
    """
    for kind, each in given:
        local = as_local(each)
        if isinstance(each, Asset) and each.id is None:
            _check_asset(each)
        elif local is not None and kind in content_version.DEFAULT_NAMES:
            _check_files(local, f"{kind}: ")
        elif isinstance(each, str) and not is_new(each):
            _check_reference(kind, each)
        elif isinstance(each, Resource) and each.id is not None:
            parse_reference(kind, each.id)


def _check_asset(asset: Asset) -> None:
    if asset.name is not None:
        check_name(asset.KIND, asset.name)
    if asset.version is not None:
        check_version(asset.KIND, asset.version)
    if isinstance(asset, Environment):
        check_sendable(content_version.read_in(asset))
    elif isinstance(asset, PathAsset):
        check_sendable(asset, path=None)
        if (path := content_version.local_path(asset)) is not None:
            _check_files(path, "")


def _check_files(path: Path, where: str) -> None:
    from amlrest._files.snapshot import find_files

    if not path.exists():
        raise ValidationError(f"{where}there is no file or folder {str(path)!r} here")
    find_files(path)


def _check_reference(kind: str, text: str) -> None:
    try:
        parse_reference(kind, text)
    except ValidationError as error:
        if kind not in content_version.DEFAULT_NAMES or text.startswith(_ELSEWHERE):
            raise
        message = f"there is no file or folder {text!r} here; as a name in the workspace: {error}"
        raise ValidationError(message) from None
