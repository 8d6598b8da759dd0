# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""MLAssistConfiguration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .compute_configuration import ComputeConfiguration


@define(kw_only=True, repr=False, getstate_setstate=False)
class MLAssistConfiguration(Model):
    """MLAssistConfiguration."""

    inferencing_compute_binding: ComputeConfiguration | None | Unset = UNSET
    ml_assist_enabled: bool | None | Unset = UNSET
    training_compute_binding: ComputeConfiguration | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "inferencing_compute_binding": Field("inferencingComputeBinding", "ComputeConfiguration"),
        "ml_assist_enabled": Field("mlAssistEnabled", "bool"),
        "training_compute_binding": Field("trainingComputeBinding", "ComputeConfiguration"),
    }
