"""Inputs, outputs and services of jobs in v2 files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from attrs import evolve

from amlrest.jobfile.nodes import Node, without_nulls
from amlrest.jobfile.table import Table
from amlrest.jobfile.v2.forms import PATH_OR_REFERENCE
from amlrest.jobfile.values import REFERENCE, Form, MapOf, OneOf, Scalar, no_form
from amlrest.resources.assets import Asset, DataAsset
from amlrest.resources.bindings import Input, Output

_DATA_TYPES = (
    "uri_file",
    "uri_folder",
    "mltable",
    "custom_model",
    "mlflow_model",
    "triton_model",
)
_LITERAL = Scalar("text, a number, true or false", str, int, float, bool)
_PLACE = re.compile(r"azureml://datastores/(?P<datastore>[^/]+)/paths/(?P<path>.*)\Z", re.DOTALL)
_TYPE = OneOf(*_DATA_TYPES)
_ASSETS = ("azureml:", "/subscriptions/")
"""References to assets, whose type is known in the workspace."""


class _Mode(OneOf):
    """A mode; several words mean the mode that Python calls ``mount``."""

    def __init__(self, *words: str, same: tuple[str, ...]) -> None:
        super().__init__(*words, *same)
        self._same = same

    def read(self, node: Node) -> str:
        word = super().read(node)
        return "mount" if word in self._same else word


_INPUT_MODE = _Mode(
    "mount",
    "rw_mount",
    "download",
    "upload",
    "direct",
    "eval_mount",
    "eval_download",
    same=("ro_mount",),
)
_OUTPUT_MODE = _Mode("mount", "upload", "direct", same=("rw_mount",))


class _Data(Form):
    """The data of an input: a local path, a reference or a URI."""

    def read(self, node: Node) -> Any:
        return PATH_OR_REFERENCE.read(node)

    def write(self, value: Any) -> Any:
        if isinstance(value, Asset) and value.id is None:
            return no_form(value)
        return PATH_OR_REFERENCE.write(value)


class _Input(Form):
    """A literal, or a mapping with ``type`` and ``path``."""

    _table = Table(
        Input,
        renamed={"path": "data"},
        forms={"path": _Data(), "mode": _INPUT_MODE, "type": _TYPE},
        required=("path",),
        omitted=("value",),
    )

    def read(self, node: Node) -> Input:
        if not isinstance(node.value, dict):
            return Input(value=_LITERAL.read(node))
        found: Input = self._table.read(node.without({"datastore"}))
        store = node.mapping().get("datastore")
        if store is not None and store.value is not None:
            found.data = self._uploaded(store, found.data)
        is_local = isinstance(found.data, Path | DataAsset)  # which is what it is
        if found.type is None and not is_local and not str(found.data).startswith(_ASSETS):
            found.type = "uri_folder"
        return found

    @staticmethod
    def _uploaded(store: Node, data: Any) -> Any:
        """Return local files with the datastore that they are uploaded to."""
        if not isinstance(data, Path):
            store.fail("only local files are uploaded to a datastore; remove it")
        return DataAsset(path=data, datastore=REFERENCE.read(store))

    def write(self, value: Any) -> Any:
        if value.value is not None:
            return value.value
        data, more = value.data, {}
        if isinstance(data, Asset) and data.id is None and data.name is None:
            kind = value.type or getattr(data, "type", None)
            store = getattr(data, "datastore", None)
            more = {} if store is None else {"datastore": REFERENCE.write(store)}
            value = evolve(value, data=getattr(data, "path", None), type=kind)
        return {**self._table.write(value), **more}


class _Output(Form):
    """A mapping with ``type``, ``path`` and ``mode``; nothing for a folder of the default store."""

    _table = Table(
        Output,
        forms={"mode": _OUTPUT_MODE, "type": _TYPE},
    )

    def read(self, node: Node) -> Output:
        if node.value is None:
            return Output(type="uri_folder")
        found: Output = self._table.read(node)
        found.type = found.type or "uri_folder"
        if found.datastore is None and (place := _PLACE.match(found.path or "")):
            found.datastore, found.path = place["datastore"], place["path"]
        return found

    def write(self, value: Any) -> Any:
        out = self._table.write(value)
        if (store := out.pop("datastore", None)) is not None:
            name = str(store).rpartition("/")[2].removeprefix("azureml:")
            out["path"] = f"azureml://datastores/{name}/paths/{(value.path or '').lstrip('/')}"
        return out


class _Outputs(MapOf):
    """Outputs by name, also those without a value."""

    def read(self, node: Node) -> dict[str, Any]:
        empty = {k: self.inner.read(v) for k, v in node.mapping().items() if v.value is None}
        filled = super().read(node)
        return {key: empty.get(key) or filled[key] for key in node.mapping()}


INPUTS = MapOf(_Input())
OUTPUTS = _Outputs(_Output())

_SERVICES = {
    "jupyter_lab": "JupyterLab",
    "ssh": "SSH",
    "tensor_board": "TensorBoard",
    "vs_code": "VSCode",
}
_WORDS = {wire.lower(): word for word, wire in _SERVICES.items()}
_PROPERTIES = {"log_dir": "logDir", "ssh_public_keys": "sshPublicKeys"}
_KEYS = frozenset({"type", "port", "nodes", "properties", *_PROPERTIES})
_READ_ONLY = frozenset({"endpoint", "status", "error_message"})


class _Service(Form):
    """An interactive service of a job; the service takes JSON."""

    _type = OneOf(*_SERVICES)

    def read(self, node: Node) -> dict[str, Any]:
        entries = without_nulls(node.mapping())
        for key in entries.keys() - _KEYS - _READ_ONLY:
            entries[key].fail_key(_KEYS)
        if "type" not in entries:
            node.fail(f"type is missing; use one of {', '.join(_SERVICES)}")
        out: dict[str, Any] = {"jobServiceType": _SERVICES[self._type.read(entries["type"])]}
        if "port" in entries:
            out["port"] = entries["port"].plain()
        if "nodes" in entries:
            OneOf("all").read(entries["nodes"])
            out["nodes"] = {"nodesValueType": "All"}
        properties = entries["properties"].plain() if "properties" in entries else {}
        properties |= {w: entries[k].plain() for k, w in _PROPERTIES.items() if k in entries}
        return out | ({"properties": properties} if properties else {})

    def write(self, value: Any) -> Any:
        word = _WORDS.get(str(value.get("jobServiceType")).lower())
        if word is None:  # such as Tracking and Studio, which the service adds itself
            return None
        properties = dict(value.get("properties") or {})
        out = {"type": word, "port": value.get("port")}
        out["nodes"] = "all" if value.get("nodes") else None
        out |= {key: properties.pop(wire, None) for key, wire in _PROPERTIES.items()}
        out["properties"] = properties or None
        return {key: each for key, each in out.items() if each is not None}


class _Services(MapOf):
    def write(self, value: Any) -> Any:
        written = super().write(value)
        return {key: each for key, each in written.items() if each is not None} or None


SERVICES = _Services(_Service())
