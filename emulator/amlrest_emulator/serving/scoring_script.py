"""Scoring scripts: whether one is only half of what the inference server calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from amlrest_emulator.blob import BlobStore, chunks
from amlrest_emulator.runner.plan import Source

_CALLED = frozenset({"init", "run"})
"""Functions that the inference server calls."""

_MAKERS = frozenset({"__import__", "exec", "globals", "locals", "setattr", "vars"})
_LARGEST = 1 << 20
_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def lacks_init(text: bytes) -> bool:
    """Return whether a script defines ``run()`` and certainly no ``init()``.

    False for one that cannot be read as Python, or that makes names in a way that only running it
    shows: what it lacks then, the inference server says.
    """
    try:
        tree = ast.parse(text)
        names = set(_names(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    is_certain = "*" not in names and not any(map(_is_dynamic, ast.walk(tree)))
    return is_certain and _CALLED & names == {"run"}


def _is_dynamic(node: ast.AST) -> bool:
    """Return whether a node may make a function by another way than its definition."""
    if isinstance(node, ast.Global):
        return not _CALLED.isdisjoint(node.names)
    return isinstance(node, ast.Name) and node.id in _MAKERS


def _names(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a module binds; ``*`` for all of another module."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        if not isinstance(node, _OWN_SCOPE):
            yield from _names(node)


def read_script(code: Source, script: str, blobs: BlobStore) -> bytes:
    """Return the text of a script; empty if it is not there, is too large or on the web."""
    path = f"{code.path.rstrip('/')}/{script}"
    if code.kind == "file":
        found = Path(path)
        is_small = found.is_file() and found.stat().st_size <= _LARGEST
        return found.read_bytes() if is_small else b""
    blob = blobs.find(code.container, path.strip("/")) if code.kind == "blob" else None
    if blob is None or blob.size > _LARGEST:
        return b""
    return b"".join(chunks(blobs, blob, 0, blob.size))
