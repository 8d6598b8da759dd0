# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""UserAccountCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    pass


@define(kw_only=True, repr=False, getstate_setstate=False)
class UserAccountCredentials(Model):
    """UserAccountCredentials."""

    admin_user_name: str
    admin_user_ssh_public_key: str | None | Unset = UNSET
    admin_user_password: str | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "admin_user_name": Field("adminUserName", "str", required=True),
        "admin_user_ssh_public_key": Field("adminUserSshPublicKey", "str"),
        "admin_user_password": Field("adminUserPassword", "str", secret=True),
    }
