"""Deployments of online and batch endpoints."""

from typing import Any, ClassVar

from attrs import define, field

from amlrest._durations import Duration
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
from amlrest._wire.fields import Scope, later, look_up, normalised, wire
from amlrest._wire.nested import Nested, Union
from amlrest._wire.objects import WireObject
from amlrest.names import id_segment
from amlrest.resources.base import Resource
from amlrest.resources.data_collection import DataCollector, as_collector
from amlrest.resources.endpoints import Tracked

_LOGGING = Choice(info="Info", warning="Warning", debug="Debug")
_OUTPUT_ACTION = Choice(summary_only="SummaryOnly", append_row="AppendRow")


@define(repr=False)
class DataPath(WireObject):
    """A model at a path in a datastore.

    Attributes:
        path: path of the model.
        datastore: the datastore: name, id or object.
    """

    WIRE_MODEL: ClassVar[str] = "DataPathAssetReference"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("referenceType", "DataPath")

    path: str | None = field(default=None, metadata=wire("path", TEXT))
    datastore: Any = field(default=None, metadata=wire("datastoreId", Ref("datastores")))


@define(repr=False)
class JobOutput(WireObject):
    """A model at a path in the outputs of a job.

    Attributes:
        job: the job: name, id or object.
        path: path of the model.
    """

    WIRE_MODEL: ClassVar[str] = "OutputPathAssetReference"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("referenceType", "OutputPath")

    job: Any = field(default=None, metadata=wire("jobId", Ref("jobs")))
    path: str | None = field(default=None, metadata=wire("path", TEXT))


class _ModelReference:
    """A registered model by name, id or object, a `DataPath` or a `JobOutput`."""

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
    """A deployment.

    Attributes:
        endpoint: name of the endpoint.
        model: `Model`, id, ``azureml:name:version``, `DataPath` or `JobOutput`.
        code: `Code`, id, or the path of a local folder.
        scoring_script: path of the scoring script in the code folder.
        environment: `Environment`, id or ``azureml:name:version``.
        environment_variables: mapping of strings.
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
        """Set the names of the deployment and of its endpoint from the id."""
        Resource.identify(self)
        endpoints = ("onlineEndpoints", "batchEndpoints")
        found = [id_segment(self.id, kind) for kind in endpoints] if self.id else []
        self.endpoint = next(filter(None, found), None)


@define(kw_only=True, repr=False, field_transformer=normalised)
class Probe(WireObject):
    """A liveness or readiness probe; durations are timedelta, seconds or ISO 8601 text.

    Attributes:
        failure_threshold: consecutive failures until the probe counts as failed.
        success_threshold: consecutive successes until the probe counts as successful.
        initial_delay: time before the first probe.
        period: time between probes.
        timeout: time limit of one probe.
    """

    WIRE_MODEL: ClassVar[str] = "ProbeSettings"

    failure_threshold: int | None = field(default=None, metadata=wire("failureThreshold", INTEGER))
    success_threshold: int | None = field(default=None, metadata=wire("successThreshold", INTEGER))
    initial_delay: Duration | None = field(default=None, metadata=wire("initialDelay", DURATION))
    period: Duration | None = field(default=None, metadata=wire("period", DURATION))
    timeout: Duration | None = field(default=None, metadata=wire("timeout", DURATION))


@define(kw_only=True, repr=False, field_transformer=normalised)
class RequestSettings(WireObject):
    """Limits of scoring requests; durations are timedelta, seconds or ISO 8601 text.

    Attributes:
        max_concurrent_requests_per_instance: maximum number of concurrent requests.
        max_queue_wait: maximum time of a request in the queue.
        request_timeout: time limit of a request.
    """

    WIRE_MODEL: ClassVar[str] = "OnlineRequestSettings"

    max_concurrent_requests_per_instance: int | None = field(
        default=None, metadata=wire("maxConcurrentRequestsPerInstance", INTEGER)
    )
    max_queue_wait: Duration | None = field(default=None, metadata=wire("maxQueueWait", DURATION))
    request_timeout: Duration | None = field(
        default=None, metadata=wire("requestTimeout", DURATION)
    )


@define(kw_only=True, repr=False)
class ManualScale(WireObject):
    """A fixed number of instances.

    Attributes:
        instance_count: number of instances.
        min_instances: minimum number of instances; only 2021-03-01-preview, others need no limits
            of a fixed number.
        max_instances: maximum number of instances; as `min_instances`.
    """

    WIRE_MODEL: ClassVar[str] = "ManualScaleSettings"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("scaleType", "Manual")

    instance_count: int | None = field(default=None, metadata=wire("instanceCount", INTEGER))
    min_instances: int | None = field(default=None, metadata=wire("minInstances", INTEGER))
    max_instances: int | None = field(default=None, metadata=wire("maxInstances", INTEGER))


@define(kw_only=True, repr=False, field_transformer=normalised)
class AutoScale(WireObject):
    """A number of instances that follows the load.

    Attributes:
        min_instances: minimum number of instances.
        max_instances: maximum number of instances.
        polling_interval: time between measurements: timedelta, seconds or ISO 8601 text.
        target_utilization_percentage: utilization to keep, in percent.
    """

    WIRE_MODEL: ClassVar[str] = "AutoScaleSettings"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("scaleType", "Auto")

    min_instances: int | None = field(default=None, metadata=wire("minInstances", INTEGER))
    max_instances: int | None = field(default=None, metadata=wire("maxInstances", INTEGER))
    polling_interval: Duration | None = field(
        default=None, metadata=wire("pollingInterval", DURATION)
    )
    target_utilization_percentage: int | None = field(
        default=None, metadata=wire("targetUtilizationPercentage", INTEGER)
    )


@define(kw_only=True, repr=False)
class OnlineDeployment(_Deployment):
    """A deployment of an online endpoint; unknown compute types are read as this class.

    Attributes:
        app_insights_enabled: whether to log to Application Insights.
        liveness_probe: probe that restarts a container when it fails.
        request_settings: limits of scoring requests.
        scale_settings: `ManualScale` or `AutoScale`.
        model_mount_path: path of the model in the container; from 2022-05-01.
        egress_public_network_access: ``Enabled`` or ``Disabled``; from 2022-10-01.
        data_collector: what is collected of requests and responses; from 2024-04-01.
        startup_probe: probe that delays the other probes until it succeeds; from 2025-12-01.
    """

    WIRE_MODEL: ClassVar[str] = "OnlineDeployment"
    KIND: ClassVar[str] = "deployments"
    LISTED: ClassVar[tuple[str, ...]] = ("name", "type", "instance_type", "provisioning_state")

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
    model_mount_path: str | None = field(default=None, metadata=later("2022-05-01", TEXT))
    egress_public_network_access: str | None = field(
        default=None, metadata=later("2022-10-01", TEXT)
    )
    data_collector: DataCollector | None = field(
        default=None, converter=as_collector, metadata=later("2024-04-01", Nested(DataCollector))
    )
    startup_probe: Probe | None = field(default=None, metadata=later("2025-12-01", Nested(Probe)))


@define(kw_only=True, repr=False)
class ManagedOnlineDeployment(OnlineDeployment):
    """A deployment on virtual machines that the service manages.

    Attributes:
        instance_type: VM size.
        readiness_probe: probe that stops requests to a container while it fails.
    """

    WIRE_MODEL: ClassVar[str] = "ManagedOnlineDeployment"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("endpointComputeType", "Managed")

    instance_type: str | None = field(default=None, metadata=wire("instanceType", TEXT))
    readiness_probe: Probe | None = field(
        default=None, metadata=wire("readinessProbe", Nested(Probe))
    )


@define(kw_only=True, repr=False)
class ContainerResources(WireObject):
    """Resource requests and limits of a container on Kubernetes.

    Attributes:
        cpu: requested CPU cores.
        cpu_limit: maximum CPU cores.
        memory_gb: requested memory in GB.
        memory_limit_gb: maximum memory in GB.
        gpu: number of GPUs.
        gpu_request: requested number of GPUs, where it is not `gpu`; from 2022-05-01.
        fpga: number of FPGAs.
    """

    WIRE_MODEL: ClassVar[str] = "ContainerResourceRequirements"

    cpu: float | None = field(default=None, metadata=wire("cpu", NUMBER))
    cpu_limit: float | None = field(default=None, metadata=wire("cpuLimit", NUMBER))
    memory_gb: float | None = field(default=None, metadata=wire("memoryInGB", NUMBER))
    memory_limit_gb: float | None = field(default=None, metadata=wire("memoryInGBLimit", NUMBER))
    gpu: int | None = field(default=None, metadata=wire("gpu", INTEGER))
    gpu_request: int | None = field(default=None, metadata=later("2022-05-01", INTEGER))
    fpga: int | None = field(default=None, metadata=wire("fpga", INTEGER))


@define(kw_only=True, repr=False)
class K8sOnlineDeployment(OnlineDeployment):
    """A deployment on an attached Kubernetes compute.

    Attributes:
        container_resources: resource requests and limits of a container.
        instance_type: name of an instance type of the cluster; from 2022-05-01.
        readiness_probe: probe that stops requests to a container while it fails; from 2022-05-01.
    """

    WIRE_MODEL: ClassVar[str] = "K8sOnlineDeployment"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("endpointComputeType", "K8S")

    instance_type: str | None = field(default=None, metadata=later("2022-05-01", TEXT))
    readiness_probe: Probe | None = field(default=None, metadata=later("2022-05-01", Nested(Probe)))

    container_resources: ContainerResources | None = field(
        default=None, metadata=wire("containerResourceRequirements", Nested(ContainerResources))
    )


@define(kw_only=True, repr=False, field_transformer=normalised)
class BatchDeployment(_Deployment):
    """A deployment of a batch endpoint.

    Attributes:
        compute: the compute target: name, id or object.
        instance_count: number of nodes.
        instance_type: VM size, if the compute target offers several.
        is_local: whether to run on the submitting machine.
        compute_location: region of the compute target.
        compute_properties: further settings of the compute target, as for jobs.
        error_threshold: number of failed files after which the run fails; -1 for no limit.
        logging_level: ``info``, ``warning`` or ``debug``.
        mini_batch_size: number of files in one call of the scoring script.
        output_action: ``summary_only`` or ``append_row``.
        output_file_name: file to append rows to, for ``append_row``.
        partition_keys: columns to partition tabular data by.
        max_retries: maximum number of retries of a mini batch.
        retry_timeout: time limit of a mini batch: timedelta, seconds or ISO 8601 text.
        max_concurrency_per_instance: number of processes on each node; from 2022-05-01.
    """

    WIRE_MODEL: ClassVar[str] = "BatchDeployment"
    KIND: ClassVar[str] = "deployments"
    LISTED: ClassVar[tuple[str, ...]] = (
        "name",
        "instance_count",
        "mini_batch_size",
        "output_action",
        "provisioning_state",
    )

    name: str | None = None
    compute: Any = field(default=None, metadata=wire("compute.target", Ref("computes")))
    instance_count: int | None = field(
        default=None, metadata=wire("compute.instanceCount", INTEGER)
    )
    instance_type: str | None = field(default=None, metadata=wire("compute.instanceType", TEXT))
    is_local: bool | None = field(default=None, metadata=wire("compute.isLocal", BOOLEAN))
    compute_location: str | None = field(default=None, metadata=wire("compute.location", TEXT))
    compute_properties: dict[str, Any] | None = field(
        default=None, metadata=wire("compute.properties", LABELS)
    )
    error_threshold: int | None = field(default=None, metadata=wire("errorThreshold", INTEGER))
    logging_level: str | None = field(default=None, metadata=wire("loggingLevel", _LOGGING))
    mini_batch_size: int | None = field(default=None, metadata=wire("miniBatchSize", INTEGER))
    output_action: str | None = field(
        default=None, metadata=wire("outputConfiguration.outputAction", _OUTPUT_ACTION)
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
        default=None, metadata=wire("retrySettings.timeout", DURATION)
    )
    max_concurrency_per_instance: int | None = field(
        default=None, metadata=later("2022-05-01", INTEGER)
    )


def online_deployment_class(raw: Any) -> type[OnlineDeployment]:
    """Return the class for the JSON of a deployment."""
    kind = str(look_up(raw, ("properties", "endpointComputeType"))).lower()
    known = {
        "managed": ManagedOnlineDeployment,
        "k8s": K8sOnlineDeployment,
        "kubernetes": K8sOnlineDeployment,
    }
    return known.get(kind, OnlineDeployment)
