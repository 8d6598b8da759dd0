"""Versioned assets: environments, data, code and models.

An asset without a version gets one from a hash of its content when it is created, so equal content
is registered once and an existing version never changes.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from attrs import define, field

from amlrest._wire.codecs import BOOLEAN, INTEGER, LABELS, TEXT, Choice, ListOf, MapOf, Ref
from amlrest._wire.fields import Scope, later, normalised, wire
from amlrest._wire.nested import Nested
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError
from amlrest.names import id_segment
from amlrest.resources.base import Resource, version_text

_OS = Choice(linux="Linux", windows="Windows")


class _DatasetType(Choice):
    """Type of data; in the first wire shape files have one type, and there are no tables."""

    def write(self, value: Any, scope: Scope | None, where: str) -> str:
        if self.normalise(value) == "mltable":
            raise ValidationError(f"{where}: {value!r} needs API version 2022-05-01 or later")
        return super().write(value, scope, where)


_DATASET = _DatasetType(
    uri_file="Simple", uri_folder="Simple", mltable="", simple="Simple", dataflow="Dataflow"
)


@define(kw_only=True, repr=False)
class Asset(Resource):
    """A versioned asset.

    Attributes:
        version: text; derived from the content if None.
        description: free text.
        tags: mapping of strings; can be changed later.
        properties: mapping of strings; cannot be changed later.
        is_anonymous: whether the service leaves it out of lists.
        is_archived: whether it is hidden in lists; from 2022-05-01.
    """

    version: str | None = field(default=None, converter=version_text)
    description: str | None = field(default=None, metadata=wire("description", TEXT))
    tags: dict[str, str] | None = field(default=None, metadata=wire("tags", LABELS))
    properties: dict[str, str] | None = field(default=None, metadata=wire("properties", LABELS))
    is_anonymous: bool | None = field(default=None, metadata=wire("isAnonymous", BOOLEAN))
    is_archived: bool | None = field(default=None, metadata=later("2022-05-01", BOOLEAN))

    def identify(self) -> None:
        """Set name and version from the id; the ``name`` in a response is the version."""
        super().identify()
        self.version = id_segment(self.id, "versions") if self.id else None
        if self.version is None and isinstance(self.raw.get("name"), str) and not self.id:
            self.version = self.raw["name"]


@define(repr=False)
class Route(WireObject):
    """A route of an inference server.

    Attributes:
        path: path of the URL.
        port: TCP port.
    """

    WIRE_MODEL: ClassVar[str] = "Route"

    path: str = field(metadata=wire("path", TEXT))
    port: int = field(metadata=wire("port", INTEGER))


@define(repr=False)
class InferenceConfig(WireObject):
    """The routes of an inference server in an online deployment.

    Attributes:
        liveness_route: route of the liveness probe.
        readiness_route: route of the readiness probe.
        scoring_route: route of scoring requests.
    """

    WIRE_MODEL: ClassVar[str] = "InferenceContainerProperties"

    liveness_route: Route | None = field(
        default=None, metadata=wire("livenessRoute", Nested(Route))
    )
    readiness_route: Route | None = field(
        default=None, metadata=wire("readinessRoute", Nested(Route))
    )
    scoring_route: Route | None = field(default=None, metadata=wire("scoringRoute", Nested(Route)))


_REBUILD = Choice(disabled="Disabled", on_base_image_update="OnBaseImageUpdate")


@define(repr=False, field_transformer=normalised)
class Environment(Asset):
    """The software that a job or deployment runs in: a Docker image, and a conda environment.

    Attributes:
        image: Docker image; either this or `dockerfile` is required.
        dockerfile: path of a Dockerfile, or its text; with `context`, its path in the context.
        context: build context of the Dockerfile: a local folder, which is uploaded, or a URI. From
            2022-05-01 on, a Dockerfile without one is uploaded as its own context.
        conda_file: path of a conda file, its text, or its parsed content.
        os_type: ``linux`` or ``windows``; Linux if None.
        inference_config: routes of the inference server, for online deployments.
        stage: stage of the environment's lifecycle; from 2023-04-01.
        auto_rebuild: ``disabled`` (default) or ``on_base_image_update``; from 2022-10-01.
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
    context: str | Path | None = field(
        default=None, kw_only=True, metadata=wire("docker.context", TEXT)
    )
    os_type: str | None = field(
        default=None, kw_only=True, metadata=wire("docker.platform.operatingSystemType", _OS)
    )
    inference_config: InferenceConfig | None = field(
        default=None,
        kw_only=True,
        metadata=wire("inferenceContainerProperties", Nested(InferenceConfig)),
    )
    stage: str | None = field(default=None, kw_only=True, metadata=later("2023-04-01", TEXT))
    auto_rebuild: str | None = field(
        default=None,
        kw_only=True,
        metadata=later("2022-10-01", _REBUILD),
    )

    def wire_constants(self) -> dict[str, str]:
        """Return the discriminator of a Docker image or build."""
        if self.dockerfile is not None:
            return {"docker.dockerSpecificationType": "Build"}
        return {} if self.image is None else {"docker.dockerSpecificationType": "Image"}


@define(repr=False)
class PathAsset(Asset):
    """An asset that consists of files.

    Attributes:
        path: local file or folder, which is uploaded when the asset is created; URL; output of a
            job, ``azureml://jobs/<job>/outputs/artifacts/paths/<path>``; or path in
            `datastore`. A `pathlib.Path` is always local; text is a path in the datastore if
            `datastore` is set, else a URL or a local path.
        datastore: datastore that contains the files or receives the upload: name, id or object;
            the default datastore of the workspace if None.
    """

    name: str | None = None
    path: str | Path | None = field(default=None, metadata=wire("path", TEXT))
    datastore: Any = field(
        default=None, kw_only=True, metadata=wire("datastoreId", Ref("datastores"))
    )


@define(repr=False, field_transformer=normalised)
class DataAsset(PathAsset):
    """A version of a data asset.

    Attributes:
        type: ``uri_file``, ``uri_folder`` or, from 2022-05-01, ``mltable``; by default what the
            path is. 2021-03-01-preview has ``simple`` for files, and ``dataflow``.
        referenced_uris: the places that an ``mltable`` refers to; from 2022-05-01.
    """

    WIRE_MODEL: ClassVar[str] = "DataVersion"
    KIND: ClassVar[str] = "data"

    type: str | None = field(default=None, kw_only=True, metadata=wire("datasetType", _DATASET))
    referenced_uris: list[str] | None = field(
        default=None, kw_only=True, metadata=later("2022-05-01", ListOf(TEXT))
    )


@define(repr=False)
class Code(PathAsset):
    """A version of a folder with source code, such as ``Code(path="src")``."""

    WIRE_MODEL: ClassVar[str] = "CodeVersion"
    KIND: ClassVar[str] = "codes"


MLFLOW_FLAVOR = "python_function"
"""The flavor that every model of MLflow has which can be served."""


class _Flavor:
    """Properties of a model; the service nests them below ``data``."""

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
        flavors: properties by flavor, such as ``{"python_function": {"loader_module": "…"}}``.
        type: ``custom_model`` (default), ``mlflow_model`` or, from 2022-05-01, ``triton_model``.
        job: name of the job that created the model; from 2022-05-01.
        stage: stage of the model's lifecycle; from 2023-04-01.
    """

    WIRE_MODEL: ClassVar[str] = "ModelVersion"
    KIND: ClassVar[str] = "models"

    flavors: dict[str, Any] | None = field(
        default=None, kw_only=True, metadata=wire("flavors", MapOf(_Flavor()))
    )
    type: str | None = field(
        default=None, kw_only=True, metadata=later("2022-05-01", TEXT, hint=True)
    )
    job: str | None = field(default=None, kw_only=True, metadata=later("2022-05-01", TEXT))
    stage: str | None = field(default=None, kw_only=True, metadata=later("2023-04-01", TEXT))

    def identify(self) -> None:
        """Set the type too, which the first wire shape tells by the flavors only."""
        super().identify()
        if self.type is None and MLFLOW_FLAVOR in (self.flavors or {}):
            self.type = "mlflow_model"
