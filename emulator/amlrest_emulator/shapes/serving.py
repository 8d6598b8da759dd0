"""Endpoints and deployments in the newer wire shape and in the stored form."""

from __future__ import annotations

import re
from typing import Any

from amlrest_emulator.json_body import part
from amlrest_emulator.shapes.places import Places
from amlrest_emulator.shapes.rules import (
    Json,
    Move,
    read_moves,
    relocate,
    reversed_words,
    reword,
    show_moves,
    take,
)

_COMPUTE_TYPES = {"Kubernetes": "K8S"}
_SCALE_TYPES = {"Default": "Manual", "TargetUtilization": "Auto"}
_BATCH = (
    Move("resources.instanceCount", "compute.instanceCount"),
    Move("resources.instanceType", "compute.instanceType"),
    Move("outputAction", "outputConfiguration.outputAction"),
    Move("outputFileName", "outputConfiguration.appendRowFileName"),
)
_REQUIREMENTS = "containerResourceRequirements"
_GIBIBYTES = {"Ki": 2**-20, "Mi": 2**-10, "Gi": 1, "Ti": 2**10, "": 2**-30}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(m|Ki|Mi|Gi|Ti)?")


def read_online_endpoint(body: Json, _places: Places) -> None:
    """Turn an online endpoint of the newer shape into the stored form."""
    relocate(part(body, "properties"), "compute", "target")


def show_online_endpoint(body: Json, _places: Places) -> None:
    """Turn a stored online endpoint into the newer shape."""
    relocate(part(body, "properties"), "target", "compute")


def read_batch_endpoint(body: Json, _places: Places) -> None:
    """Turn a batch endpoint of the newer shape into the stored form."""
    name = take(body, "properties.defaults.deploymentName")
    if name:
        body["properties"]["traffic"] = {name: 100}


def show_batch_endpoint(body: Json, _places: Places) -> None:
    """Turn a stored batch endpoint into the newer shape; most traffic makes the default."""
    properties = part(body, "properties")
    traffic = properties.pop("traffic", None) or {}
    largest = max(traffic, key=lambda name: traffic[name], default=None)
    if largest and traffic[largest]:
        properties["defaults"] = {**part(properties, "defaults"), "deploymentName": largest}
    properties.setdefault("authMode", "AADToken")


def read_online_deployment(body: Json, _places: Places) -> None:
    """Turn an online deployment of the newer shape into the stored form."""
    properties = part(body, "properties")
    reword(properties, "endpointComputeType", _COMPUTE_TYPES)
    if isinstance(properties.get("model"), str):
        properties["model"] = {"referenceType": "Id", "assetId": properties["model"]}
    scale = part(properties, "scaleSettings")
    reword(scale, "scaleType", _SCALE_TYPES)
    if scale.get("scaleType") in {None, "Manual"}:
        relocate(body, "sku.capacity", "properties.scaleSettings.instanceCount")
        if "instanceCount" in part(part(body, "properties"), "scaleSettings"):
            body["properties"]["scaleSettings"].setdefault("scaleType", "Manual")
    _read_requirements(properties)


def show_online_deployment(body: Json, places: Places) -> None:
    """Turn a stored online deployment into the newer shape."""
    properties = part(body, "properties")
    reword(properties, "endpointComputeType", reversed_words(_COMPUTE_TYPES))
    if isinstance(properties.get("model"), dict):
        properties["model"] = _model_text(properties["model"], places)
    count = take(properties, "scaleSettings.instanceCount")
    if count is not None:
        body["sku"] = {"name": "Default", **part(body, "sku"), "capacity": count}
    scale = part(properties, "scaleSettings")
    if scale or count is not None:
        properties["scaleSettings"] = {"scaleType": "Manual", **scale}
        reword(properties["scaleSettings"], "scaleType", reversed_words(_SCALE_TYPES))
    _show_requirements(properties)


def _model_text(reference: Json, places: Places) -> str | None:
    if reference.get("referenceType") == "DataPath" and reference.get("path"):
        return places.long_uri(reference.get("datastoreId"), reference["path"])
    return reference.get("assetId")


def read_batch_deployment(body: Json, _places: Places) -> None:
    """Turn a batch deployment of the newer shape into the stored form."""
    properties = part(body, "properties")
    if isinstance(properties.get("compute"), str):
        properties["compute"] = {"target": properties["compute"]}
    read_moves(_BATCH, properties)


def show_batch_deployment(body: Json, _places: Places) -> None:
    """Turn a stored batch deployment into the newer shape."""
    properties = part(body, "properties")
    show_moves(_BATCH, properties)
    compute = properties.pop("compute", None) or {}
    if compute.get("target"):
        properties["compute"] = compute["target"]


def _read_requirements(properties: Json) -> None:
    wanted = part(properties, _REQUIREMENTS)
    for group, cpu, memory in _GROUPS:
        given = wanted.pop(group, None) or {}
        _set(wanted, cpu, _amount(given.get("cpu")))
        _set(wanted, memory, _gibibytes(given.get("memory")))
        gpu = _amount(given.get("gpu"))
        _set(wanted, "gpu", int(gpu) if gpu is not None else None)


_GROUPS = (
    ("containerResourceRequests", "cpu", "memoryInGB"),
    ("containerResourceLimits", "cpuLimit", "memoryInGBLimit"),
)


def _show_requirements(properties: Json) -> None:
    wanted = part(properties, _REQUIREMENTS)
    gpu = wanted.pop("gpu", None)
    for group, cpu, memory in _GROUPS:
        shown: Json = {}
        _set(shown, "cpu", _text(wanted.pop(cpu, None)))
        _set(shown, "memory", _text(wanted.pop(memory, None), "Gi"))
        _set(shown, "gpu", _text(gpu))
        if shown:
            wanted[group] = shown


def _set(target: Json, key: str, value: Any) -> None:
    if value is not None:
        target[key] = value


def _text(number: float | None, unit: str = "") -> str | None:
    return None if number is None else f"{number:g}{unit}"


def _amount(text: str | None) -> float | None:
    match = _QUANTITY.fullmatch(text or "")
    if match is None or match[2] not in {None, "m"}:
        return None
    return float(match[1]) / (1000 if match[2] else 1)


def _gibibytes(text: str | None) -> float | None:
    match = _QUANTITY.fullmatch(text or "")
    return float(match[1]) * _GIBIBYTES[match[2] or ""] if match and match[2] != "m" else None
