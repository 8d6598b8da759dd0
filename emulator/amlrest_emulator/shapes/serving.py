"""Endpoints and deployments in the newer wire shape and in the stored form."""

from __future__ import annotations

import re

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

_COMPUTE_TYPES = {"Kubernetes": "K8S"}
_SCALE_TYPES = {"Default": "Manual", "TargetUtilization": "Auto"}
_BATCH = (
    Move("resources.instanceCount", "compute.instanceCount"),
    Move("resources.instanceType", "compute.instanceType"),
    Move("outputAction", "outputConfiguration.outputAction"),
    Move("outputFileName", "outputConfiguration.appendRowFileName"),
)
_REQUIREMENTS = "containerResourceRequirements"
_GROUPS = {
    "containerResourceRequests": {"cpu": "cpu", "memory": "memoryInGB", "gpu": "gpu"},
    "containerResourceLimits": {"cpu": "cpuLimit", "memory": "memoryInGBLimit", "gpu": "gpu"},
}
_UNITS = {"": 1, "m": 0.001, "Mi": 2**-10, "Gi": 1}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(m|Mi|Gi)?")


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


def read_online_deployment(body: Json, places: Places) -> None:
    """Turn an online deployment of the newer shape into the stored form."""
    properties = part(body, "properties")
    _read_references(properties, places)
    use_asset_ids(properties, places, {"model": "models"})
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


def _read_references(properties: Json, places: Places) -> None:
    use_asset_ids(properties, places, {"environmentId": "environments"})
    use_asset_ids(part(properties, "codeConfiguration"), places, {"codeId": "codes"})


def read_batch_deployment(body: Json, places: Places) -> None:
    """Turn a batch deployment of the newer shape into the stored form."""
    properties = part(body, "properties")
    _read_references(properties, places)
    use_asset_ids(part(properties, "model"), places, {"assetId": "models"})
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
    for group, fields in _GROUPS.items():
        for quantity, key in fields.items():
            text = part(wanted, group).get(quantity)
            number = _number(text) if isinstance(text, str) else None
            # Texts that would not come back as they were sent stay where they are.
            if number is not None and _text(quantity, number) == text:
                take(wanted, f"{group}.{quantity}")
                wanted[key] = number


def _show_requirements(properties: Json) -> None:
    wanted = part(properties, _REQUIREMENTS)
    keys = {key for fields in _GROUPS.values() for key in fields.values()}
    numbers = {key: wanted.pop(key, None) for key in keys}
    for group, fields in _GROUPS.items():
        for quantity, key in fields.items():
            if numbers[key] is not None:
                put(wanted, f"{group}.{quantity}", _text(quantity, numbers[key]))


def _text(quantity: str, number: float) -> str:
    whole = float(number).is_integer()
    if quantity == "memory":
        return f"{number:g}Gi" if whole else f"{number * 1024:g}Mi"
    return f"{number:g}" if whole else f"{number * 1000:g}m"


def _number(text: str) -> float | None:
    match = _QUANTITY.fullmatch(text)
    if match is None:
        return None
    number = float(match[1]) * _UNITS[match[2] or ""]
    return int(number) if number.is_integer() else number
