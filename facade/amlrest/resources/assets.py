"""Versioned assets: environments, data, code and models.

Without a version an asset gets one from its content when it is created, so the same content is
registered once and an earlier version never changes its meaning.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.codecs import BOOLEAN, INTEGER, LABELS, TEXT, Choice, MapOf, Ref
from amlrest._wire.fields import Scope, wire
from amlrest._wire.nested import Nested
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError
from amlrest.names import id_segment
from amlrest.resources.base import Resource

_OS = Choice(linux="Linux", windows="Windows")


def _as_os(value: Any) -> Any:
    return _OS.normalise(value)


_DATASET = Choice(simple="Simple", dataflow="Dataflow")


def _as_dataset(value: Any) -> Any:
    return _DATASET.normalise(value)


def version_text(version: Any) -> Any:
    """YAML and people write version 1 as a number."""
    is_number = isinstance(version, int) and not isinstance(version, bool)
    return str(version) if is_number else version


@define(repr=False)
class Asset(Resource):
    """What every versioned asset has.

    Attributes:
        version: text; from the content when None.
        description: free text.
        tags: text by text; can be changed later.
        properties: text by text; fixed once made.
        is_anonymous: whether the service keeps it out of listings.
    """

    version: str | None = field(default=None, kw_only=True, converter=version_text)
    description: str | None = field(default=None, kw_only=True, metadata=wire("description", TEXT))
    tags: dict[str, str] | None = field(default=None, kw_only=True, metadata=wire("tags", LABELS))
    properties: dict[str, str] | None = field(
        default=None, kw_only=True, metadata=wire("properties", LABELS)
    )
    is_anonymous: bool | None = field(
        default=None, kw_only=True, metadata=wire("isAnonymous", BOOLEAN)
    )

    def identify(self) -> None:
        """Take name and version from the id; the answer's name is the version."""
        super().identify()
        self.version = id_segment(self.id, "versions") if self.id else None
        if self.version is None and isinstance(self.raw.get("name"), str) and not self.id:
            self.version = self.raw["name"]


@define(repr=False)
class Route(WireObject):
    """A path and port of an inference server."""

    WIRE_MODEL: ClassVar[str] = "Route"

    path: str = field(metadata=wire("path", TEXT))
    port: int = field(metadata=wire("port", INTEGER))


@define(repr=False)
class InferenceConfig(WireObject):
    """The routes an online deployment serves."""

    WIRE_MODEL: ClassVar[str] = "InferenceContainerProperties"

    liveness_route: Route | None = field(
        default=None, metadata=wire("livenessRoute", Nested(Route))
    )
    readiness_route: Route | None = field(
        default=None, metadata=wire("readinessRoute", Nested(Route))
    )
    scoring_route: Route | None = field(default=None, metadata=wire("scoringRoute", Nested(Route)))


@define(repr=False)
class Environment(Asset):
    """What a job runs in: a docker image or build, and a conda environment.

    Attributes:
        image: docker image; this or `dockerfile`.
        dockerfile: a Dockerfile: a path, or its text.
        context: where the docker build's context is, as the service takes it.
        conda_file: a path, the text, or the parsed content.
        os_type: ``linux`` or ``windows``; the service takes Linux when None.
        inference_config: routes, for environments of online deployments.
    """

    WIRE_MODEL: ClassVar[str] = "EnvironmentSpecificationVersion"
    KIND: ClassVar[str] = "environments"

    name: str | None = None
    image: str | None = field(default=None, metadata=wire("docker.dockerImageUri", TEXT))
    conda_file: str | Path | Mapping[str, Any] | None = field(
        default=None, metadata=wire("condaFile", TEXT)
    )
    dockerfile: str | Path | None = field(
        default=None, kw_only=True, metadata=wire("docker.dockerfile", TEXT)
    )
    context: str | None = field(default=None, kw_only=True, metadata=wire("docker.context", TEXT))
    os_type: str | None = field(
        default=None,
        kw_only=True,
        converter=_as_os,
        metadata=wire("docker.platform.operatingSystemType", _OS),
    )
    inference_config: InferenceConfig | None = field(
        default=None,
        kw_only=True,
        metadata=wire("inferenceContainerProperties", Nested(InferenceConfig)),
    )

    def wire_constants(self) -> dict[str, str]:
        """Say which of the two docker forms it is."""
        if self.dockerfile is not None:
            return {"docker.dockerSpecificationType": "Build"}
        return {} if self.image is None else {"docker.dockerSpecificationType": "Image"}


@define(repr=False)
class PathAsset(Asset):
    """An asset that is files somewhere.

    Attributes:
        path: a local file or folder (uploaded when the asset is created), a URL, or a path in
            `datastore`. A `pathlib.Path` is always local; text is a path in the datastore when
            `datastore` is given, else a URL or local.
        datastore: where the files are, or are uploaded to; the default datastore when None.
    """

    name: str | None = None
    path: str | Path | None = field(default=None, metadata=wire("path", TEXT))
    datastore: Any = field(
        default=None, kw_only=True, metadata=wire("datastoreId", Ref("datastores"))
    )


@define(repr=False)
class DataAsset(PathAsset):
    """A version of data.

    Attributes:
        type: ``simple`` (files, the default) or ``dataflow``.
    """

    WIRE_MODEL: ClassVar[str] = "DataVersion"
    KIND: ClassVar[str] = "data"

    type: str | None = field(
        default=None,
        kw_only=True,
        converter=_as_dataset,
        metadata=wire("datasetType", _DATASET),
    )


@define(repr=False)
class Code(PathAsset):
    """A version of a code folder: ``Code(path="src")``."""

    WIRE_MODEL: ClassVar[str] = "CodeVersion"
    KIND: ClassVar[str] = "codes"


class _Flavor:
    """Facts about a model; on the wire they stand below ``data``."""

    def read(self, raw: Any) -> Any:
        data = raw.get("data") if isinstance(raw, dict) else None
        return data if isinstance(data, dict) else raw

    def write(self, value: Any, _scope: Scope | None, where: str) -> Any:
        if not isinstance(value, Mapping):
            raise ValidationError(f"{where}: {value!r} is {type(value).__name__}; use a dict")
        return {"data": dict(value)}


@define(repr=False)
class Model(PathAsset):
    """A version of a model.

    Attributes:
        flavors: facts by flavor, such as ``{"python_function": {"loader_module": "…"}}``.
    """

    WIRE_MODEL: ClassVar[str] = "ModelVersion"
    KIND: ClassVar[str] = "models"

    flavors: dict[str, Any] | None = field(
        default=None,
        kw_only=True,
        metadata=wire("flavors", MapOf(_Flavor())),
    )
