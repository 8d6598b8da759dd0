"""Mappings that the service takes as JSON, with keys of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from amlrest.jobfile.nodes import Node, without_nulls
from amlrest.jobfile.problems import Collector
from amlrest.jobfile.values import Form


class JsonObject(Form):
    """A mapping that becomes a JSON object.

    Args:
        keys: path in the JSON and form by key.
        constants: values of fields that have no key.
        required: keys that must be present.
        ignored: keys that only the service sets.
    """

    def __init__(
        self,
        keys: Mapping[str, tuple[str, Form]],
        *,
        constants: Mapping[str, Any] | None = None,
        required: Collection[str] = (),
        ignored: Collection[str] = (),
    ) -> None:
        self._keys, self._constants = keys, dict(constants or {})
        self._required, self._ignored = required, ignored

    def read(self, node: Node) -> dict[str, Any]:
        """Return the JSON object."""
        out, collector = dict(self._constants), Collector()
        entries = without_nulls(node.mapping())
        for key, child in entries.items():
            with collector.attempt():
                self._entry(key, child, out)
        missing = [key for key in self._required if key not in entries]
        collector.problems += [node.problem(f"{key} is missing; add it") for key in missing]
        collector.check()
        return out

    def _entry(self, key: str, child: Node, out: dict[str, Any]) -> None:
        if key in self._ignored:
            return
        if key not in self._keys:
            child.fail_key(self._keys)
        field, form = self._keys[key]
        out[field] = form.read(child)

    def write(self, value: Any) -> Any:
        """Return the mapping; fields without a key are left out."""
        if not isinstance(value, Mapping):
            return value
        found = {key: (value.get(field), form) for key, (field, form) in self._keys.items()}
        written = {k: form.write(v) for k, (v, form) in found.items() if v is not None}
        return {key: each for key, each in written.items() if each is not None}
