"""Random fault schedules: which faults hit which requests, drawn from a seed."""

import itertools
import os
import random
from typing import Any, NamedTuple

SCHEDULE_COUNT = int(os.environ.get("AMLREST_FAULT_SCHEDULES", "100"))
"""How many schedules each API (sync, async) is run with."""

MAX_FAULTS = 6
"""Maximum failed requests in a schedule, fewer than the attempts of the retry policy."""

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
"""Every fault on every target; that many schedules cover all pairs."""

_STRIDE = 101


class Schedule(NamedTuple):
    """One run of the workflow and the faults injected into it.

    Attributes:
        name: unique for each schedule and API.
        rules: fault rules for ``/_local/faults``.
        single_call: whether one `submit` does everything, or assets are created one by one.
        named: whether the script names the job.
    """

    name: str
    rules: list[dict[str, Any]]
    single_call: bool
    named: bool


def draw(api: str, seed: int) -> Schedule:
    """Return a schedule of transient faults, under which the workflow must succeed.

    Its first fault is the next pair of `PAIRS`; the others are random.
    """
    chance = random.Random(f"{api}{seed}")
    index = seed + (len(PAIRS) // 2 if api == "async" else 0)
    fault, target = PAIRS[index * _STRIDE % len(PAIRS)]
    rules = [{**fault, **target, "count": 1}]
    rules += [_delay(chance)] if chance.random() < 0.5 else []
    rules += [{**rule, **_management_request(chance)} for rule in EXPIRED if chance.random() < 0.4]
    remaining = chance.randrange(MAX_FAULTS)
    while remaining > 0:
        count = min(remaining, chance.randint(1, 3))
        rules.append({**chance.choice(TRANSIENT), **_random_target(chance), "count": count})
        remaining -= count
    chance.shuffle(rules)
    return Schedule(f"{api}-{seed}", rules, chance.random() < 0.5, chance.random() < 0.5)


def draw_persistent(api: str, seed: int) -> Schedule:
    """Return a schedule with a persistent fault, under which the workflow may fail."""
    chance = random.Random(f"lasting {api}{seed}")
    rule = {**chance.choice((*TRANSIENT, *EXPIRED)), **chance.choice(TARGETS)}
    rule.pop("count", None)
    if rule.get("operation", "Blob") == "Blob":
        rule["skip"] = chance.randrange(8)
    return Schedule(f"persistent-{api}-{seed}", [rule], chance.random() < 0.5, named=True)


def kind(rule: dict[str, Any]) -> str:
    """Return the name of a rule's fault, for the counts."""
    effect = rule["effect"]
    if effect in {"status", "html"}:
        effect = f"{effect} {rule.get('status', 503)}"
    if effect == "unauthorized":
        return "expired token, claims" if rule.get("claims") else "expired token"
    return f"{effect} after" if rule.get("when") == "after" else str(effect)


def _delay(chance: random.Random) -> dict[str, Any]:
    return {**chance.choice(DELAYS), **chance.choice(TARGETS)}


def _management_request(chance: random.Random) -> dict[str, Any]:
    """Target a random request to the management API, the only one that takes tokens."""
    return {"path": "^/subscriptions/", "skip": chance.randrange(12)}


def _random_target(chance: random.Random) -> dict[str, Any]:
    target = chance.choice(TARGETS)
    few = target.get("operation", "Blob") != "Blob"
    return {**target, "skip": chance.choice((0, 0, 0, 1)) if few else chance.randrange(8)}
