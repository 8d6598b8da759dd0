"""Routing of a request to a deployment of an endpoint. No I/O."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.state import Resource

DEPLOYMENT_HEADER = "azureml-model-deployment"


def choose(
    traffic: Mapping[str, int],
    deployments: Sequence[Resource],
    wanted: str | None,
    dice: random.Random,
) -> Resource:
    """Return the deployment for a request: the one that it names, or one by the traffic.

    Args:
        traffic: share of each deployment by its name.
        deployments: those that exist.
        wanted: name in the header of the request, or None.
        dice: decides by the traffic.

    Raises:
        ArmError: 404 if there is none.
    """
    by_name = {each.name.lower(): each for each in deployments}
    if wanted is not None:
        found = by_name.get(wanted.lower())
        if found is None:
            raise ArmError(404, "NoSuchDeployment", f"There is no deployment {wanted[:80]!r}.")
        return found
    shares = {name.lower(): share for name, share in traffic.items() if share}
    names = [name for name in by_name if name in shares]
    if not names:
        message = (
            "No deployment of the endpoint has traffic; give one a share, "
            f"or name one in the header {DEPLOYMENT_HEADER}."
        )
        raise ArmError(404, "NoValidDeployments", message)
    (name,) = dice.choices(names, [shares[name] for name in names])
    return by_name[name]
