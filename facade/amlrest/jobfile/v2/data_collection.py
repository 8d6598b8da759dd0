"""Data collection of online deployments in v2 files."""

from __future__ import annotations

from typing import Any

from amlrest.jobfile.nodes import Node
from amlrest.jobfile.table import Table
from amlrest.jobfile.v2.forms import Enabled
from amlrest.jobfile.values import NUMBER, REFERENCE, TEXT, Form, MapOf, no_form
from amlrest.resources.data_collection import Collection, DataCollector


class _Flag(Enabled):
    """``true`` or ``false``, also in quotes."""

    def read(self, node: Node) -> str:
        word = str(node.value).lower()
        if word in {"true", "false"}:
            return "enabled" if word == "true" else "disabled"
        return super().read(node)

    def write(self, value: Any) -> Any:
        written = super().write(value)
        return written if written is None else str(written).lower()


class _Data(Form):
    """The data asset of a collection: a reference, or a mapping with name and version."""

    _parts = ("name", "version")

    def read(self, node: Node) -> Any:
        if not isinstance(node.value, dict):
            return REFERENCE.read(node)
        for key in node.value.keys() - {*self._parts, "data_id"}:
            node.value[key].fail_key((*self._parts, "data_id"))
        found = [node.value[k] for k in ("data_id",) if k in node.value]
        found = found or [node.value[k] for k in self._parts if k in node.value]
        if not found:
            node.fail("name is missing; add it")
        return ":".join(map(TEXT.read, found))

    def write(self, value: Any) -> Any:
        return REFERENCE.write(value)


class _CollectorTable(Table):
    """Keys of a data collector; one ``sampling_rate`` holds for all of its collections."""

    def read(self, node: Node) -> Any:
        rate = node.mapping().get("sampling_rate")
        collector = super().read(node.without({"sampling_rate"}))
        if rate is not None and rate.value is not None:
            share = _share(rate)
            for collection in (collector.collections or {}).values():
                collection.sampling_rate = share
        return collector

    def write(self, value: Any) -> dict[str, Any]:
        out = super().write(value)
        each = [one.pop("sampling_rate", None) for one in out.get("collections", {}).values()]
        rates = set(each)
        if len(rates) > 1:  # these files have one for all
            no_form(value)
        return {**out, "sampling_rate": each[0]} if rates - {None} else out


def _share(node: Node) -> Any:
    share = NUMBER.read(node)
    if not 0 <= share <= 1:
        node.fail(f"{share} is not from 0 to 1")
    return share


_COLLECTION = Table(
    Collection,
    renamed={"enabled": "mode"},
    forms={"enabled": _Flag(), "data": _Data()},
    required=("enabled",),
)
DATA_COLLECTOR = _CollectorTable(
    DataCollector,
    renamed={"request_logging.capture_headers": "capture_headers"},
    forms={"collections": MapOf(_COLLECTION)},
    required=("collections",),
)
