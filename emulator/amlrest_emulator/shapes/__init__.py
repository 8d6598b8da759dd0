"""Wire shapes: bodies of the newer shape to and from the stored form.

The stored form is the shape of 2021, with the fields that newer versions add under their own
names. A body may be partial: a merge patch or the secrets of a request.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import NamedTuple

from amlrest_emulator import names
from amlrest_emulator.api_versions import Shape
from amlrest_emulator.json_body import part
from amlrest_emulator.shapes import assets, datastores, jobs, serving
from amlrest_emulator.shapes.places import Places
from amlrest_emulator.shapes.rules import Json, Move
from amlrest_emulator.shapes.targets import field_of

__all__ = ["Places", "to_shape", "to_shape_target", "to_stored"]

Step = Callable[[Json, Places], None]


class _Steps(NamedTuple):
    read: Step | None
    show: Step | None


_REGISTRY_DATA = f"{names.PROVIDER}/registries/data".lower()
_NEWER: dict[str, _Steps] = {
    "jobs": _Steps(jobs.read_job, jobs.show_job),
    "codes/versions": _Steps(assets.read_code, assets.show_code),
    "data": _Steps(None, assets.show_data_container),
    _REGISTRY_DATA: _Steps(None, assets.show_data_container),
    "data/versions": _Steps(assets.read_data, assets.show_data),
    "models/versions": _Steps(assets.read_model, assets.show_model),
    "environments/versions": _Steps(assets.read_environment, assets.show_environment),
    "datastores": _Steps(datastores.read_datastore, datastores.show_datastore),
    "onlineendpoints": _Steps(serving.read_online_endpoint, serving.show_online_endpoint),
    "batchendpoints": _Steps(serving.read_batch_endpoint, serving.show_batch_endpoint),
    "onlineendpoints/deployments": _Steps(
        serving.read_online_deployment, serving.show_online_deployment
    ),
    "batchendpoints/deployments": _Steps(
        serving.read_batch_deployment, serving.show_batch_deployment
    ),
}
_WORKSPACE = f"{names.PROVIDER}/workspaces/".lower()
_FIELDS: dict[str, tuple[Move, ...]] = {
    "jobs": jobs.COMMAND_FIELDS,
    "codes/versions": (Move("properties.codeUri", "properties.datastoreId"),),
    "data/versions": (Move("properties.dataUri", "properties.datastoreId"),),
    "models/versions": (Move("properties.modelUri", "properties.datastoreId"),),
    "datastores": (Move("properties", "properties.contents"),),
    "onlineendpoints": (Move("properties.compute", "properties.target"),),
    "onlineendpoints/deployments": (Move("properties.model", "properties.model.assetId"),),
    "batchendpoints/deployments": (Move("properties.compute", "properties.compute.target"),),
}
_FIRST: dict[str, Step] = {
    "codes/versions": assets.fill_path,
    "models/versions": assets.fill_path,
    "datastores": datastores.fill_endpoint,
    "environments/versions": assets.fill_dockerfile,
}
"""Steps that complete what the first shape requires and the newer one does not."""


def to_stored(shape: Shape, resource_type: str, body: Json, places: Places) -> Json:
    """Return a request body in the stored form."""
    steps = _NEWER.get(_kind(resource_type))
    step = steps.read if steps and shape is Shape.NEWER else None
    return _applied(step, body, places)


def to_shape(shape: Shape, resource_type: str, body: Json, places: Places) -> Json:
    """Return a stored body in a wire shape."""
    kind = _kind(resource_type)
    if shape is Shape.FIRST:
        return _applied(_FIRST.get(kind), body, places)
    steps = _NEWER.get(kind)
    return _applied(steps.show if steps else None, body, places)


def to_shape_target(shape: Shape, resource_type: str, body: object, target: str) -> str:
    """Return the target of an error, a path of the stored form, as one of a wire shape."""
    moves = _FIELDS.get(_kind(resource_type), ())
    if moves and part(body, "properties").get("jobType") == "Sweep":
        moves = jobs.SWEEP_FIELDS
    return field_of(target, moves) if moves and shape is Shape.NEWER else target


def _applied(step: Step | None, body: Json, places: Places) -> Json:
    if step is None:
        return body
    changed = copy.deepcopy(body)
    step(changed, places)
    return changed


def _kind(resource_type: str) -> str:
    return resource_type.lower().removeprefix(_WORKSPACE)
