"""Hostile values: samples of a schema, and changes of JSON that no client should get away with."""

from __future__ import annotations

import copy
import json
import random
from typing import Any
from urllib.parse import quote

from tests.emulator.two_versions import _readable

DEEP = "deep nesting"
VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**31,
    2**63,
    -(2**80),
    10**400,
    1e308,
    -1e-320,
    "",
    " ",
    "a\0b",
    "\ud800",
    "line\n",
    "\u0663",
    "²",
    "x" * 300,
    "../..",
    "$HOME",
    "${{inputs.x}}",
    "PT1S\n",
    "PT9999999999999999999999S",
    "http://[",
    "http://127.0.0.1:99999999/x",
    "azureml://datastores//paths/",
    "azureml:a:1",
    "/subscriptions/a",
    "NaN",
    [],
    [None],
    [[]],
    {},
    {"": ""},
    {"a": None},
    {"a=b": "c"},
    {"\ud800": 1},
    {"x\0": "y"},
    DEEP,
]
TEXTS = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"NaN",
    b'{"properties": NaN}',
    b'{"properties": {"description": Infinity}}',
    b'{"tags": {"a": -Infinity}}',
    b'{"properties": {"x": 1e999}}',
    b'{"a": 1' + b"0" * 5000 + b"}",
    b'{"properties": "\xff"}',
    b'\xef\xbb\xbf{"properties": {}}',
    b'{"properties": {}, "properties": null}',
    b"[" * 100_000,
    b'{"a":' * 500 + b"1" + b"}" * 500,
    b"\x00",
]
QUERIES = [
    "",
    "0",
    "-1",
    "1.5",
    "1.0",
    "1e3",
    "1e999",
    "NaN",
    "true",
    "null",
    "[]",
    "9" * 30,
    "9" * 5000,
    "\u0663",
    "²",
    "a\0b",
    "created desc",
    "createdtime desc",
    "name asc",
    "ArchivedOnly",
    "a=b,c",
    "=",
    "eyJhZnRlciI6IFt7fSwgMV0sICJsZWZ0IjogbnVsbH0=",
    "eyJhZnRlciI6IFsieCIsIDk5OTk5OTk5OTk5OTk5OTk5OTk5OTldLCAibGVmdCI6IC01fQ==",
    "eyJhZnRlciI6IFsxLCAxXSwgImxlZnQiOiAtNX0=",
    "W10=",
    "%%%",
    "x" * 3000,
]
RAW_QUERIES = ["%ff", "%ed%a0%80", "%00", "+", "%", "a&a=b"]
NAMES = ["a", "b-1", "cpu-cluster", "workspaceblobstore", "local"]
BAD_NAMES = [
    "%00",
    "%ff",
    "%ed%a0%80",
    "a%0A",
    "%2e%2e",
    "a%2Fb",
    "%25",
    "a" * 300,
    "%C2%B2",
    "a b",
]


def text(value: Any) -> bytes:
    """Return JSON, with lone surrogates as escapes."""
    return json.dumps(value).encode()


def sample(rng: random.Random, version: str, schema: dict[str, Any], depth: int = 0) -> Any:
    """Return a value that mostly fits a schema of a pinned document."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return sample(rng, version, _readable(version)["components"]["schemas"][name], depth)
    if "oneOf" in schema:
        return sample(rng, version, rng.choice(schema["oneOf"]), depth)
    if "allOf" in schema:
        found: dict[str, Any] = {}
        for part in schema["allOf"]:
            value = sample(rng, version, part, depth)
            found |= value if isinstance(value, dict) else {}
        own = {key: value for key, value in schema.items() if key != "allOf"}
        return found | _object(rng, version, own, depth) if "properties" in own else found
    if "enum" in schema:
        return rng.choice(schema["enum"])
    kind = schema.get("type", "object" if "properties" in schema else None)
    if kind == "object":
        return _object(rng, version, schema, depth)
    if kind == "array":
        return [sample(rng, version, schema["items"], depth + 1) for _ in range(rng.randint(0, 2))]
    return _scalar(rng, schema, kind)


def _object(rng: random.Random, version: str, schema: dict[str, Any], depth: int) -> Any:
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict):
        return {
            name: sample(rng, version, extra, depth + 1) for name in ("x", "y")[: rng.randint(0, 2)]
        }
    required = schema.get("required", [])
    found = {}
    for name, field in schema.get("properties", {}).items():
        if name in required or (depth < 5 and rng.random() < 0.5):
            found[name] = sample(rng, version, field, depth + 1)
    return found


def _scalar(rng: random.Random, schema: dict[str, Any], kind: str | None) -> Any:
    if kind == "string":
        by_format = {
            "duration": "PT5M",
            "date-time": "2026-01-01T00:00:00Z",
            "uuid": "00000000-0000-0000-0000-000000000001",
        }
        return by_format.get(schema.get("format", ""), rng.choice(("a", "b1", "text")))
    if kind == "boolean":
        return rng.random() < 0.5
    if kind in {"integer", "number"}:
        return rng.randint(1, 3)
    return rng.choice(({}, ["uniform", [0, 1]], "any"))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value inside a JSON value."""
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    found = [path] if path else []
    for key, item in items:
        found += places(item, (*path, key))
    return found


def changed(rng: random.Random, body: Any) -> Any:
    """Return a body with one to three changes."""
    result = copy.deepcopy(body)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        paths = places(result)
        if not paths:
            return rng.choice(VALUES)
        _change(rng, result, rng.choice(paths))
    return result


def _change(rng: random.Random, body: Any, path: tuple[Any, ...]) -> None:
    holder = body
    for key in path[:-1]:
        holder = holder[key]
    action = rng.random()
    if action < 0.15:
        del holder[path[-1]]
    elif action < 0.25 and isinstance(holder, dict):
        key = rng.choice(("", "\ud800", "unknown", "a\0", str(path[-1]).upper()))
        holder[key] = holder[path[-1]]
    else:
        value = rng.choice(VALUES)
        value = _nested(rng.choice((20, 40, 120))) if value == DEEP else copy.deepcopy(value)
        holder[path[-1]] = value


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = {"a": [value]}
    return value


def name(rng: random.Random) -> str:
    """Return an escaped path segment."""
    return rng.choice(BAD_NAMES) if rng.random() < 0.06 else rng.choice(NAMES)


def query_value(rng: random.Random) -> str:
    """Return an escaped value of a query parameter."""
    return rng.choice(RAW_QUERIES) if rng.random() < 0.2 else quote(rng.choice(QUERIES))
