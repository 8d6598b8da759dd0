"""Changes to a YAML file from outside: values at paths of keys, such as ``limits.timeout``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import evolve

from amlrest.errors import ValidationError
from amlrest.jobfile.nodes import Node
from amlrest.jobfile.parsing import parse
from amlrest.jobfile.problems import FileError, Problem

_PATH = re.compile(r"[^.\[\]]+(\[\d+\])*(\.[^.\[\]]+(\[\d+\])*)*\Z")
_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


def changed(root: Node, changes: Mapping[str, str]) -> Node:
    """Return a document with other values at some paths.

    Args:
        root: the document; it stays as it is.
        changes: YAML text by path. A path is keys joined with dots, with ``[0]`` for an item of
            a list; keys that are missing are added.

    Raises:
        ValidationError: a path is not one, or leads through a value that is not a mapping.
    """
    for path, text in changes.items():
        if not _PATH.match(path):
            raise ValidationError(f"invalid path {path!r}; use KEY.KEY or KEY[0].KEY")
        root = _put(root, _STEP.findall(path), _value(root, path, text))
    return root


def _value(root: Node, path: str, text: str) -> Node:
    source = evolve(root.source, name="new value")
    if not text.strip():
        return Node(None, path, 1, source)
    try:
        return _below(parse(text, source), path)
    except FileError as error:
        raise FileError(evolve(each, key=path) for each in error.problems) from None


def _below(node: Node, path: str) -> Node:
    """Return a value with its paths below another."""
    inner: Any = node.value
    if isinstance(inner, dict):
        inner = {key: _below(each, path) for key, each in inner.items()}
    elif isinstance(inner, list):
        inner = [_below(each, path) for each in inner]
    joint = "." if node.path and not node.path.startswith("[") else ""
    return evolve(node, value=inner, path=f"{path}{joint}{node.path}")


def _put(node: Node, steps: list[str], new: Node) -> Node:
    if not steps:
        return new
    first, *rest = steps
    if first.startswith("["):
        return _put_item(node, int(first[1:-1]), rest, new)
    if node.value is not None and not isinstance(node.value, dict):
        _refuse(node, new, f"is not a mapping, so it has no key {first!r}")
    entries = node.value or {}
    path = f"{node.path}.{first}" if node.path else first
    inner = entries.get(first) or evolve(new, value=None, path=path, text="")
    return evolve(node, value=entries | {first: _put(inner, rest, new)})


def _put_item(node: Node, index: int, rest: list[str], new: Node) -> Node:
    items = node.value if isinstance(node.value, list) else []
    if index >= len(items):
        _refuse(node, new, f"has no item {index}")
    return evolve(node, value=[*items[:index], _put(items[index], rest, new), *items[index + 1 :]])


def _refuse(node: Node, new: Node, reason: str) -> None:
    problem = f"{node.path} {reason}; correct the path {new.path!r}"
    raise FileError([Problem(node.source.name, node.line, node.column, "", problem)])
