"""Command jobs and what they are made of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from amlrest._durations import Duration, normalise
from amlrest._wire.codecs import BOOLEAN, DURATION, INTEGER, LABELS, TEXT, Choice, MapOf, Ref
from amlrest._wire.fields import look_up, wire, wired
from amlrest._wire.nested import Nested, Union
from amlrest._wire.objects import WireObject
from amlrest.resources.base import Resource

TERMINAL = frozenset({"Completed", "Failed", "Canceled"})
"""The statuses a job does not leave. NotResponding and Paused can recover."""


def statuses() -> list[str]:
    """Return the statuses that this API version knows; the service may know more."""
    from amlrest_client.models.job_status import JobStatus

    return list(JobStatus)


_MODE = Choice(mount="Mount", download="Download", upload="Upload")


def _as_mode(value: Any) -> Any:
    return _MODE.normalise(value)


@define(repr=False)
class Input(WireObject):
    """Data bound to a job.

    Attributes:
        data: a data asset: object, name, id, ``azureml:name:version``; or a local path or URL,
            which becomes an asset when the job is submitted.
        mode: ``mount`` or ``download``; the service decides when None.
        path_on_compute: where it appears; the service decides when None.
    """

    WIRE_MODEL: ClassVar[str] = "InputDataBinding"

    data: Any = field(metadata=wire("dataId", Ref("data")))
    mode: str | None = field(default=None, converter=_as_mode, metadata=wire("mode", _MODE))
    path_on_compute: str | None = field(default=None, metadata=wire("pathOnCompute", TEXT))


@define(repr=False)
class Output(WireObject):
    """A folder that a job fills.

    Attributes:
        datastore: where it is kept: object, name or id.
        path: path in the datastore.
        mode: ``mount`` or ``upload``; the service decides when None.
        path_on_compute: where the job writes; the service decides when None.
    """

    WIRE_MODEL: ClassVar[str] = "OutputDataBinding"

    datastore: Any = field(default=None, metadata=wire("datastoreId", Ref("datastores")))
    path: str | None = field(default=None, metadata=wire("pathOnDatastore", TEXT))
    mode: str | None = field(default=None, converter=_as_mode, metadata=wire("mode", _MODE))
    path_on_compute: str | None = field(default=None, metadata=wire("pathOnCompute", TEXT))


def as_inputs(value: Any) -> Any:
    """Let ``{"iris": asset}`` stand for ``{"iris": Input(asset)}``."""
    if not isinstance(value, Mapping):
        return value
    kept = (Input, type(None))
    return {k: v if isinstance(v, kept) else Input(v) for k, v in value.items()}


def as_outputs(value: Any) -> Any:
    """Let ``{"model": "workspaceblobstore"}`` stand for ``{"model": Output("…")}``."""
    if not isinstance(value, Mapping):
        return value
    kept = (Output, type(None))
    return {k: v if isinstance(v, kept) else Output(v) for k, v in value.items()}


@define(repr=False)
class Mpi(WireObject):
    """Run on MPI, with this many processes on each node."""

    WIRE_MODEL: ClassVar[str] = "Mpi"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("distributionType", "Mpi")

    process_count_per_instance: int | None = field(
        default=None, metadata=wire("processCountPerInstance", INTEGER)
    )


@define(repr=False)
class PyTorch(WireObject):
    """Run PyTorch distributed, with this many processes in all."""

    WIRE_MODEL: ClassVar[str] = "PyTorch"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("distributionType", "PyTorch")

    process_count: int | None = field(default=None, metadata=wire("processCount", INTEGER))


@define(repr=False)
class TensorFlow(WireObject):
    """Run TensorFlow distributed, with workers and parameter servers."""

    WIRE_MODEL: ClassVar[str] = "TensorFlow"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("distributionType", "TensorFlow")

    worker_count: int | None = field(default=None, metadata=wire("workerCount", INTEGER))
    parameter_server_count: int | None = field(
        default=None, metadata=wire("parameterServerCount", INTEGER)
    )


@define(repr=False)
class AmlToken(WireObject):
    """Run as the user who submitted the job."""

    WIRE_MODEL: ClassVar[str] = "AmlToken"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("identityType", "AMLToken")


@define(repr=False)
class ManagedIdentity(WireObject):
    """Run as a managed identity; the compute's own when nothing is named."""

    WIRE_MODEL: ClassVar[str] = "ManagedIdentity"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("identityType", "Managed")

    client_id: str | None = field(default=None, metadata=wire("clientId", TEXT))
    object_id: str | None = field(default=None, metadata=wire("objectId", TEXT))
    resource_id: str | None = field(default=None, metadata=wire("resourceId", TEXT))


DISTRIBUTION = Union(Mpi, PyTorch, TensorFlow)
IDENTITY = Union(AmlToken, ManagedIdentity)


@define(repr=False)
class Job(Resource):
    """A job of any type; what is read and is neither Command nor Sweep stays a plain Job.

    Attributes:
        description: free text.
        tags: text by text; can be changed later.
        properties: text by text; fixed once made.
    """

    WIRE_MODEL: ClassVar[str] = "JobBase"
    KIND: ClassVar[str] = "jobs"

    description: str | None = field(default=None, kw_only=True, metadata=wire("description", TEXT))
    tags: dict[str, str] | None = field(default=None, kw_only=True, metadata=wire("tags", LABELS))
    properties: dict[str, str] | None = field(
        default=None, kw_only=True, metadata=wire("properties", LABELS)
    )

    @property
    def job_type(self) -> str | None:
        """``Command``, ``Sweep``, ``Labeling``, or what a newer service says."""
        own = self.WIRE_TYPE[1] if self.WIRE_TYPE else None
        return own or look_up(self.raw, ("properties", "jobType"))

    @property
    def status(self) -> str | None:
        """The status as the service spells it; None before it was submitted."""
        found = look_up(self.raw, ("properties", "status"))
        return found if isinstance(found, str) else None

    @property
    def is_finished(self) -> bool:
        """Whether the status is Completed, Failed or Canceled."""
        return self.status in TERMINAL

    @property
    def endpoints(self) -> dict[str, str]:
        """Where to look at the job: ``Studio`` and ``Tracking`` URLs, by name."""
        found = look_up(self.raw, ("properties", "interactionEndpoints"))
        entries = found.items() if isinstance(found, dict) else ()
        urls = {k: v.get("endpoint") for k, v in entries if isinstance(v, dict)}
        return {name: url for name, url in urls.items() if isinstance(url, str)}


@define(repr=False)
class ComputeJob(Job):
    """What jobs that run on a compute have.

    Attributes:
        compute: the compute: object, name or id.
        instance_count: number of nodes; 1 unless said.
        instance_type: VM size, where the compute offers several.
        is_local: run on the submitting machine (the YAML target ``local``).
        compute_location: region of the compute.
        compute_properties: further settings of the compute, as the service takes them.
        experiment_name: groups runs; the service takes ``Default`` when None.
        identity: `AmlToken` or `ManagedIdentity`.
        timeout: the job is cancelled after it; a timedelta, seconds, or text such as ``PT2H``.
        priority: as the service takes it.
    """

    compute: Any = field(
        default=None, kw_only=True, metadata=wire("compute.target", Ref("computes"))
    )
    instance_count: int | None = field(
        default=1, kw_only=True, metadata=wire("compute.instanceCount", INTEGER)
    )
    instance_type: str | None = field(
        default=None, kw_only=True, metadata=wire("compute.instanceType", TEXT)
    )
    is_local: bool | None = field(
        default=None, kw_only=True, metadata=wire("compute.isLocal", BOOLEAN)
    )
    compute_location: str | None = field(
        default=None, kw_only=True, metadata=wire("compute.location", TEXT)
    )
    compute_properties: dict[str, str] | None = field(
        default=None, kw_only=True, metadata=wire("compute.properties", LABELS)
    )
    experiment_name: str | None = field(
        default=None, kw_only=True, metadata=wire("experimentName", TEXT)
    )
    identity: AmlToken | ManagedIdentity | None = field(
        default=None, kw_only=True, metadata=wire("identity", IDENTITY)
    )
    timeout: Duration | None = field(
        default=None, kw_only=True, converter=normalise, metadata=wire("timeout", DURATION)
    )
    priority: int | None = field(default=None, kw_only=True, metadata=wire("priority", INTEGER))


@define(kw_only=True, repr=False, slots=False)
class ParameterizedCommand(WireObject):
    """The command of a job, and what it needs.

    Attributes:
        command: shell command; ``{inputs.x}`` and ``{outputs.x}`` are replaced by paths, and the
            environment variable ``AZURE_ML_INPUT_x`` is set for each input.
        environment: `Environment`, id or ``azureml:name:version``; required to submit.
        code: `Code`, id, or the path of a local folder; None for a command without code.
        inputs: `Input` by name, or anything that `Input.data` accepts.
        outputs: `Output` by name, or a datastore.
        environment_variables: mapping of strings.
        distribution: `Mpi`, `PyTorch` or `TensorFlow`; None to run on one process.
    """

    __slots__ = ()
    """Empty, because a class cannot combine two bases that both have slots."""

    command: str = field(metadata=wire("command", TEXT))
    environment: Any = field(default=None, metadata=wire("environmentId", Ref("environments")))
    code: Any = field(default=None, metadata=wire("codeId", Ref("codes")))
    inputs: dict[str, Any] | None = field(
        default=None,
        converter=as_inputs,
        metadata=wire("inputDataBindings", MapOf(Nested(Input))),
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


COMMAND_SLOTS = tuple(name for name, _ in wired(ParameterizedCommand))
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
        """What the service recorded as the job's parameters."""
        found = look_up(self.raw, ("properties", "parameters"))
        return found if isinstance(found, dict) else {}
