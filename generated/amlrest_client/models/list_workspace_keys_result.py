# Generated from spec/2021-03-01-preview/openapi.json. Do not edit: run `python codegen.py generate`.
"""ListWorkspaceKeysResult."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from attrs import define

from .._model import Field, Model
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from .list_notebook_keys_result import ListNotebookKeysResult
    from .registry_list_credentials_result import RegistryListCredentialsResult


@define(kw_only=True, repr=False, getstate_setstate=False)
class ListWorkspaceKeysResult(Model):
    """ListWorkspaceKeysResult."""

    user_storage_key: str | None | Unset = UNSET
    user_storage_resource_id: str | None | Unset = UNSET
    app_insights_instrumentation_key: str | None | Unset = UNSET
    container_registry_credentials: RegistryListCredentialsResult | None | Unset = UNSET
    notebook_access_keys: ListNotebookKeysResult | None | Unset = UNSET

    _fields: ClassVar[Mapping[str, Field]] = {
        "user_storage_key": Field("userStorageKey", "str", read_only=True, secret=True),
        "user_storage_resource_id": Field("userStorageResourceId", "str", read_only=True),
        "app_insights_instrumentation_key": Field(
            "appInsightsInstrumentationKey", "str", read_only=True, secret=True
        ),
        "container_registry_credentials": Field(
            "containerRegistryCredentials", "RegistryListCredentialsResult", read_only=True
        ),
        "notebook_access_keys": Field(
            "notebookAccessKeys", "ListNotebookKeysResult", read_only=True
        ),
    }
