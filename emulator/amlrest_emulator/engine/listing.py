"""Lists in pages: filters, order and opaque continuation tokens."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from amlrest_emulator.engine.errors import ArmError, refuse
from amlrest_emulator.spec import Operation, Spec
from amlrest_emulator.state import Order, Resource, State, position

PAGE = 100
LARGEST_PAGE = 1000
SKIP = "$skip"
_NEWEST_FIRST = ("/jobs",)
_COLUMNS = {
    "created": "seq",
    "createdat": "seq",
    "createdtime": "seq",
    "createdtimeutc": "seq",
    "modified": "modified",
    "modifiedat": "modified",
    "modifiedtime": "modified",
    "updatedat": "modified",
    "lastmodifiedat": "modified",
    "name": "name",
    "version": "name",
}
_NO_FILTERS = {"$skip", "$top", "$orderBy", "orderBy", "orderByAsc", "count", "offset"}

Test = Callable[[Resource, Any], bool]


def _properties(resource: Resource) -> dict[str, Any]:
    found: dict[str, Any] = resource.body.get("properties") or {}
    return found


def _labels(resource: Resource, name: str) -> dict[str, Any]:
    # Tracked resources carry their tags beside `properties`, assets inside.
    found: dict[str, Any] = {**(resource.body.get(name) or {})} if name == "tags" else {}
    return found | (_properties(resource).get(name) or {})


def _has_labels(name: str) -> Test:
    def test(resource: Resource, wanted: str) -> bool:
        labels = _labels(resource, name)
        for item in filter(None, (part.strip() for part in wanted.split(","))):
            key, equals, value = item.partition("=")
            if key not in labels or (equals and str(labels[key]) != value):
                return False
        return True

    return test


def _says(*path: str) -> Test:
    def test(resource: Resource, wanted: Any) -> bool:
        found: Any = _properties(resource)
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return str(found).lower() == str(wanted).lower()

    return test


def _is_default(resource: Resource, wanted: bool) -> bool:
    return bool(_properties(resource).get("isDefault")) == wanted


_TESTS: dict[str, Test] = {
    "tags": _has_labels("tags"),
    "$tags": _has_labels("tags"),
    "tag": lambda resource, key: key in _labels(resource, "tags"),
    "properties": _has_labels("properties"),
    "jobType": _says("jobType"),
    "isDefault": _is_default,
    "names": lambda resource, names: resource.name.lower() in {item.lower() for item in names},
    "name": lambda resource, name: resource.name.lower() == name.lower(),
    "version": lambda resource, name: resource.name.lower() == name.lower(),
    "searchText": lambda resource, text: text.lower() in resource.name.lower(),
    "description": _says("description"),
    "target": _says("target"),
    "category": _says("category"),
}


def filters_of(query: dict[str, Any]) -> Callable[[Resource], bool]:
    """Return what decides whether a resource belongs in a list.

    Raises:
        ArmError: 501 for a documented filter that is not carried out here.
    """
    wanted = {name: value for name, value in query.items() if name not in _NO_FILTERS}
    for name in wanted.keys() - _TESTS.keys() - {"api-version"}:
        message = f"The local workspace does not filter lists by {name}."
        raise ArmError(501, "NotImplemented", message, name)
    tests = [(_TESTS[name], value) for name, value in wanted.items() if name in _TESTS]
    return lambda resource: all(test(resource, value) for test, value in tests)


def order_of(query: dict[str, Any], resource_type: str) -> Order:
    """Return the order a request asks for: jobs newest first, all else oldest first by default."""
    name = "$orderBy" if "$orderBy" in query else "orderBy"
    text = str(query.get(name, "")).strip()
    if not text:
        return Order(descending=resource_type.lower().endswith(_NEWEST_FIRST))
    word, descending = _direction(text.lower().replace(" ", ""))
    if word not in _COLUMNS:
        raise refuse(name, f"{text!r} is no order; use created, modified or name")
    if "orderByAsc" in query or (name == "orderBy" and word == text.lower()):
        descending = not query.get("orderByAsc", False)
    return Order(_COLUMNS[word], descending)


def _direction(word: str) -> tuple[str, bool]:
    for ending, descending in (("desc", True), ("asc", False)):
        if word.endswith(ending):
            return word.removesuffix(ending), descending
    return word, False


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page begins and how long it may be.

    Attributes:
        after: position of the last resource of the page before, or None.
        skip: resources to leave out at the beginning.
        size: resources on this page at most.
        left: resources the whole list may still have, or None for no limit.
    """

    after: list[Any] | None
    skip: int
    size: int
    left: int | None


def page_of(spec: Spec, operation: Operation, query: dict[str, Any]) -> Page:
    """Read page size and continuation token; ``count`` is a page's size, ``$top`` the list's."""
    defaults = {item.name: spec.merged(item.schema).get("default") for item in operation.in_query()}
    size = query.get("count") or defaults.get("count") or PAGE
    for name in ("$top", "count", "offset"):
        if query.get(name, 0) < 0:
            raise refuse(name, "must not be negative")
    token = _read_token(query[SKIP]) if query.get(SKIP) else {}
    left = token.get("left", query.get("$top"))
    size = min(size, LARGEST_PAGE)
    skip = 0 if token else query.get("offset", 0)
    return Page(token.get("after"), skip, size if left is None else min(size, left), left)


def _read_token(text: str) -> dict[str, Any]:
    try:
        token = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, binascii.Error):
        token = None
    match token:
        case {"after": [_, int()], "left": int() | None}:
            return dict(token)
    raise refuse(SKIP, "is no continuation token of this workspace; use nextLink as it is")


def _write_token(after: list[Any], left: int | None) -> str:
    return base64.urlsafe_b64encode(json.dumps({"after": after, "left": left}).encode()).decode()


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of resources, and the token of the next one if there is one."""

    resources: list[Resource]
    token: str | None


def list_page(
    state: State, parent: str, resource_type: str, query: dict[str, Any], page: Page
) -> Listing:
    """Return one page of the children of ``parent``; memory grows with the page, not the list."""
    keep, order = filters_of(query), order_of(query, resource_type)
    scanned = state.scan(parent, resource_type, order, page.after, batch=page.size + 1)
    found = list(islice(filter(keep, scanned), page.skip, page.skip + page.size + 1))
    left = None if page.left is None else page.left - page.size
    more = len(found) > page.size > 0 and left != 0
    found = found[: page.size]
    return Listing(found, _write_token(position(found[-1], order), left) if more else None)


def next_link(url: str, token: str) -> str:
    """Return the request's own address with a continuation token in it."""
    parts = urlsplit(url)
    pairs = [pair for pair in parse_qsl(parts.query) if pair[0].lower() != SKIP]
    return urlunsplit(parts._replace(query=urlencode([*pairs, (SKIP, token)])))
