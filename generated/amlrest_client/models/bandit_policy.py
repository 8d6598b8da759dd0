# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""BanditPolicy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .early_termination_policy import EarlyTerminationPolicy

if TYPE_CHECKING:
    from .early_termination_policy_type import EarlyTerminationPolicyType


@define(kw_only=True, repr=False, getstate_setstate=False)
class BanditPolicy(EarlyTerminationPolicy):
    """BanditPolicy.

    `policyType` is always `Bandit`.
    """

    slack_amount: float | None | Unset = UNSET
    slack_factor: float | None | Unset = UNSET
    policy_type: EarlyTerminationPolicyType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "slack_amount": Field("slackAmount", "float"),
        "slack_factor": Field("slackFactor", "float"),
        "policy_type": Field("policyType", "enum[EarlyTerminationPolicyType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"policyType": "Bandit"}
