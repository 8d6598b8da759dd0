# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""AksComputeSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .compute_secrets import ComputeSecrets

if TYPE_CHECKING:
    from .compute_type import ComputeType


@define(kw_only=True, repr=False, getstate_setstate=False)
class AksComputeSecrets(ComputeSecrets):
    """AksComputeSecrets.

    `computeType` is always `AKS`.
    """

    user_kube_config: str | None | Unset = UNSET
    admin_kube_config: str | None | Unset = UNSET
    image_pull_secret_name: str | None | Unset = UNSET
    compute_type: ComputeType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "user_kube_config": Field("userKubeConfig", "str", secret=True),
        "admin_kube_config": Field("adminKubeConfig", "str", secret=True),
        "image_pull_secret_name": Field("imagePullSecretName", "str"),
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"computeType": "AKS"}
