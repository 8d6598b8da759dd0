# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""VirtualMachineSecrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define, field

from .._model import Field
from ..types import UNSET, Unset
from .compute_secrets import ComputeSecrets

if TYPE_CHECKING:
    from .compute_type import ComputeType
    from .virtual_machine_ssh_credentials import VirtualMachineSshCredentials


@define(kw_only=True, repr=False, getstate_setstate=False)
class VirtualMachineSecrets(ComputeSecrets):
    """VirtualMachineSecrets.

    `computeType` is always `VirtualMachine`.
    """

    administrator_account: VirtualMachineSshCredentials | None | Unset = UNSET
    compute_type: ComputeType | str = field(init=False)

    _fields: ClassVar[Mapping[str, Field]] = {
        "administrator_account": Field("administratorAccount", "VirtualMachineSshCredentials"),
        "compute_type": Field("computeType", "enum[ComputeType]", required=True),
    }
    _pinned: ClassVar[Mapping[str, str]] = {"computeType": "VirtualMachine"}
