"""Corrections of a pinned document: data with reasons, in ``spec/<version>/patches.toml``.

```toml
[[patch]]
pointer = "/components/schemas/AccountKeyDatastoreSecrets/properties/key/x-ms-secret"
operation = "set"        # or "remove"
value = true             # only with "set"
reason = "…"
# document = "mfe.json"  # the pointer is into that source document, corrected before it is read
```
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from codegen_steps.pin.upstream import pointer_tokens
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import toml_text

HEADER = (
    "# Corrections of the official documents; `codegen.py pin` applies them and refuses one of "
    "no use.\n"
)
KEYS = {"pointer", "operation", "value", "reason", "document"}


class UnneededPatchError(CodegenError):
    """The document already says what the patch says."""


@dataclass(frozen=True)
class Patch:
    """One correction.

    Attributes:
        document: file name of the source document to correct; None means the pinned document.
    """

    pointer: str
    operation: str
    reason: str
    value: Any = None
    document: str | None = None

    def apply(self, document: dict[str, Any]) -> None:
        """Correct ``document`` in place.

        Raises:
            CodegenError: the pointer leads nowhere, or the document already says so: the
                patch is of no use and must go.
        """
        *steps, last = pointer_tokens(self.pointer)
        parent: Any = document
        for step in steps:
            parent = self._step(parent, step)
        key = self._key(parent, last)
        if self.operation == "remove":
            self._remove(parent, key)
        else:
            self._set(parent, key)

    def _set(self, parent: Any, key: str | int) -> None:
        if isinstance(parent, list):
            if key == len(parent):
                parent.append(self.value)
                return
            self._refuse_same(parent[int(key)])
        elif "$ref" in parent and key != "$ref":
            self.refuse("OpenAPI ignores what stands beside a $ref; set the whole schema")
        elif key in parent:
            self._refuse_same(parent[key])
        parent[key] = self.value

    def _remove(self, parent: Any, key: str | int) -> None:
        try:
            del parent[key]
        except (KeyError, IndexError):
            self.refuse("there is nothing to remove")

    def _refuse_same(self, current: Any) -> None:
        if type(current) is type(self.value) and current == self.value:
            raise UnneededPatchError(self._told("the document already says so; remove the patch"))

    def _step(self, parent: Any, step: str) -> Any:
        try:
            return parent[self._key(parent, step)]
        except (KeyError, IndexError, TypeError):
            self.refuse(f"it leads nowhere, there is no {step!r}")

    def _key(self, parent: Any, step: str) -> str | int:
        if isinstance(parent, dict):
            return step
        if isinstance(parent, list) and (step == "-" or step.isdigit()):
            return len(parent) if step == "-" else int(step)
        self.refuse(f"it leads nowhere, there is no {step!r}")
        return None

    def refuse(self, why: str) -> NoReturn:
        """Stop: the patch cannot be used."""
        raise CodegenError(self._told(why))

    def _told(self, why: str) -> str:
        return f"patches.toml: {self.operation} {self.pointer}: {why}."


def read_patches(path: Path) -> list[Patch]:
    """The patches of a version; none when the file is not there.

    Raises:
        CodegenError: the file is no TOML, or a patch is incomplete.
    """
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("patch", [])
    except tomllib.TOMLDecodeError as error:
        raise CodegenError(f"{path}: not TOML: {error}.") from None
    return [_patch(entry, f"{path}: patch {number}") for number, entry in enumerate(entries, 1)]


def _patch(entry: dict[str, Any], where: str) -> Patch:
    if unknown := set(entry) - KEYS:
        raise CodegenError(f"{where}: unknown key {', '.join(sorted(unknown))}.")
    for key in ("pointer", "operation", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise CodegenError(f"{where}: needs a {key}.")
    if entry["operation"] not in {"set", "remove"}:
        raise CodegenError(f"{where}: the operation is set or remove.")
    if ("value" in entry) != (entry["operation"] == "set"):
        raise CodegenError(f"{where}: a value belongs to set, and only to set.")
    if not entry["pointer"].startswith("/"):
        raise CodegenError(f"{where}: a JSON pointer starts with '/'.")
    return Patch(**entry)


def as_toml(patches: list[Patch]) -> str:
    """The text of a ``patches.toml``."""
    blocks = [HEADER]
    for patch in patches:
        lines = ["[[patch]]", f"pointer = {toml_text(patch.pointer)}"]
        lines.append(f"operation = {toml_text(patch.operation)}")
        if patch.operation == "set":
            lines.append(f"value = {_toml_value(patch.value)}")
        lines.append(f"reason = {toml_text(patch.reason)}")
        if patch.document:
            lines.append(f"document = {toml_text(patch.document)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _toml_value(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{toml_text(name)} = {_toml_value(item)}" for name, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml_value, value)) + "]"
    return toml_text(value) if isinstance(value, str) else json.dumps(value)


class SourceCorrections:
    """Applies the patches that are meant for source documents, while they are read."""

    def __init__(self, patches: list[Patch]) -> None:
        self._waiting = [patch for patch in patches if patch.document]

    def __call__(self, document: str, content: dict[str, Any]) -> None:
        """Correct the document that was just read."""
        for patch in list(self._waiting):
            if patch.document == PurePosixPath(document).name:
                patch.apply(content)
                self._waiting.remove(patch)

    def refuse_unused(self) -> None:
        """Stop when a patch is for a document that was never read."""
        for patch in self._waiting:
            patch.refuse(f"no document {patch.document} was read")
