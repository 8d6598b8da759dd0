"""Payloads that are newer than the documents, or wrong, are read without a crash and without loss."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conformance.reading import class_name, same_json, use_everything

pytestmark = pytest.mark.slow

MISSING = object()
REPLACEMENTS = {
    "null": None,
    "missing": MISSING,
    "unknown text": "NotInAnyDocument",
    "seven digits": "2021-06-01T12:00:00.1234567Z",
    "large number": 2**80,
    "real number": 1e300,
    "non-ASCII": "Größe 測試 🧪 \u202e",
    "list": [1, {"k": None}],
    "object": {"k": [True, None]},
    "boolean": True,
}
Path = tuple[Any, ...]


SAME_SHAPE = 3


def places(value: Any, path: Path = ()) -> list[Path]:
    """Every place in a JSON value except its root; of a long array, the first items."""
    found = [path] if path else []
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value[:SAME_SHAPE])
    for key, item in items:
        found += places(item, (*path, key))
    return found


def changed(payload: Any, path: Path, replacement: Any) -> Any:
    result = json.loads(json.dumps(payload))
    holder = result
    for key in path[:-1]:
        holder = holder[key]
    if replacement is MISSING:
        del holder[path[-1]]
    else:
        holder[path[-1]] = copy.deepcopy(replacement)
    return result


def with_unknown_field(payload: Any, path: Path) -> Any:
    result = holder = json.loads(json.dumps(payload))
    for key in path:
        holder = holder[key]
    if isinstance(holder, dict):
        holder["notInAnyDocument"] = {"a": [1]}
    return result


def model_of(client: Any, schema: Any) -> Any:
    return getattr(client.models, class_name(client.official.name_of(schema)))


def assert_lossless(model: Any, payload: Any, where: object) -> None:
    original = json.dumps(payload, sort_keys=True)
    read = model.from_dict(payload)
    use_everything(read)
    assert json.dumps(read.to_dict(), sort_keys=True) == original, where
    assert json.dumps(payload, sort_keys=True) == original, f"{where}: reading changed its source"


def test_every_change_at_every_place(client: Any, tell: Any) -> None:
    tried = 0
    for where, schema, payload in client.official.payloads:
        model = model_of(client, schema)
        for path in places(payload):
            for name, replacement in REPLACEMENTS.items():
                assert_lossless(model, changed(payload, path, replacement), (where, path, name))
                tried += 1
            more = with_unknown_field(payload, path)
            assert_lossless(model, more, (where, path, "unknown field"))
            tried += 1
    tell(f"{client.official.version}: {tried} changed payloads lossless")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_several_random_changes(client: Any, data: st.DataObject) -> None:
    where, schema, payload = data.draw(st.sampled_from(client.official.payloads))
    for _ in range(data.draw(st.integers(1, 4))):
        if options := places(payload):
            path = data.draw(st.sampled_from(options))
            payload = changed(payload, path, data.draw(json_values | st.just(MISSING)))
    model = model_of(client, schema)
    assert_lossless(model, payload, where)
    assert same_json(json.loads(model.from_dict(payload).to_json()), payload)
    repr(model.from_dict(payload))


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_unknown_discriminator_keeps_everything(client: Any, data: st.DataObject) -> None:
    base = data.draw(st.sampled_from(sorted(client.official.bases)))
    discriminator = client.official.bases[base]
    known = {value.casefold() for value in client.official.subtypes(base)}
    value = data.draw(st.text().filter(lambda text: text.casefold() not in known))
    payload = {**data.draw(st.dictionaries(st.text(), json_values)), discriminator: value}
    model = getattr(client.models, class_name(base))
    assert type(model.from_dict(payload)) is model
    assert_lossless(model, payload, base)


def test_what_is_no_object_is_refused(client: Any) -> None:
    model = class_name(next(iter(client.official.bases)))
    wrong: Any
    for wrong in (None, [], "text", 1):
        with pytest.raises(TypeError, match=model):
            getattr(client.models, model).from_dict(wrong)
