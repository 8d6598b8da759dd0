"""Read a file: the kind and the dialect in which its content has the fewest problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, frozen

from amlrest.errors import ValidationError
from amlrest.jobfile.changes import changed
from amlrest.jobfile.kinds import KINDS, SCHEMAS, unsupported
from amlrest.jobfile.nodes import Node, Source, Trace
from amlrest.jobfile.parsing import parse
from amlrest.jobfile.problems import Collector, FileError, Partial


@frozen
class Deployed:
    """An endpoint together with the deployments in its file.

    Attributes:
        endpoint: the `OnlineEndpoint` or `BatchEndpoint`.
        deployments: its deployments, in the order of the file.
    """

    endpoint: Any
    deployments: tuple[Any, ...] = field(converter=tuple)


@frozen
class Reading:
    """What was read from a file.

    Attributes:
        value: the resource.
        trace: where its values stand.
        dialect: the dialect of the file.
    """

    value: Any
    trace: Trace
    dialect: str

    def locate(self, error: ValidationError) -> ValidationError:
        """Return an error about the resource with file, line, column and key in front."""
        return self.trace.locate(error)


def read(
    text: str, source: Source, otherwise: str = "", changes: Mapping[str, str] | None = None
) -> Reading:
    """Read YAML text.

    Args:
        text: the document.
        source: its origin.
        otherwise: kind of a document that does not show its kind.
        changes: YAML text of other values, by path of keys.

    Raises:
        FileError: with all its problems, as the best fitting kind and dialect see them.
    """

    def parsed(source: Source) -> Node:
        return changed(parse(text, source), changes or {})

    root = parsed(source)
    _refuse_unsupported(root)
    failures: list[FileError] = []
    for kind in _candidates(root, otherwise):
        for dialect in KINDS[kind].dialects:
            # Each attempt has a trace of its own, which the nodes know.
            node = parsed(evolve(source, trace=Trace()))
            try:
                return Reading(_attempt(node, kind, dialect), node.source.trace, dialect)
            except FileError as error:
                failures.append(error)
    if not failures and root.source.trace.problems:
        raise FileError(root.source.trace.problems)
    if not failures:
        root.fail("cannot tell what this file describes; add a $schema line or a type")
    raise min(failures, key=_badness)


def _badness(error: FileError) -> tuple[int, int]:
    return sum(each.is_unknown for each in error.problems), len(error.problems)


def _attempt(node: Node, kind: str, dialect: str) -> Any:
    noted = node.source.trace.problems
    try:
        is_endpoint = kind.endswith("Endpoint")
        value = _endpoint(node, kind, dialect) if is_endpoint else _table(kind, dialect).read(node)
    except FileError as error:
        raise FileError([*noted, *error.problems], error.partial) from None
    if noted:
        raise FileError(noted, Partial(value))
    return value


def _table(kind: str, dialect: str) -> Any:
    return KINDS[kind].load_table(dialect)


def _endpoint(node: Node, kind: str, dialect: str) -> Deployed:
    collector, endpoint = Collector(), None
    with collector.attempt():
        endpoint = _table(kind, dialect).read(node.without({"deployments"}))
        if kind == "managedOnlineEndpoint" and endpoint.target is not None:
            kind = "k8sOnlineEndpoint"
    found = node.mapping().get("deployments")
    items = found.items() if found and found.value is not None else []
    deployments = []
    for each in items:
        with collector.attempt():
            deployments.append(_table(kind.replace("Endpoint", "Deployment"), dialect).read(each))
    collector.check()
    for deployment in deployments:
        deployment.endpoint = getattr(endpoint, "name", None)
    return Deployed(endpoint, deployments)


def _candidates(node: Node, otherwise: str) -> list[str]:
    """Return the kinds that a file can be, by ``type``, ``$schema``, keys and what is wanted."""
    keys = node.mapping().keys()
    found = [*_by_type(_word(node, "type")), *_by_schema(_schema(node)), *_by_keys(keys)]
    if keys and otherwise in KINDS:
        found.append(otherwise)
    if not found and keys & {"path", "local_path"}:
        found.append("data")
    return list(dict.fromkeys(found))


def _by_type(word: str) -> list[str]:
    return [name for name, kind in KINDS.items() if word in kind.types.split()]


def _by_schema(name: str) -> list[str]:
    kind = SCHEMAS.get(name, name)
    return [kind] if kind in KINDS else []


def _by_keys(keys: Any) -> list[str]:
    return [name for name, kind in KINDS.items() if keys & set(kind.keys.split())]


def _word(node: Node, key: str) -> str:
    entry = node.mapping().get(key)
    return str(entry.value).strip().lower() if entry else ""


def _schema(node: Node) -> str:
    """Return the name in the ``$schema`` URL, which ends with ``<kind>.schema.json``."""
    entry = node.mapping().get("$schema")
    return str(entry.value if entry else "").strip().rpartition("/")[2].partition(".")[0]


def _refuse_unsupported(node: Node) -> None:
    what = unsupported(_schema(node), _word(node, "type"), node.mapping().keys())
    if what:
        node.fail(
            f"the file describes {what}, which amlrest does not run; it takes command and sweep "
            "jobs, data, models, environments, datastores, computes, endpoints and deployments"
        )
