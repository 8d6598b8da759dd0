"""Environments, data and models in v2 files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from amlrest.jobfile.assets import AssetFile
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Inline, Table
from amlrest.jobfile.v2.forms import ASSET_REFERENCE, PATH_OR_URI
from amlrest.jobfile.values import ANYTHING, FileOrText, Form, LocalPath, MapOf, OneOf
from amlrest.resources.assets import DataAsset, Environment, Model

_OMITTED = ("is_anonymous",)
_READ_ONLY = frozenset({"latest_version", "creation_context", "intellectual_property"})


class _CondaFile(FileOrText):
    """A path, or a mapping as parsed content."""

    def write(self, value: Any) -> Any:
        """Return a path as text, without a prefix; the content of a conda file as a mapping."""
        import yaml

        if isinstance(value, str):
            return yaml.safe_load(value)
        return str(value) if isinstance(value, Path) else value


class _EnvironmentTable(Table):
    """Keys of an environment; a build context has the Dockerfile ``Dockerfile`` by default."""

    def read(self, node: Node) -> Any:
        """Return the environment."""
        environment = super().read(node)
        if environment.context is not None and environment.dockerfile is None:
            environment.dockerfile = "Dockerfile"
        return environment


class _Context(LocalPath):
    """A build context: a local folder or a URI."""

    def read(self, node: Node) -> Any:
        """Return text: attributes of environments are text."""
        return str(PATH_OR_URI.read(node))

    def write(self, value: Any) -> Any:
        """Return text."""
        return str(value)


ENVIRONMENT = _EnvironmentTable(
    Environment,
    renamed={"build.path": "context", "build.dockerfile_path": "dockerfile"},
    forms={"build.path": _Context(), "conda_file": _CondaFile()},
    omitted=_OMITTED,
    ignored=_READ_ONLY | {"datastore"},
)
_PATHS: dict[str, Form] = {"path": PATH_OR_URI}
DATA = Table(
    DataAsset,
    forms={**_PATHS, "type": OneOf("uri_file", "uri_folder", "mltable")},
    omitted=_OMITTED,
    required=("path",),
    ignored=_READ_ONLY,
)
MODEL = Table(
    Model,
    forms={
        **_PATHS,
        "type": OneOf("custom_model", "mlflow_model", "triton_model"),
        "flavors": MapOf(ANYTHING),
    },
    renamed={"job_name": "job"},
    omitted=_OMITTED,
    ignored=_READ_ONLY | {"utc_time_created", "system_metadata"},
)
INLINE_ENVIRONMENT = Inline(ENVIRONMENT, AssetFile(ENVIRONMENT), ASSET_REFERENCE)
INLINE_MODEL = Inline(MODEL, AssetFile(MODEL), ASSET_REFERENCE)
