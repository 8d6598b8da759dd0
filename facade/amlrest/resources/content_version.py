"""Content versions: versions of assets computed from their content.

The same content always has the same version, so it is registered once, and changed content has
another version, so an existing version never changes its meaning.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amlrest._paths import expand_user
from amlrest._wire.convert import to_wire
from amlrest._wire.fields import Scope, wire_fields
from amlrest.errors import ValidationError
from amlrest.resources.assets import Environment, PathAsset
from amlrest.resources.build_files import check_conda, check_dockerfile

LENGTH = 32
"""Characters of the SHA-256 digest in a version: 128 bits."""
_FIRST_TYPES = frozenset({"simple", "dataflow", "uri_file", "uri_folder"})
_NO_CONTENT = frozenset({"description", "tags", "properties", "isAnonymous", "isArchived"})


def shorten(digest: str) -> str:
    """Return a version made of a hexadecimal digest."""
    return digest[:LENGTH].lower()


def of_files(digest: str, kind: str | None) -> str:
    """Return the version for files; types that mean more than files make another one."""
    if kind in _FIRST_TYPES | {None, "custom_model"}:
        return shorten(digest)
    return of_content({"files": digest, "type": kind})


def prefix(digest: str) -> str:
    """Return the path in a datastore of the files with that digest."""
    return f"amlrest/{shorten(digest)}"


def of_content(content: Any) -> str:
    """Return the version for JSON content; the order of keys does not matter."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return shorten(hashlib.sha256(text.encode()).hexdigest())


def of_environment(environment: Environment) -> str:
    """Return the version for a read-in environment: image or build, conda content, routes.

    Layout and comments of the conda file do not matter.
    """
    content = _content(environment, None)
    if "condaFile" in content:
        content["condaFile"] = _parsed(content["condaFile"])
    return of_content(content)


def of_reference(asset: PathAsset, workspace_id: str) -> str:
    """Return the version for an asset that refers to a URL or a path in a datastore."""
    return of_content(_content(asset, Scope(workspace_id)))


def _content(asset: Any, scope: Scope | None) -> dict[str, Any]:
    """Return the content as the first wire shape writes it, whatever the API version is."""
    probe, later = copy.copy(asset), _later_content(asset)
    if "type" in later:
        probe.type = None
    for name, field in wire_fields(type(asset)):
        if field.since is not None:
            setattr(probe, name, None)
    properties: dict[str, Any] = to_wire(probe, scope).get("properties", {})
    content = {key: value for key, value in properties.items() if key not in _NO_CONTENT}
    return content | later


def _later_content(asset: Any) -> dict[str, Any]:
    """Return content that the first wire shape does not have; nothing for what is the default."""
    kind, rebuild = getattr(asset, "type", None), getattr(asset, "auto_rebuild", None)
    found = {} if kind is None or kind in _FIRST_TYPES else {"type": kind}
    return found if rebuild in {None, "disabled"} else {**found, "autoRebuild": rebuild}


def read_in(environment: Environment) -> Environment:
    """Return a copy whose conda file and Dockerfile are text.

    Raises:
        ValidationError: neither image nor Dockerfile, or both; a file that cannot be read; a
            conda file that is not a YAML mapping; a conda file or a Dockerfile that names files
            which are not sent.
    """
    ready = copy.copy(environment)
    if (context := local_context(ready)) is not None:
        ready.dockerfile = str(ready.dockerfile or "Dockerfile")
        if not (context / ready.dockerfile).is_file():
            raise ValidationError(
                f"Environment.dockerfile: there is no {ready.dockerfile!r} in the build context "
                f"{str(context)!r}"
            )
    if (ready.image is None) == (ready.dockerfile is None):
        which = "neither image nor" if ready.image is None else "both image and"
        raise ValidationError(f"Environment: {which} dockerfile given; give one of them")
    if ready.dockerfile is not None and context is None:
        where = "Environment.dockerfile"
        ready.dockerfile = text_of(ready.dockerfile, where, ("FROM ", "ARG "))
        if ready.context is None:
            check_dockerfile(ready.dockerfile, where)
    if ready.conda_file is not None:
        ready.conda_file = _conda_text(ready.conda_file)
    return ready


def local_context(environment: Environment) -> Path | None:
    """Return the folder of a build context on this machine; None for a URI or no context.

    Raises:
        ValidationError: there is no such folder.
    """
    context = environment.context
    if context is None or (isinstance(context, str) and "://" in context):
        return None
    folder = expand_user(context)
    if not folder.is_dir():
        raise ValidationError(f"Environment.context: there is no folder {str(context)!r} here")
    return folder


def _conda_text(conda: str | Path | Mapping[str, Any]) -> str:
    import yaml

    where = "Environment.conda_file"
    if isinstance(conda, Mapping):
        check_conda(conda, where)
        return yaml.safe_dump(dict(conda), sort_keys=False)
    text = text_of(conda, where)
    content = _parsed(text)
    if not isinstance(content, dict):
        raise ValidationError(f"{where}: not a YAML mapping; it needs 'dependencies:' and the like")
    check_conda(content, where)
    return text


def _parsed(text: Any) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return text


def text_of(source: str | Path, where: str, starts: tuple[str, ...] = ()) -> str:
    """Return text as it is, or the content of a file.

    Args:
        source: a path, ``file:path``, or text (with a line break, or one of `starts` in front).
        where: its name in errors.
        starts: prefixes that mark text.

    Raises:
        ValidationError: the file cannot be read.
    """
    if isinstance(source, str) and not source.startswith("file:"):
        if "\n" in source or source.lstrip().upper().startswith(starts or ("\0",)):
            return source
    elif not isinstance(source, str | Path):
        raise ValidationError(f"{where}: {source!r} is {type(source).__name__}; use text or a path")
    path = Path(source.removeprefix("file:")) if isinstance(source, str) else source
    try:
        return expand_user(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ValidationError(f"{where}: cannot read {str(path)!r}: {reason}") from None
