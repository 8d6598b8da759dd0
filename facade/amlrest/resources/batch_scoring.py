"""Batch scoring: what is sent to a batch endpoint. No I/O."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from amlrest._wire.codecs import DURATION, LABELS, TEXT, Choice, Ref
from amlrest._wire.fields import put
from amlrest.dialects.uris import DatastorePath
from amlrest.errors import ValidationError
from amlrest.names import check_name
from amlrest.resources.asset_arguments import NewAsset, Resolved, classify
from amlrest.resources.assets import DataAsset
from amlrest.resources.bindings import Input, Output, as_inputs, as_outputs
from amlrest.resources.job_shape import DEFAULT_TYPE, with_data
from amlrest.resources.ranges import check_range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amlrest._wire import Scope
    from amlrest.resources.asset_arguments import AssetArgument

INPUT = "input"
"""Name of the one input of a deployment of a model, which ignores it."""

_COUNTS = {
    "mini_batch_size": ("miniBatchSize", 1),
    "instance_count": ("compute.instanceCount", 1),
    "max_concurrency_per_instance": ("maxConcurrencyPerInstance", 1),
    "error_threshold": ("errorThreshold", -1),
    "max_retries": ("retrySettings.maxRetries", 0),
}
_TEXTS: dict[str, tuple[str, Any]] = {
    "retry_timeout": ("retrySettings.timeout", DURATION),
    "logging_level": ("loggingLevel", Choice(info="Info", warning="Warning", debug="Debug")),
    "output_file_name": ("outputFileName", TEXT),
    "experiment_name": ("properties.experimentName", TEXT),
    "description": ("description", TEXT),
    "tags": ("tags", LABELS),
}
_TYPES = {
    "uri_file": "UriFile",
    "uri_folder": "UriFolder",
    "mltable": "MLTable",
    "custom_model": "CustomModel",
    "mlflow_model": "MLFlowModel",
    "triton_model": "TritonModel",
}
_IN_DATASTORE = re.compile(r"(azureml:)?/subscriptions/.+/datastores/[^/]+/paths/", re.IGNORECASE)
_DATA = Ref("data")


def request_properties(
    settings: Mapping[str, Any], outputs: Any, job_name: str | None, scope: Scope
) -> dict[str, Any]:
    """Return the properties of a request without its inputs.

    Args:
        settings: settings of the deployment that are overridden, by the names of its attributes;
            None for those that are not.
        outputs: places of outputs by name, or None.
        job_name: name of the job, or None.
        scope: the workspace.

    Raises:
        ValidationError: a value cannot be sent.
    """
    properties: dict[str, Any] = {}
    given = {name: value for name, value in settings.items() if value is not None}
    for name, value in given.items():
        if name in _COUNTS:
            place, least = _COUNTS[name]
            check_range(name, value, least)
        else:
            place, codec = _TEXTS[name]
            value = codec.write(value, None, name)  # noqa: PLW2901
        put(properties, tuple(place.split(".")), value)
    if job_name is not None:
        properties["name"] = check_name("jobs", job_name)
    if outputs:
        named = as_outputs(outputs)
        properties["outputData"] = {
            name: _output(name, each, scope) for name, each in named.items()
        }
    return properties


def _output(name: str, given: Output | None, scope: Scope) -> dict[str, Any]:
    where = f"outputs[{name!r}]"
    if given is None or given.datastore is None:
        raise ValidationError(f"{where}: its place is missing; use azureml://datastores/…/paths/…")
    kind = _wire_type(where, given.type or DEFAULT_TYPE, ("uri_folder", "uri_file"))
    if is_place(given.datastore):
        return {"jobOutputType": kind, "uri": given.datastore}
    if given.path is None:
        raise ValidationError(
            f"{where}: {given.datastore!r} has no path; use azureml://datastores/…/paths/…, "
            "or Output(datastore, path)"
        )
    uri = DatastorePath().write((given.datastore, given.path), scope, where)
    return {"jobOutputType": kind, "uri": uri}


def given_inputs(single: Any, inputs: Any) -> dict[str, Input]:
    """Return the inputs of a request by name.

    Args:
        single: the one input of a deployment of a model, or None.
        inputs: inputs by name, or None.

    Raises:
        ValidationError: both are given, or none, or an input is None.
    """
    if (single is None) == (inputs is None):
        use = "give one of the two"
        raise ValidationError(f"input and inputs: {use}; a deployment of a model has one input")
    found: dict[str, Any] = as_inputs({INPUT: single} if inputs is None else inputs)
    for name, each in found.items():
        if each is None or (each.data is None and each.value is None):
            raise ValidationError(f"inputs[{name!r}]: its data is missing")
    return found


def input_argument(given: Input, scope: Scope) -> AssetArgument:
    """Classify the data of an input; reads files.

    A place in a datastore and a URL are used as they are; they need not be registered.

    Raises:
        ValidationError: a name is invalid, or files cannot be read.
    """
    if given.value is not None or is_place(given.data):
        return Resolved(given.data)
    return classify("data", given.data, scope, type_=given.type if scope.dialect else None)


def is_place(data: Any) -> bool:
    """Return whether data is a URI or URL, or the id of a datastore with a path in it."""
    return isinstance(data, str) and ("://" in data or _IN_DATASTORE.match(data) is not None)


def wire_input(
    name: str, given: Input, argument: AssetArgument, found: Any, scope: Scope
) -> dict[str, Any]:
    """Return an input as it is sent.

    Args:
        name: its name.
        given: what was given.
        argument: how that was classified.
        found: what it refers to, registered.
        scope: the workspace.
    """
    if given.value is not None:
        return {"jobInputType": "Literal", "value": _literal(given.value)}
    where = f"inputs[{name!r}]"
    kind = given.type or _type_of(argument, found)
    uri = found if is_place(found) else _uri(found, scope, where)
    return {"jobInputType": _wire_type(where, kind, tuple(_TYPES)), "uri": uri}


def _literal(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _type_of(argument: AssetArgument, found: Any) -> str:
    if isinstance(argument, NewAsset) and argument.local is not None:
        return "uri_folder" if argument.local.is_dir() else "uri_file"
    completed = with_data(Input(found), found)
    return (completed and completed.type) or DEFAULT_TYPE


def _uri(found: Any, scope: Scope, where: str) -> str:
    # What 2021-03-01-preview registers is data of its own kind, which is not an input of today.
    if scope.dialect is None and isinstance(found, DataAsset) and found.datastore and found.path:
        return DatastorePath().write((found.datastore, str(found.path)), scope, where)
    return str(_DATA.write(found, scope, where))


def _wire_type(where: str, kind: Any, allowed: tuple[str, ...]) -> str:
    if kind not in allowed:
        raise ValidationError(f"{where}: type {kind!r}; use one of {', '.join(allowed)}")
    return _TYPES[kind]
