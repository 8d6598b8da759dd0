"""Results as JSON, YAML, tab-separated values or a table, whole or what a JMESPath query selects."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import click

from amlrest.cli import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMATS = ("table", "json", "yaml", "tsv", "none")


def select(value: Any, query: str) -> Any:
    """Return what a JMESPath query selects from a JSON value.

    Raises:
        click.UsageError: the query is not valid.
    """
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        return jmespath.search(query, value)
    except JMESPathError as error:
        reason = str(error).partition("\n")[0].rpartition("expression: ")[2].rstrip(": ")
        raise click.UsageError(f"invalid JMESPath {query!r}: {reason}") from None


def nothing_selected(found: Any, value: Any, query: str) -> str:
    """Return a note that a query found nothing where `az` has a value; empty if it found all.

    Args:
        found: what the query selected.
        value: the JSON value it selected from: a resource or a list of some.
        query: the query. `az` has the properties of a resource beside its name.
    """
    items = found if isinstance(found, list) else [found]
    if items and all(each is not None for item in items for each in _cells(item)):
        return ""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict) or not isinstance(first.get("properties"), dict):
        return ""
    inner = {name.lower(): name for name in first["properties"]}
    for name in re.findall(r"""(?<![\w.'"`])[A-Za-z]\w*(?!\w|\s*[:(])""", query):
        if name not in first and (known := inner.get(name.replace("_", "").lower())):
            return f"--query: there is no {name!r} here; did you mean 'properties.{known}'?"
    return "--query selected nothing" if found is None else ""


def as_json(value: Any, *, is_ascii: bool) -> str:
    """Return a value as JSON; NaN and infinity, which JSON does not have, are null.

    Args:
        value: the value.
        is_ascii: whether other characters are escaped.
    """
    import json

    def dumps(value: Any) -> str:
        return json.dumps(value, indent=2, ensure_ascii=is_ascii, default=str, allow_nan=False)

    try:
        return dumps(value) + "\n"
    except ValueError:
        return dumps(_finite(value)) + "\n"


def as_yaml(value: Any, *, is_ascii: bool) -> str:
    """Return a value as YAML."""
    import json

    from amlrest._yaml import dump

    plain = json.loads(as_json(value, is_ascii=True))
    return dump(plain, is_ascii=is_ascii).removesuffix("...\n")


def as_tsv(value: Any) -> str:
    """Return a line for each item of a list, with tabs between the values of an item.

    As in the Azure CLI: an object is its values, and of an object or list inside there is only
    the number of entries. Tabs and line breaks in values are spaces.
    """
    items = value if isinstance(value, list) else [] if value is None else [value]
    return "".join("\t".join(map(_tsv_cell, _cells(item))) + "\n" for item in items)


def as_table(value: Any, width: int) -> list[str]:
    """Lay out the objects of a list as rows, or one object as names and values.

    Args:
        value: a JSON value.
        width: columns of the screen; 0 for no limit.
    """
    if isinstance(value, dict):
        return render.pairs((key, _cell(each)) for key, each in value.items())
    items = value if isinstance(value, list) else [] if value is None else [value]
    if items and all(isinstance(item, dict) for item in items):
        names = list(dict.fromkeys(name for item in items for name in item))
        rows = [[_cell(item.get(name)) for name in names] for item in items]
        return render.table([name.upper() for name in names], rows, width)
    if items and all(isinstance(item, list) for item in items):
        most = max(map(len, items))
        rows = [[*map(_cell, item), *[None] * (most - len(item))] for item in items]
        return render.table([""] * most, rows, width)[1:]
    return [_tsv_cell(item) for item in items]


def rows_as_tsv(rows: Iterable[Sequence[render.Cell]]) -> str:
    """Return rows of cells as tab-separated values."""
    return as_tsv([list(row) for row in rows])


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _cells(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return list(item.values())
    return item if isinstance(item, list) else [item]


def _tsv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return str(len(value))
    return " ".join(str(value).split("\n")).replace("\t", " ").replace("\r", " ")


def _cell(value: Any) -> render.Cell:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return as_json(value, is_ascii=False).replace("\n", " ").strip() if value else None
    return value if isinstance(value, str | int | float) else None
