"""Builds that several jobs wait for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from amlrest_emulator.runner.environments.errors import UnbuildableError
from amlrest_emulator.runner.environments.tools import Say

Work = Callable[[Say], Coroutine[Any, Any, None]]


class Builds:
    """The builds in progress, by a name of their content."""

    def __init__(self) -> None:
        self._running: dict[str, _Build] = {}

    async def join(self, key: str, name: str, work: Work, say: Say) -> None:
        """Wait for a build, which the first job that needs it starts.

        Args:
            key: name of the content.
            name: name of the environment, for the reason of a failure.
            work: builds it; called with what adds a line to the logs of all that wait.
            say: adds a line to the log of this job.

        Raises:
            UnbuildableError: it failed.
        """
        build = self._running.get(key)
        if build is None:
            build = self._running[key] = _Build(name, work)
            build.task.add_done_callback(lambda _: self._running.pop(key))
        await build.wait(say)


class _Build:
    """A build in progress; it is canceled when the last job that waits for it is."""

    def __init__(self, name: str, work: Work) -> None:
        self._said: list[str] = []
        self._listeners: list[Say] = []
        self.task = asyncio.create_task(self._run(name, work))

    async def wait(self, say: Say) -> None:
        for line in self._said:
            say(line)
        self._listeners.append(say)
        try:
            await asyncio.shield(self.task)
        except asyncio.CancelledError:
            if self._listeners == [say]:
                self.task.cancel()
                await asyncio.wait([self.task])
            raise
        finally:
            self._listeners.remove(say)

    def _say(self, line: str) -> None:
        self._said.append(line)
        for say in self._listeners:
            say(line)

    async def _run(self, name: str, work: Work) -> None:
        started = time.monotonic()
        try:
            await work(self._say)
        except (OSError, UnbuildableError) as error:
            message = f"The environment {name} could not be built: {error}"
            raise UnbuildableError(message) from error
        self._say(f"Built in {time.monotonic() - started:.1f} s.")
