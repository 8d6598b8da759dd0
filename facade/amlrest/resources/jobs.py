"""Command jobs: distribution, identity and compute."""

import shlex
from collections.abc import Iterator
from typing import Any, ClassVar

from attrs import define, field

from amlrest._durations import Duration
from amlrest._wire.codecs import (
    BOOLEAN,
    DURATION,
    FIRST_COMMAND,
    INTEGER,
    JSON,
    LABELS,
    TEXT,
    ListOf,
    MapOf,
    Ref,
)
from amlrest._wire.fields import SECOND_SHAPE, later, look_up, normalised, wire, wire_fields
from amlrest._wire.nested import Nested, Union
from amlrest._wire.objects import WireObject
from amlrest.resources.base import Resource, text
from amlrest.resources.bindings import Input, Output, as_inputs, as_outputs
from amlrest.resources.notifications import NotificationSetting, as_notification

TERMINAL = frozenset({"Completed", "Failed", "Canceled"})
"""Terminal statuses. NotResponding and Paused are not: a job can recover from them."""


_SPELLING = {status.lower(): status for status in TERMINAL}
"""Statuses are compared without case."""


def command_of(job: Any) -> str | None:
    """Return the command of a job, or of the trial of a sweep job; None for other types."""
    found = getattr(job, "command", None) or getattr(getattr(job, "trial", None), "command", None)
    return found if isinstance(found, str) else None


def statuses() -> list[str]:
    """Return the job statuses of this API version; the service may report others."""
    from amlrest_client.models.job_status import JobStatus

    return list(JobStatus)


@define(repr=False)
class Mpi(WireObject):
    """Distribution with MPI.

    Attributes:
        process_count_per_instance: number of processes on each node.
    """

    WIRE_MODEL: ClassVar[str] = "Mpi"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("distributionType", "Mpi")

    process_count_per_instance: int | None = field(
        default=None, metadata=wire("processCountPerInstance", INTEGER)
    )


@define(repr=False)
class PyTorch(WireObject):
    """Distribution with PyTorch.

    Attributes:
        process_count: total number of processes; this or the next.
        process_count_per_instance: number of processes on each node. Each API version takes one
            of the two; the other is derived from the number of nodes.
    """

    WIRE_MODEL: ClassVar[str] = "PyTorch"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("distributionType", "PyTorch")

    process_count: int | None = field(default=None, metadata=wire("processCount", INTEGER))
    process_count_per_instance: int | None = field(
        default=None, kw_only=True, metadata=later(SECOND_SHAPE, INTEGER, hint=True)
    )


@define(repr=False)
class TensorFlow(WireObject):
    """Distribution with TensorFlow.

    Attributes:
        worker_count: number of workers.
        parameter_server_count: number of parameter servers.
    """

    WIRE_MODEL: ClassVar[str] = "TensorFlow"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("distributionType", "TensorFlow")

    worker_count: int | None = field(default=None, metadata=wire("workerCount", INTEGER))
    parameter_server_count: int | None = field(
        default=None, metadata=wire("parameterServerCount", INTEGER)
    )


@define(repr=False)
class AmlToken(WireObject):
    """The identity of the user who submitted the job."""

    WIRE_MODEL: ClassVar[str] = "AmlToken"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("identityType", "AMLToken")


@define(repr=False)
class ManagedIdentity(WireObject):
    """A managed identity; that of the compute target if all attributes are None.

    Attributes:
        client_id: client id of the identity.
        object_id: object id of the identity.
        resource_id: ARM id of the identity.
    """

    WIRE_MODEL: ClassVar[str] = "ManagedIdentity"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("identityType", "Managed")

    client_id: str | None = field(default=None, metadata=wire("clientId", TEXT))
    object_id: str | None = field(default=None, metadata=wire("objectId", TEXT))
    resource_id: str | None = field(default=None, metadata=wire("resourceId", TEXT))


@define(repr=False)
class UserIdentity(WireObject):
    """The user's own identity, passed through to the job; from 2022-05-01."""

    WIRE_TYPE: ClassVar[tuple[str, str]] = ("identityType", "UserIdentity")
    SINCE: ClassVar[str | None] = SECOND_SHAPE


DISTRIBUTION = Union(Mpi, PyTorch, TensorFlow)
IDENTITY = Union(AmlToken, ManagedIdentity, UserIdentity)
Identity = AmlToken | ManagedIdentity | UserIdentity


@define(kw_only=True, repr=False)
class Job(Resource):
    """A job of any type; types other than Command and Sweep are read as this class.

    Attributes:
        description: free text.
        tags: mapping of strings; can be changed later.
        properties: mapping of strings; cannot be changed later.
        display_name: name to show; from 2022-05-01.
        is_archived: whether the job is hidden in lists; from 2022-05-01.
        services: interactive services of the job, passed to the service unchanged; from
            2022-05-01.
        component: ARM id of the component that the job runs; from 2022-10-01.
        notification_setting: who is told that the job has ended; from 2024-04-01.
    """

    WIRE_MODEL: ClassVar[str] = "JobBase"
    KIND: ClassVar[str] = "jobs"
    REPR_AFTER_NAME: ClassVar[tuple[str, ...]] = ("status",)
    LISTED: ClassVar[tuple[str, ...]] = (
        "name",
        "display_name",
        "job_type",
        "status",
        "experiment_name",
        "created_at",
    )

    description: str | None = field(default=None, metadata=wire("description", TEXT))
    tags: dict[str, str] | None = field(default=None, metadata=wire("tags", LABELS))
    properties: dict[str, str] | None = field(default=None, metadata=wire("properties", LABELS))
    display_name: str | None = field(default=None, metadata=later(SECOND_SHAPE, TEXT))
    is_archived: bool | None = field(default=None, metadata=later(SECOND_SHAPE, BOOLEAN))
    services: dict[str, Any] | None = field(
        default=None, repr=False, metadata=later(SECOND_SHAPE, JSON)
    )
    component: str | None = field(default=None, metadata=later("2022-10-01", TEXT))
    notification_setting: NotificationSetting | None = field(
        default=None,
        converter=as_notification,
        metadata=later("2024-04-01", Nested(NotificationSetting)),
    )

    def _facts(self) -> Iterator[tuple[str, object]]:
        yield from [
            ("name", self.name),
            ("display name", self.display_name),
            ("status", self.status),
            ("experiment", getattr(self, "experiment_name", None)),
            ("command", command_of(self)),
            ("tags", self.tags),
            ("created", self.created_at),
            ("studio", self.endpoints.get("Studio")),
            ("id", self.id),
        ]

    @property
    def job_type(self) -> str | None:
        """``Command``, ``Sweep``, ``Labeling``, or a type that the service added later."""
        own = self.WIRE_TYPE[1] if self.WIRE_TYPE else None
        return own or look_up(self.raw, ("properties", "jobType"))

    @property
    def status(self) -> str | None:
        """Status reported by the service; None for a new job."""
        found = text(look_up(self.raw, ("properties", "status")))
        return found and _SPELLING.get(found.lower(), found)

    @property
    def is_finished(self) -> bool:
        """Whether the status is terminal: Completed, Failed or Canceled."""
        return self.status in TERMINAL

    @property
    def endpoints(self) -> dict[str, str]:
        """URLs by name, such as ``Studio`` and ``Tracking``."""
        found = look_up(self.raw, ("properties", "interactionEndpoints")) or look_up(
            self.raw, ("properties", "services")
        )
        entries = found.items() if isinstance(found, dict) else ()
        urls = {k: v.get("endpoint") for k, v in entries if isinstance(v, dict)}
        return {name: url for name, url in urls.items() if isinstance(url, str)}


def _as_compute(value: Any) -> Any:
    return None if is_serverless(value) else value


def _as_tier(value: Any) -> Any:
    is_known = isinstance(value, str) and value.lower() in {"spot", "basic", "standard", "premium"}
    return value.capitalize() if is_known else value


def _as_arguments(value: Any) -> Any:
    return shlex.join(map(str, value)) if isinstance(value, list | tuple) else value


def is_serverless(compute: Any) -> bool:
    """Return whether a compute target is the word for serverless compute."""
    return isinstance(compute, str) and compute.removeprefix("azureml:").lower() == "serverless"


@define(kw_only=True, repr=False, field_transformer=normalised)
class ComputeJob(Job):
    """A job that runs on a compute target.

    Attributes:
        compute: the compute target: name, id or object. None, or ``serverless``, for serverless
            compute, with the size in `instance_type`; 2021-03-01-preview needs a compute target
            unless `is_local`.
        instance_count: number of nodes; 1 by default.
        instance_type: VM size, if the compute target offers several.
        is_local: whether to run on the submitting machine (the YAML target ``local``).
        compute_location: region of the compute target.
        compute_properties: further settings of the compute target: a mapping, in
            2021-03-01-preview of strings, later of JSON objects.
        experiment_name: name of the experiment; ``Default`` if None.
        identity: `AmlToken`, `ManagedIdentity` or `UserIdentity`; the default of the service if
            None.
        timeout: time limit: timedelta, seconds or ISO 8601 text such as ``PT2H``; the job is
            cancelled after it.
        priority: priority of the job; in 2021-03-01-preview, and as 1 (low) to 3 (high) in preview
            versions from 2023-02-01-preview on.
        job_tier: tier of the queue: ``Spot``, ``Basic``, ``Standard`` or ``Premium``; from
            2023-10-01.
        docker_args: further arguments of ``docker run``: text, or a list of arguments; from
            2022-10-01.
        shm_size: shared memory of the container, such as ``2g``; from 2022-10-01.
        locations: regions in which the job may run; preview versions from 2023-02-01-preview on.
        max_instance_count: number of nodes to which the job may grow; preview versions from
            2023-04-01-preview on.
    """

    compute: Any = field(
        default=None, converter=_as_compute, metadata=wire("compute.target", Ref("computes"))
    )
    instance_count: int | None = field(default=1, metadata=wire("compute.instanceCount", INTEGER))
    instance_type: str | None = field(default=None, metadata=wire("compute.instanceType", TEXT))
    is_local: bool | None = field(default=None, metadata=wire("compute.isLocal", BOOLEAN))
    compute_location: str | None = field(default=None, metadata=wire("compute.location", TEXT))
    compute_properties: dict[str, Any] | None = field(
        default=None, metadata=wire("compute.properties", LABELS)
    )
    experiment_name: str | None = field(default=None, metadata=wire("experimentName", TEXT))
    identity: Identity | None = field(default=None, metadata=wire("identity", IDENTITY))
    timeout: Duration | None = field(default=None, metadata=wire("timeout", DURATION))
    priority: int | None = field(default=None, metadata=wire("priority", INTEGER))
    job_tier: str | None = field(
        default=None, converter=_as_tier, metadata=later("2023-10-01", TEXT)
    )
    docker_args: str | None = field(
        default=None, converter=_as_arguments, metadata=later("2022-10-01", TEXT)
    )
    shm_size: str | None = field(default=None, metadata=later("2022-10-01", TEXT))
    locations: list[str] | None = field(
        default=None, metadata=later("2023-02-01-preview", ListOf(TEXT))
    )
    max_instance_count: int | None = field(
        default=None, metadata=later("2023-04-01-preview", INTEGER)
    )


@define(kw_only=True, repr=False, slots=False)
class ParameterizedCommand(WireObject):
    """The command of a job, and what it needs.

    Attributes:
        command: shell command; ``{inputs.x}`` and ``{outputs.x}``, also written ``${{inputs.x}}``,
            are replaced by paths, and the environment variable ``AZURE_ML_INPUT_x`` is set for
            each input.
        environment: `Environment`, id or ``azureml:name:version``; required to submit.
        code: `Code`, id, or the path of a local folder; None for a command without code.
        inputs: `Input` by name, or anything that `Input.data` accepts.
        outputs: `Output` by name, or a datastore.
        environment_variables: mapping of strings.
        distribution: `Mpi`, `PyTorch` or `TensorFlow`; None to run on one process.
    """

    __slots__ = ()
    """Empty, because a class cannot combine two bases that both have slots."""

    command: str = field(metadata=wire("command", FIRST_COMMAND))
    environment: Any = field(default=None, metadata=wire("environmentId", Ref("environments")))
    code: Any = field(default=None, metadata=wire("codeId", Ref("codes")))
    inputs: dict[str, Any] | None = field(
        default=None, converter=as_inputs, metadata=wire("inputDataBindings", MapOf(Nested(Input)))
    )
    outputs: dict[str, Any] | None = field(
        default=None,
        converter=as_outputs,
        metadata=wire("outputDataBindings", MapOf(Nested(Output))),
    )
    environment_variables: dict[str, str] | None = field(
        default=None, metadata=wire("environmentVariables", LABELS)
    )
    distribution: Mpi | PyTorch | TensorFlow | None = field(
        default=None, metadata=wire("distribution", DISTRIBUTION)
    )


COMMAND_SLOTS = tuple(name for name, _ in wire_fields(ParameterizedCommand))
"""Slots for the attributes of `ParameterizedCommand`, added by the classes derived from it."""


@define(kw_only=True, repr=False, slots=False, getstate_setstate=True)
class CommandJob(ParameterizedCommand, ComputeJob):
    """A job that runs one command on a compute target.

    Its attributes are those of `ParameterizedCommand` and `ComputeJob`; ``command`` is required.
    """

    __slots__ = COMMAND_SLOTS

    WIRE_MODEL: ClassVar[str] = "CommandJob"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("jobType", "Command")

    @property
    def parameters(self) -> dict[str, Any]:
        """Parameters of the job reported by the service."""
        found = look_up(self.raw, ("properties", "parameters"))
        return found if isinstance(found, dict) else {}
