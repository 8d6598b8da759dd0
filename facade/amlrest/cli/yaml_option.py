"""Resources that a YAML file describes, each for the noun that it belongs to."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from amlrest.cli.errors import CommandError

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
OPTION = click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Describes it in YAML (CLI 2.0 preview); other options count more.",
)
_NOUNS = {
    "CommandJob": "job",
    "SweepJob": "job",
    "Environment": "environment",
    "DataAsset": "data",
    "Model": "model",
    "OnlineEndpoint": "online-endpoint",
    "ManagedOnlineDeployment": "online-deployment",
    "K8sOnlineDeployment": "online-deployment",
    "BatchEndpoint": "batch-endpoint",
    "BatchDeployment": "batch-deployment",
    "Compute": "compute",
    "AmlCompute": "compute",
    "ComputeInstance": "compute",
}
_KINDS = {
    "job": "commandJob",
    "online-endpoint": "managedOnlineEndpoint",
    "online-deployment": "managedOnlineDeployment",
    "batch-endpoint": "batchEndpoint",
    "batch-deployment": "batchDeployment",
}
_TAKING = {
    "job": "submit",
    "environment": "create --file",
    "data": "create --file",
    "model": "create --file",
    "compute": "create --file",
}


def load(file: Path, noun: str) -> Any:
    """Read what a YAML file describes.

    Raises:
        CommandError: it describes something that is for another noun.
        ValidationError: it cannot be read.
    """
    from amlrest import jobfile

    found = jobfile.load(file, _KINDS.get(noun, noun))
    subject = found.endpoint if isinstance(found, jobfile.Deployed) else found
    home = _NOUNS.get(type(subject).__name__, "datastore")
    if home != noun:
        raise CommandError(
            f"{file} describes {_spoken(home)}, not {_spoken(noun)}",
            hint=f"amlrest {home} {_TAKING.get(home, 'create')} {shlex.quote(str(file))}",
        )
    return found


def described(file: Path | None, noun: str, resource: str, **said: Any) -> Any:
    """Return a resource as a file describes it, with what is said instead; or only what is said.

    Args:
        file: the YAML file, if there is one.
        noun: what it has to describe.
        resource: the class of amlrest for it.
        said: attributes; those that are None are not said.

    Raises:
        click.UsageError: what the file describes has no such attribute.
        CommandError: it is for another noun.
    """
    import amlrest

    if file is None:
        return getattr(amlrest, resource)(**said)
    found = load(file, noun)
    for name, value in said.items():
        if value is None:
            continue
        if not hasattr(found, name):
            raise click.UsageError(f"{file} describes {a(type(found).__name__)} without {name}.")
        setattr(found, name, value)
    return found


def require(file: Path | None, **said: Any) -> None:
    """Refuse a command that says too little without a file.

    Raises:
        click.UsageError: names what is missing.
    """
    missing = [name for name, value in said.items() if value is None]
    if file is None and missing:
        raise click.UsageError(f"Missing {' and '.join(missing)}; or describe it all in a --file.")


def _spoken(noun: str) -> str:
    return "a data asset" if noun == "data" else a(noun.replace("-", " "))


def a(words: str) -> str:
    """Return words with their indefinite article."""
    return f"{'an' if words[0] in 'aeiouAEIOU' else 'a'} {words}"
