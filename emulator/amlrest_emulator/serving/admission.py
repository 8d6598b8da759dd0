"""Admission of requests to a deployment: some at once, as many again wait, others are refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from amlrest_emulator.json_body import part
from amlrest_emulator.runner.duration import parse_duration

_DEFAULT_TIMEOUT = 5.0
_QUEUES = 2
"""Requests that are accepted at a time, for each that is worked on."""


class TooManyRequestsError(Exception):
    """A request that has no place in the queue, or has waited too long in it."""


@dataclass(frozen=True, slots=True)
class RequestSettings:
    """Settings of a deployment for its requests.

    Attributes:
        at_once: requests that its instances work on at a time.
        queue_wait: seconds that a request may wait for one of these places; None as ``timeout``.
        timeout: seconds that a request may take.
    """

    at_once: int = 1
    queue_wait: float | None = None
    timeout: float = _DEFAULT_TIMEOUT


def request_settings(properties: Mapping[str, Any]) -> RequestSettings:
    """Return the settings of a stored deployment; zero and what is not set are the defaults."""
    settings = part(properties, "requestSettings")
    instances = part(properties, "scaleSettings").get("instanceCount") or 1
    each = settings.get("maxConcurrentRequestsPerInstance") or 1
    return RequestSettings(
        at_once=max(int(instances) * int(each), 1),
        queue_wait=_seconds(settings.get("maxQueueWait")),
        timeout=_seconds(settings.get("requestTimeout")) or _DEFAULT_TIMEOUT,
    )


def _seconds(duration: object) -> float | None:
    try:
        return parse_duration(duration) if isinstance(duration, str) else None
    except ValueError:
        return None


class Admission:
    """The requests of a deployment; for one event loop."""

    def __init__(self) -> None:
        self._accepted = 0
        self._working = 0
        self._freed = asyncio.Condition()

    @asynccontextmanager
    async def place(self, settings: RequestSettings) -> AsyncIterator[None]:
        """Hold a place for a request.

        Raises:
            TooManyRequestsError: there is none.
        """
        if self._accepted >= settings.at_once * _QUEUES:
            raise TooManyRequestsError
        self._accepted += 1
        try:
            await self._wait(settings)
            try:
                yield
            finally:
                self._working -= 1
                async with self._freed:
                    self._freed.notify()
        finally:
            self._accepted -= 1

    async def _wait(self, settings: RequestSettings) -> None:
        try:
            async with asyncio.timeout(settings.queue_wait), self._freed:
                await self._freed.wait_for(lambda: self._working < settings.at_once)
                self._working += 1
        except TimeoutError:
            raise TooManyRequestsError from None
