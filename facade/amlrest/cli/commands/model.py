"""Manage models."""

from __future__ import annotations

from amlrest.cli.asset_commands import add_changes, add_create, add_list_show_delete
from amlrest.cli.click_classes import Group

_TYPES = ("custom_model", "mlflow_model", "triton_model")

command = Group(
    "model",
    help=__doc__,
    example="amlrest model list",
    collection="models",
    resource="Model",
    reader="create --file",
)

add_list_show_delete(command, ("a model", "models"), "iris")
add_create(command, "a model", "iris outputs/model --type mlflow_model", _TYPES)
add_changes(command, "a model", "iris:1")
