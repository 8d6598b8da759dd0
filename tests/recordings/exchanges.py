"""Recorded requests and responses of the service, read without the library's help."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from tests import official

if TYPE_CHECKING:
    from collections.abc import Iterator

_RESOURCE = re.compile(
    r"/workspaces/(?P<workspace>[^/]+)"
    r"/(?P<kind>computes|datastores|jobs|codes|data|environments|models|batchEndpoints|onlineEndpoints)"
    r"(?:/(?P<name>[^/]+))?(?:/(?P<inner>versions|deployments)(?:/(?P<item>[^/]+))?)?\Z",
    re.IGNORECASE,
)


class Exchange(NamedTuple):
    """One request and its response."""

    source: str
    api_version: str
    method: str
    url: str
    request_body: Any
    status: int
    headers: dict[str, str]
    body: Any

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.url).path)

    @property
    def content(self) -> bytes:
        """The body as it was on the wire; null is recorded for an empty one."""
        if self.body is None:
            return b""
        is_page = isinstance(self.body, list)
        return "".join(self.body).encode() if is_page else json.dumps(self.body).encode()


class Resource(NamedTuple):
    """The JSON of one resource, in a request or a response."""

    exchange: Exchange
    kind: str
    name: str
    body: dict[str, Any]


@cache
def exchanges() -> tuple[Exchange, ...]:
    """Return every exchange of the recordings."""
    found = []
    for file in sorted(official.RECORDINGS.glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        found += [
            _exchange(f"{file.name}:{number}", json.loads(line), {})
            for number, line in enumerate(lines, 1)
        ]
    for case in cases().values():
        found += case
    return tuple(found)


@cache
def cases() -> dict[str, tuple[Exchange, ...]]:
    """Return the exchanges of each case."""
    found = {}
    for file in sorted((official.RECORDINGS / "cases").glob("*.json")):
        case = json.loads(file.read_bytes())
        one = [
            _exchange(f"{file.stem}#{number}", each, case)
            for number, each in enumerate(case["exchanges"], 1)
        ]
        found[case["case"]] = tuple(one)
    return found


def _exchange(source: str, raw: dict[str, Any], case: dict[str, Any]) -> Exchange:
    return Exchange(
        source,
        raw.get("api_version") or case["api_version"],
        raw["method"],
        raw["url"],
        raw.get("request_body"),
        raw["status"],
        {name.lower(): str(value) for name, value in (raw.get("headers") or {}).items()},
        raw.get("body"),
    )


def answers() -> Iterator[Resource]:
    """Yield every resource in a successful response."""
    for exchange in exchanges():
        address = _RESOURCE.search(exchange.path)
        if exchange.status in {200, 201} and address and exchange.method in {"GET", "PUT"}:
            body = exchange.body if isinstance(exchange.body, dict) else {}
            listed = body.get("value")
            items: list[Any] = listed if isinstance(listed, list) else [body]
            for item in filter(None, items):
                yield Resource(exchange, _kind(address), _name(address, item), item)


def requests() -> Iterator[Resource]:
    """Yield every resource in a PUT."""
    for exchange in exchanges():
        address = _RESOURCE.search(exchange.path)
        if exchange.method == "PUT" and address and isinstance(exchange.request_body, dict):
            body = exchange.request_body
            yield Resource(exchange, _kind(address), _name(address, {}), body)


def _kind(address: re.Match[str]) -> str:
    is_deployment = address["inner"] == "deployments"
    return f"{address['kind']}/deployments" if is_deployment else address["kind"]


def _name(address: re.Match[str], item: dict[str, Any]) -> str:
    """Return the name of a resource; of a version, that of its asset.

    The id has it; recorders replace parts of URLs and of bodies differently.
    """
    if "id" in item:
        return str(item["id"]).partition("/versions/")[0].rpartition("/")[2]
    known = address["item"] if address["inner"] == "deployments" else address["name"]
    return str(known or item.get("name"))
