"""Azure clouds: their endpoints, authorities and token scopes, by name."""

from __future__ import annotations

from typing import NamedTuple

from amlrest.errors import ConfigError


class Cloud(NamedTuple):
    """One Azure cloud.

    Attributes:
        name: the short name: `public`, `china` or `usgov`.
        endpoint: the URL of Azure Resource Manager.
        authority: the Microsoft Entra host that issues tokens.
        scope: the token scope of Azure Resource Manager.
        ml_domain: the domain of Azure ML's regional hosts.
        storage_suffix: the domain after `<account>.blob.` in a storage host.
        data_plane: the domain of the addresses of endpoints, and the audience of tokens for them.
    """

    name: str
    endpoint: str
    authority: str
    scope: str
    ml_domain: str
    storage_suffix: str
    data_plane: str

    @property
    def data_plane_scope(self) -> str:
        """The token scope of the addresses of endpoints."""
        return f"https://{self.data_plane}/.default"


CLOUDS = {
    "public": Cloud(
        "public",
        "https://management.azure.com",
        "https://login.microsoftonline.com",
        "https://management.azure.com/.default",
        "api.azureml.ms",
        "core.windows.net",
        "ml.azure.com",
    ),
    "china": Cloud(
        "china",
        "https://management.chinacloudapi.cn",
        "https://login.chinacloudapi.cn",
        "https://management.chinacloudapi.cn/.default",
        "api.ml.azure.cn",
        "core.chinacloudapi.cn",
        "ml.azure.cn",
    ),
    "usgov": Cloud(
        "usgov",
        "https://management.usgovcloudapi.net",
        "https://login.microsoftonline.us",
        "https://management.usgovcloudapi.net/.default",
        "api.ml.azure.us",
        "core.usgovcloudapi.net",
        "ml.azure.us",
    ),
}
# The names in the Azure CLI, azure-identity and older tools.
_ALIASES = {
    "azurecloud": "public",
    "azurepubliccloud": "public",
    "azurechinacloud": "china",
    "azureusgovernment": "usgov",
    "azureusgovernmentcloud": "usgov",
}


def get_cloud(name: str) -> Cloud:
    """Return a cloud by its short name or its name in other Azure tools.

    Raises:
        ConfigError: the name is unknown.
    """
    found = find_cloud(name)
    if found is None:
        raise ConfigError(f"unknown cloud {name!r}; use one of {', '.join(CLOUDS)}")
    return found


def find_cloud(name: str) -> Cloud | None:
    """Return a cloud by any of its names; None when the name is unknown."""
    key = str(name).strip().lower()
    return CLOUDS.get(_ALIASES.get(key, key))
