# Generated from facade/amlrest/_async/artifacts.py by `python codegen.py generate`; edit the async source.
"""Artifacts of a run: its outputs and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._job_uris import ARTIFACT_STORE, artifact_prefix
from amlrest._sync.datastores import Datastores
from amlrest.errors import ResourceNotFoundError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from amlrest._files.blob_target import BlobTarget
    from amlrest._files.transfer import Progress, TransferResult
    from amlrest._sync.core import Core

CONTAINER = "azureml"
"""The container in the workspace's storage account that holds the artifacts of runs."""


def download(
    core: Core, run: str, destination: str | Path, on_progress: Callable[[Progress], None] | None
) -> TransferResult:
    """Download the artifacts of a run into a folder; see `Jobs.download`."""
    from amlrest._sync import downloader

    target = _target(Datastores(core))
    prefix = artifact_prefix(run)
    return downloader.download(target, prefix, destination, on_progress, core.retry)


def sizes(core: Core, run: str) -> dict[str, int]:
    """Return the size in bytes of each artifact of a run, by path."""
    from amlrest._sync.blobs import Blobs

    target, prefix = _target(Datastores(core)), artifact_prefix(run)
    found = Blobs(target, TransportError, core.retry).sizes(prefix)
    return {name.removeprefix(f"{prefix}/"): size for name, size in found.items()}


def _target(datastores: Datastores) -> BlobTarget:
    try:
        return datastores.blob_target(datastores.get(ARTIFACT_STORE))
    except ResourceNotFoundError:
        # Its account is the default datastore's; a workspace need not register it.
        target = datastores.blob_target(datastores.get_default())
        return target._replace(container=CONTAINER)
