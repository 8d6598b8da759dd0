# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""EarlyTerminationPolicy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .early_termination_policy_type import EarlyTerminationPolicyType


@define(kw_only=True, repr=False, getstate_setstate=False)
class EarlyTerminationPolicy(Model):
    """EarlyTerminationPolicy; `from_dict` returns the subtype selected by `policyType`."""

    delay_evaluation: int | None | Unset = UNSET
    evaluation_interval: int | None | Unset = UNSET
    policy_type: EarlyTerminationPolicyType | str

    _fields: ClassVar[Mapping[str, Field]] = {
        "delay_evaluation": Field("delayEvaluation", "int"),
        "evaluation_interval": Field("evaluationInterval", "int"),
        "policy_type": Field("policyType", "enum[EarlyTerminationPolicyType]", required=True),
    }
    _discriminator: ClassVar[str] = "policyType"
    _subtypes: ClassVar[Mapping[str, str]] = {
        "bandit": "BanditPolicy",
        "medianstopping": "MedianStoppingPolicy",
        "truncationselection": "TruncationSelectionPolicy",
    }
