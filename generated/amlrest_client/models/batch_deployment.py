# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BatchDeployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .asset_reference_base import AssetReferenceBase
    from .batch_logging_level import BatchLoggingLevel
    from .batch_output_configuration import BatchOutputConfiguration
    from .batch_retry_settings import BatchRetrySettings
    from .code_configuration import CodeConfiguration
    from .compute_configuration import ComputeConfiguration


@define(kw_only=True, repr=False, getstate_setstate=False)
class BatchDeployment(Model):
    """BatchDeployment."""

    code_configuration: CodeConfiguration | None | Unset = UNSET
    compute: ComputeConfiguration | None | Unset = UNSET
    description: str | None | Unset = UNSET
    environment_id: str | None | Unset = UNSET
    environment_variables: dict[str, str] | None | Unset = UNSET
    error_threshold: int | None | Unset = UNSET
    logging_level: BatchLoggingLevel | str | None | Unset = UNSET
    mini_batch_size: int | None | Unset = UNSET
    model: AssetReferenceBase | None | Unset = UNSET
    output_configuration: BatchOutputConfiguration | None | Unset = UNSET
    partition_keys: list[str] | None | Unset = UNSET
    properties: dict[str, str] | None | Unset = UNSET
    retry_settings: BatchRetrySettings | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "code_configuration": Field("codeConfiguration", "CodeConfiguration"),
        "compute": Field("compute", "ComputeConfiguration"),
        "description": Field("description", "str"),
        "environment_id": Field("environmentId", "str"),
        "environment_variables": Field("environmentVariables", "dict[str]"),
        "error_threshold": Field("errorThreshold", "int"),
        "logging_level": Field("loggingLevel", "enum[BatchLoggingLevel]"),
        "mini_batch_size": Field("miniBatchSize", "int"),
        "model": Field("model", "AssetReferenceBase"),
        "output_configuration": Field("outputConfiguration", "BatchOutputConfiguration"),
        "partition_keys": Field("partitionKeys", "list[str]"),
        "properties": Field("properties", "dict[str]"),
        "retry_settings": Field("retrySettings", "BatchRetrySettings"),
    }
