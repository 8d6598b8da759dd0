"""Deployments of online and batch endpoints."""

from typing import Any, ClassVar

from attrs import define, field

from amlrest._durations import Duration, normalise
from amlrest._wire.codecs import (
    BOOLEAN,
    DURATION,
    INTEGER,
    LABELS,
    NUMBER,
    TEXT,
    Choice,
    ListOf,
    Ref,
)
from amlrest._wire.fields import Scope, look_up, wire
from amlrest._wire.nested import Nested, Union
from amlrest._wire.objects import WireObject
from amlrest.names import id_segment
from amlrest.resources.base import Resource
from amlrest.resources.endpoints import Tracked

_LOGGING = Choice(info="Info", warning="Warning", debug="Debug")


def _as_logging(value: Any) -> Any:
    return _LOGGING.normalise(value)


_OUTPUT_ACTION = Choice(summary_only="SummaryOnly", append_row="AppendRow")


def _as_output_action(value: Any) -> Any:
    return _OUTPUT_ACTION.normalise(value)


@define(repr=False)
class DataPath(WireObject):
    """A model that is a path in a datastore."""

    WIRE_MODEL: ClassVar[str] = "DataPathAssetReference"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("referenceType", "DataPath")

    path: str | None = field(default=None, metadata=wire("path", TEXT))
    datastore: Any = field(default=None, metadata=wire("datastoreId", Ref("datastores")))


@define(repr=False)
class JobOutput(WireObject):
    """A model that is a path in the outputs of a job."""

    WIRE_MODEL: ClassVar[str] = "OutputPathAssetReference"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("referenceType", "OutputPath")

    job: Any = field(default=None, metadata=wire("jobId", Ref("jobs")))
    path: str | None = field(default=None, metadata=wire("path", TEXT))


class _ModelReference:
    """A registered model by name, id or object, or one of the two path forms."""

    _paths, _id = Union(DataPath, JobOutput), Ref("models")

    def read(self, raw: Any) -> Any:
        is_id = isinstance(raw, dict) and str(raw.get("referenceType")).lower() == "id"
        return raw.get("assetId") if is_id else self._paths.read(raw)

    def write(self, value: Any, scope: Scope | None, where: str) -> Any:
        if isinstance(value, DataPath | JobOutput | dict):
            return self._paths.write(value, scope, where)
        return {"referenceType": "Id", "assetId": self._id.write(value, scope, where)}


_MODEL = _ModelReference()


@define(kw_only=True, repr=False)
class _Deployment(Tracked):
    """What every deployment has.

    Attributes:
        endpoint: name of its endpoint.
        model: object, id, ``azureml:name:version``, `DataPath` or `JobOutput`.
        code: folder (path), `Code`, or id.
        scoring_script: file in the code folder.
        environment: object, id or ``azureml:name:version``.
        environment_variables: text by name.
    """

    endpoint: str | None = None
    model: Any = field(default=None, metadata=wire("model", _MODEL))
    code: Any = field(default=None, metadata=wire("codeConfiguration.codeId", Ref("codes")))
    scoring_script: str | None = field(
        default=None, metadata=wire("codeConfiguration.scoringScript", TEXT)
    )
    environment: Any = field(default=None, metadata=wire("environmentId", Ref("environments")))
    environment_variables: dict[str, str] | None = field(
        default=None, metadata=wire("environmentVariables", LABELS)
    )

    def identify(self) -> None:
        """Take its own name and the endpoint's from the id."""
        Resource.identify(self)
        endpoints = ("onlineEndpoints", "batchEndpoints")
        found = [id_segment(self.id, kind) for kind in endpoints] if self.id else []
        self.endpoint = next(filter(None, found), None)


@define(kw_only=True, repr=False)
class Probe(WireObject):
    """How the service asks whether a container is alive or ready; spans as elsewhere."""

    WIRE_MODEL: ClassVar[str] = "ProbeSettings"

    failure_threshold: int | None = field(default=None, metadata=wire("failureThreshold", INTEGER))
    success_threshold: int | None = field(default=None, metadata=wire("successThreshold", INTEGER))
    initial_delay: Duration | None = field(
        default=None, converter=normalise, metadata=wire("initialDelay", DURATION)
    )
    period: Duration | None = field(
        default=None, converter=normalise, metadata=wire("period", DURATION)
    )
    timeout: Duration | None = field(
        default=None, converter=normalise, metadata=wire("timeout", DURATION)
    )


@define(kw_only=True, repr=False)
class RequestSettings(WireObject):
    """How requests queue."""

    WIRE_MODEL: ClassVar[str] = "OnlineRequestSettings"

    max_concurrent_requests_per_instance: int | None = field(
        default=None, metadata=wire("maxConcurrentRequestsPerInstance", INTEGER)
    )
    max_queue_wait: Duration | None = field(
        default=None, converter=normalise, metadata=wire("maxQueueWait", DURATION)
    )
    request_timeout: Duration | None = field(
        default=None, converter=normalise, metadata=wire("requestTimeout", DURATION)
    )


@define(kw_only=True, repr=False)
class ManualScale(WireObject):
    """A fixed number of instances."""

    WIRE_MODEL: ClassVar[str] = "ManualScaleSettings"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("scaleType", "Manual")

    instance_count: int | None = field(default=None, metadata=wire("instanceCount", INTEGER))
    min_instances: int | None = field(default=None, metadata=wire("minInstances", INTEGER))
    max_instances: int | None = field(default=None, metadata=wire("maxInstances", INTEGER))


@define(kw_only=True, repr=False)
class AutoScale(WireObject):
    """As many instances as the load wants, between two bounds."""

    WIRE_MODEL: ClassVar[str] = "AutoScaleSettings"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("scaleType", "Auto")

    min_instances: int | None = field(default=None, metadata=wire("minInstances", INTEGER))
    max_instances: int | None = field(default=None, metadata=wire("maxInstances", INTEGER))
    polling_interval: Duration | None = field(
        default=None, converter=normalise, metadata=wire("pollingInterval", DURATION)
    )
    target_utilization_percentage: int | None = field(
        default=None, metadata=wire("targetUtilizationPercentage", INTEGER)
    )


@define(kw_only=True, repr=False)
class OnlineDeployment(_Deployment):
    """A deployment of any kind; an unknown kind is read as this class.

    Attributes:
        app_insights_enabled: whether logs go to Application Insights.
        liveness_probe: when a container is restarted.
        request_settings: how requests queue.
        scale_settings: `ManualScale` or `AutoScale`.
    """

    WIRE_MODEL: ClassVar[str] = "OnlineDeployment"
    KIND: ClassVar[str] = "deployments"

    name: str | None = None
    app_insights_enabled: bool | None = field(
        default=None, metadata=wire("appInsightsEnabled", BOOLEAN)
    )
    liveness_probe: Probe | None = field(
        default=None, metadata=wire("livenessProbe", Nested(Probe))
    )
    request_settings: RequestSettings | None = field(
        default=None, metadata=wire("requestSettings", Nested(RequestSettings))
    )
    scale_settings: ManualScale | AutoScale | None = field(
        default=None, metadata=wire("scaleSettings", Union(ManualScale, AutoScale))
    )


@define(kw_only=True, repr=False)
class ManagedOnlineDeployment(OnlineDeployment):
    """A deployment on machines of the service.

    Attributes:
        instance_type: VM size.
        readiness_probe: when a container gets requests.
    """

    WIRE_MODEL: ClassVar[str] = "ManagedOnlineDeployment"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("endpointComputeType", "Managed")

    instance_type: str | None = field(default=None, metadata=wire("instanceType", TEXT))
    readiness_probe: Probe | None = field(
        default=None, metadata=wire("readinessProbe", Nested(Probe))
    )


@define(kw_only=True, repr=False)
class ContainerResources(WireObject):
    """What a container on Kubernetes gets, and at most; memory in GB."""

    WIRE_MODEL: ClassVar[str] = "ContainerResourceRequirements"

    cpu: float | None = field(default=None, metadata=wire("cpu", NUMBER))
    cpu_limit: float | None = field(default=None, metadata=wire("cpuLimit", NUMBER))
    memory_gb: float | None = field(default=None, metadata=wire("memoryInGB", NUMBER))
    memory_limit_gb: float | None = field(default=None, metadata=wire("memoryInGBLimit", NUMBER))
    gpu: int | None = field(default=None, metadata=wire("gpu", INTEGER))
    fpga: int | None = field(default=None, metadata=wire("fpga", INTEGER))


@define(kw_only=True, repr=False)
class K8sOnlineDeployment(OnlineDeployment):
    """A deployment on one's own Kubernetes."""

    WIRE_MODEL: ClassVar[str] = "K8sOnlineDeployment"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("endpointComputeType", "K8S")

    container_resources: ContainerResources | None = field(
        default=None, metadata=wire("containerResourceRequirements", Nested(ContainerResources))
    )


@define(kw_only=True, repr=False)
class BatchDeployment(_Deployment):
    """A deployment of a batch endpoint.

    Attributes:
        compute: the compute: object, name or id.
        instance_count: number of nodes.
        instance_type: VM size, where the compute offers several.
        is_local: run on the submitting machine.
        compute_location: region of the compute.
        compute_properties: further settings of the compute.
        error_threshold: failed files after which the whole run fails; -1 ignores failures.
        logging_level: ``info``, ``warning`` or ``debug``.
        mini_batch_size: files in one call of the scoring script.
        output_action: ``summary_only`` or ``append_row``.
        output_file_name: file that rows are appended to.
        partition_keys: columns to partition by.
        max_retries: how often a mini batch is tried again.
        retry_timeout: time for one mini batch.
    """

    WIRE_MODEL: ClassVar[str] = "BatchDeployment"
    KIND: ClassVar[str] = "deployments"

    name: str | None = None
    compute: Any = field(default=None, metadata=wire("compute.target", Ref("computes")))
    instance_count: int | None = field(
        default=None, metadata=wire("compute.instanceCount", INTEGER)
    )
    instance_type: str | None = field(default=None, metadata=wire("compute.instanceType", TEXT))
    is_local: bool | None = field(default=None, metadata=wire("compute.isLocal", BOOLEAN))
    compute_location: str | None = field(default=None, metadata=wire("compute.location", TEXT))
    compute_properties: dict[str, str] | None = field(
        default=None, metadata=wire("compute.properties", LABELS)
    )
    error_threshold: int | None = field(default=None, metadata=wire("errorThreshold", INTEGER))
    logging_level: str | None = field(
        default=None, converter=_as_logging, metadata=wire("loggingLevel", _LOGGING)
    )
    mini_batch_size: int | None = field(default=None, metadata=wire("miniBatchSize", INTEGER))
    output_action: str | None = field(
        default=None,
        converter=_as_output_action,
        metadata=wire("outputConfiguration.outputAction", _OUTPUT_ACTION),
    )
    output_file_name: str | None = field(
        default=None, metadata=wire("outputConfiguration.appendRowFileName", TEXT)
    )
    partition_keys: list[str] | None = field(
        default=None, metadata=wire("partitionKeys", ListOf(TEXT))
    )
    max_retries: int | None = field(
        default=None, metadata=wire("retrySettings.maxRetries", INTEGER)
    )
    retry_timeout: Duration | None = field(
        default=None, converter=normalise, metadata=wire("retrySettings.timeout", DURATION)
    )


def online_deployment_class(raw: Any) -> type[OnlineDeployment]:
    """Return the class for what was read."""
    kind = str(look_up(raw, ("properties", "endpointComputeType"))).lower()
    known = {"managed": ManagedOnlineDeployment, "k8s": K8sOnlineDeployment}
    return known.get(kind, OnlineDeployment)
