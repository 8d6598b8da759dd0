"""Resource names, versions and references: validation and conversion to ids.

The patterns are those of the API document, which has them for what is created only. The service
itself has names that they do not allow, such as ``AzureML-sklearn-1.0-ubuntu20.04-py38-cpu``, so a
name of something that exists is only checked for what would change the path of a URL. Azure
compares resource names and ids case-insensitively.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from amlrest.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASSET = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9\-_]{0,254}\Z")
_VERSION = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9\-_.]{0,254}\Z")
_COMPUTE = re.compile(r"[a-zA-Z](?:[a-zA-Z0-9\-]{0,22}[a-zA-Z0-9])?\Z")
_BINDING = re.compile(r"[^\s={}\0/\\]{1,255}\Z")
_CHANGES_PATH = re.compile(r"[/\\\x00-\x1f\x7f\ud800-\udfff]")
_ASSET_URI = re.compile(r"azureml://(registries|locations)/", re.IGNORECASE)
_LATEST = "latest"

VERSIONED = frozenset({"environments", "data", "codes", "models"})
"""Collections of versioned resources."""
_KNOWN = (*sorted(VERSIONED), "computes", "datastores", "jobs", "onlineEndpoints", "batchEndpoints")
"""Collections whose ids are recognised where another kind is expected."""


def label(kind: str) -> str:
    """Return what one resource of a kind is called: ``onlineEndpoints`` is ``online endpoint``."""
    if kind == "bindings":
        return "input or output"
    return re.sub("[A-Z]", lambda capital: f" {capital[0].lower()}", kind).removesuffix("s")


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {label(kind)}"


def near(name: str, known: Iterable[str]) -> str:
    """Return a question after similar names, such as `` did you mean 'a' or 'b'?``, or no text."""
    import difflib

    found = difflib.get_close_matches(name, sorted(known), 3)
    return f"did you mean {' or '.join(map(repr, found))}?" if found else ""


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
    """Return ``name`` if something new of a ``kind`` (a collection such as ``jobs``) can have it.

    Raises:
        ValidationError: the name is invalid; the message states the rule.
    """
    pattern, rule = _rule(kind)
    if isinstance(name, str) and pattern.match(name):
        return name
    problem = _problem(name)
    raise ValidationError(f"{label(kind)} name {name!r}: {problem}; use {rule}")


def check_version(kind: str, version: str) -> str:
    """Return ``version`` if a new asset can have it.

    Raises:
        ValidationError: the version is invalid; the message states the rule.
    """
    if isinstance(version, str) and _VERSION.match(version):
        return version
    rule = "a letter or digit first, then letters, digits, '-', '_' and '.', at most 255"
    raise ValidationError(f"{label(kind)} version {version!r}: {_problem(version)}; use {rule}")


def check_existing_name(kind: str, name: str, part: str = "name") -> str:
    """Return ``name`` unless a request for it would go to another path.

    Args:
        kind: a collection such as ``jobs``.
        name: the name of something that exists.
        part: what it is called in errors.

    Raises:
        ValidationError: it is empty, ``.`` or ``..``, or contains a slash or a control character.
    """
    usable = isinstance(name, str) and name.strip() and name not in {".", ".."}
    if usable and not _CHANGES_PATH.search(name):
        return name
    use = "the name as the service lists it" if part == "name" else "a version that exists"
    raise ValidationError(f"{label(kind)} {part} {name!r}: {_problem(name)}; use {use}")


def _rule(kind: str) -> tuple[re.Pattern[str], str]:
    if kind == "computes":
        return _COMPUTE, "2 to 24 letters, digits and '-', a letter first, no '-' at the end"
    if kind == "bindings":
        return _BINDING, "1 to 255 characters without spaces, '=', '/', '\\' or braces"
    return _ASSET, "a letter or digit first, then letters, digits, '-' and '_', at most 255"


def _problem(name: object) -> str:
    if not isinstance(name, str):
        return f"it is {type(name).__name__}, not a string"
    if not name.strip():
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
    """Return the id in ``text``, or a reference by name and version.

    Accepted: ``/subscriptions/…``, ``azureml:/subscriptions/…``, ``azureml://registries/…``,
    ``azureml:name[:version]``, ``name[:version]``; ``name@latest`` is the newest version.

    Raises:
        ValidationError: the name or version cannot be used, or the id is one of another kind.
    """
    if not isinstance(text, str):
        raise ValidationError(f"{label(kind)}: {text!r} is {type(text).__name__}; use a name or id")
    if text.startswith("azureml://"):
        return _of_kind(kind, text)
    bare = text.removeprefix("azureml:")
    if bare.startswith("/"):
        return _of_kind(kind, bare)
    return _parse_name(kind, text, bare)


def _parse_name(kind: str, text: str, bare: str) -> Reference:
    name, colon, version = bare.partition(":")
    name, at, tag = (name, "", "") if colon else name.partition("@")
    if (colon or at) and kind not in VERSIONED:
        raise ValidationError(f"{label(kind)} {text!r}: {_a(kind)} has no versions")
    if at and tag != _LATEST:
        raise ValidationError(f"{label(kind)} {text!r}: unknown label {tag!r}; use @{_LATEST}")
    check_existing_name(kind, name)
    return Reference(kind, name, check_existing_name(kind, version, "version") if colon else None)


def is_asset_uri(kind: str, text: str) -> bool:
    """Whether ``text`` is the URI of an asset, as ``azureml://registries/…``, not of a file."""
    return _ASSET_URI.match(text) is not None and _names(kind, text)


def _below_scheme(text: str) -> str:
    return text.removeprefix("azureml://")


def _names(kind: str, resource_id: str) -> bool:
    return id_segment(_below_scheme(resource_id), kind) is not None


def _of_kind(kind: str, resource_id: str) -> str:
    """Return an id unless it is of another known kind; the service may have further ones."""
    if not _names(kind, resource_id):
        other = next((each for each in _KNOWN if _names(each, resource_id)), None)
        if other is not None:
            raise ValidationError(
                f"{resource_id!r} is not an id of {_a(kind)}, but of another kind: {label(other)}"
            )
    return resource_id


def name_of(kind: str, text: Any) -> str:
    """Return the name in a name, reference or ARM id of something in the workspace.

    Raises:
        ValidationError: the text is none of them, or the name cannot be used.
    """
    return reference_in_workspace(kind, text).name


def reference_in_workspace(kind: str, text: Any) -> Reference:
    """Return the reference in ``text``, as `parse_reference`, but of the workspace only.

    Raises:
        ValidationError: also for an asset of a registry, and for an id without a name.
    """
    found = parse_reference(kind, text)
    if isinstance(found, Reference):
        return found
    if found.startswith("azureml://"):
        raise ValidationError(
            f"{text!r} is not in the workspace; it can be referred to in jobs and deployments only"
        )
    name, version = id_segment(found, kind), id_segment(found, "versions")
    if name is None:
        raise ValidationError(f"{text!r} is not an id of {_a(kind)}")
    check_existing_name(kind, name)
    return Reference(kind, name, version and check_existing_name(kind, version, "version"))


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
