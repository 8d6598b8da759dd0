"""Counts of requests, retries and faults, for the summary of the test report."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.faults.fault_schedules import kind


@dataclass
class FaultCounts:
    """Counts for one API, sync or async.

    Attributes:
        plain: requests of one run without faults, for `single_call` true and false; polling of
            the running job is never counted.
    """

    plain: dict[bool, int]
    schedules: int = 0
    gave_up: int = 0
    requests: int = 0
    retries: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def add(
        self, single_call: bool, requests: list[dict[str, Any]], rules: list[dict[str, Any]]
    ) -> None:
        """Add the figures of one schedule."""
        self.schedules += 1
        self.requests += len(requests)
        self.retries += max(0, counted(requests) - self.plain[single_call])
        self.faults.update({kind(rule): rule["hit"] for rule in rules if rule["hit"]})

    def report_lines(self, api: str) -> list[str]:
        """Return the lines of the report."""
        faults = ", ".join(f"{name} {count}" for name, count in sorted(self.faults.items()))
        first = (
            f"{api}: {self.schedules} schedules, {self.requests} requests, {self.retries} of them "
            f"retries, {self.faults.total()} faults, {self.gave_up} failed runs repeated"
        )
        return [first, f"    {faults}"]


def counted(requests: list[dict[str, Any]]) -> int:
    """Return the number of requests that do not depend on the duration of the job."""
    return sum(request["operation"] != "Jobs_Get" for request in requests)
