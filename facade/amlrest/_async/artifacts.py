"""Artifacts of a run: its outputs and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amlrest._async.datastores import Datastores
from amlrest._job_uris import ARTIFACT_STORE, artifact_prefix
from amlrest.errors import ResourceNotFoundError, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from amlrest._async.core import Core
    from amlrest._files.blob_target import BlobTarget
    from amlrest._files.transfer import Progress, TransferResult

CONTAINER = "azureml"
"""The container in the workspace's storage account that holds the artifacts of runs."""


async def download(
    core: Core, run: str, destination: str | Path, on_progress: Callable[[Progress], None] | None
) -> TransferResult:
    """Download the artifacts of a run into a folder; see `Jobs.download`."""
    from amlrest._async import downloader

    target = await _target(Datastores(core))
    prefix = artifact_prefix(run)
    return await downloader.download(target, prefix, destination, on_progress, core.retry)


async def sizes(core: Core, run: str) -> dict[str, int]:
    """Return the size in bytes of each artifact of a run, by path."""
    from amlrest._async.blobs import Blobs

    target, prefix = await _target(Datastores(core)), artifact_prefix(run)
    found = await Blobs(target, TransportError, core.retry).sizes(prefix)
    return {name.removeprefix(f"{prefix}/"): size for name, size in found.items()}


async def _target(datastores: Datastores) -> BlobTarget:
    try:
        return await datastores.blob_target(await datastores.get(ARTIFACT_STORE))
    except ResourceNotFoundError:
        # Its account is the default datastore's; a workspace need not register it.
        target = await datastores.blob_target(await datastores.get_default())
        return target._replace(container=CONTAINER)
