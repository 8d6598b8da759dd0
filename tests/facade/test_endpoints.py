"""Online and batch endpoints and deployments in a running local workspace."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from amlrest import (
    BatchDeployment,
    BatchEndpoint,
    Environment,
    ManagedOnlineDeployment,
    ManualScale,
    Model,
    OnlineEndpoint,
    Probe,
)
from amlrest.errors import ConflictError, ResourceNotFoundError, ValidationError

from tests.emulator.arm import Arm
from tests.facade.blocking_workspace import open_workspace, server_at
from tests.facade.core_runner import APIS
from tests.facade.scripted_server import ReceivedRequest, Reply, serving

pytestmark = pytest.mark.both_answers


@pytest.fixture
def parts(tmp_path: Path, unique: str) -> dict[str, Any]:
    """Model, code and environment as files, for a deployment to bring along."""
    (tmp_path / "score.py").write_text(f"# {unique}\n", encoding="utf-8")
    return {
        "model": Model(unique, tmp_path / "score.py"),
        "code": tmp_path,
        "scoring_script": "score.py",
        "environment": Environment(image="img"),
    }


def test_an_online_endpoint_from_first_to_last(ws: Any, unique: str, parts: dict[str, Any]) -> None:
    endpoint = ws.online_endpoints.create_or_update(OnlineEndpoint(unique, tags={"a": "b"}))
    assert (endpoint.auth_mode, endpoint.provisioning_state) == ("key", "Succeeded")
    blue = ws.online_deployments.create_or_update(
        ManagedOnlineDeployment(
            name="blue",
            endpoint=unique,
            instance_type="Standard_F2s_v2",
            scale_settings=ManualScale(instance_count=1),
            liveness_probe=Probe(period=10),
            **parts,
        )
    )
    assert (blue.name, blue.endpoint) == ("blue", unique)
    assert ws.models.get(blue.model).name == unique
    assert ws.online_endpoints.set_traffic(unique, {"blue": 100}).traffic == {"blue": 100}
    assert ws.online_deployments.scale(unique, "blue", 3).scale_settings.instance_count == 3
    blue = ws.online_deployments.get(endpoint.id, blue.id)
    blue.app_insights_enabled = True
    changed = ws.online_deployments.update(blue)
    assert changed.app_insights_enabled
    assert changed.liveness_probe.period.total_seconds() == 10
    assert isinstance(ws.online_deployments.logs(unique, "blue", tail=5), str)
    assert [each.name for each in ws.online_deployments.list(unique)] == ["blue"]
    with pytest.raises(ConflictError):
        ws.online_deployments.delete(unique, "blue")
    ws.online_endpoints.set_traffic(unique, {"blue": 0})
    ws.online_deployments.delete(unique, "blue")
    ws.online_endpoints.delete(unique)
    with pytest.raises(ResourceNotFoundError):
        ws.online_endpoints.get(unique)


def test_keys_and_tokens(ws: Any, unique: str) -> None:
    ws.online_endpoints.create_or_update(OnlineEndpoint(unique))
    before = ws.online_endpoints.keys(unique)
    ws.online_endpoints.regenerate_key(unique, "secondary", value="new-key")
    after = ws.online_endpoints.keys(unique)
    assert (after.primary, after.secondary) == (before.primary, "new-key")
    with pytest.raises(ValidationError, match="primary"):
        ws.online_endpoints.regenerate_key(unique, "third")
    other = f"{unique}b"
    ws.online_endpoints.create_or_update(OnlineEndpoint(other, auth_mode="aml_token"))
    assert ws.online_endpoints.token(other).access_token


@pytest.mark.parametrize("traffic", [{"blue": 90}, {"blue": 101, "g": -1}, {"blue": True}])
def test_traffic_that_does_not_add_up_is_refused(ws: Any, traffic: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="traffic"):
        ws.online_endpoints.set_traffic("any", traffic)


def test_a_batch_endpoint_from_first_to_last(ws: Any, unique: str, parts: dict[str, Any]) -> None:
    ws.batch_endpoints.create_or_update(BatchEndpoint(unique, description="d"))
    made = ws.batch_deployments.create_or_update(
        BatchDeployment(
            name="one",
            endpoint=unique,
            compute="cpu-cluster",
            mini_batch_size=10,
            output_action="append_row",
            max_retries=3,
            retry_timeout=60,
            **parts,
        )
    )
    assert (made.mini_batch_size, made.output_action) == (10, "append_row")
    assert made.retry_timeout.total_seconds() == 60
    made.description = "changed"
    assert ws.batch_deployments.update(made).description == "changed"
    assert ws.batch_deployments.get(made.id, f"azureml:{made.name}").description == "changed"
    assert ws.batch_endpoints.set_traffic(unique, {"one": 100}, timeout=60).traffic == {"one": 100}
    assert [each.name for each in ws.batch_deployments.list(unique)] == ["one"]
    ws.batch_endpoints.set_traffic(unique, {"one": 0})
    ws.batch_deployments.delete(unique, "one")
    ws.batch_endpoints.delete(unique)
    assert unique not in [each.name for each in ws.batch_endpoints.list()]


KINDS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "online": (OnlineEndpoint, partial(ManagedOnlineDeployment, instance_type="Standard_F2s_v2")),
    "batch": (BatchEndpoint, partial(BatchDeployment, compute="cpu-cluster")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_endpoint_is_deployed_with_all_that_is_behind_it(
    kind: str, ws: Any, unique: str, parts: dict[str, Any], arm: Arm
) -> None:
    endpoints, (endpoint, deployment) = getattr(ws, f"{kind}_endpoints"), KINDS[kind]
    ready: list[tuple[str, Any]] = []
    blue, green = (deployment(name=name, **parts) for name in ("blue", "green"))

    def note(done: Any) -> None:
        now = arm("GET", f"{kind}Endpoints/{unique}").json()["properties"]
        ready.append((done.name, now.get("traffic") or {}))

    made = endpoints.deploy(endpoint(unique, traffic={"blue": 100}), [blue], on_ready=note)
    assert made.traffic == {"blue": 100}
    assert ready == [(unique, {}), ("blue", {})]
    assert blue.endpoint is None

    ready.clear()
    moved = endpoint(unique, traffic={"green": 100}, tags={"a": "b"})
    made = endpoints.deploy(moved, [green], on_ready=note)
    assert (made.traffic, made.tags) == ({"blue": 0, "green": 100}, {"a": "b"})
    assert ready == [(unique, {"blue": 100}), ("green", {"blue": 100})]
    assert moved.traffic == {"green": 100}

    kept = endpoints.deploy(endpoint(unique), [blue])
    assert kept.traffic == {"green": 100}
    back = endpoints.get(unique)
    back.traffic = {"blue": 100}
    assert endpoints.update(back).traffic == {"blue": 100, "green": 0}


@pytest.mark.parametrize(
    ("traffic", "change", "said"),
    [
        ({"blue": 90}, {}, "adds up to 90"),
        ({"red": 100}, {}, "'red'"),
        (None, {"endpoint": "another"}, "'another'"),
        (None, {"name": "Green"}, "two deployments 'green'"),
        (None, {"name": "two words"}, "'two words'"),
        (None, {"code": "./missing"}, "missing"),
        (None, {"model": "./missing.pkl"}, "missing.pkl"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_deployed_is_refused_before_anything_is_made(
    *,
    kind: str,
    traffic: dict[str, int] | None,
    change: dict[str, Any],
    said: str,
    ws: Any,
    unique: str,
    parts: dict[str, Any],
) -> None:
    endpoints, (endpoint, deployment) = getattr(ws, f"{kind}_endpoints"), KINDS[kind]
    given = [
        deployment(**({"name": "green"} | parts)),
        deployment(**({"name": "b"} | parts | change)),
    ]
    with pytest.raises(ValidationError, match=said):
        endpoints.deploy(endpoint(unique, traffic=traffic), given)
    with pytest.raises(ResourceNotFoundError):
        endpoints.get(unique)
    with pytest.raises(ResourceNotFoundError):
        ws.models.get(unique)


def test_traffic_may_go_to_a_deployment_that_is_there(ws: Any, unique: str) -> None:
    blue = ManagedOnlineDeployment(name="blue", instance_type="Standard_F2s_v2")
    ws.online_endpoints.deploy(OnlineEndpoint(unique), [blue])
    made = ws.online_endpoints.deploy(OnlineEndpoint(unique, traffic={"Blue": 100}))
    assert made.traffic == {"Blue": 100}
    with pytest.raises(ValidationError, match="'green'"):
        ws.online_endpoints.deploy(OnlineEndpoint(unique, traffic={"green": 100}))


def test_a_deployment_without_an_endpoint_is_refused(ws: Any) -> None:
    with pytest.raises(ValidationError, match="set the name of its endpoint"):
        ws.online_deployments.create_or_update(ManagedOnlineDeployment(name="blue"))


@pytest.mark.parametrize("api", APIS)
def test_a_batch_endpoint_that_is_still_being_made_is_waited_for(api: str) -> None:
    states = iter(["Creating", "Creating", "Succeeded"])

    def script(_asked: ReceivedRequest) -> Reply:
        return Reply(200, {"name": "e", "properties": {"provisioningState": next(states)}})

    with serving() as server, open_workspace(api, server_at(server.url)) as workspace:
        server.script = script
        made = workspace.batch_endpoints.create_or_update(BatchEndpoint("e", location="l"))
        assert made.provisioning_state == "Succeeded"
        assert [request.method for request in server.requests] == ["PUT", "GET", "GET"]
