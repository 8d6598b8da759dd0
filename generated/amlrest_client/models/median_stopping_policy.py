# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""MedianStoppingPolicy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from .early_termination_policy import EarlyTerminationPolicy

if TYPE_CHECKING:
    from .early_termination_policy_type import EarlyTerminationPolicyType


@define(kw_only=True, repr=False, getstate_setstate=False)
class MedianStoppingPolicy(EarlyTerminationPolicy):
    """MedianStoppingPolicy.

    `policyType` is always `MedianStopping`.
    """

    policy_type: EarlyTerminationPolicyType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "policy_type": Field("policyType", "enum[EarlyTerminationPolicyType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"policyType": "MedianStopping"}
