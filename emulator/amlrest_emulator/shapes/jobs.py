"""Jobs in the newer wire shape and in the stored form."""

from __future__ import annotations

from typing import Any

from amlrest_emulator import names
from amlrest_emulator.json_body import part
from amlrest_emulator.shapes.places import Places, use_asset_ids
from amlrest_emulator.shapes.rules import (
    Json,
    Move,
    put,
    read_moves,
    relocate,
    reversed_words,
    reword,
    show_moves,
    take,
)
from amlrest_emulator.shapes.targets import below_properties

_COMMON = (
    Move("computeId", "compute.target"),
    Move("limits.timeout", "timeout"),
    Move("services", "interactionEndpoints"),
)
_COMMAND = (
    Move("resources.instanceCount", "compute.instanceCount"),
    Move("resources.instanceType", "compute.instanceType"),
)
_SWEEP = (
    Move("trial.resources.instanceCount", "compute.instanceCount"),
    Move("trial.resources.instanceType", "compute.instanceType"),
    Move("limits.trialTimeout", "trial.timeout"),
    Move("limits.maxTotalTrials", "maxTotalTrials"),
    Move("limits.maxConcurrentTrials", "maxConcurrentTrials"),
    Move("samplingAlgorithm.samplingAlgorithmType", "algorithm"),
    Move("inputs", "trial.inputs"),
    Move("outputs", "trial.outputs"),
)
_BINDINGS = (
    Move("inputs", "inputDataBindings"),
    Move("outputs", "outputDataBindings"),
    Move("inputs", "trial.inputDataBindings"),
    Move("outputs", "trial.outputDataBindings"),
)
COMMAND_FIELDS = below_properties((*_COMMON, *_COMMAND, *_BINDINGS))
SWEEP_FIELDS = below_properties((*_COMMON, *_SWEEP, *_BINDINGS))
_IS_LOCAL = "resources.properties.IsLocal"
_SERVERLESS = "serverless"
"""The stored target of a job without a compute, which only the newer shape has."""
_INPUT_MODES = {"ReadOnlyMount": "Mount"}
_OUTPUT_MODES = {"ReadWriteMount": "Mount"}
_ANY_TYPE = "uri_folder"


def read_job(body: Json, places: Places) -> None:
    """Turn a job of the newer shape into the stored form."""
    properties = part(body, "properties")
    sweep = properties.get("jobType") == "Sweep"
    take(properties, "limits.jobLimitsType")
    is_local = take(properties, f"trial.{_IS_LOCAL}" if sweep else _IS_LOCAL)
    read_moves((*_COMMON, *(_SWEEP if sweep else _COMMAND)), properties)
    if is_local:
        put(properties, "compute.isLocal", value=True)
    elif not part(properties, "compute").get("target"):
        put(properties, "compute.target", _SERVERLESS)
    _rename_each(properties.get("interactionEndpoints"), "jobServiceType", "jobEndpointType")
    task = part(properties, "trial") if sweep else properties
    _read_processes(task, _nodes(properties))
    use_asset_ids(task, places, {"environmentId": "environments", "codeId": "codes"})
    if _is_default(task.get("environmentId"), places):
        del task["environmentId"]
    relocate(task, "inputs", "inputDataBindings")
    relocate(task, "outputs", "outputDataBindings")
    for binding in _objects(task.get("inputDataBindings")):
        _read_input(binding, places)
    for binding in _objects(task.get("outputDataBindings")):
        _read_output(binding, places)


def show_job(body: Json, places: Places) -> None:
    """Turn a stored job into the newer shape."""
    properties = part(body, "properties")
    sweep = properties.get("jobType") == "Sweep"
    task = part(properties, "trial") if sweep else properties
    for binding in _objects(task.get("inputDataBindings")):
        _show_input(binding, places)
    for binding in _objects(task.get("outputDataBindings")):
        _show_output(binding, places)
    relocate(task, "inputDataBindings", "inputs")
    relocate(task, "outputDataBindings", "outputs")
    _show_processes(task, _nodes(properties))
    task.setdefault("environmentId", names.default_environment(places.workspace_id))
    if take(properties, "compute.isLocal"):
        put(task, _IS_LOCAL, {"IsLocal": True})
    if part(properties, "compute").get("target") == _SERVERLESS:
        take(properties, "compute.target")
    _rename_each(properties.get("interactionEndpoints"), "jobEndpointType", "jobServiceType")
    show_moves((*_COMMON, *(_SWEEP if sweep else _COMMAND)), properties)
    if properties.get("limits"):
        properties["limits"]["jobLimitsType"] = properties.get("jobType")


def _is_default(environment: object, places: Places) -> bool:
    default = names.default_environment(places.workspace_id)
    return isinstance(environment, str) and environment.lower() == default.lower()


def _read_input(binding: Json, places: Places) -> None:
    reword(binding, "mode", _INPUT_MODES)
    uri = binding.get("uri")
    is_model = str(binding.get("jobInputType", "")).endswith("model")
    found = places.asset_id(uri, "models" if is_model else "data") if uri else None
    if found:
        del binding["uri"]
        binding["dataId"] = found


def _show_input(binding: Json, places: Places) -> None:
    reword(binding, "mode", reversed_words(_INPUT_MODES))
    relocate(binding, "dataId", "uri")
    binding.setdefault("jobInputType", places.data_type(binding.get("uri")) or _ANY_TYPE)


def _read_output(binding: Json, places: Places) -> None:
    reword(binding, "mode", _OUTPUT_MODES)
    place = places.from_uri(binding.get("uri") or "")
    if place:
        del binding["uri"]
        binding["datastoreId"], binding["pathOnDatastore"] = place


def _show_output(binding: Json, places: Places) -> None:
    reword(binding, "mode", reversed_words(_OUTPUT_MODES))
    store, path = binding.pop("datastoreId", None), binding.pop("pathOnDatastore", None)
    if store or path:
        binding["uri"] = places.short_uri(store, path or "")
    binding.setdefault("jobOutputType", _ANY_TYPE)


def _nodes(properties: Json) -> int:
    return part(properties, "compute").get("instanceCount") or 1


def _read_processes(task: Json, nodes: int) -> None:
    # The first shape counts the processes of all nodes, the newer one those of each.
    distribution = part(task, "distribution")
    if distribution.get("distributionType") == "PyTorch":
        each = distribution.pop("processCountPerInstance", None)
        if each is not None:
            distribution["processCount"] = each * nodes


def _show_processes(task: Json, nodes: int) -> None:
    distribution = part(task, "distribution")
    if distribution.get("distributionType") == "PyTorch":
        total = distribution.pop("processCount", None)
        if total is not None and total % nodes == 0:
            distribution["processCountPerInstance"] = total // nodes


def _rename_each(group: Any, old: str, new: str) -> None:
    for item in _objects(group):
        relocate(item, old, new)


def _objects(group: Any) -> list[Json]:
    values = group.values() if isinstance(group, dict) else ()
    return [item for item in values if isinstance(item, dict)]
