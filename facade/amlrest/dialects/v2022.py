"""The wire shape of 2022-02-01-preview and everything later.

Taken from the official documents of 2022-05-01 to 2024-10-01. ``since`` names the version that
first has a field; what comes after the last known version is expected to keep this shape.
"""

from __future__ import annotations

from amlrest._wire.codecs import DURATION, INTEGER, LATER_COMMAND, Ref
from amlrest._wire.dialect import (
    PREVIEW_ONLY,
    At,
    Constant,
    Dialect,
    Elsewhere,
    Joined,
    Never,
    Place,
    Table,
)
from amlrest.dialects.forms import (
    DATA_TYPE,
    DEPLOYMENT_NAME,
    GIGABYTES,
    INPUT_MODE,
    LITERAL,
    OUTPUT_MODE,
    SETTINGS,
    TEXT_NUMBER,
)
from amlrest.dialects.uris import AssetUri, DatastorePath, InputUri

_PATH = DatastorePath()
_NOT_A_DATABASE = "keep the data in a blob container, a file share or a Data Lake Storage account"
_COMPUTE_PLACE = Never("the compute knows its own region")
_LOCAL = Never("submit to a compute; to run on this machine use a local workspace")


def _instance_preview(name: str) -> Place:
    return At(f"properties.{name}", since=PREVIEW_ONLY, preview="2023-08-01-preview")


def _resources(prefix: str = "") -> dict[str, Place]:
    """Return the places of what a job needs of its nodes, below a path."""
    return {
        "instance_count": At(f"{prefix}resources.instanceCount"),
        "instance_type": At(f"{prefix}resources.instanceType"),
        "compute_properties": At(f"{prefix}resources.properties", SETTINGS),
        "docker_args": At(f"{prefix}resources.dockerArgs", since="2022-10-01"),
        "shm_size": At(f"{prefix}resources.shmSize", since="2022-10-01"),
        "locations": At(
            f"{prefix}resources.locations", since=PREVIEW_ONLY, preview="2023-02-01-preview"
        ),
        "max_instance_count": At(
            f"{prefix}resources.maxInstanceCount", since=PREVIEW_ONLY, preview="2023-04-01-preview"
        ),
    }


TABLES = {
    "Job": Table(
        {
            "display_name": At("displayName"),
            "is_archived": At("isArchived"),
            "services": At("services"),
            "component": At("componentId", since="2022-10-01"),
            "notification_setting": At(
                "notificationSetting", since="2024-04-01", preview="2023-02-01-preview"
            ),
        }
    ),
    "ComputeJob": Table(
        {
            "compute": At("computeId"),
            "compute_location": _COMPUTE_PLACE,
            "is_local": _LOCAL,
            "timeout": At("limits.timeout"),
            "priority": At(
                "queueSettings.priority",
                since=PREVIEW_ONLY,
                preview="2023-02-01-preview",
                instead="choose a queue with job_tier, or leave it out",
            ),
            "job_tier": At(
                "queueSettings.jobTier", since="2023-10-01", preview="2023-02-01-preview"
            ),
            **_resources(),
        }
    ),
    "CommandJob": Table(
        {
            "command": At("command", LATER_COMMAND),
            "inputs": At("inputs"),
            "outputs": At("outputs"),
        },
        constants={"limits.jobLimitsType": Constant("Command", when="limits")},
    ),
    "SweepJob": Table(
        {
            **_resources("trial."),
            "max_total_trials": At("limits.maxTotalTrials"),
            "max_concurrent_trials": At("limits.maxConcurrentTrials"),
            "algorithm": At("samplingAlgorithm.samplingAlgorithmType"),
            "seed": At("samplingAlgorithm.seed"),
            "rule": At("samplingAlgorithm.rule"),
            "trial.inputs": At("inputs"),
            "trial.outputs": At("outputs"),
            "trial.timeout": At("limits.trialTimeout", DURATION),
        },
        constants={"limits.jobLimitsType": Constant("Sweep", when="limits")},
    ),
    "Trial": Table(
        {
            "command": At("command", LATER_COMMAND),
            "inputs": Elsewhere(),
            "outputs": Elsewhere(),
            "timeout": Elsewhere(),
        }
    ),
    "Input": Table(
        {
            "data": At("uri", InputUri()),
            "mode": At("mode", INPUT_MODE),
            "type": At("jobInputType", DATA_TYPE),
            "value": At("value", LITERAL),
            "description": At("description"),
            "path_on_compute": At(
                "pathOnCompute",
                since=PREVIEW_ONLY,
                preview="2023-08-01-preview",
                instead="use the placeholder ${{inputs.…}} in the command",
            ),
        },
        constants={"jobInputType": Constant("literal", when="value")},
    ),
    "Output": Table(
        {
            "mode": At("mode", OUTPUT_MODE),
            "type": At("jobOutputType", DATA_TYPE),
            "description": At("description"),
            "name": At("assetName", since="2025-12-01", preview="2022-12-01-preview"),
            "version": At("assetVersion", since=PREVIEW_ONLY, preview="2022-12-01-preview"),
            "path_on_compute": Never("use the placeholder ${{outputs.…}} in the command"),
        },
        joined=(Joined(("datastore", "path"), "uri", _PATH),),
    ),
    "PyTorch": Table(
        {
            "process_count": Elsewhere(),
            "process_count_per_instance": At("processCountPerInstance"),
        }
    ),
    "Asset": Table({"is_archived": At("isArchived")}),
    "Environment": Table(
        {
            "image": At("image"),
            "dockerfile": At("build.dockerfilePath"),
            "context": At("build.contextUri"),
            "os_type": At("osType"),
            "inference_config": At("inferenceConfig"),
            "stage": At("stage", since="2023-04-01", preview="2023-04-01-preview"),
            "auto_rebuild": At("autoRebuild", since="2022-10-01"),
        },
        constants={},
    ),
    "DataAsset": Table(
        {"type": At("dataType", DATA_TYPE), "referenced_uris": At("referencedUris")},
        joined=(Joined(("datastore", "path"), "dataUri", _PATH),),
    ),
    "Code": Table(joined=(Joined(("datastore", "path"), "codeUri", _PATH),)),
    "Model": Table(
        {
            "type": At("modelType"),
            "job": At("jobName"),
            "stage": At("stage", since="2023-04-01"),
        },
        joined=(Joined(("datastore", "path"), "modelUri", _PATH),),
    ),
    "Datastore": Table(
        {
            "credentials": At("credentials"),
            "is_default": At("isDefault", read_only="set in the studio; it cannot be changed here"),
            "linked_info": Never("leave it out"),
        }
    ),
    "_FileDatastore": Table(
        {"service_data_access_auth_identity": At("serviceDataAccessAuthIdentity")}
    ),
    "_AccountDatastore": Table(
        {
            "subscription_id": At("subscriptionId", since="2023-10-01"),
            "resource_group": At("resourceGroup", since="2023-10-01"),
        }
    ),
    "OneLakeDatastore": Table(
        {
            "one_lake_workspace_name": At("oneLakeWorkspaceName", since="2024-04-01"),
            "artifact_name": At("artifact.artifactName", since="2024-04-01"),
            "endpoint": At("endpoint", since="2024-04-01"),
        },
        constants={
            "datastoreType": Constant("OneLake"),
            "artifact.artifactType": Constant("LakeHouse"),
        },
    ),
    "StorageDatastore": Table(
        {
            "account_name": At("accountName"),
            "container_name": At("containerName"),
            "endpoint": At("endpoint"),
            "protocol": At("protocol"),
        }
    ),
    "AzureBlobDatastore": Table(type=("datastoreType", "AzureBlob")),
    "AzureFileDatastore": Table(
        {"container_name": At("fileShareName")}, type=("datastoreType", "AzureFile")
    ),
    "AzureDataLakeGen2Datastore": Table(
        {"container_name": At("filesystem")}, type=("datastoreType", "AzureDataLakeGen2")
    ),
    "AzureDataLakeGen1Datastore": Table(
        {"store_name": At("storeName")}, type=("datastoreType", "AzureDataLakeGen1")
    ),
    "AzureSqlDatabaseDatastore": Table(never=_NOT_A_DATABASE),
    "AzurePostgreSqlDatastore": Table(never=_NOT_A_DATABASE),
    "GlusterFsDatastore": Table(never=_NOT_A_DATABASE),
    "SqlAdmin": Table(never=_NOT_A_DATABASE),
    "ServicePrincipal": Table({"resource_uri": At("resourceUrl")}),
    "Certificate": Table({"resource_uri": At("resourceUrl")}),
    "AmlCompute": Table({"property_bag": At("properties.propertyBag")}),
    "ComputeInstance": Table(
        {
            # read-only in the document of 2022-05-01
            "schedules": At("properties.schedules", since="2022-10-01"),
            "custom_services": At(
                "properties.customServices", since="2023-04-01", preview="2022-10-01-preview"
            ),
            "enable_public_ip": At("properties.enableNodePublicIp"),
            "idle_time_before_shutdown": At(
                "properties.idleTimeBeforeShutdown",
                since="2025-12-01",
                preview="2022-10-01-preview",
            ),
            "enable_sso": At(
                "properties.enableSSO", since="2025-12-01", preview="2023-08-01-preview"
            ),
            "enable_root_access": _instance_preview("enableRootAccess"),
            "enable_os_patching": _instance_preview("enableOSPatching"),
            "release_quota_on_stop": _instance_preview("releaseQuotaOnStop"),
        }
    ),
    "OnlineEndpoint": Table(
        {
            "target": At("compute", Ref("computes")),
            "public_network_access": At("publicNetworkAccess", since="2022-10-01"),
            "mirror_traffic": At("mirrorTraffic", since="2023-04-01", preview="2022-02-01"),
        }
    ),
    "BatchEndpoint": Table(
        {"traffic": At("defaults.deploymentName", DEPLOYMENT_NAME)},
        constants={"authMode": Constant("AADToken")},
    ),
    "OnlineDeployment": Table(
        {
            "model": At("model", AssetUri("models")),
            "scale_settings.instance_count": At("/sku.capacity", INTEGER),
            "instance_type": At("instanceType"),
            "readiness_probe": At("readinessProbe"),
            "model_mount_path": At("modelMountPath"),
            "egress_public_network_access": At("egressPublicNetworkAccess", since="2022-10-01"),
            "data_collector": At("dataCollector", since="2024-04-01", preview="2023-04-01-preview"),
            "startup_probe": At("startupProbe", since="2025-12-01"),
        },
        constants={"/sku.name": Constant("Default", when="/sku.capacity")},
    ),
    "K8sOnlineDeployment": Table(type=("endpointComputeType", "Kubernetes")),
    "ManualScale": Table(
        {
            "instance_count": Elsewhere(),
            "min_instances": Elsewhere(),  # a fixed number needs no limits
            "max_instances": Elsewhere(),
        },
        type=("scaleType", "Default"),
    ),
    "AutoScale": Table(type=("scaleType", "TargetUtilization")),
    "ContainerResources": Table(
        {
            "cpu": At("containerResourceRequests.cpu", TEXT_NUMBER),
            "cpu_limit": At("containerResourceLimits.cpu", TEXT_NUMBER),
            "memory_gb": At("containerResourceRequests.memory", GIGABYTES),
            "memory_limit_gb": At("containerResourceLimits.memory", GIGABYTES),
            "gpu": At("containerResourceLimits.gpu", TEXT_NUMBER),
            "gpu_request": At("containerResourceRequests.gpu", TEXT_NUMBER),
            "fpga": Never("leave it out"),
        }
    ),
    "BatchDeployment": Table(
        {
            "compute": At("compute"),
            "instance_count": At("resources.instanceCount"),
            "instance_type": At("resources.instanceType"),
            "compute_properties": At("resources.properties", SETTINGS),
            "compute_location": _COMPUTE_PLACE,
            "is_local": _LOCAL,
            "output_action": At("outputAction"),
            "output_file_name": At("outputFileName"),
            "partition_keys": Never("partition the data before it is scored"),
            "max_concurrency_per_instance": At("maxConcurrencyPerInstance"),
        }
    ),
}


def dialect(api_version: str) -> Dialect:
    """Return the shape as one of its API versions speaks it."""
    return Dialect(api_version, TABLES)
