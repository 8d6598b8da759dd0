# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""Models and enums, loaded on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account_key_datastore_credentials import (
        AccountKeyDatastoreCredentials as AccountKeyDatastoreCredentials,
    )
    from .account_key_datastore_secrets import (
        AccountKeyDatastoreSecrets as AccountKeyDatastoreSecrets,
    )
    from .aks import AKS as AKS
    from .aks_compute_secrets import AksComputeSecrets as AksComputeSecrets
    from .aks_networking_configuration import (
        AksNetworkingConfiguration as AksNetworkingConfiguration,
    )
    from .aks_properties import AKSProperties as AKSProperties
    from .allocation_state import AllocationState as AllocationState
    from .aml_compute import AmlCompute as AmlCompute
    from .aml_compute_node_information import (
        AmlComputeNodeInformation as AmlComputeNodeInformation,
    )
    from .aml_compute_nodes_information import (
        AmlComputeNodesInformation as AmlComputeNodesInformation,
    )
    from .aml_compute_properties import AmlComputeProperties as AmlComputeProperties
    from .aml_token import AmlToken as AmlToken
    from .aml_user_feature import AmlUserFeature as AmlUserFeature
    from .application_sharing_policy import (
        ApplicationSharingPolicy as ApplicationSharingPolicy,
    )
    from .asset_reference_base import AssetReferenceBase as AssetReferenceBase
    from .assigned_user import AssignedUser as AssignedUser
    from .auto_pause_properties import AutoPauseProperties as AutoPauseProperties
    from .auto_scale_properties import AutoScaleProperties as AutoScaleProperties
    from .auto_scale_settings import AutoScaleSettings as AutoScaleSettings
    from .azure_blob_contents import AzureBlobContents as AzureBlobContents
    from .azure_data_lake_gen_1_contents import (
        AzureDataLakeGen1Contents as AzureDataLakeGen1Contents,
    )
    from .azure_data_lake_gen_2_contents import (
        AzureDataLakeGen2Contents as AzureDataLakeGen2Contents,
    )
    from .azure_file_contents import AzureFileContents as AzureFileContents
    from .azure_postgre_sql_contents import (
        AzurePostgreSqlContents as AzurePostgreSqlContents,
    )
    from .azure_sql_database_contents import (
        AzureSqlDatabaseContents as AzureSqlDatabaseContents,
    )
    from .bandit_policy import BanditPolicy as BanditPolicy
    from .batch_deployment import BatchDeployment as BatchDeployment
    from .batch_deployment_tracked_resource import (
        BatchDeploymentTrackedResource as BatchDeploymentTrackedResource,
    )
    from .batch_deployment_tracked_resource_arm_paginated_result import (
        BatchDeploymentTrackedResourceArmPaginatedResult as BatchDeploymentTrackedResourceArmPaginatedResult,
    )
    from .batch_endpoint import BatchEndpoint as BatchEndpoint
    from .batch_endpoint_tracked_resource import (
        BatchEndpointTrackedResource as BatchEndpointTrackedResource,
    )
    from .batch_endpoint_tracked_resource_arm_paginated_result import (
        BatchEndpointTrackedResourceArmPaginatedResult as BatchEndpointTrackedResourceArmPaginatedResult,
    )
    from .batch_logging_level import BatchLoggingLevel as BatchLoggingLevel
    from .batch_output_action import BatchOutputAction as BatchOutputAction
    from .batch_output_configuration import (
        BatchOutputConfiguration as BatchOutputConfiguration,
    )
    from .batch_retry_settings import BatchRetrySettings as BatchRetrySettings
    from .billing_currency import BillingCurrency as BillingCurrency
    from .certificate_datastore_credentials import (
        CertificateDatastoreCredentials as CertificateDatastoreCredentials,
    )
    from .certificate_datastore_secrets import (
        CertificateDatastoreSecrets as CertificateDatastoreSecrets,
    )
    from .cluster_purpose import ClusterPurpose as ClusterPurpose
    from .cluster_update_parameters import (
        ClusterUpdateParameters as ClusterUpdateParameters,
    )
    from .cluster_update_properties import (
        ClusterUpdateProperties as ClusterUpdateProperties,
    )
    from .coco_export_summary import CocoExportSummary as CocoExportSummary
    from .code_configuration import CodeConfiguration as CodeConfiguration
    from .code_container import CodeContainer as CodeContainer
    from .code_container_resource import CodeContainerResource as CodeContainerResource
    from .code_container_resource_arm_paginated_result import (
        CodeContainerResourceArmPaginatedResult as CodeContainerResourceArmPaginatedResult,
    )
    from .code_version import CodeVersion as CodeVersion
    from .code_version_resource import CodeVersionResource as CodeVersionResource
    from .code_version_resource_arm_paginated_result import (
        CodeVersionResourceArmPaginatedResult as CodeVersionResourceArmPaginatedResult,
    )
    from .command_job import CommandJob as CommandJob
    from .compute import Compute as Compute
    from .compute_configuration import ComputeConfiguration as ComputeConfiguration
    from .compute_instance import ComputeInstance as ComputeInstance
    from .compute_instance_application import (
        ComputeInstanceApplication as ComputeInstanceApplication,
    )
    from .compute_instance_authorization_type import (
        ComputeInstanceAuthorizationType as ComputeInstanceAuthorizationType,
    )
    from .compute_instance_connectivity_endpoints import (
        ComputeInstanceConnectivityEndpoints as ComputeInstanceConnectivityEndpoints,
    )
    from .compute_instance_created_by import (
        ComputeInstanceCreatedBy as ComputeInstanceCreatedBy,
    )
    from .compute_instance_last_operation import (
        ComputeInstanceLastOperation as ComputeInstanceLastOperation,
    )
    from .compute_instance_properties import (
        ComputeInstanceProperties as ComputeInstanceProperties,
    )
    from .compute_instance_ssh_settings import (
        ComputeInstanceSshSettings as ComputeInstanceSshSettings,
    )
    from .compute_instance_state import ComputeInstanceState as ComputeInstanceState
    from .compute_nodes_information import (
        ComputeNodesInformation as ComputeNodesInformation,
    )
    from .compute_power_action import ComputePowerAction as ComputePowerAction
    from .compute_resource import ComputeResource as ComputeResource
    from .compute_schedules import ComputeSchedules as ComputeSchedules
    from .compute_secrets import ComputeSecrets as ComputeSecrets
    from .compute_start_stop_schedule import (
        ComputeStartStopSchedule as ComputeStartStopSchedule,
    )
    from .compute_type import ComputeType as ComputeType
    from .container_resource_requirements import (
        ContainerResourceRequirements as ContainerResourceRequirements,
    )
    from .container_type import ContainerType as ContainerType
    from .contents_type import ContentsType as ContentsType
    from .cosmos_db_settings import CosmosDbSettings as CosmosDbSettings
    from .created_by_type import CreatedByType as CreatedByType
    from .credentials_type import CredentialsType as CredentialsType
    from .cron import Cron as Cron
    from .csv_export_summary import CsvExportSummary as CsvExportSummary
    from .data_binding_mode import DataBindingMode as DataBindingMode
    from .data_container import DataContainer as DataContainer
    from .data_container_resource import DataContainerResource as DataContainerResource
    from .data_container_resource_arm_paginated_result import (
        DataContainerResourceArmPaginatedResult as DataContainerResourceArmPaginatedResult,
    )
    from .data_factory import DataFactory as DataFactory
    from .data_lake_analytics import DataLakeAnalytics as DataLakeAnalytics
    from .data_lake_analytics_properties import (
        DataLakeAnalyticsProperties as DataLakeAnalyticsProperties,
    )
    from .data_path_asset_reference import (
        DataPathAssetReference as DataPathAssetReference,
    )
    from .data_version import DataVersion as DataVersion
    from .data_version_resource import DataVersionResource as DataVersionResource
    from .data_version_resource_arm_paginated_result import (
        DataVersionResourceArmPaginatedResult as DataVersionResourceArmPaginatedResult,
    )
    from .databricks import Databricks as Databricks
    from .databricks_compute_secrets import (
        DatabricksComputeSecrets as DatabricksComputeSecrets,
    )
    from .databricks_properties import DatabricksProperties as DatabricksProperties
    from .dataset_export_summary import DatasetExportSummary as DatasetExportSummary
    from .dataset_type import DatasetType as DatasetType
    from .datastore_contents import DatastoreContents as DatastoreContents
    from .datastore_credentials import DatastoreCredentials as DatastoreCredentials
    from .datastore_properties import DatastoreProperties as DatastoreProperties
    from .datastore_properties_resource import (
        DatastorePropertiesResource as DatastorePropertiesResource,
    )
    from .datastore_properties_resource_arm_paginated_result import (
        DatastorePropertiesResourceArmPaginatedResult as DatastorePropertiesResourceArmPaginatedResult,
    )
    from .datastore_secrets import DatastoreSecrets as DatastoreSecrets
    from .days_of_week import DaysOfWeek as DaysOfWeek
    from .deployment_logs import DeploymentLogs as DeploymentLogs
    from .deployment_logs_request import DeploymentLogsRequest as DeploymentLogsRequest
    from .deployment_provisioning_state import (
        DeploymentProvisioningState as DeploymentProvisioningState,
    )
    from .distribution_configuration import (
        DistributionConfiguration as DistributionConfiguration,
    )
    from .distribution_type import DistributionType as DistributionType
    from .docker_build import DockerBuild as DockerBuild
    from .docker_image import DockerImage as DockerImage
    from .docker_image_platform import DockerImagePlatform as DockerImagePlatform
    from .docker_specification import DockerSpecification as DockerSpecification
    from .docker_specification_type import (
        DockerSpecificationType as DockerSpecificationType,
    )
    from .early_termination_policy import (
        EarlyTerminationPolicy as EarlyTerminationPolicy,
    )
    from .early_termination_policy_type import (
        EarlyTerminationPolicyType as EarlyTerminationPolicyType,
    )
    from .encryption_property import EncryptionProperty as EncryptionProperty
    from .encryption_status import EncryptionStatus as EncryptionStatus
    from .endpoint_auth_keys import EndpointAuthKeys as EndpointAuthKeys
    from .endpoint_auth_mode import EndpointAuthMode as EndpointAuthMode
    from .endpoint_auth_token import EndpointAuthToken as EndpointAuthToken
    from .endpoint_compute_type import EndpointComputeType as EndpointComputeType
    from .endpoint_provisioning_state import (
        EndpointProvisioningState as EndpointProvisioningState,
    )
    from .environment_container import EnvironmentContainer as EnvironmentContainer
    from .environment_container_resource import (
        EnvironmentContainerResource as EnvironmentContainerResource,
    )
    from .environment_container_resource_arm_paginated_result import (
        EnvironmentContainerResourceArmPaginatedResult as EnvironmentContainerResourceArmPaginatedResult,
    )
    from .environment_specification_type import (
        EnvironmentSpecificationType as EnvironmentSpecificationType,
    )
    from .environment_specification_version import (
        EnvironmentSpecificationVersion as EnvironmentSpecificationVersion,
    )
    from .environment_specification_version_resource import (
        EnvironmentSpecificationVersionResource as EnvironmentSpecificationVersionResource,
    )
    from .environment_specification_version_resource_arm_paginated_result import (
        EnvironmentSpecificationVersionResourceArmPaginatedResult as EnvironmentSpecificationVersionResourceArmPaginatedResult,
    )
    from .error_additional_info import ErrorAdditionalInfo as ErrorAdditionalInfo
    from .error_detail import ErrorDetail as ErrorDetail
    from .error_response import ErrorResponse as ErrorResponse
    from .estimated_vm_price import EstimatedVMPrice as EstimatedVMPrice
    from .estimated_vm_prices import EstimatedVMPrices as EstimatedVMPrices
    from .export_format_type import ExportFormatType as ExportFormatType
    from .export_summary import ExportSummary as ExportSummary
    from .flavor_data import FlavorData as FlavorData
    from .gluster_fs_contents import GlusterFsContents as GlusterFsContents
    from .goal import Goal as Goal
    from .hd_insight import HDInsight as HDInsight
    from .hd_insight_properties import HDInsightProperties as HDInsightProperties
    from .id_asset_reference import IdAssetReference as IdAssetReference
    from .identity import Identity as Identity
    from .identity_configuration import IdentityConfiguration as IdentityConfiguration
    from .identity_configuration_type import (
        IdentityConfigurationType as IdentityConfigurationType,
    )
    from .identity_for_cmk import IdentityForCmk as IdentityForCmk
    from .image_annotation_type import ImageAnnotationType as ImageAnnotationType
    from .inference_container_properties import (
        InferenceContainerProperties as InferenceContainerProperties,
    )
    from .input_data_binding import InputDataBinding as InputDataBinding
    from .job_base import JobBase as JobBase
    from .job_base_resource import JobBaseResource as JobBaseResource
    from .job_base_resource_arm_paginated_result import (
        JobBaseResourceArmPaginatedResult as JobBaseResourceArmPaginatedResult,
    )
    from .job_endpoint import JobEndpoint as JobEndpoint
    from .job_output import JobOutput as JobOutput
    from .job_provisioning_state import JobProvisioningState as JobProvisioningState
    from .job_status import JobStatus as JobStatus
    from .job_type import JobType as JobType
    from .k8s_online_deployment import K8sOnlineDeployment as K8sOnlineDeployment
    from .key_type import KeyType as KeyType
    from .key_vault_properties import KeyVaultProperties as KeyVaultProperties
    from .label_category import LabelCategory as LabelCategory
    from .label_class import LabelClass as LabelClass
    from .labeling_dataset_configuration import (
        LabelingDatasetConfiguration as LabelingDatasetConfiguration,
    )
    from .labeling_job import LabelingJob as LabelingJob
    from .labeling_job_image_properties import (
        LabelingJobImageProperties as LabelingJobImageProperties,
    )
    from .labeling_job_instructions import (
        LabelingJobInstructions as LabelingJobInstructions,
    )
    from .labeling_job_media_properties import (
        LabelingJobMediaProperties as LabelingJobMediaProperties,
    )
    from .labeling_job_resource import LabelingJobResource as LabelingJobResource
    from .labeling_job_resource_arm_paginated_result import (
        LabelingJobResourceArmPaginatedResult as LabelingJobResourceArmPaginatedResult,
    )
    from .labeling_job_text_properties import (
        LabelingJobTextProperties as LabelingJobTextProperties,
    )
    from .linked_info import LinkedInfo as LinkedInfo
    from .list_aml_user_feature_result import (
        ListAmlUserFeatureResult as ListAmlUserFeatureResult,
    )
    from .list_notebook_keys_result import (
        ListNotebookKeysResult as ListNotebookKeysResult,
    )
    from .list_storage_account_keys_result import (
        ListStorageAccountKeysResult as ListStorageAccountKeysResult,
    )
    from .list_usages_result import ListUsagesResult as ListUsagesResult
    from .list_workspace_keys_result import (
        ListWorkspaceKeysResult as ListWorkspaceKeysResult,
    )
    from .list_workspace_quotas import ListWorkspaceQuotas as ListWorkspaceQuotas
    from .load_balancer_type import LoadBalancerType as LoadBalancerType
    from .managed_identity import ManagedIdentity as ManagedIdentity
    from .managed_online_deployment import (
        ManagedOnlineDeployment as ManagedOnlineDeployment,
    )
    from .manual_scale_settings import ManualScaleSettings as ManualScaleSettings
    from .media_type import MediaType as MediaType
    from .median_stopping_policy import MedianStoppingPolicy as MedianStoppingPolicy
    from .ml_assist_configuration import MLAssistConfiguration as MLAssistConfiguration
    from .model_container import ModelContainer as ModelContainer
    from .model_container_resource import (
        ModelContainerResource as ModelContainerResource,
    )
    from .model_container_resource_arm_paginated_result import (
        ModelContainerResourceArmPaginatedResult as ModelContainerResourceArmPaginatedResult,
    )
    from .model_version import ModelVersion as ModelVersion
    from .model_version_resource import ModelVersionResource as ModelVersionResource
    from .model_version_resource_arm_paginated_result import (
        ModelVersionResourceArmPaginatedResult as ModelVersionResourceArmPaginatedResult,
    )
    from .mpi import Mpi as Mpi
    from .node_state import NodeState as NodeState
    from .node_state_counts import NodeStateCounts as NodeStateCounts
    from .none_datastore_credentials import (
        NoneDatastoreCredentials as NoneDatastoreCredentials,
    )
    from .none_datastore_secrets import NoneDatastoreSecrets as NoneDatastoreSecrets
    from .notebook_access_token_result import (
        NotebookAccessTokenResult as NotebookAccessTokenResult,
    )
    from .notebook_preparation_error import (
        NotebookPreparationError as NotebookPreparationError,
    )
    from .notebook_resource_info import NotebookResourceInfo as NotebookResourceInfo
    from .objective import Objective as Objective
    from .online_deployment import OnlineDeployment as OnlineDeployment
    from .online_deployment_tracked_resource import (
        OnlineDeploymentTrackedResource as OnlineDeploymentTrackedResource,
    )
    from .online_deployment_tracked_resource_arm_paginated_result import (
        OnlineDeploymentTrackedResourceArmPaginatedResult as OnlineDeploymentTrackedResourceArmPaginatedResult,
    )
    from .online_endpoint import OnlineEndpoint as OnlineEndpoint
    from .online_endpoint_tracked_resource import (
        OnlineEndpointTrackedResource as OnlineEndpointTrackedResource,
    )
    from .online_endpoint_tracked_resource_arm_paginated_result import (
        OnlineEndpointTrackedResourceArmPaginatedResult as OnlineEndpointTrackedResourceArmPaginatedResult,
    )
    from .online_request_settings import OnlineRequestSettings as OnlineRequestSettings
    from .online_scale_settings import OnlineScaleSettings as OnlineScaleSettings
    from .operating_system_type import OperatingSystemType as OperatingSystemType
    from .operation import Operation as Operation
    from .operation_display import OperationDisplay as OperationDisplay
    from .operation_list_result import OperationListResult as OperationListResult
    from .operation_name import OperationName as OperationName
    from .operation_status import OperationStatus as OperationStatus
    from .order_string import OrderString as OrderString
    from .origin_type import OriginType as OriginType
    from .os_type import OsType as OsType
    from .output_data_binding import OutputDataBinding as OutputDataBinding
    from .output_path_asset_reference import (
        OutputPathAssetReference as OutputPathAssetReference,
    )
    from .paginated_compute_resources_list import (
        PaginatedComputeResourcesList as PaginatedComputeResourcesList,
    )
    from .paginated_workspace_connections_list import (
        PaginatedWorkspaceConnectionsList as PaginatedWorkspaceConnectionsList,
    )
    from .partial_aks_online_deployment import (
        PartialAksOnlineDeployment as PartialAksOnlineDeployment,
    )
    from .partial_batch_deployment import (
        PartialBatchDeployment as PartialBatchDeployment,
    )
    from .partial_batch_deployment_partial_tracked_resource import (
        PartialBatchDeploymentPartialTrackedResource as PartialBatchDeploymentPartialTrackedResource,
    )
    from .partial_batch_endpoint import PartialBatchEndpoint as PartialBatchEndpoint
    from .partial_batch_endpoint_partial_tracked_resource import (
        PartialBatchEndpointPartialTrackedResource as PartialBatchEndpointPartialTrackedResource,
    )
    from .partial_managed_online_deployment import (
        PartialManagedOnlineDeployment as PartialManagedOnlineDeployment,
    )
    from .partial_online_deployment import (
        PartialOnlineDeployment as PartialOnlineDeployment,
    )
    from .partial_online_deployment_partial_tracked_resource import (
        PartialOnlineDeploymentPartialTrackedResource as PartialOnlineDeploymentPartialTrackedResource,
    )
    from .partial_online_endpoint import PartialOnlineEndpoint as PartialOnlineEndpoint
    from .partial_online_endpoint_partial_tracked_resource import (
        PartialOnlineEndpointPartialTrackedResource as PartialOnlineEndpointPartialTrackedResource,
    )
    from .password import Password as Password
    from .personal_compute_instance_settings import (
        PersonalComputeInstanceSettings as PersonalComputeInstanceSettings,
    )
    from .private_endpoint import PrivateEndpoint as PrivateEndpoint
    from .private_endpoint_connection import (
        PrivateEndpointConnection as PrivateEndpointConnection,
    )
    from .private_endpoint_connection_list_result import (
        PrivateEndpointConnectionListResult as PrivateEndpointConnectionListResult,
    )
    from .private_endpoint_connection_properties import (
        PrivateEndpointConnectionProperties as PrivateEndpointConnectionProperties,
    )
    from .private_endpoint_connection_provisioning_state import (
        PrivateEndpointConnectionProvisioningState as PrivateEndpointConnectionProvisioningState,
    )
    from .private_endpoint_service_connection_status import (
        PrivateEndpointServiceConnectionStatus as PrivateEndpointServiceConnectionStatus,
    )
    from .private_link_resource import PrivateLinkResource as PrivateLinkResource
    from .private_link_resource_list_result import (
        PrivateLinkResourceListResult as PrivateLinkResourceListResult,
    )
    from .private_link_resource_properties import (
        PrivateLinkResourceProperties as PrivateLinkResourceProperties,
    )
    from .private_link_service_connection_state import (
        PrivateLinkServiceConnectionState as PrivateLinkServiceConnectionState,
    )
    from .probe_settings import ProbeSettings as ProbeSettings
    from .progress_metrics import ProgressMetrics as ProgressMetrics
    from .provisioning_state import ProvisioningState as ProvisioningState
    from .provisioning_status import ProvisioningStatus as ProvisioningStatus
    from .py_torch import PyTorch as PyTorch
    from .quota_base_properties import QuotaBaseProperties as QuotaBaseProperties
    from .quota_unit import QuotaUnit as QuotaUnit
    from .quota_update_parameters import QuotaUpdateParameters as QuotaUpdateParameters
    from .reason_code import ReasonCode as ReasonCode
    from .recurrence import Recurrence as Recurrence
    from .recurrence_frequency import RecurrenceFrequency as RecurrenceFrequency
    from .recurrence_schedule import RecurrenceSchedule as RecurrenceSchedule
    from .reference_type import ReferenceType as ReferenceType
    from .regenerate_endpoint_keys_request import (
        RegenerateEndpointKeysRequest as RegenerateEndpointKeysRequest,
    )
    from .registry_list_credentials_result import (
        RegistryListCredentialsResult as RegistryListCredentialsResult,
    )
    from .remote_login_port_public_access import (
        RemoteLoginPortPublicAccess as RemoteLoginPortPublicAccess,
    )
    from .resource import Resource as Resource
    from .resource_id import ResourceId as ResourceId
    from .resource_identity import ResourceIdentity as ResourceIdentity
    from .resource_identity_assignment import (
        ResourceIdentityAssignment as ResourceIdentityAssignment,
    )
    from .resource_identity_type import ResourceIdentityType as ResourceIdentityType
    from .resource_name import ResourceName as ResourceName
    from .resource_quota import ResourceQuota as ResourceQuota
    from .resource_sku_location_info import (
        ResourceSkuLocationInfo as ResourceSkuLocationInfo,
    )
    from .resource_sku_zone_details import (
        ResourceSkuZoneDetails as ResourceSkuZoneDetails,
    )
    from .restriction import Restriction as Restriction
    from .route import Route as Route
    from .sampling_algorithm import SamplingAlgorithm as SamplingAlgorithm
    from .sas_datastore_credentials import (
        SasDatastoreCredentials as SasDatastoreCredentials,
    )
    from .sas_datastore_secrets import SasDatastoreSecrets as SasDatastoreSecrets
    from .scale_settings import ScaleSettings as ScaleSettings
    from .scale_type import ScaleType as ScaleType
    from .schedule_status import ScheduleStatus as ScheduleStatus
    from .schedule_type import ScheduleType as ScheduleType
    from .script_reference import ScriptReference as ScriptReference
    from .scripts_to_execute import ScriptsToExecute as ScriptsToExecute
    from .secrets_type import SecretsType as SecretsType
    from .service_managed_resources_settings import (
        ServiceManagedResourcesSettings as ServiceManagedResourcesSettings,
    )
    from .service_principal_credentials import (
        ServicePrincipalCredentials as ServicePrincipalCredentials,
    )
    from .service_principal_datastore_credentials import (
        ServicePrincipalDatastoreCredentials as ServicePrincipalDatastoreCredentials,
    )
    from .service_principal_datastore_secrets import (
        ServicePrincipalDatastoreSecrets as ServicePrincipalDatastoreSecrets,
    )
    from .setup_scripts import SetupScripts as SetupScripts
    from .shared_private_link_resource import (
        SharedPrivateLinkResource as SharedPrivateLinkResource,
    )
    from .shared_private_link_resource_property import (
        SharedPrivateLinkResourceProperty as SharedPrivateLinkResourceProperty,
    )
    from .sku import Sku as Sku
    from .sku_capability import SKUCapability as SKUCapability
    from .sku_list_result import SkuListResult as SkuListResult
    from .sql_admin_datastore_credentials import (
        SqlAdminDatastoreCredentials as SqlAdminDatastoreCredentials,
    )
    from .sql_admin_datastore_secrets import (
        SqlAdminDatastoreSecrets as SqlAdminDatastoreSecrets,
    )
    from .ssh_public_access import SshPublicAccess as SshPublicAccess
    from .ssl_configuration import SslConfiguration as SslConfiguration
    from .ssl_configuration_status import (
        SslConfigurationStatus as SslConfigurationStatus,
    )
    from .status import Status as Status
    from .status_message import StatusMessage as StatusMessage
    from .status_message_level import StatusMessageLevel as StatusMessageLevel
    from .sweep_job import SweepJob as SweepJob
    from .synapse_spark import SynapseSpark as SynapseSpark
    from .synapse_spark_pool_properties import (
        SynapseSparkPoolProperties as SynapseSparkPoolProperties,
    )
    from .synapse_spark_pool_properties_properties import (
        SynapseSparkPoolPropertiesProperties as SynapseSparkPoolPropertiesProperties,
    )
    from .synapse_spark_properties import (
        SynapseSparkProperties as SynapseSparkProperties,
    )
    from .system_data import SystemData as SystemData
    from .system_service import SystemService as SystemService
    from .tensor_flow import TensorFlow as TensorFlow
    from .text_annotation_type import TextAnnotationType as TextAnnotationType
    from .tracked_resource import TrackedResource as TrackedResource
    from .trial_component import TrialComponent as TrialComponent
    from .trigger_type import TriggerType as TriggerType
    from .truncation_selection_policy import (
        TruncationSelectionPolicy as TruncationSelectionPolicy,
    )
    from .underlying_resource_action import (
        UnderlyingResourceAction as UnderlyingResourceAction,
    )
    from .unit_of_measure import UnitOfMeasure as UnitOfMeasure
    from .update_workspace_quotas import UpdateWorkspaceQuotas as UpdateWorkspaceQuotas
    from .update_workspace_quotas_result import (
        UpdateWorkspaceQuotasResult as UpdateWorkspaceQuotasResult,
    )
    from .usage import Usage as Usage
    from .usage_name import UsageName as UsageName
    from .usage_unit import UsageUnit as UsageUnit
    from .user_account_credentials import (
        UserAccountCredentials as UserAccountCredentials,
    )
    from .user_assigned_identity import UserAssignedIdentity as UserAssignedIdentity
    from .user_assigned_identity_meta import (
        UserAssignedIdentityMeta as UserAssignedIdentityMeta,
    )
    from .value_format import ValueFormat as ValueFormat
    from .virtual_machine import VirtualMachine as VirtualMachine
    from .virtual_machine_image import VirtualMachineImage as VirtualMachineImage
    from .virtual_machine_properties import (
        VirtualMachineProperties as VirtualMachineProperties,
    )
    from .virtual_machine_secrets import VirtualMachineSecrets as VirtualMachineSecrets
    from .virtual_machine_size import VirtualMachineSize as VirtualMachineSize
    from .virtual_machine_size_list_result import (
        VirtualMachineSizeListResult as VirtualMachineSizeListResult,
    )
    from .virtual_machine_ssh_credentials import (
        VirtualMachineSshCredentials as VirtualMachineSshCredentials,
    )
    from .vm_price_os_type import VMPriceOSType as VMPriceOSType
    from .vm_priority import VmPriority as VmPriority
    from .vm_tier import VMTier as VMTier
    from .workspace import Workspace as Workspace
    from .workspace_connection import WorkspaceConnection as WorkspaceConnection
    from .workspace_connection_props import (
        WorkspaceConnectionProps as WorkspaceConnectionProps,
    )
    from .workspace_list_result import WorkspaceListResult as WorkspaceListResult
    from .workspace_properties import WorkspaceProperties as WorkspaceProperties
    from .workspace_properties_update_parameters import (
        WorkspacePropertiesUpdateParameters as WorkspacePropertiesUpdateParameters,
    )
    from .workspace_sku import WorkspaceSku as WorkspaceSku
    from .workspace_update_parameters import (
        WorkspaceUpdateParameters as WorkspaceUpdateParameters,
    )

UserAssignedIdentities = dict[str, "UserAssignedIdentity"]

_MODULES = {
    "AKS": "aks",
    "AKSProperties": "aks_properties",
    "AccountKeyDatastoreCredentials": "account_key_datastore_credentials",
    "AccountKeyDatastoreSecrets": "account_key_datastore_secrets",
    "AksComputeSecrets": "aks_compute_secrets",
    "AksNetworkingConfiguration": "aks_networking_configuration",
    "AllocationState": "allocation_state",
    "AmlCompute": "aml_compute",
    "AmlComputeNodeInformation": "aml_compute_node_information",
    "AmlComputeNodesInformation": "aml_compute_nodes_information",
    "AmlComputeProperties": "aml_compute_properties",
    "AmlToken": "aml_token",
    "AmlUserFeature": "aml_user_feature",
    "ApplicationSharingPolicy": "application_sharing_policy",
    "AssetReferenceBase": "asset_reference_base",
    "AssignedUser": "assigned_user",
    "AutoPauseProperties": "auto_pause_properties",
    "AutoScaleProperties": "auto_scale_properties",
    "AutoScaleSettings": "auto_scale_settings",
    "AzureBlobContents": "azure_blob_contents",
    "AzureDataLakeGen1Contents": "azure_data_lake_gen_1_contents",
    "AzureDataLakeGen2Contents": "azure_data_lake_gen_2_contents",
    "AzureFileContents": "azure_file_contents",
    "AzurePostgreSqlContents": "azure_postgre_sql_contents",
    "AzureSqlDatabaseContents": "azure_sql_database_contents",
    "BanditPolicy": "bandit_policy",
    "BatchDeployment": "batch_deployment",
    "BatchDeploymentTrackedResource": "batch_deployment_tracked_resource",
    "BatchDeploymentTrackedResourceArmPaginatedResult": "batch_deployment_tracked_resource_arm_paginated_result",
    "BatchEndpoint": "batch_endpoint",
    "BatchEndpointTrackedResource": "batch_endpoint_tracked_resource",
    "BatchEndpointTrackedResourceArmPaginatedResult": "batch_endpoint_tracked_resource_arm_paginated_result",
    "BatchLoggingLevel": "batch_logging_level",
    "BatchOutputAction": "batch_output_action",
    "BatchOutputConfiguration": "batch_output_configuration",
    "BatchRetrySettings": "batch_retry_settings",
    "BillingCurrency": "billing_currency",
    "CertificateDatastoreCredentials": "certificate_datastore_credentials",
    "CertificateDatastoreSecrets": "certificate_datastore_secrets",
    "ClusterPurpose": "cluster_purpose",
    "ClusterUpdateParameters": "cluster_update_parameters",
    "ClusterUpdateProperties": "cluster_update_properties",
    "CocoExportSummary": "coco_export_summary",
    "CodeConfiguration": "code_configuration",
    "CodeContainer": "code_container",
    "CodeContainerResource": "code_container_resource",
    "CodeContainerResourceArmPaginatedResult": "code_container_resource_arm_paginated_result",
    "CodeVersion": "code_version",
    "CodeVersionResource": "code_version_resource",
    "CodeVersionResourceArmPaginatedResult": "code_version_resource_arm_paginated_result",
    "CommandJob": "command_job",
    "Compute": "compute",
    "ComputeConfiguration": "compute_configuration",
    "ComputeInstance": "compute_instance",
    "ComputeInstanceApplication": "compute_instance_application",
    "ComputeInstanceAuthorizationType": "compute_instance_authorization_type",
    "ComputeInstanceConnectivityEndpoints": "compute_instance_connectivity_endpoints",
    "ComputeInstanceCreatedBy": "compute_instance_created_by",
    "ComputeInstanceLastOperation": "compute_instance_last_operation",
    "ComputeInstanceProperties": "compute_instance_properties",
    "ComputeInstanceSshSettings": "compute_instance_ssh_settings",
    "ComputeInstanceState": "compute_instance_state",
    "ComputeNodesInformation": "compute_nodes_information",
    "ComputePowerAction": "compute_power_action",
    "ComputeResource": "compute_resource",
    "ComputeSchedules": "compute_schedules",
    "ComputeSecrets": "compute_secrets",
    "ComputeStartStopSchedule": "compute_start_stop_schedule",
    "ComputeType": "compute_type",
    "ContainerResourceRequirements": "container_resource_requirements",
    "ContainerType": "container_type",
    "ContentsType": "contents_type",
    "CosmosDbSettings": "cosmos_db_settings",
    "CreatedByType": "created_by_type",
    "CredentialsType": "credentials_type",
    "Cron": "cron",
    "CsvExportSummary": "csv_export_summary",
    "DataBindingMode": "data_binding_mode",
    "DataContainer": "data_container",
    "DataContainerResource": "data_container_resource",
    "DataContainerResourceArmPaginatedResult": "data_container_resource_arm_paginated_result",
    "DataFactory": "data_factory",
    "DataLakeAnalytics": "data_lake_analytics",
    "DataLakeAnalyticsProperties": "data_lake_analytics_properties",
    "DataPathAssetReference": "data_path_asset_reference",
    "DataVersion": "data_version",
    "DataVersionResource": "data_version_resource",
    "DataVersionResourceArmPaginatedResult": "data_version_resource_arm_paginated_result",
    "Databricks": "databricks",
    "DatabricksComputeSecrets": "databricks_compute_secrets",
    "DatabricksProperties": "databricks_properties",
    "DatasetExportSummary": "dataset_export_summary",
    "DatasetType": "dataset_type",
    "DatastoreContents": "datastore_contents",
    "DatastoreCredentials": "datastore_credentials",
    "DatastoreProperties": "datastore_properties",
    "DatastorePropertiesResource": "datastore_properties_resource",
    "DatastorePropertiesResourceArmPaginatedResult": "datastore_properties_resource_arm_paginated_result",
    "DatastoreSecrets": "datastore_secrets",
    "DaysOfWeek": "days_of_week",
    "DeploymentLogs": "deployment_logs",
    "DeploymentLogsRequest": "deployment_logs_request",
    "DeploymentProvisioningState": "deployment_provisioning_state",
    "DistributionConfiguration": "distribution_configuration",
    "DistributionType": "distribution_type",
    "DockerBuild": "docker_build",
    "DockerImage": "docker_image",
    "DockerImagePlatform": "docker_image_platform",
    "DockerSpecification": "docker_specification",
    "DockerSpecificationType": "docker_specification_type",
    "EarlyTerminationPolicy": "early_termination_policy",
    "EarlyTerminationPolicyType": "early_termination_policy_type",
    "EncryptionProperty": "encryption_property",
    "EncryptionStatus": "encryption_status",
    "EndpointAuthKeys": "endpoint_auth_keys",
    "EndpointAuthMode": "endpoint_auth_mode",
    "EndpointAuthToken": "endpoint_auth_token",
    "EndpointComputeType": "endpoint_compute_type",
    "EndpointProvisioningState": "endpoint_provisioning_state",
    "EnvironmentContainer": "environment_container",
    "EnvironmentContainerResource": "environment_container_resource",
    "EnvironmentContainerResourceArmPaginatedResult": "environment_container_resource_arm_paginated_result",
    "EnvironmentSpecificationType": "environment_specification_type",
    "EnvironmentSpecificationVersion": "environment_specification_version",
    "EnvironmentSpecificationVersionResource": "environment_specification_version_resource",
    "EnvironmentSpecificationVersionResourceArmPaginatedResult": "environment_specification_version_resource_arm_paginated_result",
    "ErrorAdditionalInfo": "error_additional_info",
    "ErrorDetail": "error_detail",
    "ErrorResponse": "error_response",
    "EstimatedVMPrice": "estimated_vm_price",
    "EstimatedVMPrices": "estimated_vm_prices",
    "ExportFormatType": "export_format_type",
    "ExportSummary": "export_summary",
    "FlavorData": "flavor_data",
    "GlusterFsContents": "gluster_fs_contents",
    "Goal": "goal",
    "HDInsight": "hd_insight",
    "HDInsightProperties": "hd_insight_properties",
    "IdAssetReference": "id_asset_reference",
    "Identity": "identity",
    "IdentityConfiguration": "identity_configuration",
    "IdentityConfigurationType": "identity_configuration_type",
    "IdentityForCmk": "identity_for_cmk",
    "ImageAnnotationType": "image_annotation_type",
    "InferenceContainerProperties": "inference_container_properties",
    "InputDataBinding": "input_data_binding",
    "JobBase": "job_base",
    "JobBaseResource": "job_base_resource",
    "JobBaseResourceArmPaginatedResult": "job_base_resource_arm_paginated_result",
    "JobEndpoint": "job_endpoint",
    "JobOutput": "job_output",
    "JobProvisioningState": "job_provisioning_state",
    "JobStatus": "job_status",
    "JobType": "job_type",
    "K8sOnlineDeployment": "k8s_online_deployment",
    "KeyType": "key_type",
    "KeyVaultProperties": "key_vault_properties",
    "LabelCategory": "label_category",
    "LabelClass": "label_class",
    "LabelingDatasetConfiguration": "labeling_dataset_configuration",
    "LabelingJob": "labeling_job",
    "LabelingJobImageProperties": "labeling_job_image_properties",
    "LabelingJobInstructions": "labeling_job_instructions",
    "LabelingJobMediaProperties": "labeling_job_media_properties",
    "LabelingJobResource": "labeling_job_resource",
    "LabelingJobResourceArmPaginatedResult": "labeling_job_resource_arm_paginated_result",
    "LabelingJobTextProperties": "labeling_job_text_properties",
    "LinkedInfo": "linked_info",
    "ListAmlUserFeatureResult": "list_aml_user_feature_result",
    "ListNotebookKeysResult": "list_notebook_keys_result",
    "ListStorageAccountKeysResult": "list_storage_account_keys_result",
    "ListUsagesResult": "list_usages_result",
    "ListWorkspaceKeysResult": "list_workspace_keys_result",
    "ListWorkspaceQuotas": "list_workspace_quotas",
    "LoadBalancerType": "load_balancer_type",
    "MLAssistConfiguration": "ml_assist_configuration",
    "ManagedIdentity": "managed_identity",
    "ManagedOnlineDeployment": "managed_online_deployment",
    "ManualScaleSettings": "manual_scale_settings",
    "MediaType": "media_type",
    "MedianStoppingPolicy": "median_stopping_policy",
    "ModelContainer": "model_container",
    "ModelContainerResource": "model_container_resource",
    "ModelContainerResourceArmPaginatedResult": "model_container_resource_arm_paginated_result",
    "ModelVersion": "model_version",
    "ModelVersionResource": "model_version_resource",
    "ModelVersionResourceArmPaginatedResult": "model_version_resource_arm_paginated_result",
    "Mpi": "mpi",
    "NodeState": "node_state",
    "NodeStateCounts": "node_state_counts",
    "NoneDatastoreCredentials": "none_datastore_credentials",
    "NoneDatastoreSecrets": "none_datastore_secrets",
    "NotebookAccessTokenResult": "notebook_access_token_result",
    "NotebookPreparationError": "notebook_preparation_error",
    "NotebookResourceInfo": "notebook_resource_info",
    "Objective": "objective",
    "OnlineDeployment": "online_deployment",
    "OnlineDeploymentTrackedResource": "online_deployment_tracked_resource",
    "OnlineDeploymentTrackedResourceArmPaginatedResult": "online_deployment_tracked_resource_arm_paginated_result",
    "OnlineEndpoint": "online_endpoint",
    "OnlineEndpointTrackedResource": "online_endpoint_tracked_resource",
    "OnlineEndpointTrackedResourceArmPaginatedResult": "online_endpoint_tracked_resource_arm_paginated_result",
    "OnlineRequestSettings": "online_request_settings",
    "OnlineScaleSettings": "online_scale_settings",
    "OperatingSystemType": "operating_system_type",
    "Operation": "operation",
    "OperationDisplay": "operation_display",
    "OperationListResult": "operation_list_result",
    "OperationName": "operation_name",
    "OperationStatus": "operation_status",
    "OrderString": "order_string",
    "OriginType": "origin_type",
    "OsType": "os_type",
    "OutputDataBinding": "output_data_binding",
    "OutputPathAssetReference": "output_path_asset_reference",
    "PaginatedComputeResourcesList": "paginated_compute_resources_list",
    "PaginatedWorkspaceConnectionsList": "paginated_workspace_connections_list",
    "PartialAksOnlineDeployment": "partial_aks_online_deployment",
    "PartialBatchDeployment": "partial_batch_deployment",
    "PartialBatchDeploymentPartialTrackedResource": "partial_batch_deployment_partial_tracked_resource",
    "PartialBatchEndpoint": "partial_batch_endpoint",
    "PartialBatchEndpointPartialTrackedResource": "partial_batch_endpoint_partial_tracked_resource",
    "PartialManagedOnlineDeployment": "partial_managed_online_deployment",
    "PartialOnlineDeployment": "partial_online_deployment",
    "PartialOnlineDeploymentPartialTrackedResource": "partial_online_deployment_partial_tracked_resource",
    "PartialOnlineEndpoint": "partial_online_endpoint",
    "PartialOnlineEndpointPartialTrackedResource": "partial_online_endpoint_partial_tracked_resource",
    "Password": "password",
    "PersonalComputeInstanceSettings": "personal_compute_instance_settings",
    "PrivateEndpoint": "private_endpoint",
    "PrivateEndpointConnection": "private_endpoint_connection",
    "PrivateEndpointConnectionListResult": "private_endpoint_connection_list_result",
    "PrivateEndpointConnectionProperties": "private_endpoint_connection_properties",
    "PrivateEndpointConnectionProvisioningState": "private_endpoint_connection_provisioning_state",
    "PrivateEndpointServiceConnectionStatus": "private_endpoint_service_connection_status",
    "PrivateLinkResource": "private_link_resource",
    "PrivateLinkResourceListResult": "private_link_resource_list_result",
    "PrivateLinkResourceProperties": "private_link_resource_properties",
    "PrivateLinkServiceConnectionState": "private_link_service_connection_state",
    "ProbeSettings": "probe_settings",
    "ProgressMetrics": "progress_metrics",
    "ProvisioningState": "provisioning_state",
    "ProvisioningStatus": "provisioning_status",
    "PyTorch": "py_torch",
    "QuotaBaseProperties": "quota_base_properties",
    "QuotaUnit": "quota_unit",
    "QuotaUpdateParameters": "quota_update_parameters",
    "ReasonCode": "reason_code",
    "Recurrence": "recurrence",
    "RecurrenceFrequency": "recurrence_frequency",
    "RecurrenceSchedule": "recurrence_schedule",
    "ReferenceType": "reference_type",
    "RegenerateEndpointKeysRequest": "regenerate_endpoint_keys_request",
    "RegistryListCredentialsResult": "registry_list_credentials_result",
    "RemoteLoginPortPublicAccess": "remote_login_port_public_access",
    "Resource": "resource",
    "ResourceId": "resource_id",
    "ResourceIdentity": "resource_identity",
    "ResourceIdentityAssignment": "resource_identity_assignment",
    "ResourceIdentityType": "resource_identity_type",
    "ResourceName": "resource_name",
    "ResourceQuota": "resource_quota",
    "ResourceSkuLocationInfo": "resource_sku_location_info",
    "ResourceSkuZoneDetails": "resource_sku_zone_details",
    "Restriction": "restriction",
    "Route": "route",
    "SKUCapability": "sku_capability",
    "SamplingAlgorithm": "sampling_algorithm",
    "SasDatastoreCredentials": "sas_datastore_credentials",
    "SasDatastoreSecrets": "sas_datastore_secrets",
    "ScaleSettings": "scale_settings",
    "ScaleType": "scale_type",
    "ScheduleStatus": "schedule_status",
    "ScheduleType": "schedule_type",
    "ScriptReference": "script_reference",
    "ScriptsToExecute": "scripts_to_execute",
    "SecretsType": "secrets_type",
    "ServiceManagedResourcesSettings": "service_managed_resources_settings",
    "ServicePrincipalCredentials": "service_principal_credentials",
    "ServicePrincipalDatastoreCredentials": "service_principal_datastore_credentials",
    "ServicePrincipalDatastoreSecrets": "service_principal_datastore_secrets",
    "SetupScripts": "setup_scripts",
    "SharedPrivateLinkResource": "shared_private_link_resource",
    "SharedPrivateLinkResourceProperty": "shared_private_link_resource_property",
    "Sku": "sku",
    "SkuListResult": "sku_list_result",
    "SqlAdminDatastoreCredentials": "sql_admin_datastore_credentials",
    "SqlAdminDatastoreSecrets": "sql_admin_datastore_secrets",
    "SshPublicAccess": "ssh_public_access",
    "SslConfiguration": "ssl_configuration",
    "SslConfigurationStatus": "ssl_configuration_status",
    "Status": "status",
    "StatusMessage": "status_message",
    "StatusMessageLevel": "status_message_level",
    "SweepJob": "sweep_job",
    "SynapseSpark": "synapse_spark",
    "SynapseSparkPoolProperties": "synapse_spark_pool_properties",
    "SynapseSparkPoolPropertiesProperties": "synapse_spark_pool_properties_properties",
    "SynapseSparkProperties": "synapse_spark_properties",
    "SystemData": "system_data",
    "SystemService": "system_service",
    "TensorFlow": "tensor_flow",
    "TextAnnotationType": "text_annotation_type",
    "TrackedResource": "tracked_resource",
    "TrialComponent": "trial_component",
    "TriggerType": "trigger_type",
    "TruncationSelectionPolicy": "truncation_selection_policy",
    "UnderlyingResourceAction": "underlying_resource_action",
    "UnitOfMeasure": "unit_of_measure",
    "UpdateWorkspaceQuotas": "update_workspace_quotas",
    "UpdateWorkspaceQuotasResult": "update_workspace_quotas_result",
    "Usage": "usage",
    "UsageName": "usage_name",
    "UsageUnit": "usage_unit",
    "UserAccountCredentials": "user_account_credentials",
    "UserAssignedIdentity": "user_assigned_identity",
    "UserAssignedIdentityMeta": "user_assigned_identity_meta",
    "VMPriceOSType": "vm_price_os_type",
    "VMTier": "vm_tier",
    "ValueFormat": "value_format",
    "VirtualMachine": "virtual_machine",
    "VirtualMachineImage": "virtual_machine_image",
    "VirtualMachineProperties": "virtual_machine_properties",
    "VirtualMachineSecrets": "virtual_machine_secrets",
    "VirtualMachineSize": "virtual_machine_size",
    "VirtualMachineSizeListResult": "virtual_machine_size_list_result",
    "VirtualMachineSshCredentials": "virtual_machine_ssh_credentials",
    "VmPriority": "vm_priority",
    "Workspace": "workspace",
    "WorkspaceConnection": "workspace_connection",
    "WorkspaceConnectionProps": "workspace_connection_props",
    "WorkspaceListResult": "workspace_list_result",
    "WorkspaceProperties": "workspace_properties",
    "WorkspacePropertiesUpdateParameters": "workspace_properties_update_parameters",
    "WorkspaceSku": "workspace_sku",
    "WorkspaceUpdateParameters": "workspace_update_parameters",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


__all__ = [
    "AccountKeyDatastoreCredentials",
    "AccountKeyDatastoreSecrets",
    "AKS",
    "AksComputeSecrets",
    "AksNetworkingConfiguration",
    "AKSProperties",
    "AllocationState",
    "AmlCompute",
    "AmlComputeNodeInformation",
    "AmlComputeNodesInformation",
    "AmlComputeProperties",
    "AmlToken",
    "AmlUserFeature",
    "ApplicationSharingPolicy",
    "AssetReferenceBase",
    "AssignedUser",
    "AutoPauseProperties",
    "AutoScaleProperties",
    "AutoScaleSettings",
    "AzureBlobContents",
    "AzureDataLakeGen1Contents",
    "AzureDataLakeGen2Contents",
    "AzureFileContents",
    "AzurePostgreSqlContents",
    "AzureSqlDatabaseContents",
    "BanditPolicy",
    "BatchDeployment",
    "BatchDeploymentTrackedResource",
    "BatchDeploymentTrackedResourceArmPaginatedResult",
    "BatchEndpoint",
    "BatchEndpointTrackedResource",
    "BatchEndpointTrackedResourceArmPaginatedResult",
    "BatchLoggingLevel",
    "BatchOutputAction",
    "BatchOutputConfiguration",
    "BatchRetrySettings",
    "BillingCurrency",
    "CertificateDatastoreCredentials",
    "CertificateDatastoreSecrets",
    "ClusterPurpose",
    "ClusterUpdateParameters",
    "ClusterUpdateProperties",
    "CocoExportSummary",
    "CodeConfiguration",
    "CodeContainer",
    "CodeContainerResource",
    "CodeContainerResourceArmPaginatedResult",
    "CodeVersion",
    "CodeVersionResource",
    "CodeVersionResourceArmPaginatedResult",
    "CommandJob",
    "Compute",
    "ComputeConfiguration",
    "ComputeInstance",
    "ComputeInstanceApplication",
    "ComputeInstanceAuthorizationType",
    "ComputeInstanceConnectivityEndpoints",
    "ComputeInstanceCreatedBy",
    "ComputeInstanceLastOperation",
    "ComputeInstanceProperties",
    "ComputeInstanceSshSettings",
    "ComputeInstanceState",
    "ComputeNodesInformation",
    "ComputePowerAction",
    "ComputeResource",
    "ComputeSchedules",
    "ComputeSecrets",
    "ComputeStartStopSchedule",
    "ComputeType",
    "ContainerResourceRequirements",
    "ContainerType",
    "ContentsType",
    "CosmosDbSettings",
    "CreatedByType",
    "CredentialsType",
    "Cron",
    "CsvExportSummary",
    "DataBindingMode",
    "Databricks",
    "DatabricksComputeSecrets",
    "DatabricksProperties",
    "DataContainer",
    "DataContainerResource",
    "DataContainerResourceArmPaginatedResult",
    "DataFactory",
    "DataLakeAnalytics",
    "DataLakeAnalyticsProperties",
    "DataPathAssetReference",
    "DatasetExportSummary",
    "DatasetType",
    "DatastoreContents",
    "DatastoreCredentials",
    "DatastoreProperties",
    "DatastorePropertiesResource",
    "DatastorePropertiesResourceArmPaginatedResult",
    "DatastoreSecrets",
    "DataVersion",
    "DataVersionResource",
    "DataVersionResourceArmPaginatedResult",
    "DaysOfWeek",
    "DeploymentLogs",
    "DeploymentLogsRequest",
    "DeploymentProvisioningState",
    "DistributionConfiguration",
    "DistributionType",
    "DockerBuild",
    "DockerImage",
    "DockerImagePlatform",
    "DockerSpecification",
    "DockerSpecificationType",
    "EarlyTerminationPolicy",
    "EarlyTerminationPolicyType",
    "EncryptionProperty",
    "EncryptionStatus",
    "EndpointAuthKeys",
    "EndpointAuthMode",
    "EndpointAuthToken",
    "EndpointComputeType",
    "EndpointProvisioningState",
    "EnvironmentContainer",
    "EnvironmentContainerResource",
    "EnvironmentContainerResourceArmPaginatedResult",
    "EnvironmentSpecificationType",
    "EnvironmentSpecificationVersion",
    "EnvironmentSpecificationVersionResource",
    "EnvironmentSpecificationVersionResourceArmPaginatedResult",
    "ErrorAdditionalInfo",
    "ErrorDetail",
    "ErrorResponse",
    "EstimatedVMPrice",
    "EstimatedVMPrices",
    "ExportFormatType",
    "ExportSummary",
    "FlavorData",
    "GlusterFsContents",
    "Goal",
    "HDInsight",
    "HDInsightProperties",
    "IdAssetReference",
    "Identity",
    "IdentityConfiguration",
    "IdentityConfigurationType",
    "IdentityForCmk",
    "ImageAnnotationType",
    "InferenceContainerProperties",
    "InputDataBinding",
    "JobBase",
    "JobBaseResource",
    "JobBaseResourceArmPaginatedResult",
    "JobEndpoint",
    "JobOutput",
    "JobProvisioningState",
    "JobStatus",
    "JobType",
    "K8sOnlineDeployment",
    "KeyType",
    "KeyVaultProperties",
    "LabelCategory",
    "LabelClass",
    "LabelingDatasetConfiguration",
    "LabelingJob",
    "LabelingJobImageProperties",
    "LabelingJobInstructions",
    "LabelingJobMediaProperties",
    "LabelingJobResource",
    "LabelingJobResourceArmPaginatedResult",
    "LabelingJobTextProperties",
    "LinkedInfo",
    "ListAmlUserFeatureResult",
    "ListNotebookKeysResult",
    "ListStorageAccountKeysResult",
    "ListUsagesResult",
    "ListWorkspaceKeysResult",
    "ListWorkspaceQuotas",
    "LoadBalancerType",
    "ManagedIdentity",
    "ManagedOnlineDeployment",
    "ManualScaleSettings",
    "MedianStoppingPolicy",
    "MediaType",
    "MLAssistConfiguration",
    "ModelContainer",
    "ModelContainerResource",
    "ModelContainerResourceArmPaginatedResult",
    "ModelVersion",
    "ModelVersionResource",
    "ModelVersionResourceArmPaginatedResult",
    "Mpi",
    "NodeState",
    "NodeStateCounts",
    "NoneDatastoreCredentials",
    "NoneDatastoreSecrets",
    "NotebookAccessTokenResult",
    "NotebookPreparationError",
    "NotebookResourceInfo",
    "Objective",
    "OnlineDeployment",
    "OnlineDeploymentTrackedResource",
    "OnlineDeploymentTrackedResourceArmPaginatedResult",
    "OnlineEndpoint",
    "OnlineEndpointTrackedResource",
    "OnlineEndpointTrackedResourceArmPaginatedResult",
    "OnlineRequestSettings",
    "OnlineScaleSettings",
    "OperatingSystemType",
    "Operation",
    "OperationDisplay",
    "OperationListResult",
    "OperationName",
    "OperationStatus",
    "OrderString",
    "OriginType",
    "OsType",
    "OutputDataBinding",
    "OutputPathAssetReference",
    "PaginatedComputeResourcesList",
    "PaginatedWorkspaceConnectionsList",
    "PartialAksOnlineDeployment",
    "PartialBatchDeployment",
    "PartialBatchDeploymentPartialTrackedResource",
    "PartialBatchEndpoint",
    "PartialBatchEndpointPartialTrackedResource",
    "PartialManagedOnlineDeployment",
    "PartialOnlineDeployment",
    "PartialOnlineDeploymentPartialTrackedResource",
    "PartialOnlineEndpoint",
    "PartialOnlineEndpointPartialTrackedResource",
    "Password",
    "PersonalComputeInstanceSettings",
    "PrivateEndpoint",
    "PrivateEndpointConnection",
    "PrivateEndpointConnectionListResult",
    "PrivateEndpointConnectionProperties",
    "PrivateEndpointConnectionProvisioningState",
    "PrivateEndpointServiceConnectionStatus",
    "PrivateLinkResource",
    "PrivateLinkResourceListResult",
    "PrivateLinkResourceProperties",
    "PrivateLinkServiceConnectionState",
    "ProbeSettings",
    "ProgressMetrics",
    "ProvisioningState",
    "ProvisioningStatus",
    "PyTorch",
    "QuotaBaseProperties",
    "QuotaUnit",
    "QuotaUpdateParameters",
    "ReasonCode",
    "Recurrence",
    "RecurrenceFrequency",
    "RecurrenceSchedule",
    "ReferenceType",
    "RegenerateEndpointKeysRequest",
    "RegistryListCredentialsResult",
    "RemoteLoginPortPublicAccess",
    "Resource",
    "ResourceId",
    "ResourceIdentity",
    "ResourceIdentityAssignment",
    "ResourceIdentityType",
    "ResourceName",
    "ResourceQuota",
    "ResourceSkuLocationInfo",
    "ResourceSkuZoneDetails",
    "Restriction",
    "Route",
    "SamplingAlgorithm",
    "SasDatastoreCredentials",
    "SasDatastoreSecrets",
    "ScaleSettings",
    "ScaleType",
    "ScheduleStatus",
    "ScheduleType",
    "ScriptReference",
    "ScriptsToExecute",
    "SecretsType",
    "ServiceManagedResourcesSettings",
    "ServicePrincipalCredentials",
    "ServicePrincipalDatastoreCredentials",
    "ServicePrincipalDatastoreSecrets",
    "SetupScripts",
    "SharedPrivateLinkResource",
    "SharedPrivateLinkResourceProperty",
    "Sku",
    "SKUCapability",
    "SkuListResult",
    "SqlAdminDatastoreCredentials",
    "SqlAdminDatastoreSecrets",
    "SshPublicAccess",
    "SslConfiguration",
    "SslConfigurationStatus",
    "Status",
    "StatusMessage",
    "StatusMessageLevel",
    "SweepJob",
    "SynapseSpark",
    "SynapseSparkPoolProperties",
    "SynapseSparkPoolPropertiesProperties",
    "SynapseSparkProperties",
    "SystemData",
    "SystemService",
    "TensorFlow",
    "TextAnnotationType",
    "TrackedResource",
    "TrialComponent",
    "TriggerType",
    "TruncationSelectionPolicy",
    "UnderlyingResourceAction",
    "UnitOfMeasure",
    "UpdateWorkspaceQuotas",
    "UpdateWorkspaceQuotasResult",
    "Usage",
    "UsageName",
    "UsageUnit",
    "UserAccountCredentials",
    "UserAssignedIdentities",
    "UserAssignedIdentity",
    "UserAssignedIdentityMeta",
    "ValueFormat",
    "VirtualMachine",
    "VirtualMachineImage",
    "VirtualMachineProperties",
    "VirtualMachineSecrets",
    "VirtualMachineSize",
    "VirtualMachineSizeListResult",
    "VirtualMachineSshCredentials",
    "VMPriceOSType",
    "VmPriority",
    "VMTier",
    "Workspace",
    "WorkspaceConnection",
    "WorkspaceConnectionProps",
    "WorkspaceListResult",
    "WorkspaceProperties",
    "WorkspacePropertiesUpdateParameters",
    "WorkspaceSku",
    "WorkspaceUpdateParameters",
]
