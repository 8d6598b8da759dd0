"""Counts of what the fault tests did, for the end of the test report."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.faults.fault_schedules import kind


@dataclass
class FaultCounts:
    """What one api went through.

    Attributes:
        plain: requests that one run takes when nothing goes wrong, by way of the workflow; looks
            at the job while it runs are never counted.
    """

    plain: dict[bool, int]
    schedules: int = 0
    gave_up: int = 0
    requests: int = 0
    again: int = 0
    fired: Counter[str] = field(default_factory=Counter)

    def add(
        self, single_call: bool, requests: list[dict[str, Any]], rules: list[dict[str, Any]]
    ) -> None:
        """Note one schedule."""
        self.schedules += 1
        self.requests += len(requests)
        self.again += max(0, counted(requests) - self.plain[single_call])
        self.fired.update({kind(rule): rule["hit"] for rule in rules if rule["hit"]})

    def told(self, api: str) -> list[str]:
        """Lines for the report."""
        faults = ", ".join(f"{name} {count}" for name, count in sorted(self.fired.items()))
        first = (
            f"{api}: {self.schedules} schedules, {self.requests} requests, {self.again} of them "
            f"sent again, {self.fired.total()} faults, {self.gave_up} times given up and run again"
        )
        return [first, f"    {faults}"]


def counted(requests: list[dict[str, Any]]) -> int:
    """How many requests there were that do not depend on how long the job took."""
    return sum(request["operation"] != "Jobs_Get" for request in requests)
