"""Computes in a running local workspace."""

from typing import Any

import pytest
from amlrest import AmlCompute, Compute, ComputeInstance
from amlrest.errors import ResourceNotFoundError, ValidationError

pytestmark = pytest.mark.both_answers


def test_a_cluster_is_made_found_scaled_and_deleted(ws: Any, unique: str) -> None:
    made = ws.computes.create_or_update(
        AmlCompute(
            unique,
            "STANDARD_NC6",
            min_instances=0,
            max_instances=4,
            idle_time_before_scale_down=120,
            priority="low_priority",
        )
    )
    assert made.id.endswith(f"/computes/{unique}")
    assert made.location
    assert made.provisioning_state == "Succeeded"
    assert unique in [each.name for each in ws.computes.list()]
    scaled = ws.computes.scale(unique, max_instances=8)
    assert (scaled.min_instances, scaled.max_instances) == (0, 8)
    assert scaled.idle_time_before_scale_down.total_seconds() == 120
    assert list(ws.computes.nodes(unique)) == []
    ws.computes.delete(unique)
    with pytest.raises(ResourceNotFoundError):
        ws.computes.get(unique)


def test_an_instance_stops_and_starts(ws: Any, unique: str) -> None:
    ws.computes.create_or_update(ComputeInstance(unique, "STANDARD_NC6"))
    ws.computes.stop(unique)
    assert ws.computes.get(unique).status == "Stopped"
    ws.computes.start(unique)
    assert ws.computes.get(unique).status == "Running"
    ws.computes.restart(unique)


def test_an_attached_compute_is_detached(ws: Any, unique: str) -> None:
    cluster = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/x/c"
    made = ws.computes.create_or_update(
        Compute(unique, compute_type="AKS", resource_id=cluster, description="d")
    )
    assert (made.compute_type, made.resource_id) == ("AKS", cluster)
    made.description = "changed"
    assert ws.computes.create_or_update(made).description == "changed"
    ws.computes.delete(made.id, detach=True)
    assert unique not in [each.name for each in ws.computes.list()]


@pytest.mark.parametrize("name", ["a b", "a/b", "..", "é", ""])
def test_a_bad_name_is_refused_before_anything_is_sent(ws: Any, name: str) -> None:
    with pytest.raises(ValidationError):
        ws.computes.create_or_update(AmlCompute(name, "S"))
