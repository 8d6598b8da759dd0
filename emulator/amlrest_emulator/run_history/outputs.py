"""Outputs of runs: their asset ids, and the datastore URIs that these stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from amlrest_emulator.context import Context
from amlrest_emulator.json_body import part
from amlrest_emulator.runner import RunRecord

_ASSET = re.compile(r"azureml://jobs/(?P<run>[^/]+)/outputs/(?P<output>[^/]+)")
_FOLDER = "uri_folder"
_MODELS = {
    "custom_model": "CustomModel",
    "mlflow_model": "MLFlowModel",
    "triton_model": "TritonModel",
}


def outputs_of(record: RunRecord, job: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs of a run: name → asset id and type."""
    bindings = part(job, "outputDataBindings")
    found = {}
    for name in part(record.plan, "outputs"):
        kind = part(bindings, name).get("jobOutputType") or _FOLDER
        asset = f"azureml://jobs/{quote(record.name, safe='')}/outputs/{quote(name, safe='')}"
        found[name] = {"assetId": asset, "type": _MODELS.get(kind, kind)}
    return found


def resolved(context: Context, asset_ids: Iterable[str], key: str) -> dict[str, Any]:
    """Return the places of outputs by their asset ids; ids of others are left out.

    Args:
        context: server context.
        asset_ids: what `outputs_of` has returned.
        key: name of the field that has the URI.
    """
    found = {}
    for asset_id in asset_ids:
        uri = _uri(context, asset_id)
        if uri is not None:
            found[asset_id] = {key: uri, "type": _FOLDER}
    return found


def _uri(context: Context, asset_id: str) -> str | None:
    match = _ASSET.fullmatch(asset_id)
    record = context.runner.services.runs.find(unquote(match["run"])) if match else None
    if match is None or record is None:
        return None
    output = part(record.plan, "outputs", unquote(match["output"]))
    if not output:
        return None
    path = output["prefix"].replace("${{name}}", record.name).strip("/")
    places = context.places(context.identity.workspace_id)
    return places.uri_in(output["container"], f"{path}/")
