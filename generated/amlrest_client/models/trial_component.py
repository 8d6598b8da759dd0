# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""TrialComponent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .distribution_configuration import DistributionConfiguration
    from .input_data_binding import InputDataBinding
    from .output_data_binding import OutputDataBinding


@define(kw_only=True, repr=False, getstate_setstate=False)
class TrialComponent(Model):
    """TrialComponent."""

    code_id: str | None | Unset = UNSET
    command: str
    distribution: DistributionConfiguration | None | Unset = UNSET
    environment_id: str | None | Unset = UNSET
    environment_variables: dict[str, str] | None | Unset = UNSET
    input_data_bindings: dict[str, InputDataBinding] | None | Unset = UNSET
    output_data_bindings: dict[str, OutputDataBinding] | None | Unset = UNSET
    timeout: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "code_id": Field("codeId", "str"),
        "command": Field("command", "str", required=True),
        "distribution": Field("distribution", "DistributionConfiguration"),
        "environment_id": Field("environmentId", "str"),
        "environment_variables": Field("environmentVariables", "dict[str]"),
        "input_data_bindings": Field("inputDataBindings", "dict[InputDataBinding]"),
        "output_data_bindings": Field("outputDataBindings", "dict[OutputDataBinding]"),
        "timeout": Field("timeout", "str"),
    }
