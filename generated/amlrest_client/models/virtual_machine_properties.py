# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""VirtualMachineProperties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .virtual_machine_ssh_credentials import VirtualMachineSshCredentials


@define(kw_only=True, repr=False, getstate_setstate=False)
class VirtualMachineProperties(Model):
    """VirtualMachineProperties."""

    virtual_machine_size: str | None | Unset = UNSET
    ssh_port: int | None | Unset = UNSET
    address: str | None | Unset = UNSET
    administrator_account: VirtualMachineSshCredentials | None | Unset = UNSET
    is_notebook_instance_compute: bool | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "virtual_machine_size": Field("virtualMachineSize", "str"),
        "ssh_port": Field("sshPort", "int"),
        "address": Field("address", "str"),
        "administrator_account": Field("administratorAccount", "VirtualMachineSshCredentials"),
        "is_notebook_instance_compute": Field("isNotebookInstanceCompute", "bool"),
    }
