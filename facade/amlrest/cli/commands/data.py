"""Manage data assets."""

from __future__ import annotations

from amlrest.cli.asset_commands import add_changes, add_create, add_list_show_delete
from amlrest.cli.click_classes import Group

command = Group(
    "data",
    help=__doc__,
    example="amlrest data list",
    collection="data",
    resource="DataAsset",
    reader="create --file",
)

add_list_show_delete(command, ("a data asset", "data assets"), "iris")
add_create(command, "a data asset", "iris iris.csv", ("uri_file", "uri_folder", "mltable"))
add_changes(command, "a data asset", "iris:1")
