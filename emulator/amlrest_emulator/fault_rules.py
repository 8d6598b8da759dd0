"""Rules for faults: which requests they hit and what then happens. Decisions only, no I/O."""

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
_TYPES: dict[str, tuple[type, ...]] = {
    "effect": (str,),
    "method": (str,),
    "path": (str,),
    "operation": (str,),
    "skip": (int,),
    "count": (int,),
    "probability": (int, float),
    "seed": (int,),
    "when": (str,),
    "status": (int,),
    "latency_ms": (int, float),
    "retry_after": (int, float, str),
    "claims": (bool,),
}


class RuleError(ValueError):
    """A rule that cannot be; says which field and why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault.

    Attributes:
        effect: what happens; one of ``EFFECTS``.
        method: HTTP method it is limited to.
        path: regular expression found in the escaped path it is limited to.
        operation: operation id it is limited to; ``Blob`` for the Blob endpoint.
        skip: matching requests to let through first.
        count: requests to hit at most; None for no end.
        probability: chance of each matching request to be hit, drawn from ``seed``.
        when: ``before`` or ``after`` the request is carried out (``status``, ``html``, ``reset``).
        status: HTTP status of ``status`` and ``html``.
        latency_ms: milliseconds to wait before (``latency``) or over the answer (``slow``).
        retry_after: value of the Retry-After header of ``status``: seconds or an HTTP date.
        claims: whether ``unauthorized`` asks for more claims.
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
        """Whether a request is of the kind this rule is about."""
        return (
            (self.method is None or self.method.upper() == method)
            and (self.operation is None or self.operation == operation)
            and (self.path is None or re.search(self.path, path) is not None)
        )


def parse_rule(value: Any) -> Rule:
    """Read a rule.

    Raises:
        RuleError: a field is unknown, has the wrong type or an impossible value.
    """
    if not isinstance(value, dict):
        raise RuleError("a rule is a JSON object")
    for name, item in value.items():
        if name not in _TYPES:
            raise RuleError(f"{name}: there is no such field; there is: {', '.join(_TYPES)}")
        number_wanted = bool not in _TYPES[name]
        if not isinstance(item, _TYPES[name]) or (number_wanted and isinstance(item, bool)):
            raise RuleError(f"{name}: has the wrong type")
    _check_values(value)
    return Rule(**value)


def _check_values(value: dict[str, Any]) -> None:
    if value.get("effect") not in EFFECTS:
        raise RuleError(f"effect: must be one of {', '.join(EFFECTS)}")
    if value.get("when", "before") not in {"before", "after"}:
        raise RuleError("when: must be before or after")
    if not 0 <= value.get("probability", 1) <= 1:
        raise RuleError("probability: must be between 0 and 1")
    if not 200 <= value.get("status", 503) <= 599:  # noqa: PLR2004
        raise RuleError("status: must be between 200 and 599")
    for name in ("skip", "count", "latency_ms"):
        if value.get(name, 0) < 0:
            raise RuleError(f"{name}: must not be negative")
    try:
        re.compile(value.get("path", ""))
    except re.error as error:
        raise RuleError(f"path: is no regular expression: {error}") from None


@dataclass(slots=True)
class _Armed:
    rule: Rule
    draw: random.Random
    seen: int = 0
    hit: int = 0

    def strikes(self) -> bool:
        self.seen += 1
        exhausted = self.rule.count is not None and self.hit >= self.rule.count
        if self.seen <= self.rule.skip or exhausted:
            return False
        if self.draw.random() >= self.rule.probability:
            return False
        self.hit += 1
        return True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What happens to one request: a wait, and at most one fault."""

    latency_ms: float = 0.0
    rule: Rule | None = None


@dataclass(slots=True)
class FaultBook:
    """The rules in force, and how often each has struck."""

    _armed: dict[str, _Armed] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, rule: Rule) -> str:
        """Put a rule into force; returns its id."""
        rule_id = uuid.uuid4().hex[:12]
        with self._lock:
            self._armed[rule_id] = _Armed(rule, random.Random(rule.seed))  # noqa: S311
        return rule_id

    def remove(self, rule_id: str) -> bool:
        """Take one rule out of force; returns whether there was such a rule."""
        with self._lock:
            return self._armed.pop(rule_id, None) is not None

    def clear(self) -> None:
        """Take all rules out of force."""
        with self._lock:
            self._armed.clear()

    def rules(self) -> list[dict[str, Any]]:
        """Return the rules with their ids and counts."""
        with self._lock:
            return [
                {"id": rule_id, "seen": item.seen, "hit": item.hit, **_told(item.rule)}
                for rule_id, item in self._armed.items()
            ]

    def judge(self, method: str, path: str, operation: str | None) -> Verdict:
        """Decide on one request: latencies add up, of the other rules the first strikes."""
        latency, struck = 0.0, None
        with self._lock:
            for item in self._armed.values():
                if not item.rule.matches(method, path, operation):
                    continue
                if item.rule.effect == "latency":
                    latency += item.rule.latency_ms if item.strikes() else 0
                elif struck is None and item.strikes():
                    struck = item.rule
        return Verdict(latency, struck)


def _told(rule: Rule) -> dict[str, Any]:
    plain = {item.name: item.default for item in fields(rule)}
    return {name: value for name, value in asdict(rule).items() if value != plain[name]}
