"""Compute targets: clusters, instances, and any other kind as a plain `Compute`."""

from typing import Any, ClassVar

from attrs import define, field

from amlrest._durations import Duration
from amlrest._wire.codecs import BOOLEAN, DURATION, INTEGER, JSON, LABELS, TEXT, Choice, ListOf
from amlrest._wire.fields import SECOND_SHAPE, later, look_up, normalised, wire
from amlrest._wire.objects import WireObject
from amlrest.resources.base import Resource, text

_PRIORITY = Choice(dedicated="Dedicated", low_priority="LowPriority")
_OS = Choice(linux="Linux", windows="Windows")
_ACCESS = Choice(enabled="Enabled", disabled="Disabled", not_specified="NotSpecified")
_SHARING = Choice(personal="Personal", shared="Shared")


@define(repr=False)
class Compute(Resource):
    """A compute target of any kind.

    Attributes:
        compute_type: ``AKS``, ``Databricks``, ``VirtualMachine``, …; required.
        location: region; the region of the workspace if None.
        compute_location: region of the attached resource, if it is a different one.
        description: free text.
        resource_id: ARM id of the attached resource.
        disable_local_auth: whether authentication with keys and passwords is disabled.
        settings: properties of this kind of compute, as JSON.
        tags: mapping of strings.
        identity: managed identity of the compute, as JSON.
        sku: SKU, as JSON.
    """

    WIRE_MODEL: ClassVar[str] = "Compute"
    KIND: ClassVar[str] = "computes"
    REQUIRED: ClassVar[tuple[str, ...]] = ("compute_type",)
    LISTED: ClassVar[tuple[str, ...]] = (
        "name",
        "type",
        "size",
        "min_instances",
        "max_instances",
        "status",
    )

    name: str | None = None
    compute_type: str | None = field(default=None, kw_only=True, metadata=wire("computeType", TEXT))
    location: str | None = field(default=None, kw_only=True, metadata=wire("/location", TEXT))
    compute_location: str | None = field(
        default=None, kw_only=True, metadata=wire("computeLocation", TEXT)
    )
    description: str | None = field(default=None, kw_only=True, metadata=wire("description", TEXT))
    resource_id: str | None = field(default=None, kw_only=True, metadata=wire("resourceId", TEXT))
    disable_local_auth: bool | None = field(
        default=None, kw_only=True, metadata=wire("disableLocalAuth", BOOLEAN)
    )
    settings: dict[str, Any] | None = field(
        default=None, kw_only=True, repr=False, metadata=wire("properties", JSON)
    )
    tags: dict[str, str] | None = field(default=None, kw_only=True, metadata=wire("/tags", LABELS))
    identity: dict[str, Any] | None = field(
        default=None, kw_only=True, metadata=wire("/identity", JSON)
    )
    sku: dict[str, Any] | None = field(default=None, kw_only=True, metadata=wire("/sku", JSON))

    @property
    def status(self) -> str | None:
        """State of a compute instance such as ``Running``, else the provisioning state."""
        state = text(look_up(self.raw, ("properties", "properties", "state")))
        return self.provisioning_state if state is None else state


@define(repr=False)
class _KnownCompute(Compute):
    """A compute whose type and settings are given by its class."""

    REQUIRED: ClassVar[tuple[str, ...]] = ()

    compute_type: str | None = field(default=None, init=False, repr=False, eq=False)
    settings: dict[str, Any] | None = field(default=None, init=False, repr=False, eq=False)


@define(repr=False, field_transformer=normalised)
class AmlCompute(_KnownCompute):
    """A cluster of virtual machines that scales with the number of jobs.

    Attributes:
        size: VM size, such as ``STANDARD_DS3_V2``.
        min_instances: minimum number of nodes.
        max_instances: maximum number of nodes.
        idle_time_before_scale_down: timedelta, seconds or ISO 8601 text such as ``PT2M``.
        priority: ``dedicated`` or ``low_priority``.
        os_type: ``linux`` or ``windows``.
        subnet: ARM id of the subnet.
        admin_username: user name to log in to the nodes.
        admin_password: password of that user; either this or `ssh_key`.
        ssh_key: public SSH key of that user.
        ssh_public_access: ``enabled``, ``disabled`` or ``not_specified``.
        image_id: ARM id of a custom VM image.
        isolated_network: whether the network is isolated.
        enable_public_ip: whether nodes have public IP addresses.
        property_bag: further properties, as JSON; from 2022-05-01.
    """

    WIRE_MODEL: ClassVar[str] = "AmlCompute"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("computeType", "AmlCompute")

    size: str | None = field(default=None, metadata=wire("properties.vmSize", TEXT))
    min_instances: int | None = field(
        default=None, kw_only=True, metadata=wire("properties.scaleSettings.minNodeCount", INTEGER)
    )
    max_instances: int | None = field(
        default=None, kw_only=True, metadata=wire("properties.scaleSettings.maxNodeCount", INTEGER)
    )
    idle_time_before_scale_down: Duration | None = field(
        default=None,
        kw_only=True,
        metadata=wire("properties.scaleSettings.nodeIdleTimeBeforeScaleDown", DURATION),
    )
    priority: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.vmPriority", _PRIORITY)
    )
    os_type: str | None = field(default=None, kw_only=True, metadata=wire("properties.osType", _OS))
    subnet: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.subnet.id", TEXT)
    )
    admin_username: str | None = field(
        default=None,
        kw_only=True,
        metadata=wire("properties.userAccountCredentials.adminUserName", TEXT),
    )
    admin_password: str | None = field(
        default=None,
        kw_only=True,
        repr=False,
        metadata=wire("properties.userAccountCredentials.adminUserPassword", TEXT),
    )
    ssh_key: str | None = field(
        default=None,
        kw_only=True,
        metadata=wire("properties.userAccountCredentials.adminUserSshPublicKey", TEXT),
    )
    ssh_public_access: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.remoteLoginPortPublicAccess", _ACCESS)
    )
    image_id: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.virtualMachineImage.id", TEXT)
    )
    isolated_network: bool | None = field(
        default=None, kw_only=True, metadata=wire("properties.isolatedNetwork", BOOLEAN)
    )
    enable_public_ip: bool | None = field(
        default=None, kw_only=True, metadata=wire("properties.enableNodePublicIp", BOOLEAN)
    )
    property_bag: dict[str, Any] | None = field(
        default=None, kw_only=True, repr=False, metadata=later(SECOND_SHAPE, JSON)
    )

    @property
    def current_instances(self) -> int | None:
        """Current number of nodes."""
        found = look_up(self.raw, ("properties", "properties", "currentNodeCount"))
        return found if isinstance(found, int) else None


@define(repr=False, field_transformer=normalised)
class ComputeInstance(_KnownCompute):
    """A virtual machine for one user.

    Attributes:
        size: VM size.
        subnet: ARM id of the subnet.
        application_sharing: ``personal`` or ``shared``.
        ssh_public_access: ``enabled`` or ``disabled``.
        ssh_key: public SSH key.
        user_object_id: object id of the user; the caller if None.
        user_tenant_id: tenant id of the user.
        authorization_type: ``personal`` is the only value.
        setup_scripts: scripts to run at creation and start, as JSON.
        schedules: start and stop schedules, as JSON.
        custom_services: applications in containers, as a list of JSON; from 2023-04-01.
        enable_public_ip: whether it has a public IP address; from 2022-05-01.
        idle_time_before_shutdown: timedelta, seconds or ISO 8601 text such as ``PT30M``; from
            2022-10-01-preview, or 2025-12-01.
        enable_sso: whether its web applications have single sign-on; from 2023-08-01-preview, or
            2025-12-01.
        enable_root_access: whether the user is root; only preview versions from
            2023-08-01-preview on.
        enable_os_patching: whether the operating system is patched; only preview versions from
            2023-08-01-preview on.
        release_quota_on_stop: whether the quota is free while it is stopped; only preview versions
            from 2023-08-01-preview on.
    """

    WIRE_MODEL: ClassVar[str] = "ComputeInstance"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("computeType", "ComputeInstance")

    size: str | None = field(default=None, metadata=wire("properties.vmSize", TEXT))
    subnet: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.subnet.id", TEXT)
    )
    application_sharing: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.applicationSharingPolicy", _SHARING)
    )
    ssh_public_access: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.sshSettings.sshPublicAccess", _ACCESS)
    )
    ssh_key: str | None = field(
        default=None, kw_only=True, metadata=wire("properties.sshSettings.adminPublicKey", TEXT)
    )
    user_object_id: str | None = field(
        default=None,
        kw_only=True,
        metadata=wire("properties.personalComputeInstanceSettings.assignedUser.objectId", TEXT),
    )
    user_tenant_id: str | None = field(
        default=None,
        kw_only=True,
        metadata=wire("properties.personalComputeInstanceSettings.assignedUser.tenantId", TEXT),
    )
    authorization_type: str | None = field(
        default=None,
        kw_only=True,
        metadata=wire("properties.computeInstanceAuthorizationType", TEXT),
    )
    setup_scripts: dict[str, Any] | None = field(
        default=None, kw_only=True, repr=False, metadata=wire("properties.setupScripts", JSON)
    )
    schedules: dict[str, Any] | None = field(
        default=None, kw_only=True, metadata=wire("properties.schedules", JSON)
    )
    custom_services: list[Any] | None = field(
        default=None, kw_only=True, repr=False, metadata=later("2023-04-01", ListOf(JSON))
    )
    enable_public_ip: bool | None = field(
        default=None, kw_only=True, metadata=later(SECOND_SHAPE, BOOLEAN)
    )
    idle_time_before_shutdown: Duration | None = field(
        default=None, kw_only=True, metadata=later("2025-12-01", DURATION)
    )
    enable_sso: bool | None = field(
        default=None, kw_only=True, metadata=later("2025-12-01", BOOLEAN)
    )
    enable_root_access: bool | None = field(
        default=None, kw_only=True, metadata=later("2023-08-01-preview", BOOLEAN)
    )
    enable_os_patching: bool | None = field(
        default=None, kw_only=True, metadata=later("2023-08-01-preview", BOOLEAN)
    )
    release_quota_on_stop: bool | None = field(
        default=None, kw_only=True, metadata=later("2023-08-01-preview", BOOLEAN)
    )


@define(repr=False)
class ComputeNode(WireObject):
    """A node of a cluster.

    Attributes:
        node_id: id of the node.
        state: ``idle``, ``running``, ``preparing``, ``unusable``, ``leaving`` or ``preempted``.
        run_id: name of the job that runs on it.
        private_ip_address: IP address in the subnet.
        public_ip_address: public IP address, for SSH.
        port: TCP port, for SSH.
    """

    WIRE_MODEL: ClassVar[str] = "AmlComputeNodeInformation"
    LISTED: ClassVar[tuple[str, ...]] = (
        "node_id",
        "state",
        "private_ip_address",
        "public_ip_address",
        "port",
        "run_id",
    )

    node_id: str | None = field(default=None, metadata=wire("nodeId", TEXT))
    state: str | None = field(default=None, metadata=wire("nodeState", TEXT))
    run_id: str | None = field(default=None, metadata=wire("runId", TEXT))
    private_ip_address: str | None = field(default=None, metadata=wire("privateIpAddress", TEXT))
    public_ip_address: str | None = field(default=None, metadata=wire("publicIpAddress", TEXT))
    port: int | None = field(default=None, metadata=wire("port", INTEGER))
