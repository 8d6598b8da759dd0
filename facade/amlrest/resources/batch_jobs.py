"""Jobs of batch endpoints: how they are recognised, and where their predictions are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

OUTPUT = "score"
"""Name of the output with the predictions."""

_TAG, _PROPERTY = "azureml.batchrun", "azureml.endpointname"
"""What Azure and a local workspace set."""
_COLLECTION = "/batchendpoints/"
"""Part of the id of one that a batch endpoint has listed."""


def is_batch_job(job: Any) -> bool:
    """Return whether a job, which may be None, is one of a batch endpoint."""
    tags, properties = (getattr(job, name, None) or {} for name in ("tags", "properties"))
    is_marked = tags.get(_TAG) == "true" or _PROPERTY in properties
    return is_marked or _COLLECTION in str(getattr(job, "id", None)).lower()


def named_output_folder(destination: str | os.PathLike[str], name: str) -> Path:
    """Return the folder for a named output, as the command line of Azure names it."""
    return Path(destination, "named-outputs", name)
