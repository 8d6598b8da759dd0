"""Defaults of the Azure CLI: its resource group, workspace, subscription and cloud."""

from __future__ import annotations

import configparser
from pathlib import Path
from typing import TYPE_CHECKING

from amlrest._config import clouds
from amlrest._config.config_file import is_file, read_json
from amlrest._paths import expand_user
from amlrest.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEFAULTS = {"resource_group": "group", "name": "workspace"}


def read_az_defaults(
    environ: Mapping[str, str], start: Path, cloud: str | None
) -> tuple[dict[str, str], str]:
    """Return the defaults of the Azure CLI, and a name of their source for messages.

    Args:
        environ: environment variables.
        start: the folder where the search for local configuration starts.
        cloud: the cloud to use; None for the active cloud of the Azure CLI.

    Raises:
        ConfigError: a file exists but cannot be read.
    """
    folder = expand_user(environ.get("AZURE_CONFIG_DIR") or "~/.azure")
    own = _read(folder / "config")
    cloud = cloud or environ.get("AZURE_CLOUD_NAME") or own.get("cloud", "name", fallback="")
    found = {"cloud": cloud} if cloud else {}
    for parser in (*map(_read, _local(start, folder)), own):
        for key, option in _DEFAULTS.items():
            value = environ.get(f"AZURE_DEFAULTS_{option.upper()}")
            value = value or parser.get("defaults", option, fallback="")
            found |= {} if key in found or not value else {key: value}
    subscription = _subscription(folder / "azureProfile.json", cloud or "public")
    found |= {"subscription_id": subscription} if subscription else {}
    return found, f"the az configuration in {folder}"


def _local(start: Path, folder: Path) -> Iterator[Path]:
    """Yield the files of `az config set --local`, nearest first, up to the CLI's own folder."""
    for above in (start, *start.parents):
        if above / folder.name == folder:
            return
        yield above / folder.name / "config"


def _read(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    if is_file(path):
        try:
            parser.read_string(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, configparser.Error) as error:
            raise ConfigError(f"{path} cannot be read: {error}") from error
    return parser


def _subscription(path: Path, cloud: str) -> str | None:
    """Return the default subscription of `az login` in a cloud."""
    data = read_json(path) if is_file(path) else {}
    listed = data.get("subscriptions") if isinstance(data, dict) else None
    wanted = clouds.get_cloud(cloud)
    for entry in listed if isinstance(listed, list) else []:
        is_default = isinstance(entry, dict) and entry.get("isDefault")
        if is_default and clouds.find_cloud(str(entry.get("environmentName"))) == wanted:
            return str(entry["id"]) if entry.get("id") else None
    return None
