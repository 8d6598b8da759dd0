# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ComputeInstanceSshSettings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .ssh_public_access import SshPublicAccess


@define(kw_only=True, repr=False, getstate_setstate=False)
class ComputeInstanceSshSettings(Model):
    """ComputeInstanceSshSettings."""

    ssh_public_access: SshPublicAccess | str | None | Unset = UNSET
    admin_user_name: str | None | Unset = UNSET
    ssh_port: int | None | Unset = UNSET
    admin_public_key: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "ssh_public_access": Field("sshPublicAccess", "enum[SshPublicAccess]"),
        "admin_user_name": Field("adminUserName", "str", read_only=True),
        "ssh_port": Field("sshPort", "int", read_only=True),
        "admin_public_key": Field("adminPublicKey", "str"),
    }
