# Generated from facade/amlrest/_async/job_outputs.py by `python codegen.py generate`; edit the async source.
"""Named outputs of jobs: where they are, and their download."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from amlrest._runtime import sync as rt
from amlrest._sync.datastores import Datastores
from amlrest.dialects.uris import DatastorePath
from amlrest.errors import ResourceNotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from amlrest._files.transfer import Progress, TransferResult
    from amlrest._sync.core import Core

_MODELS = frozenset({"CustomModel", "MLFlowModel", "TritonModel"})


class _Asset(NamedTuple):
    """What an output of a run is."""

    id: str
    is_model: bool


class JobOutputs:
    """Finds the named outputs of a run, as the run history and the data service know them.

    Args:
        core: the workspace.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def find(self, run: str) -> dict[str, str]:
        """Return the outputs of a run: name → URI in a datastore.

        Those of its children are included: the job of a batch endpoint has its output there.
        """
        own = self._uris(self._assets(run))
        below = self._get(f"history/v1.0{self._core.workspace_id}/runs/{quote(run)}/children")
        children = [_assets_of(child) for child in below.get("value") or ()]
        found: Sequence[dict[str, str]] = rt.gather(
            *(partial(self._uris, each) for each in children if each)
        )
        return {name: uri for each in reversed(found) for name, uri in each.items()} | own

    def _assets(self, run: str) -> dict[str, _Asset]:
        response = self._post(f"history/v1.0{self._core.workspace_id}/rundata", runId=run)
        return _assets_of(response.get("runMetadata"))

    def _uris(self, assets: dict[str, _Asset]) -> dict[str, str]:
        data = {name: each.id for name, each in assets.items() if not each.is_model}
        models = {name: each.id for name, each in assets.items() if each.is_model}
        workspace = self._core.workspace_id
        found: dict[str, str] = {}
        for ids, path, key in (
            (data, f"data/v1.0{workspace}/dataversion/batchGetResolvedUris", "uri"),
            (models, f"modelregistry/v1.0{workspace}/models/batchGetResolvedUris", "path"),
        ):
            if ids:
                response = self._post(path, values=list(ids.values()))
                places = response.get("values") or {}
                known = {name: (places.get(asset) or {}).get(key) for name, asset in ids.items()}
                found |= {name: uri for name, uri in known.items() if isinstance(uri, str)}
        return found

    def _get(self, path: str) -> dict[str, Any]:
        response = self._core.get_json(f"{self._core.discover()}/{path}")
        return response if isinstance(response, dict) else {}

    def _post(self, path: str, **body: Any) -> dict[str, Any]:
        url = f"{self._core.discover()}/{path}"
        response = self._core.post_json(url, body, repeatable=True)
        return response if isinstance(response, dict) else {}


def _assets_of(run: Any) -> dict[str, _Asset]:
    outputs = run.get("outputs") if isinstance(run, dict) else None
    return {
        name: _Asset(each["assetId"], each.get("type") in _MODELS)
        for name, each in (outputs or {}).items()
        if isinstance(each, dict) and isinstance(each.get("assetId"), str)
    }


def find(core: Core, run: str, output: str) -> tuple[str, str]:
    """Return the datastore and the folder of one named output of a run.

    Raises:
        ResourceNotFoundError: the run has no such output; names those that it has.
    """
    found = JobOutputs(core).find(run)
    if output not in found:
        known = ", ".join(sorted(found)) or "none"
        message = f"job {run} has no output {output!r}; its outputs: {known}"
        raise ResourceNotFoundError(404, message=message)
    datastore, path = DatastorePath().read(found[output])
    if datastore is None:
        message = f"the output {output!r} of job {run} is not in a datastore: {found[output]}"
        raise ResourceNotFoundError(404, message=message)
    return datastore, path or ""


def download(
    core: Core,
    run: str,
    output: str,
    destination: Path,
    on_progress: Callable[[Progress], None] | None,
) -> TransferResult:
    """Download one named output of a run into a folder.

    Raises:
        ResourceNotFoundError: the run has no such output; names those that it has.
    """
    from amlrest._sync import downloader

    datastore, path = find(core, run, output)
    datastores = Datastores(core)
    target = datastores.blob_target(datastores.get(datastore))
    return downloader.download(target, path, destination, on_progress, core.retry)
