"""Operation tables of the other pinned versions: what differs from the current version's table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from codegen_steps.emit.lower_models import SCALARS
from codegen_steps.emit.lower_operations import operations
from codegen_steps.emit.template_filters import parameter_arguments
from codegen_steps.pinned_document import Json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COLUMNS = (
    *("method", "path", "body", "body_required", "responses", "error"),
    *("long_running", "pageable", "content_type"),
)


class JsonKinds:
    """Types of a document without models: scalars, and JSON for everything else."""

    def __init__(self) -> None:
        self.models: dict[str, Json] = {}

    def kind(self, schema: Json, owner: str, wire: str) -> str:
        """Return a type expression, as `lower_models.Models.kind` does."""
        del owner, wire
        return SCALARS.get(schema.get("type", ""), "any")


def version_tables(document: Json, others: Sequence[Json], shapes: Sequence[str] = ()) -> Json:
    """Return what the templates need about the other pinned versions.

    Args:
        document: the pinned document of the current version.
        others: those of the other pinned versions.
        shapes: API versions from which the wire shape is another one.

    Returns:
        `ranges`: pairs of an API version and the pinned version whose operations are valid from
        then on, oldest first; `tables`: the differences by pinned version.
    """
    current = {row["id"]: row for row in operations(document, JsonKinds())}
    tables = {_version(other): _table(current, other) for other in others}
    return {"ranges": ranges([_version(document), *tables], shapes), "tables": tables}


def module_of(api_version: str) -> str:
    """Return the name of the module that has a version's table."""
    return "v" + re.sub(r"\W", "_", api_version)


def ranges(pinned: Iterable[str], shapes: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return pairs of an API version and the pinned version to use from then on, oldest first.

    The first pinned version of a shape is used from the shape's beginning.
    """
    waiting = sorted(pinned, key=_date)
    starts = sorted(set(shapes), key=_date) or waiting[:1]
    found: list[tuple[str, str]] = []
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        inside = [one for one in waiting if _within(one, start, end)]
        found += [(start if one == inside[0] else one, one) for one in inside]
    return found


def _within(version: str, start: str, end: str | None) -> bool:
    return _date(start) <= _date(version) and (end is None or _date(version) < _date(end))


def _date(version: str) -> tuple[str, bool]:
    """Order versions by date; a preview comes before the stable version of its day."""
    return version[:10], len(version) == len("2000-01-01")


def _version(document: Json) -> str:
    return str(document["info"]["version"])


def _table(current: dict[str, Json], document: Json) -> Json:
    rows = {row["id"]: row for row in operations(document, JsonKinds())}
    numbers: dict[str, int] = {}
    changed = {name: _difference(current.get(name), row, numbers) for name, row in rows.items()}
    return {
        "missing": sorted(current.keys() - rows.keys()),
        "parameters": list(numbers),
        "changed": {name: facts for name, facts in changed.items() if facts},
    }


def _difference(old: Json | None, new: Json, numbers: dict[str, int]) -> Json:
    """Return the columns of a row that differ; all of them where there is no old row."""
    found = {name: new[name] for name in COLUMNS if old is None or old[name] != new[name]}
    texts = [parameter_arguments(parameter) for parameter in new["parameters"]]
    # their order means nothing
    if old is None or sorted(texts) != sorted(map(parameter_arguments, old["parameters"])):
        found["parameters"] = tuple(numbers.setdefault(text, len(numbers)) for text in texts)
    return found
