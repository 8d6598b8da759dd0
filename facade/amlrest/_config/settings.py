"""Which workspace, where: found in a fixed order, the first place that names a value wins.

1. arguments
2. environment variables: `AZURE_SUBSCRIPTION_ID`, `AZURE_RESOURCE_GROUP`,
   `AZUREML_WORKSPACE_NAME`, `AMLREST_ENDPOINT`, `AZURE_CLOUD`, and the ones Azure ML sets
   inside a job (`AZUREML_ARM_SUBSCRIPTION`, …)
3. `config.json` as the studio hands it out, in `.azureml/` or beside it, in the working
   folder or the nearest folder above it that has one
4. the az configuration, in its own order: `AZURE_DEFAULTS_GROUP`, `AZURE_DEFAULTS_WORKSPACE`,
   then what `az config set defaults.group=… defaults.workspace=…` wrote, with `--local` to an
   `.azure` folder here or above, else to the one in `AZURE_CONFIG_DIR` or the home folder; the
   cloud and the default subscription of `az login`

Files are read only for what the places before them leave open.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from amlrest import ids
from amlrest._config import clouds
from amlrest._config.config_file import find_config_file, read_config_file
from amlrest._paths import expand_user
from amlrest._urls import is_loopback, redact_url, split
from amlrest.errors import ConfigError, NoWorkspaceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amlrest._config.clouds import Cloud

VARIABLES: dict[str, tuple[str, ...]] = {
    "subscription_id": ("AZURE_SUBSCRIPTION_ID", "AZUREML_ARM_SUBSCRIPTION"),
    "resource_group": ("AZURE_RESOURCE_GROUP", "AZUREML_ARM_RESOURCEGROUP"),
    "name": ("AZUREML_WORKSPACE_NAME", "AZUREML_ARM_WORKSPACE_NAME"),
    "endpoint": ("AMLREST_ENDPOINT",),
    "cloud": ("AZURE_CLOUD", "AZUREML_CURRENT_CLOUD"),
}
_NAME = re.compile(r"[\w().-]*[\w()-]")
_REQUIRED = ("subscription_id", "resource_group", "name")


class Settings(NamedTuple):
    """One workspace and how to reach it.

    Attributes:
        subscription_id: the subscription.
        resource_group: the resource group.
        name: the workspace.
        endpoint: Azure Resource Manager or a local workspace, without a trailing slash.
        cloud: the cloud whose tokens and hosts are used.
    """

    subscription_id: str
    resource_group: str
    name: str
    endpoint: str
    cloud: Cloud

    @property
    def workspace_id(self) -> str:
        """The resource id of the workspace."""
        return ids.workspace_id(self.subscription_id, self.resource_group, self.name)


def make_settings(
    *,
    subscription_id: str | None,
    resource_group: str | None,
    name: str | None,
    endpoint: str | None = None,
    cloud: str | None = None,
) -> Settings:
    """Check values that were given outright; nothing else is looked at.

    Raises:
        ConfigError: a value is missing or not usable.
    """
    given = {"subscription_id": subscription_id, "resource_group": resource_group, "name": name}
    missing = [key for key, value in given.items() if not value]
    if missing or not (subscription_id and resource_group and name):
        raise ConfigError(
            f"{', '.join(missing)} not given; pass them, or use Workspace.from_config() to have "
            "them looked up"
        )
    for key, value in given.items():
        _check_name(key, value)
    where = clouds.get_cloud(cloud or "public")
    return Settings(
        subscription_id, resource_group, name, check_endpoint(endpoint or where.endpoint), where
    )


def _check_name(key: str, value: object) -> None:
    """Refuse what is no name, such as the placeholder of a template, or would change an id."""
    if not (isinstance(value, str) and _NAME.fullmatch(value)):
        raise ConfigError(
            f"{key} {value!r} cannot be right; use text of letters, digits and '-', '_', '.', "
            "'(' or ')'"
        )


def find_settings(
    given: Mapping[str, str | None],
    *,
    environ: Mapping[str, str] | None = None,
    folder: str | Path | None = None,
    config_file: str | Path | None = None,
) -> Settings:
    """Resolve the settings in the order at the top of this module.

    Args:
        given: arguments by name: `subscription_id`, `resource_group`, `name`, `endpoint`,
            `cloud`; None counts as absent.
        environ: environment variables; the process's own by default.
        folder: where the search for `config.json` starts; the working folder by default.
        config_file: this file instead of a search.

    Raises:
        NoWorkspaceError: a value is nowhere, with what is missing and where it was looked for.
        ConfigError: a value or a file cannot be used.
    """
    env = os.environ if environ is None else environ
    found: dict[str, str] = {}
    tried = [_fill(found, given, "arguments"), _fill(found, read_environment(env), "environment")]
    if _incomplete(found) or config_file:
        tried.append(_fill(found, *_from_config_file(folder, config_file)))
    if _incomplete(found):
        from amlrest._config import az_cli

        tried.append(
            _fill(found, *az_cli.read_az_defaults(env, _start(folder), found.get("cloud")))
        )
    if _incomplete(found):
        raise NoWorkspaceError(_complaint(found, tried))
    return make_settings(**{key: found.get(key) for key in VARIABLES})


def read_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """What the environment variables name; empty ones count as absent."""
    return {
        key: value
        for key, variables in VARIABLES.items()
        if (value := next((environ[v] for v in variables if environ.get(v)), None))
    }


def check_endpoint(endpoint: str) -> str:
    """Accept https, or http on loopback, and cut the trailing slash.

    Raises:
        ConfigError: anything else, since a token would travel in the clear.
    """
    if not isinstance(endpoint, str):
        raise ConfigError(f"endpoint {endpoint!r} is {type(endpoint).__name__}; use a URL")
    parts = split(endpoint)
    usable = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(endpoint))
    if not usable or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise ConfigError(
            f"endpoint {redact_url(endpoint)!r} cannot be used: it must be https://<host>, "
            "or http://127.0.0.1:<port> for a local workspace"
        )
    return endpoint.rstrip("/")


def _incomplete(found: Mapping[str, str]) -> bool:
    return any(key not in found for key in _REQUIRED)


def _fill(found: dict[str, str], values: Mapping[str, str | None], place: str) -> str:
    for key, value in values.items():
        if value:
            found.setdefault(key, value)
    return place


def _complaint(found: Mapping[str, str], tried: list[str]) -> str:
    missing = [key for key in _REQUIRED if key not in found]
    names = ", ".join(f"{key} ({VARIABLES[key][0]})" for key in missing)
    return f"no workspace: {names} not found in {'; '.join(tried)}"


def _from_config_file(
    folder: str | Path | None, config_file: str | Path | None
) -> tuple[dict[str, str], str]:
    start = _start(folder)
    path = expand_user(config_file) if config_file else find_config_file(start)
    if path is None:
        return {}, f"config.json in {start} or a folder above"
    return read_config_file(path), str(path)


def _start(folder: str | Path | None) -> Path:
    try:
        return Path(folder or Path.cwd()).resolve()
    except OSError as error:
        raise ConfigError(f"the working folder cannot be used: {error.strerror}") from error
