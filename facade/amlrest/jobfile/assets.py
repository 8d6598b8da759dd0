"""Environments, data, code and models in YAML."""

from __future__ import annotations

from typing import Any

from amlrest.jobfile.nodes import Node, Source
from amlrest.jobfile.parsing import parse
from amlrest.jobfile.table import Inline, Table
from amlrest.jobfile.values import ANYTHING, FILE_OR_TEXT, PATH, REMOTE_PATH, Form, MapOf
from amlrest.resources.assets import Code, DataAsset, Environment, Model

_OMITTED = ("is_anonymous",)


class _PathTable(Table):
    """Keys of an asset that consists of files.

    A ``path`` without a datastore is a local one, relative to the YAML file.
    """

    def read(self, node: Node) -> Any:
        asset = super().read(node)
        remote = asset.datastore is not None or "://" in str(asset.path)
        if isinstance(asset.path, str) and not remote:
            asset.path = PATH.read(node.mapping()["path"])
        return asset


_PATHS = {"path": "path", "local_path": "path"}
_PATH_FORMS: dict[str, Form] = {"path": REMOTE_PATH, "local_path": PATH}

ENVIRONMENT = Table(
    Environment,
    renamed={
        "docker.image": "image",
        "docker.build.dockerfile": "dockerfile",
        "docker.build.context": "context",
    },
    forms={"docker.build.dockerfile": FILE_OR_TEXT, "conda_file": FILE_OR_TEXT},
    omitted=_OMITTED,
    ignored=frozenset({"path", "local_path", "datastore"}),
)
DATA = _PathTable(DataAsset, renamed=_PATHS, forms=_PATH_FORMS, omitted=_OMITTED)
CODE = _PathTable(Code, renamed=_PATHS, forms=_PATH_FORMS, omitted=_OMITTED)
MODEL = _PathTable(
    Model,
    renamed=_PATHS,
    forms={**_PATH_FORMS, "flavors": MapOf(ANYTHING)},
    omitted=_OMITTED,
    ignored=frozenset({"utc_time_created"}),
)


class AssetFile(Form):
    """The path of a YAML file that describes an asset, or of the asset's content.

    Args:
        table: keys of the asset.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def read(self, node: Node) -> Any:
        """Return the asset, or the path."""
        path = PATH.read(node)
        if path.suffix.lower() not in {".yml", ".yaml"}:
            return path
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            node.fail(f"cannot read {str(path)!r}: {error.strerror}")
        source = Source(str(path), path.parent, node.source.trace)
        return self._table.read(parse(text, source))


INLINE_ENVIRONMENT = Inline(ENVIRONMENT, AssetFile(ENVIRONMENT))
INLINE_DATA = Inline(DATA, AssetFile(DATA))
INLINE_MODEL = Inline(MODEL, AssetFile(MODEL))
INLINE_CODE = Inline(CODE, PATH)
