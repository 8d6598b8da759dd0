"""Paged lists: filters, sort order and continuation tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from amlrest_emulator.arm_errors import refuse
from amlrest_emulator.engine.continuation import SKIP, read_token, write_token
from amlrest_emulator.spec import Operation, Spec
from amlrest_emulator.state import Order, Resource, State, position

PAGE = 100
LARGEST_PAGE = 1000
_MAX_NUMBER = 2**31 - 1
_NEWEST_FIRST = ("/jobs",)
_COLUMNS = {"createdtime": "seq", "modifiedtime": "modified"}
"""The words for which the service is known to sort."""
_EXAMPLES = "createdtime desc, modifiedtime asc or the like"
_NO_FILTERS = {
    "$skip",
    "$top",
    "$orderBy",
    "orderBy",
    "orderByAsc",
    "count",
    "offset",
    "includeAll",
}

Filter = Callable[[Resource, Any], bool]


def _labels(resource: Resource, name: str) -> dict[str, Any]:
    # Tracked resources have tags beside `properties`, assets inside.
    found: dict[str, Any] = {**(resource.body.get(name) or {})} if name == "tags" else {}
    return found | (resource.properties.get(name) or {})


def _has_labels(name: str) -> Filter:
    def test(resource: Resource, wanted: str) -> bool:
        labels = _labels(resource, name)
        for item in filter(None, (part.strip() for part in wanted.split(","))):
            key, equals, value = item.partition("=")
            if key not in labels or (equals and str(labels[key]) != value):
                return False
        return True

    return test


def _equals(*path: str) -> Filter:
    def test(resource: Resource, wanted: Any) -> bool:
        found: Any = resource.properties
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return str(found).lower() == str(wanted).lower()

    return test


def _is_default(resource: Resource, wanted: bool) -> bool:
    return bool(resource.properties.get("isDefault")) == wanted


def _is_listed(resource: Resource, view: str) -> bool:
    archived = bool(resource.properties.get("isArchived"))
    return view == "All" or archived == (view == "ArchivedOnly")


_FILTERS: dict[str, Filter] = {
    "tags": _has_labels("tags"),
    "$tags": _has_labels("tags"),
    "tag": lambda resource, key: key in _labels(resource, "tags"),
    "properties": _has_labels("properties"),
    "jobType": _equals("jobType"),
    "isDefault": _is_default,
    "names": lambda resource, names: resource.name.lower() in {item.lower() for item in names},
    "name": lambda resource, name: resource.name.lower() == name.lower(),
    "version": lambda resource, name: resource.name.lower() == name.lower(),
    "searchText": lambda resource, text: text.lower() in resource.name.lower(),
    "description": _equals("description"),
    "target": _equals("target"),
    "category": _equals("category"),
    "listViewType": _is_listed,
    "hash": _equals("properties", "hash_sha256"),
    "hashVersion": _equals("properties", "hash_version"),
}


def filters_of(query: dict[str, Any]) -> Callable[[Resource], bool]:
    """Return the predicate of a list's filters.

    Raises:
        ArmError: 400 for a filter that is not implemented.
    """
    wanted = {name: value for name, value in query.items() if name not in _NO_FILTERS}
    for name in wanted.keys() - _FILTERS.keys() - {"api-version"}:
        raise refuse(name, "is not a filter of the local workspace; leave it out", "NotImplemented")
    tests = [(_FILTERS[name], value) for name, value in wanted.items() if name in _FILTERS]
    return lambda resource: all(test(resource, value) for test, value in tests)


def order_of(query: dict[str, Any], resource_type: str) -> Order:
    """Return the sort order; by default jobs are newest first, other lists oldest first.

    Raises:
        ArmError: 400 for a word by which the service was never seen to sort: it would be ignored.
    """
    name = "$orderBy" if "$orderBy" in query else "orderBy"
    text = str(query.get(name, "")).strip()
    if not text:
        return Order(descending=resource_type.lower().endswith(_NEWEST_FIRST))
    match text.lower().split():
        case [word] if word in _COLUMNS:
            by_default = name == "orderBy" or "orderByAsc" in query
            descending = by_default and not query.get("orderByAsc", False)
            return Order(_COLUMNS[word], descending)
        case [word, "asc" | "desc" as direction] if word in _COLUMNS:
            ascending = query.get("orderByAsc", direction == "asc")
            return Order(_COLUMNS[word], not ascending)
    raise refuse(name, f"{text!r} is not a sort order; use {_EXAMPLES}")


@dataclass(frozen=True, slots=True)
class Page:
    """Position and size of a page.

    Attributes:
        after: position of the last resource of the previous page, or None.
        skip: number of resources to skip.
        size: maximum number of resources on this page.
        left: maximum number of resources on this and later pages, or None.
        order: order of the list.
        key: seals the continuation token.
    """

    after: list[Any] | None
    skip: int
    size: int
    left: int | None
    order: Order
    key: str = field(repr=False)


def page_of(
    spec: Spec, operation: Operation, query: dict[str, Any], order: Order, key: str
) -> Page:
    """Return the page of a request; ``count`` limits the page, ``$top`` the whole list.

    Raises:
        ArmError: 400 for a number out of range or a token that is not of this list.
    """
    defaults = {
        item.name: spec.merged(item.schema).get("default") for item in operation.query_parameters()
    }
    size = min(query.get("count") or defaults.get("count") or PAGE, LARGEST_PAGE)
    for name in ("$top", "count", "offset"):
        if not 0 <= query.get(name, 0) <= _MAX_NUMBER:
            raise refuse(name, f"must be from 0 to {_MAX_NUMBER}, not {query[name]}")
    after, skip, left = None, query.get("offset", 0), query.get("$top")
    if query.get(SKIP):
        after, left, sealed = read_token(key, query[SKIP])
        skip = 0
        if sealed != order:
            raise refuse(SKIP, "is of a list in another order; use nextLink unchanged")
    return Page(after, skip, size if left is None else min(size, left), left, order, key)


def list_page(
    state: State,
    parent: str,
    resource_type: str,
    query: dict[str, Any],
    page: Page,
    *,
    known: Callable[[Resource], bool],
) -> tuple[list[Resource], str | None]:
    """Return one page of the children of ``parent``, and the next continuation token.

    Args:
        state: the store.
        parent: ARM id of the parent.
        resource_type: type of the children.
        query: query parameters of the request.
        page: position and size of the page.
        known: whether the version of the request has the kind of a resource.
    """
    keep, order = filters_of(query), page.order
    scanned = state.scan(parent, resource_type, order, page.after, batch=page.size + 1)
    found = list(islice(filter(known, filter(keep, scanned)), page.skip, page.skip + page.size + 1))
    left = None if page.left is None else page.left - page.size
    more = len(found) > page.size > 0 and left != 0
    found = found[: page.size]
    if not more:
        return found, None
    return found, write_token(page.key, position(found[-1], order), left, order)


def next_link(url: str, token: str) -> str:
    """Return the URL of the request with a continuation token."""
    parts = urlsplit(url)
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0].lower() != SKIP]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (SKIP, token)])))
