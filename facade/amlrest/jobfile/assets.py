"""Environments, data, code and models in YAML."""

from typing import Any

from amlrest.jobfile.nodes import Node, Source, parse
from amlrest.jobfile.table import Inline, Key, Table
from amlrest.jobfile.values import (
    ANYTHING,
    FILE_OR_TEXT,
    INTEGER,
    PATH,
    REFERENCE,
    REMOTE_PATH,
    STRINGS,
    TEXT,
    MapOf,
    OneOf,
)
from amlrest.resources.assets import Code, DataAsset, Environment, InferenceConfig, Model, Route

ROUTE = Table(Route, {"path": Key("path", TEXT), "port": Key("port", INTEGER)}, ("path", "port"))
INFERENCE = Table(
    InferenceConfig,
    {
        "liveness_route": Key("liveness_route", ROUTE),
        "readiness_route": Key("readiness_route", ROUTE),
        "scoring_route": Key("scoring_route", ROUTE),
    },
)
_NAMED = {"name": Key("name", TEXT), "version": Key("version", TEXT)}
_LABELS = {
    "description": Key("description", TEXT),
    "tags": Key("tags", STRINGS),
    "properties": Key("properties", STRINGS),
}
_FILES = {
    "path": Key("path", REMOTE_PATH),
    "local_path": Key("path", PATH),
    "datastore": Key("datastore", REFERENCE),
}

ENVIRONMENT = Table(
    Environment,
    {
        **_NAMED,
        "docker.image": Key("image", TEXT),
        "docker.build.dockerfile": Key("dockerfile", FILE_OR_TEXT),
        "docker.build.context": Key("context", TEXT),
        "conda_file": Key("conda_file", FILE_OR_TEXT),
        "os_type": Key("os_type", OneOf("linux", "windows")),
        "inference_config": Key("inference_config", INFERENCE),
        **_LABELS,
    },
    ignored=frozenset({"path", "local_path", "datastore"}),
)


def _place(node: Node, asset: Any) -> None:
    """A bare path without a datastore is a local one, relative to the file."""
    remote = asset.datastore is not None or "://" in str(asset.path)
    if isinstance(asset.path, str) and not remote:
        asset.path = PATH.read(node.mapping()["path"])


DATA = Table(
    DataAsset,
    {**_NAMED, **_FILES, **_LABELS, "type": Key("type", OneOf("simple", "dataflow"))},
    finish=_place,
)
CODE = Table(Code, {**_NAMED, **_FILES, **_LABELS}, finish=_place)
MODEL = Table(
    Model,
    {
        **_NAMED,
        **_FILES,
        "flavors": Key("flavors", MapOf(ANYTHING)),
        **_LABELS,
    },
    ignored=frozenset({"utc_time_created"}),
    finish=_place,
)


class _AssetFile:
    """An asset in a YAML file of its own; any other file is the asset's content."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def read(self, node: Node) -> Any:
        path = PATH.read(node)
        if path.suffix.lower() not in {".yml", ".yaml"}:
            return path
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            node.fail(f"cannot read {str(path)!r}: {error.strerror}")
        return self._table.read(parse(text, Source(str(path), path.parent)))

    def write(self, value: Any) -> Any:
        return value


INLINE_ENVIRONMENT = Inline(ENVIRONMENT, _AssetFile(ENVIRONMENT))
INLINE_DATA = Inline(DATA, _AssetFile(DATA))
INLINE_MODEL = Inline(MODEL, _AssetFile(MODEL))
INLINE_CODE = Inline(CODE, PATH)
