"""Workspace settings: resolved in a fixed order, where the first source with a value wins.

1. arguments
2. environment variables: `AZURE_SUBSCRIPTION_ID`, `AZURE_RESOURCE_GROUP`,
   `AZUREML_WORKSPACE_NAME`, `AMLREST_ENDPOINT`, `AZURE_CLOUD`, `AMLREST_API_VERSION`, and the ones Azure ML sets
   inside a job (`AZUREML_ARM_SUBSCRIPTION`, …)
3. `config.json` as downloaded from Azure ML studio: `.azureml/config.json` or `config.json` in
   the working folder or its nearest parent that has one
4. the Azure CLI, in its own order: `AZURE_DEFAULTS_GROUP`, `AZURE_DEFAULTS_WORKSPACE`, then the
   values of `az config set defaults.group=… defaults.workspace=…`, with `--local` in an `.azure`
   folder here or above, else in `AZURE_CONFIG_DIR` or the home folder; the cloud and the default
   subscription of `az login`

Files are read only for values that earlier sources do not have.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from amlrest import ids
from amlrest._advice import TO_DO, name_workspace
from amlrest._config import clouds
from amlrest._config.api_version import check_api_version
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
    "api_version": ("AMLREST_API_VERSION",),
}
_NAME = re.compile(r"[\w().-]*[\w()-]")
_REQUIRED = ("subscription_id", "resource_group", "name")


class Found(NamedTuple):
    """A setting and where it was found.

    Attributes:
        value: its value.
        source: such as ``environment`` or the path of a file.
    """

    value: str
    source: str


class Settings(NamedTuple):
    """The workspace and its endpoint.

    Attributes:
        subscription_id: the subscription.
        resource_group: the resource group.
        name: the workspace.
        endpoint: URL of Azure Resource Manager or a local workspace, without a trailing slash.
        cloud: the Azure cloud.
        api_version: API version of the requests; that of the generated client if None.
    """

    subscription_id: str
    resource_group: str
    name: str
    endpoint: str
    cloud: Cloud
    api_version: str | None = None

    @property
    def workspace_id(self) -> str:
        """Resource id of the workspace."""
        return ids.workspace_id(self.subscription_id, self.resource_group, self.name)


def make_settings(
    *,
    subscription_id: str | None,
    resource_group: str | None,
    name: str | None,
    endpoint: str | None = None,
    cloud: str | None = None,
    api_version: str | None = None,
) -> Settings:
    """Return settings from explicit values; environment and files are not read.

    Raises:
        ConfigError: a value is missing or invalid.
    """
    given = {"subscription_id": subscription_id, "resource_group": resource_group, "name": name}
    missing = [key for key, value in given.items() if not value]
    if missing or not (subscription_id and resource_group and name):
        raise ConfigError(
            f"{', '.join(missing)} missing; pass them, or use Workspace.from_config() to read "
            "them from the environment or config.json"
        )
    for key, value in given.items():
        _check_name(key, value)
    where = clouds.get_cloud(cloud or "public")
    return Settings(
        subscription_id,
        resource_group,
        name,
        check_endpoint(endpoint or where.endpoint),
        where,
        check_api_version(api_version) if api_version else None,
    )


def _check_name(key: str, value: object) -> None:
    """Reject placeholders of templates, and characters that would change a resource id."""
    if not (isinstance(value, str) and _NAME.fullmatch(value)):
        raise ConfigError(
            f"invalid {key} {value!r}; use letters, digits, '-', '_', '.', '(' and ')'"
        )


def find_settings(
    given: Mapping[str, str | None],
    *,
    environ: Mapping[str, str] | None = None,
    folder: str | Path | None = None,
    config_file: str | Path | None = None,
) -> Settings:
    """Return settings, resolved in the order at the top of this module.

    Args:
        given: arguments by name: `subscription_id`, `resource_group`, `name`, `endpoint`,
            `cloud`, `api_version`; None counts as absent.
        environ: environment variables; those of the process by default.
        folder: where the search for `config.json` starts; the working folder by default.
        config_file: the file to read instead of searching for one.

    Raises:
        NoWorkspaceError: a value is missing; names it and the sources that were searched.
        ConfigError: a value or a file is invalid.
    """
    found, sources = trace_settings(given, environ=environ, folder=folder, config_file=config_file)
    if _incomplete(found):
        error = NoWorkspaceError(_missing_message(found, sources))
        error.add_note(TO_DO + name_workspace())
        raise error
    return make_settings(**{key: found[key].value if key in found else None for key in VARIABLES})


def trace_settings(
    given: Mapping[str, str | None],
    *,
    environ: Mapping[str, str] | None = None,
    folder: str | Path | None = None,
    config_file: str | Path | None = None,
) -> tuple[dict[str, Found], list[str]]:
    """Return each setting with its source, and the sources that were searched.

    Args:
        given: as for `find_settings`, like the other arguments.
        environ: environment variables.
        folder: where the search for `config.json` starts.
        config_file: the file to read instead.

    Raises:
        ConfigError: a file is invalid.
    """
    env = os.environ if environ is None else environ
    found: dict[str, Found] = {}
    sources = [_fill(found, given, "arguments"), _fill(found, read_environment(env), "environment")]
    if _incomplete(found) or config_file:
        sources.append(_fill(found, *_from_config_file(folder, config_file)))
    if _incomplete(found):
        from amlrest._config import az_cli

        cloud = found["cloud"].value if "cloud" in found else None
        sources.append(_fill(found, *az_cli.read_az_defaults(env, _start(folder), cloud)))
    return found, sources


def read_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the values of the environment variables; empty ones count as absent."""
    return {
        key: value
        for key, variables in VARIABLES.items()
        if (value := next((environ[v] for v in variables if environ.get(v)), None))
    }


def check_endpoint(endpoint: str) -> str:
    """Return an https or loopback URL without its trailing slash.

    Raises:
        ConfigError: the URL is another one; a token would be sent unencrypted.
    """
    if not isinstance(endpoint, str):
        raise ConfigError(f"endpoint {endpoint!r} is {type(endpoint).__name__}; use a URL")
    parts = split(endpoint)
    usable = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(endpoint))
    if not usable or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise ConfigError(
            f"invalid endpoint {redact_url(endpoint)!r}; use https://<host>, or "
            "http://127.0.0.1:<port> for a local workspace"
            + ("" if "/" in endpoint else "; deployments have --endpoint-name")
        )
    return endpoint.rstrip("/")


def _incomplete(found: Mapping[str, Found]) -> bool:
    return any(key not in found for key in _REQUIRED)


def _fill(found: dict[str, Found], values: Mapping[str, str | None], source: str) -> str:
    for key, value in values.items():
        if value:
            found.setdefault(key, Found(value, source))
    return source


def _missing_message(found: Mapping[str, Found], sources: list[str]) -> str:
    missing = [key for key in _REQUIRED if key not in found]
    names = ", ".join(f"{key} ({VARIABLES[key][0]})" for key in missing)
    return f"no workspace: {names} not found in {'; '.join(sources)}"


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
        raise ConfigError(f"the working folder is not accessible: {error.strerror}") from error
