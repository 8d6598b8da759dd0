"""Parse YAML into nodes, with everything that is wrong with the YAML itself."""

from __future__ import annotations

import re
from typing import Any

import yaml
from attrs import evolve
from yaml.reader import ReaderError

from amlrest.jobfile.nodes import Node, Source
from amlrest.jobfile.problems import FileError, Problem


class _Loader(yaml.SafeLoader):
    """A safe loader that also reads ``1e-5`` as a number."""


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+\Z"),
    list("-+0123456789"),
)


def parse(text: str, source: Source) -> Node:
    """Parse a YAML document.

    A duplicate key or an alias that contains itself is a problem in the trace of `source`.

    Raises:
        FileError: it is not valid YAML.
    """
    try:
        return _root(_Loader(text), source)
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        problem = f"{chr(error.character)!r} is not allowed"
    except RecursionError:
        line, column, problem = 1, 1, "nested too deeply"
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = getattr(error, "problem", None) or "not readable"
    raise FileError([Problem(source.name, line, column, "", f"not valid YAML: {problem}")])


def _root(loader: yaml.SafeLoader, source: Source) -> Node:
    try:
        root = loader.get_single_node()
        if root is None:
            return Node({}, "", 1, source)
        return _Reader(loader, source).read(root, "", frozenset())
    finally:
        loader.dispose()


class _Reader:
    def __init__(self, loader: yaml.SafeLoader, source: Source) -> None:
        self._loader, self._source = loader, source

    def read(self, node: yaml.Node, path: str, above: frozenset[int]) -> Node:
        here = self._at(node, path)
        if id(node) in above:
            self._note(here, "it contains itself; write the value instead of the alias")
            return here
        inside = above | {id(node)}
        value: Any
        if isinstance(node, yaml.MappingNode):
            value = self._entries(node, path, inside)
        elif isinstance(node, yaml.SequenceNode):
            each = enumerate(node.value)
            value = [self.read(item, f"{path}[{i}]", inside) for i, item in each]
        else:
            value = self._scalar(node)
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        return evolve(here, value=value, text=text)

    def _at(self, node: yaml.Node, path: str) -> Node:
        mark = node.start_mark
        return Node(None, path, mark.line + 1, self._source, "", mark.column + 1)

    def _note(self, node: Node, problem: str) -> None:
        self._source.trace.problems.append(node.problem(problem))

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self._loader.construct_object(node)
        except ValueError:  # looks like a date or number, but is not one
            return node.value

    def _entries(self, node: yaml.MappingNode, path: str, above: frozenset[int]) -> dict[str, Node]:
        self._check_duplicates(node, path)
        self._loader.flatten_mapping(node)
        entries: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._note(self._at(key_node, path), "a key is a list or a mapping; use text")
                continue
            key = str(key_node.value)  # YAML reads ``on`` and ``1.10`` as other types
            entries[key] = self.read(value_node, f"{path}.{key}" if path else key, above)
        return entries

    def _check_duplicates(self, node: yaml.MappingNode, path: str) -> None:
        """Note a duplicate key; keys from a merge (``<<``) may be overridden."""
        seen: set[str] = set()
        for key, _ in node.value:
            inner = f"{path}.{key.value}" if path else str(key.value)
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                self._note(self._at(key, inner), "duplicate key; keep one")
            seen.add(str(key.value))
