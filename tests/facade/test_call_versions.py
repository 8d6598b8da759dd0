"""Calls by operation id in another API version than the client's own."""

from __future__ import annotations

from typing import Any

import pytest
from amlrest import StaticToken, Workspace
from amlrest._http import calls
from amlrest.errors import ValidationError

from tests.facade.core_runner import settings
from tests.facade.scripted_server import Reply, serving

NEWER = "2024-10-01"


def test_an_operation_that_only_a_newer_version_has() -> None:
    registry = {"name": "r", "properties": {"intellectualPropertyPublisher": "p"}}
    with (
        serving() as server,
        Workspace(
            *("s", "g", "w"),
            endpoint=server.url,
            credential=StaticToken("t"),
            api_version=NEWER,
        ) as ws,
    ):
        server.script = lambda _: Reply(200, registry)
        assert ws.call("Registries_Get", registry_name="r") == registry
        assert server.requests[0].path.endswith(f"/registries/r?api-version={NEWER}")
        # a plain dict, since the models are those of the client's own version
        answer: Any = ws.call("Jobs_Get", id="j")
        assert type(answer) is dict


@pytest.mark.parametrize("version", ["2022-02-01-preview", "2023-04-01", NEWER, "2025-12-01"])
def test_versions_of_the_newer_shape_have_its_operations(version: str) -> None:
    place = settings("https://host")._replace(api_version=version)
    given = {"name": "e", "version": "1"}
    request = calls.prepare_call(place, "EnvironmentVersions_Get", None, given).request
    assert request.url.endswith(f"/environments/e/versions/1?api-version={version}")
    with pytest.raises(ValidationError, match=f"in API version {version}; did you mean Environ"):
        calls.find_operation("EnvironmentSpecificationVersions_Get", version)


def test_the_older_shape_has_its_own() -> None:
    assert calls.find_operation("EnvironmentSpecificationVersions_Get", "2021-10-01")
    with pytest.raises(ValidationError, match="unknown operation 'Registries_Get'"):
        calls.find_operation("Registries_Get")
