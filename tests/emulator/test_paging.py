"""Lists: pages, filters and order."""

from __future__ import annotations

import time
import tracemalloc
import uuid
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator.state import Order, Resource, State, position

from tests.emulator.arm import Arm

JOBS = "Microsoft.MachineLearningServices/workspaces/jobs"


def _pages(arm: Arm, path: str, **query: Any) -> list[list[str]]:
    answer = arm("GET", path, **query)
    pages = []
    while True:
        assert answer.status_code == 200, answer.text
        pages.append([item["name"] for item in answer.json()["value"]])
        if "nextLink" not in answer.json():
            return pages
        answer = arm.follow(answer.json()["nextLink"])


@pytest.fixture(scope="module")
def versions(local_workspace: Any) -> str:
    """A data container with seven versions, the even ones tagged."""
    name = f"p{uuid.uuid4().hex[:8]}"
    arm = Arm(local_workspace)
    for number in range(1, 8):
        tags = {"even": "yes", "n": str(number)} if number % 2 == 0 else {"n": str(number)}
        body = {"properties": {"path": "https://example.org/x", "tags": tags}}
        assert arm("PUT", f"data/{name}/versions/{number}", body).status_code == 201
    return f"data/{name}/versions"


def test_pages_together_are_the_list(arm: Arm) -> None:
    names = [f"pg{uuid.uuid4().hex[:8]}" for _ in range(5)]
    contents = {"contentsType": "GlusterFs", "serverAddress": "a", "volumeName": "v"}
    for name in names:
        arm("PUT", f"datastores/{name}", {"properties": {"contents": contents}})
    asked = {"names": ",".join(names), "count": 2}
    assert _pages(arm, "datastores", **asked) == [names[:2], names[2:4], names[4:]]
    assert _pages(arm, "datastores", searchText=names[3].upper()) == [[names[3]]]
    oldest = _pages(arm, "datastores", orderBy="createdtime", orderByAsc="true", **asked)
    assert [name for page in oldest for name in page] == names


def test_top_ends_the_list(arm: Arm, versions: str) -> None:
    assert _pages(arm, versions, **{"$top": 3}) == [["1", "2", "3"]]
    assert _pages(arm, versions, **{"$top": 0}) == [[]]


@pytest.mark.parametrize(
    ("order", "first"),
    [("createdtime desc", "7"), ("CreatedTime asc", "1"), ("modifiedtime", "1")],
)
def test_orders(arm: Arm, versions: str, order: str, first: str) -> None:
    assert _pages(arm, versions, **{"$orderBy": order})[0][0] == first


def test_filters(arm: Arm, versions: str) -> None:
    assert _pages(arm, versions, **{"$tags": "even"}) == [["2", "4", "6"]]
    assert _pages(arm, versions, **{"$tags": "even=yes,n=4"}) == [["4"]]
    assert _pages(arm, versions, **{"$tags": "even=no"}) == [[]]


@pytest.mark.parametrize("order", ["colour", "CreatedAtDesc", "createdtimedesc", "name desc"])
def test_an_order_that_the_service_is_not_known_to_have_is_refused(
    arm: Arm, versions: str, order: str
) -> None:
    answer = arm("GET", versions, **{"$orderBy": order})
    assert answer.status_code == 400
    assert "createdtime desc" in answer.json()["error"]["message"]


@pytest.mark.parametrize("token", ["x", "eyJhIjoxfQ==", "W10=", "!!!", "e30"])
def test_a_token_of_ones_own_making_is_refused(arm: Arm, versions: str, token: str) -> None:
    answer = arm("GET", versions, **{"$skip": token})
    assert answer.status_code == 400
    assert answer.json()["error"]["target"] == "$skip"


def test_a_page_is_not_disturbed_by_what_is_created_meanwhile(arm: Arm) -> None:
    def put(name: str) -> str:
        contents = {"contentsType": "GlusterFs", "serverAddress": "a", "volumeName": "v"}
        arm("PUT", f"datastores/{name}", {"properties": {"contents": contents}})
        return name

    stem = f"mid{uuid.uuid4().hex[:6]}"
    names = [put(f"{stem}{n}") for n in range(4)]
    asked = {"searchText": stem, "count": 2, "orderBy": "createdtime"}
    first = arm("GET", "datastores", **asked).json()
    put(f"{stem}new")
    second = arm.follow(first["nextLink"]).json()
    seen = [item["name"] for item in first["value"] + second["value"]]
    assert seen == names[::-1]


@pytest.mark.slow
def test_a_hundred_thousand_jobs_are_listed_a_page_at_a_time(tmp_path: Path) -> None:
    state = State(tmp_path / "state.db")
    parent = "/subscriptions/s/resourceGroups/g/providers/P/workspaces/w"
    body = {"properties": {"jobType": "Command", "command": "x" * 200}}
    with state.transaction():
        for number in range(100_000):
            state.put(Resource(f"{parent}/jobs/j{number}", JOBS, body, "t", "t"))

    newest, seen, after = Order(descending=True), 0, None
    tracemalloc.start()
    started = time.process_time()
    first = state.page(parent, JOBS, order=newest, limit=100)
    first_page = time.process_time() - started
    while page := state.page(parent, JOBS, order=newest, after=after, limit=1000):
        seen, after = seen + len(page), position(page[-1], newest)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    state.close()

    assert first[0].name == "j99999"
    assert seen == 100_000
    assert peak < 10_000_000
    assert first_page < 0.5
