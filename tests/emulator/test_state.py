"""The store of resources."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from amlrest_emulator.state import Order, Resource, State, parent_of

W = "/subscriptions/s/resourceGroups/g/providers/P/workspaces/w"


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "state.db")


def _put(state: State, resource_id: str, **body: object) -> Resource:
    return state.put(Resource(resource_id, "P/workspaces/t", body, "2021", "2021"))


@pytest.mark.parametrize(
    ("resource_id", "parent"),
    [
        (W, "/subscriptions/s/resourceGroups/g"),
        (f"{W}/jobs/j", W),
        (f"{W}/data/d/versions/1", f"{W}/data/d"),
        ("/subscriptions/s/providers/P/workspaces/w", "/subscriptions/s"),
    ],
)
def test_parents(resource_id: str, parent: str) -> None:
    assert parent_of(resource_id) == parent


def test_ids_compare_without_case_and_keep_it(state: State) -> None:
    first = _put(state, f"{W}/t/Name", a=1)
    second = _put(state, f"{W.upper()}/T/NAME", a=2)
    assert second.id == first.id
    assert second.seq == first.seq
    assert state.get(f"{W}/t/nAmE") == second


def test_deleting_takes_what_is_below_and_nothing_beside(state: State) -> None:
    for name in ("a", "a/versions/1", "a/versions/2", "ab", "a-b", "a b"):
        _put(state, f"{W}/t/{name}")
        state.put_secrets(f"{W}/t/{name}", {"k": name})
    assert state.delete(f"{W}/t/A")
    assert not state.delete(f"{W}/t/a")
    assert {item.name for item in state.of_type("p/WORKSPACES/t")} == {"ab", "a-b", "a b"}
    assert state.secrets(f"{W}/t/a/versions/1") == {}
    assert state.secrets(f"{W}/t/ab") == {"k": "ab"}


def test_a_failed_transaction_leaves_nothing(state: State) -> None:
    def fail() -> None:
        with state.transaction():
            _put(state, f"{W}/t/a")
            with state.transaction():
                _put(state, f"{W}/t/b")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert state.get(f"{W}/t/a") is None
    assert state.get(f"{W}/t/b") is None


def test_threads_do_not_lose_updates(state: State) -> None:
    _put(state, f"{W}/t/a", n=0)

    def count(_: int) -> None:
        state.update(f"{W}/t/a", lambda body: {"n": body["n"] + 1}, "later")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(200)))
    found = state.get(f"{W}/t/a")
    assert found is not None
    assert (found.body, found.modified) == ({"n": 200}, "later")


def test_it_is_all_there_when_opened_again(state: State) -> None:
    _put(state, f"{W}/t/a", text="ü\n\u2028")
    state.put_secrets(f"{W}/t/a", {"key": "v"})
    made = state.setting("token", lambda: "first")
    state.close()
    again = State(state.path)
    found = again.get(f"{W}/t/a")
    assert found is not None
    assert found.body == {"text": "ü\n\u2028"}
    assert again.secrets(f"{W}/t/a") == {"key": "v"}
    assert again.setting("token", lambda: "second") == made == "first"


@pytest.mark.parametrize("column", ["seq", "modified", "name"])
@pytest.mark.parametrize("descending", [False, True])
def test_scans_see_everything_once(state: State, column: str, *, descending: bool) -> None:
    names = [f"n{number % 7}-{number}" for number in range(50)]
    for name in names:
        state.put(Resource(f"{W}/t/{name}", "P/workspaces/t", {}, "t", name[:2]))
    seen = [
        item.name for item in state.scan(W, "P/workspaces/t", Order(column, descending), batch=7)
    ]
    assert sorted(seen) == sorted(names)
    keys: dict[str, Callable[[str], int | str]] = {
        "seq": names.index,
        "modified": lambda name: name[:2],
        "name": str,
    }
    key = keys[column]
    assert [key(name) for name in seen] == sorted(map(key, seen), reverse=descending)
