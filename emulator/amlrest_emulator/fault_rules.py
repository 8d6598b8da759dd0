"""Fault rules: matching of requests and choice of the fault. No I/O."""

from __future__ import annotations

import random
import re
import threading
import uuid
from dataclasses import asdict, dataclass, field, fields
from typing import Any

EFFECTS = (
    "latency",
    "status",
    "reset",
    "truncate",
    "html",
    "slow",
    "unauthorized",
    "operation_failed",
)

_WITHOUT_BODY = {204, 205, 304}
_LONGEST_MS = 3_600_000
_HEADER = re.compile("[ -~]*")


class RuleError(ValueError):
    """An invalid rule; the message names the field."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault rule.

    Attributes:
        effect: kind of fault; one of ``EFFECTS``.
        method: HTTP method to match.
        path: regular expression to search for in the escaped path.
        operation: operation id to match; ``Blob`` for the Blob endpoint.
        skip: number of matching requests to let through first.
        count: maximum number of faults; None for no limit.
        probability: probability of a fault per matching request, drawn with ``seed``.
        when: ``before`` or ``after`` the request is processed (``status``, ``html``, ``reset``).
        status: HTTP status of ``status`` and ``html``.
        latency_ms: milliseconds before the response (``latency``) or during it (``slow``).
        retry_after: value of the Retry-After header of ``status``: seconds or an HTTP date.
        claims: whether ``unauthorized`` includes a claims challenge.
    """

    effect: str
    method: str | None = None
    path: str | None = None
    operation: str | None = None
    skip: int = 0
    count: int | None = None
    probability: float = 1.0
    seed: int = 0
    when: str = "before"
    status: int = 503
    latency_ms: float = 100.0
    retry_after: float | str | None = None
    claims: bool = False

    def matches(self, method: str, path: str, operation: str | None) -> bool:
        """Return whether the rule matches a request."""
        return (
            (self.method is None or self.method.upper() == method)
            and (self.operation is None or self.operation == operation)
            and (self.path is None or re.search(self.path, path) is not None)
        )


def _types(annotation: str) -> tuple[type, ...]:
    """Return the JSON types of a field of ``Rule``."""
    known: dict[str, tuple[type, ...]] = {"str": (str,), "bool": (bool,), "int": (int,)}
    known["float"] = (int, float)
    return tuple(kind for name in annotation.split(" | ") for kind in known.get(name, ()))


_TYPES = {item.name: _types(str(item.type)) for item in fields(Rule)}


def parse_rule(value: Any) -> Rule:
    """Return a rule parsed from JSON.

    Raises:
        RuleError: a field is unknown, has the wrong type or an invalid value.
    """
    if not isinstance(value, dict):
        raise RuleError("a rule must be a JSON object")
    for name, item in value.items():
        if name not in _TYPES:
            raise RuleError(f"{name}: unknown field; known fields: {', '.join(_TYPES)}")
        is_bool = isinstance(item, bool)  # which is also an int
        if not isinstance(item, _TYPES[name]) or (is_bool and bool not in _TYPES[name]):
            raise RuleError(f"{name}: wrong type")
    _check_values(value)
    return Rule(**value)


def _check_values(value: dict[str, Any]) -> None:
    if value.get("effect") not in EFFECTS:
        raise RuleError(f"effect: must be one of {', '.join(EFFECTS)}")
    if value.get("when", "before") not in {"before", "after"}:
        raise RuleError("when: must be before or after")
    if not 0 <= value.get("probability", 1) <= 1:
        raise RuleError("probability: must be between 0 and 1")
    status = value.get("status", 503)
    if not 200 <= status <= 599 or status in _WITHOUT_BODY:  # noqa: PLR2004
        raise RuleError("status: must be between 200 and 599, and one with a body")
    for name in ("skip", "count", "latency_ms"):
        if value.get(name, 0) < 0:
            raise RuleError(f"{name}: must not be negative")
    if value.get("latency_ms", 0) > _LONGEST_MS:
        raise RuleError(f"latency_ms: must be at most {_LONGEST_MS}")
    if not _HEADER.fullmatch(str(value.get("retry_after", ""))):
        raise RuleError("retry_after: must be a header value")
    try:
        re.compile(value.get("path", ""))
    except (re.error, RecursionError, OverflowError) as error:
        raise RuleError(f"path: invalid regular expression: {error}") from None


@dataclass(slots=True)
class _ActiveRule:
    rule: Rule
    draw: random.Random
    seen: int = 0
    hit: int = 0

    def applies(self) -> bool:
        self.seen += 1
        exhausted = self.rule.count is not None and self.hit >= self.rule.count
        if self.seen <= self.rule.skip or exhausted:
            return False
        if self.draw.random() >= self.rule.probability:
            return False
        self.hit += 1
        return True


@dataclass(frozen=True, slots=True)
class Decision:
    """The faults of one request: a delay, and at most one other fault."""

    latency_ms: float = 0.0
    rule: Rule | None = None


@dataclass(slots=True)
class FaultRules:
    """The active rules with their counters; safe to use from several threads."""

    _active: dict[str, _ActiveRule] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, rule: Rule) -> str:
        """Add a rule; return its id."""
        rule_id = uuid.uuid4().hex[:12]
        with self._lock:
            self._active[rule_id] = _ActiveRule(rule, random.Random(rule.seed))  # noqa: S311
        return rule_id

    def remove(self, rule_id: str) -> bool:
        """Remove a rule; return whether it existed."""
        with self._lock:
            return self._active.pop(rule_id, None) is not None

    def clear(self) -> None:
        """Remove all rules."""
        with self._lock:
            self._active.clear()

    def to_json(self) -> list[dict[str, Any]]:
        """Return the rules with their ids and counters."""
        with self._lock:
            return [
                {
                    "id": rule_id,
                    "seen": item.seen,
                    "hit": item.hit,
                    **_non_default_fields(item.rule),
                }
                for rule_id, item in self._active.items()
            ]

    def decide(self, method: str, path: str, operation: str | None) -> Decision:
        """Return the faults of a request: latencies add up, else the first matching rule applies."""
        latency, chosen = 0.0, None
        with self._lock:
            for item in self._active.values():
                if not item.rule.matches(method, path, operation):
                    continue
                if item.rule.effect == "latency":
                    latency += item.rule.latency_ms if item.applies() else 0
                elif chosen is None and item.applies():
                    chosen = item.rule
        return Decision(latency, chosen)


def _non_default_fields(rule: Rule) -> dict[str, Any]:
    plain = {item.name: item.default for item in fields(rule)}
    return {name: value for name, value in asdict(rule).items() if value != plain[name]}
