"""Patches of a pinned document, with reasons: ``spec/<version>/patches.toml``.

```toml
[[patch]]
pointer = "/components/schemas/AccountKeyDatastoreSecrets/properties/key/x-ms-secret"
operation = "set"        # or "remove"
value = true             # only with "set"
reason = "…"
# document = "mfe.json"  # patch this source document before it is converted
```
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from codegen_steps.pin.sources import pointer_tokens
from codegen_steps.problems import CodegenError
from codegen_steps.provenance import toml_text

HEADER = (
    "# Corrections of the official documents; `codegen.py pin` applies them and refuses one of "
    "no use.\n"
)
KEYS = {"pointer", "operation", "value", "reason", "document"}


class UnneededPatchError(CodegenError):
    """The patch changes nothing."""


@dataclass(frozen=True)
class Patch:
    """One patch.

    Attributes:
        document: file name of the source document to patch; None for the pinned document.
    """

    pointer: str
    operation: str
    reason: str
    value: Any = None
    document: str | None = None

    def apply(self, document: dict[str, Any]) -> None:
        """Patch ``document`` in place.

        Raises:
            CodegenError: the pointer has no target, or the patch changes nothing.
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
            self.refuse("OpenAPI ignores the siblings of a $ref; set the whole schema")
        elif key in parent:
            self._refuse_same(parent[key])
        parent[key] = self.value

    def _remove(self, parent: Any, key: str | int) -> None:
        try:
            del parent[key]
        except (KeyError, IndexError):
            self.refuse("there is nothing to remove; remove the patch")

    def _refuse_same(self, current: Any) -> None:
        if type(current) is type(self.value) and current == self.value:
            raise UnneededPatchError(
                self._text("the document already has this value; remove the patch")
            )

    def _step(self, parent: Any, step: str) -> Any:
        try:
            return parent[self._key(parent, step)]
        except (KeyError, IndexError, TypeError):
            self.refuse(
                f"the pointer has no target, there is no {step!r}; correct or remove the patch"
            )

    def _key(self, parent: Any, step: str) -> str | int:
        if isinstance(parent, dict):
            return step
        if isinstance(parent, list) and (step == "-" or step.isdigit()):
            return len(parent) if step == "-" else int(step)
        self.refuse(f"the pointer has no target, there is no {step!r}; correct or remove the patch")
        return None

    def refuse(self, why: str) -> NoReturn:
        """Raise CodegenError: the patch cannot be applied."""
        raise CodegenError(self._text(why))

    def _text(self, why: str) -> str:
        return f"patches.toml: {self.operation} {self.pointer}: {why}."


def read_patches(path: Path) -> list[Patch]:
    """Return the patches of a version; none when the file is absent.

    Raises:
        CodegenError: the file is not valid TOML, or a patch is incomplete.
    """
    if not path.exists():
        return []
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("patch", [])
    except tomllib.TOMLDecodeError as error:
        raise CodegenError(f"{path}: not valid TOML: {error}.") from None
    return [_patch(entry, f"{path}: patch {number}") for number, entry in enumerate(entries, 1)]


def _patch(entry: dict[str, Any], where: str) -> Patch:
    if unknown := set(entry) - KEYS:
        raise CodegenError(
            f"{where}: unknown key {', '.join(sorted(unknown))}; known keys: {', '.join(sorted(KEYS))}."
        )
    for key in ("pointer", "operation", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise CodegenError(f"{where}: {key} is missing; add it.")
    if entry["operation"] not in {"set", "remove"}:
        raise CodegenError(f"{where}: operation must be set or remove, not {entry['operation']!r}.")
    if ("value" in entry) != (entry["operation"] == "set"):
        raise CodegenError(f"{where}: value is required with set and not allowed with remove.")
    if not entry["pointer"].startswith("/"):
        raise CodegenError(f"{where}: pointer must start with '/', as a JSON pointer does.")
    return Patch(**entry)


def as_toml(patches: list[Patch]) -> str:
    """Return the text of a ``patches.toml``."""
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
    """Applies the patches of source documents while these are read."""

    def __init__(self, patches: list[Patch]) -> None:
        self._waiting = [patch for patch in patches if patch.document]

    def __call__(self, document: str, content: dict[str, Any]) -> None:
        """Patch the document that was just read."""
        for patch in list(self._waiting):
            if patch.document == PurePosixPath(document).name:
                patch.apply(content)
                self._waiting.remove(patch)

    def refuse_unused(self) -> None:
        """Raise CodegenError when the document of a patch was never read."""
        for patch in self._waiting:
            patch.refuse(f"no document {patch.document} was read")
