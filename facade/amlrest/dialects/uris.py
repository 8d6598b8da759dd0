"""References as the later wire shapes write them: ``azureml://`` URIs for places in datastores."""

from __future__ import annotations

import re
from typing import Any

from amlrest._wire.codecs import TEXT, Ref
from amlrest._wire.fields import Scope
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError

_ARM = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)/resourceGroups/(?P<group>[^/]+)"
    r"/providers/Microsoft\.MachineLearningServices/workspaces/(?P<workspace>[^/]+)"
    r"/datastores/(?P<datastore>[^/]+)\Z",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"azureml://subscriptions/(?P<subscription>[^/]+)/resourcegroups/(?P<group>[^/]+)"
    r"(/providers/Microsoft\.MachineLearningServices)?"
    r"/workspaces/(?P<workspace>[^/]+)/datastores/(?P<datastore>[^/]+)(/paths/(?P<path>.*))?\Z",
    re.IGNORECASE | re.DOTALL,
)
_SHORT = re.compile(
    r"azureml://datastores/(?P<datastore>[^/]+)(/paths/(?P<path>.*))?\Z", re.IGNORECASE | re.DOTALL
)
_DATASTORE = Ref("datastores")


class DatastorePath:
    """A datastore and a path in it as one URI; a URL alone stays a URL.

    Its value is the pair (datastore, path).
    """

    def read(self, raw: Any) -> Any:
        """Return datastore and path; what is not in a datastore is a path alone."""
        if not isinstance(raw, str):
            return None, raw
        if found := _LONG.match(raw):
            return _arm_id(found), found["path"]
        if found := _SHORT.match(raw):
            return found["datastore"], found["path"]
        return None, raw

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return the URI.

        Raises:
            ValidationError: the datastore is not a reference, or the path is not text.
        """
        datastore, path = value
        if datastore is None:
            return str(TEXT.write(path, scope, where))
        found = _ARM.match(_DATASTORE.write(datastore, scope, where))
        if found is None:
            raise ValidationError(f"{where}: {datastore!r} is not a datastore of a workspace")
        inner = "" if path is None else str(TEXT.write(path, scope, where)).lstrip("/")
        return f"{_uri(found)}/paths/{inner}"


def _arm_id(found: re.Match[str]) -> str:
    return (
        f"/subscriptions/{found['subscription']}/resourceGroups/{found['group']}"
        f"/providers/Microsoft.MachineLearningServices/workspaces/{found['workspace']}"
        f"/datastores/{found['datastore']}"
    )


def _uri(found: re.Match[str]) -> str:
    return (
        f"azureml://subscriptions/{found['subscription']}/resourcegroups/{found['group']}"
        f"/workspaces/{found['workspace']}/datastores/{found['datastore']}"
    )


class AssetUri(Ref):
    """An asset by its id, or a URL or ``azureml://`` URI as it is."""

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return the id or URI."""
        if isinstance(value, str) and "://" in value:
            return value
        if isinstance(value, WireObject) and getattr(value, "KIND", None) is None:
            raise ValidationError(
                f"{where}: only 2021-03-01-preview takes {type(value).__name__}; register what is "
                "there, and give the registered one"
            )
        return super().write(value, scope, where)


class InputUri(AssetUri):
    """The data of an input, which can also be the id of an asset of another kind: a model."""

    def __init__(self) -> None:
        super().__init__("data")

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        """Return the id or URI."""
        known = getattr(value, "id", value)
        if isinstance(known, str) and known.startswith("/"):
            return known
        return super().write(value, scope, where)
