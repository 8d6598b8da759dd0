"""Random fault schedules: which requests are hit by what, drawn from a seed."""

import itertools
import os
import random
from typing import Any, NamedTuple

SCHEDULE_COUNT = int(os.environ.get("AMLREST_FAULT_SCHEDULES", "100"))
"""How many schedules each api is run under."""

MAX_FAULTS = 6
"""A schedule breaks off at most so many exchanges, which is fewer than the policy's attempts."""

PAST_DATE = "Wed, 21 Oct 2015 07:28:00 GMT"
TRANSIENT: tuple[dict[str, Any], ...] = (
    {"effect": "status", "status": 429, "retry_after": 0},
    {"effect": "status", "status": 429, "retry_after": 0.02},
    {"effect": "status", "status": 429, "retry_after": PAST_DATE},
    {"effect": "status", "status": 503, "retry_after": 0.01, "when": "after"},
    *(
        {"effect": "status", "status": status, "when": when}
        for status in (500, 502, 503, 504)
        for when in ("before", "after")
    ),
    *(
        {"effect": "html", "status": status, "when": when}
        for status in (200, 502, 503)
        for when in ("before", "after")
    ),
    {"effect": "reset", "when": "before"},
    {"effect": "reset", "when": "before"},
    {"effect": "reset", "when": "after"},
    {"effect": "reset", "when": "after"},
    {"effect": "truncate"},
    {"effect": "truncate"},
)
DELAYS: tuple[dict[str, Any], ...] = (
    {"effect": "latency", "latency_ms": 3},
    {"effect": "latency", "latency_ms": 15, "count": 4},
    {"effect": "slow", "latency_ms": 20, "count": 3},
)
EXPIRED: tuple[dict[str, Any], ...] = (
    {"effect": "unauthorized", "claims": False, "count": 1},
    {"effect": "unauthorized", "claims": True, "count": 1},
)
TARGETS: tuple[dict[str, Any], ...] = (
    {},
    {"method": "GET"},
    {"method": "PUT"},
    {"operation": "Blob"},
    {"operation": "Blob", "method": "GET"},
    {"operation": "Blob", "method": "PUT"},
    *(
        {"operation": operation}
        for operation in (
            "Datastores_List",
            "Datastores_ListSecrets",
            "EnvironmentSpecificationVersions_Get",
            "EnvironmentSpecificationVersions_CreateOrUpdate",
            "DataVersions_Get",
            "DataVersions_CreateOrUpdate",
            "CodeVersions_Get",
            "CodeVersions_CreateOrUpdate",
            "Compute_Get",
            "Jobs_CreateOrUpdate",
            "Jobs_Get",
        )
    ),
)
PAIRS = list(itertools.product(TRANSIENT, TARGETS))
"""Every fault at every place: as many schedules as there are pairs go through all of them."""

_STRIDE = 101


class Schedule(NamedTuple):
    """One run of the workflow and what happens to it.

    Attributes:
        name: different for each schedule and api.
        rules: for ``/_local/faults``.
        single_call: everything in one call, instead of step by step.
        named: whether the job's name is chosen by the script.
    """

    name: str
    rules: list[dict[str, Any]]
    single_call: bool
    named: bool


def draw(api: str, seed: int) -> Schedule:
    """Draw a schedule whose faults all pass, so that the workflow must not notice them.

    Its first fault is the next pair; what else happens is left to chance.
    """
    chance = random.Random(f"{api}{seed}")
    turn = seed + (len(PAIRS) // 2 if api == "async" else 0)
    fault, place = PAIRS[turn * _STRIDE % len(PAIRS)]
    rules = [{**fault, **place, "count": 1}]
    rules += [_slowing(chance)] if chance.random() < 0.5 else []
    rules += [{**rule, **_arm(chance)} for rule in EXPIRED if chance.random() < 0.4]
    left = chance.randrange(MAX_FAULTS)
    while left > 0:
        count = min(left, chance.randint(1, 3))
        rules.append({**chance.choice(TRANSIENT), **_somewhere(chance), "count": count})
        left -= count
    chance.shuffle(rules)
    return Schedule(f"{api}-{seed}", rules, chance.random() < 0.5, chance.random() < 0.5)


def draw_persistent(api: str, seed: int) -> Schedule:
    """Draw a schedule with a fault that goes on, so that the workflow may have to give up."""
    chance = random.Random(f"lasting {api}{seed}")
    rule = {**chance.choice((*TRANSIENT, *EXPIRED)), **chance.choice(TARGETS)}
    rule.pop("count", None)
    if rule.get("operation", "Blob") == "Blob":
        rule["skip"] = chance.randrange(8)
    return Schedule(f"lasting-{api}-{seed}", [rule], chance.random() < 0.5, named=True)


def kind(rule: dict[str, Any]) -> str:
    """Say what a rule does, for the counts."""
    effect = rule["effect"]
    if effect in {"status", "html"}:
        effect = f"{effect} {rule.get('status', 503)}"
    if effect == "unauthorized":
        return "expired token, claims" if rule.get("claims") else "expired token"
    return f"{effect} after" if rule.get("when") == "after" else str(effect)


def _slowing(chance: random.Random) -> dict[str, Any]:
    return {**chance.choice(DELAYS), **chance.choice(TARGETS)}


def _arm(chance: random.Random) -> dict[str, Any]:
    """Somewhere at the workspace's REST API, which is where tokens go."""
    return {"path": "^/subscriptions/", "skip": chance.randrange(12)}


def _somewhere(chance: random.Random) -> dict[str, Any]:
    place = chance.choice(TARGETS)
    few = place.get("operation", "Blob") != "Blob"
    return {**place, "skip": chance.choice((0, 0, 0, 1)) if few else chance.randrange(8)}
