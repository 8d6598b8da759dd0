"""Scoring script for an MLflow model without one, for Microsoft's inference server.

It runs in the environment of the model, with any Python and MLflow from 2.0 on, and so needs
nothing of this package.
"""

from __future__ import annotations

import json
import os
from typing import Any

import mlflow.pyfunc
import numpy as np
import pandas as pd
from azureml_inference_server_http.api.aml_request import rawhttp
from azureml_inference_server_http.api.aml_response import AMLResponse
from mlflow.exceptions import MlflowException
from mlflow.utils.proto_json_utils import (
    NumpyEncoder,
    _get_jsonable_obj,
    dataframe_from_parsed_json,
    parse_tf_serving_input,
)

_SPLIT = {"columns", "index", "data"}
_KEYS = ("input_data", "dataframe_split", "dataframe_records", "instances", "inputs")
_model: Any = None


def init() -> None:
    """Load the model, which is the only folder with an MLmodel file."""
    global _model  # noqa: PLW0603 - how the inference server calls scripts
    _model = mlflow.pyfunc.load_model(os.environ["AMLREST_MLFLOW_MODEL"])


@rawhttp
def run(request: Any) -> Any:
    """Return the predictions for a request as JSON."""
    if request.method != "POST":
        return _refusal(405, "Send the input with POST.")
    try:
        body = json.loads(request.get_data())
        data = _input(body)
    except (MlflowException, TypeError, ValueError) as error:
        return _refusal(400, f"The input cannot be read: {error}")
    try:
        found = _predict(data, body.get("params"))
    except MlflowException as error:
        return _refusal(400, f"The model refused the input: {error}")
    text = json.dumps(_get_jsonable_obj(found), cls=NumpyEncoder)
    return AMLResponse(text, 200, {"Content-Type": "application/json"})


def _predict(data: Any, params: Any) -> Any:
    return _model.predict(data, params=params) if params else _model.predict(data)


def _input(body: Any) -> Any:
    """Return the input of the model for one of the forms that deployments accept."""
    if not isinstance(body, dict):
        raise TypeError("the body must be a JSON object")
    given = [key for key in _KEYS if key in body]
    if len(given) != 1:
        found = ", ".join(given) or "none"
        raise ValueError(f"give one of {', '.join(_KEYS)}; found: {found}")
    (key,) = given
    value, schema = body[key], _model.metadata.get_input_schema()
    if key == "dataframe_split":
        return dataframe_from_parsed_json(value, "split", schema)
    if key == "dataframe_records":
        return dataframe_from_parsed_json(value, "records", schema)
    if key in {"instances", "inputs"}:
        return parse_tf_serving_input({key: value}, schema=schema)
    return _azure_input(value, schema)


def _azure_input(value: Any, schema: Any) -> Any:
    """Return what ``input_data`` has: a table, records, rows, or tensors by name."""
    if isinstance(value, dict) and "data" in value and value.keys() <= _SPLIT:
        return dataframe_from_parsed_json(_named(value, schema), "split", schema)
    if isinstance(value, dict):
        return parse_tf_serving_input({"inputs": value}, schema=schema)
    if not isinstance(value, list):
        raise TypeError("input_data must be an object or a list")
    if value and all(isinstance(row, dict) for row in value):
        return dataframe_from_parsed_json(value, "records", schema)
    if schema is not None and not schema.is_tensor_spec():
        return dataframe_from_parsed_json(_named({"data": value}, schema), "split", schema)
    if schema is not None:
        return parse_tf_serving_input({"instances": value}, schema=schema)
    array = np.array(value)
    return array if array.ndim > 1 else pd.DataFrame(array)


def _named(table: dict[str, Any], schema: Any) -> dict[str, Any]:
    """Return a table with the names of the model's columns if it has none."""
    if table.get("columns") or schema is None or not schema.has_input_names():
        return table
    return {**table, "columns": schema.input_names()}


def _refusal(status: int, message: str) -> Any:
    return AMLResponse({"message": message}, status, json_str=True)
