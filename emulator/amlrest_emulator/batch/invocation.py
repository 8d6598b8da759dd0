"""Requests to batch endpoints: the bodies of 2021 and of today, as one invocation. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.arm_errors import refuse
from amlrest_emulator.json_body import part

Json = Mapping[str, Any]
_FILES = {"urifolder": "uri_folder", "urifile": "uri_file"}
_DEFAULT_INPUT = "input"
_SETTINGS = (
    "errorThreshold",
    "loggingLevel",
    "maxConcurrencyPerInstance",
    "miniBatchSize",
    "outputFileName",
    "retrySettings",
)
_STORE = re.compile(r"/?(?P<id>/subscriptions/.+/datastores/[^/]+)", re.IGNORECASE)
_INPUTS = "properties.inputData"
_KNOWN = {
    word.lower(): word
    for word in (
        *("properties", "inputData", "outputData", "dataset", "outputDataset", "compute", "name"),
        *("description", "tags", "instanceCount", "experimentName", "uri", "value", "path"),
        *("jobInputType", "jobOutputType", "dataInputType", "datasetId", "datasetName"),
        *("datasetVersion", "datastoreId", "maxRetries", "timeout", "mode"),
        *_SETTINGS,
    )
}
_NAMED = {"inputData", "outputData", "tags"}
"""Objects whose keys are names of the user."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """What a request asks for.

    Attributes:
        input_name: name of the input.
        uri: where its files are.
        input_type: ``uri_folder`` or ``uri_file``.
        output_uri: folder of the output in a datastore, or "" for the default one.
        settings: settings of the deployment that the request overrides, by their wire names.
        instances: number of instances, or None for that of the deployment.
        name: name of the job, or "".
        experiment: its experiment, or "".
        description: its description, or "".
        tags: its tags.
    """

    input_name: str
    uri: str
    input_type: str
    output_uri: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    instances: int | None = None
    name: str = ""
    experiment: str = ""
    description: str = ""
    tags: dict[str, str] = field(default_factory=dict)


def read_invocation(body: Any) -> Invocation:
    """Return the invocation of a request.

    Names of fields are read in any letter case, as the service reads them.

    Raises:
        ArmError: 400 for a body that asks for nothing that a model deployment can do.
    """
    properties = part(fold(body), "properties")
    name, given = _input(properties)
    kind = _input_type(name, given)
    folder, file_name = _output(properties)
    settings = {key: properties[key] for key in _SETTINGS if properties.get(key) is not None}
    if file_name:
        settings["outputFileName"] = file_name
    count = part(properties, "compute").get("instanceCount")
    return Invocation(
        input_name=name,
        uri=_text(given.get("uri"), f"{_INPUTS}.{name}.uri"),
        input_type=kind,
        output_uri=folder,
        settings=settings,
        instances=None if count is None else whole(count, "properties.compute.instanceCount", 1),
        name=_text(properties.get("name"), "properties.name", default=""),
        experiment=_text(
            part(properties, "properties").get("experimentName"),
            "properties.properties.experimentName",
            default="",
        ),
        description=_text(properties.get("description"), "properties.description", default=""),
        tags=_labels(properties.get("tags"), "properties.tags"),
    )


def fold(value: Any, *, named: bool = False) -> Any:
    """Return a JSON value with the known names of fields in their documented letter case."""
    if not isinstance(value, dict):
        return value
    folded = {}
    for key, item in value.items():
        known = key if named else _KNOWN.get(key.lower(), key)
        folded[known] = fold(item, named=known in _NAMED and not named)
    return folded


def _input(properties: Json) -> tuple[str, Json]:
    """Return name and fields of the one input."""
    inputs = part(properties, "inputData")
    if not inputs and properties.get("dataset") is not None:
        return _DEFAULT_INPUT, _dataset(part(properties, "dataset"))
    if len(inputs) != 1:
        named = f"not {', '.join(inputs)}" if inputs else "and none is given"
        raise refuse(_INPUTS, f"a model deployment takes one input, {named}.", "InvalidInputs")
    [(name, given)] = inputs.items()
    if not isinstance(given, dict):
        raise refuse(f"{_INPUTS}.{name}", "must be an object with jobInputType and uri.")
    return name, given


def _dataset(given: Json) -> Json:
    """Return the input that a ``dataset`` of the previews of 2021 is."""
    where, kind = "properties.dataset", str(given.get("dataInputType")).lower()
    if kind == "dataurl":
        return {"jobInputType": "UriFolder", "uri": _text(given.get("path"), f"{where}.path")}
    if kind == "datasetid":
        found = _text(given.get("datasetId"), f"{where}.datasetId")
        return {"jobInputType": "UriFolder", "uri": found}
    if kind == "datasetversion":
        name = _text(given.get("datasetName"), f"{where}.datasetName")
        version = _text(given.get("datasetVersion"), f"{where}.datasetVersion")
        return {"jobInputType": "UriFolder", "uri": f"azureml:{name}:{version}"}
    message = f"must be DataUrl, DatasetVersion or DatasetId, not {given.get('dataInputType')}."
    raise refuse(f"{where}.dataInputType", message)


def _input_type(name: str, given: Json) -> str:
    kind = str(given.get("jobInputType") or "UriFolder")
    found = _FILES.get(kind.replace("_", "").lower())
    if found is None:
        message = f"a model deployment reads UriFolder and UriFile, not {kind}."
        raise refuse(f"{_INPUTS}.{name}.jobInputType", message, "InvalidInputs")
    return found


def _output(properties: Json) -> tuple[str, str]:
    """Return the folder of the output, and the name of its file if the request has one."""
    outputs = part(properties, "outputData")
    if not outputs:
        return _output_dataset(part(properties, "outputDataset")), ""
    if len(outputs) > 1:
        message = f"a model deployment has one output, not {', '.join(outputs)}."
        raise refuse("properties.outputData", message, "InvalidOutputs")
    [(name, given)] = outputs.items()
    where = f"properties.outputData.{name}"
    uri = _text(part(outputs, name).get("uri"), f"{where}.uri", default="")
    kind = str(part(outputs, name).get("jobOutputType") or "UriFile").replace("_", "").lower()
    if kind not in _FILES or not isinstance(given, dict):
        raise refuse(f"{where}.jobOutputType", "must be UriFolder or UriFile.", "InvalidOutputs")
    if kind == "urifolder" or not uri:
        return uri, ""
    folder, _, file_name = uri.rpartition("/")
    return folder, file_name


def _output_dataset(given: Json) -> str:
    store, where = given.get("datastoreId"), "properties.outputDataset"
    path = _text(given.get("path"), f"{where}.path", default="")
    if not store:
        return f"azureml://datastores/{names.DEFAULT_DATASTORE}/paths/{path}" if path else ""
    match = _STORE.fullmatch(_text(store, f"{where}.datastoreId").removeprefix("azureml:"))
    name = match["id"].rpartition("/")[2] if match else str(store).removeprefix("azureml:")
    return f"azureml://datastores/{name}/paths/{path}"


_MISSING = object()


def _text(value: Any, target: str, default: Any = _MISSING) -> str:
    if value is None and default is not _MISSING:
        return str(default)
    if not isinstance(value, str) or not value:
        raise refuse(target, "is required." if value is None else "must be a text.")
    return value


def _labels(value: Any, target: str) -> dict[str, str]:
    found = value or {}
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise refuse(target, "must be an object of texts.")
    return dict(found)


def whole(value: Any, target: str, least: int) -> int:
    """Return a whole number that is large enough.

    Raises:
        ArmError: 400 for another value.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise refuse(target, f"must be a whole number from {least} on, not {value!r}.")
    return value
