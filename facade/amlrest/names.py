"""Resource names, versions and references: validation and conversion to ids.

Patterns come from the path parameters of the pinned API document. Azure compares resource names
and ids case-insensitively.
"""

import re
import uuid
from typing import Any, NamedTuple

from amlrest.errors import ValidationError

_ASSET = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9\-_]{0,254}\Z")
_VERSION = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9\-_.]{0,254}\Z")
_COMPUTE = re.compile(r"[a-zA-Z](?:[a-zA-Z0-9\-]{0,22}[a-zA-Z0-9])?\Z")
_BINDING = re.compile(r"[^\s={}\0/\\]{1,255}\Z")

VERSIONED = frozenset({"environments", "data", "codes", "models"})
"""Collections of versioned resources."""

_LABEL = {
    "environments": "environment",
    "data": "data",
    "codes": "code",
    "models": "model",
    "computes": "compute",
    "datastores": "datastore",
    "jobs": "job",
    "onlineEndpoints": "online endpoint",
    "batchEndpoints": "batch endpoint",
    "deployments": "deployment",
    "bindings": "input or output",
}


class Reference(NamedTuple):
    """A reference to a resource of the workspace, as in ``azureml:name:version``."""

    kind: str
    name: str
    version: str | None = None

    def id_in(self, workspace_id: str) -> str:
        """Return the ARM id below ``workspace_id``."""
        tail = f"/versions/{self.version}" if self.version else ""
        return f"{workspace_id}/{self.kind}/{self.name}{tail}"


def check_name(kind: str, name: str) -> str:
    """Return ``name`` if it is valid for a ``kind`` (a collection such as ``jobs``).

    Raises:
        ValidationError: the name is invalid; the message states the rule.
    """
    pattern, rule = _rule(kind)
    if isinstance(name, str) and pattern.match(name):
        return name
    problem = _problem(name)
    raise ValidationError(f"{_LABEL[kind]} name {name!r}: {problem}; use {rule}")


def check_version(kind: str, version: str) -> str:
    """Return ``version`` if it is valid for an asset.

    Raises:
        ValidationError: the version is invalid; the message states the rule.
    """
    if isinstance(version, str) and _VERSION.match(version):
        return version
    rule = "a letter or digit first, then letters, digits, '-', '_' and '.', at most 255"
    raise ValidationError(f"{_LABEL[kind]} version {version!r}: {_problem(version)}; use {rule}")


def _rule(kind: str) -> tuple[re.Pattern[str], str]:
    if kind == "computes":
        return _COMPUTE, "2 to 24 letters, digits and '-', a letter first, no '-' at the end"
    if kind == "bindings":
        return _BINDING, "1 to 255 characters without spaces, '=', '/', '\\' or braces"
    return _ASSET, "a letter or digit first, then letters, digits, '-' and '_', at most 255"


def _problem(name: object) -> str:
    if not isinstance(name, str):
        return f"it is {type(name).__name__}, not a string"
    if not name:
        return "it is empty"
    if not name.isascii():
        return "it has characters outside ASCII"
    for char, what in ((" ", "a space"), ("..", "'..'"), ("/", "'/'"), ("\\", "'\\'")):
        if char in name:
            return f"it has {what}"
    if len(name) > 255:  # noqa: PLR2004 - the documented limit
        return f"it is {len(name)} characters long"
    return "it has a character that is not allowed, starts with one, or has the wrong length"


def parse_reference(kind: str, text: Any) -> str | Reference:
    """Return the ARM id in ``text``, or a reference by name and version.

    Accepted: ``/subscriptions/…``, ``azureml:/subscriptions/…``, ``azureml:name[:version]``,
    ``name[:version]``.

    Raises:
        ValidationError: the name or version is invalid, or the id is one of another kind.
    """
    if not isinstance(text, str):
        raise ValidationError(
            f"{_LABEL[kind]}: {text!r} is {type(text).__name__}; use a name or id"
        )
    bare = text.removeprefix("azureml:")
    if bare.startswith("/"):
        return _of_kind(kind, bare)
    name, colon, version = bare.partition(":")
    if colon and kind not in VERSIONED:
        raise ValidationError(f"{_LABEL[kind]} {text!r}: a {_LABEL[kind]} has no versions")
    check_name(kind, name)
    return Reference(kind, name, check_version(kind, version) if colon else None)


def _of_kind(kind: str, resource_id: str) -> str:
    """Return an id unless it is of another kind; ids of unknown kinds are accepted."""
    if id_segment(resource_id, kind) is None:
        other = next((label for key, label in _LABEL.items() if id_segment(resource_id, key)), None)
        if other is not None:
            raise ValidationError(
                f"{resource_id!r} is not an id of a {_LABEL[kind]}, but of another kind: {other}"
            )
    return resource_id


def name_of(kind: str, text: Any) -> str:
    """Return the name in a name, reference or ARM id.

    Raises:
        ValidationError: the text is none of them, or the name is invalid.
    """
    found = parse_reference(kind, text)
    name = id_segment(found, kind) if isinstance(found, str) else found.name
    if name is None:
        raise ValidationError(f"{text!r} is not an id of a {_LABEL[kind]}")
    return check_name(kind, name)


def id_segment(resource_id: str, collection: str) -> str | None:
    """Return the name after ``collection`` in an ARM id, compared case-insensitively.

    An id consists of pairs of type and name; a name that equals a type is still a name.
    """
    parts = resource_id.strip("/").split("/")
    wanted = collection.lower()
    pairs = zip(parts[::2], parts[1::2], strict=False)
    return next((name for type_, name in pairs if type_.lower() == wanted), None)


def new_job_name() -> str:
    """Return a unique job name: a random GUID, as the service would generate."""
    return str(uuid.uuid4())
