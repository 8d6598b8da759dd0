"""Blocking primitives; `aio` has the same names."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar

from amlrest.errors import AuthenticationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx import Client

    from amlrest._http.auth import TokenCredential

T = TypeVar("T")

Lock = threading.Lock
INTERRUPTIONS = (KeyboardInterrupt,)
"""What ends a wait from outside: Ctrl-C, the interruption of a notebook."""
_LONGEST_WAIT = 1.0


def home() -> object:
    """Return what connections and locks belong to: this process."""
    return os.getpid()


def sleep(seconds: float) -> None:
    """Sleep."""
    time.sleep(seconds)


def in_thread(function: Callable[..., T], *args: Any) -> T:
    """Run a blocking function in the calling thread."""
    return function(*args)


def now(call: Callable[[], T]) -> T | None:
    """Return the result of a call."""
    return call()


def gather(*calls: Callable[[], T], limit: int | None = None) -> tuple[T, ...]:
    """Run calls concurrently, each in a thread.

    Args:
        calls: functions without arguments.
        limit: maximum concurrent calls; all by default.

    Returns:
        Their results, in order.

    Raises:
        Exception: the first failure; calls not yet started are skipped, running ones finish before it
            is raised.
    """
    return _Gathering(calls).run(min(limit or len(calls), len(calls)))


class _Gathering:
    """One gather: daemon threads, so that Ctrl-C ends the program and not just the wait."""

    def __init__(self, calls: tuple[Callable[[], Any], ...]) -> None:
        self._calls = iter(enumerate(calls))
        self._results: list[Any] = [None] * len(calls)
        self._lock = threading.Lock()
        self._failure: BaseException | None = None

    def run(self, workers: int) -> tuple[Any, ...]:
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(workers)]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                # Ctrl-C just before a join does not interrupt it, so no join may be endless.
                while thread.is_alive():
                    thread.join(_LONGEST_WAIT)
        except BaseException as interruption:
            self._fail(interruption)
            raise
        if self._failure is not None:
            raise self._failure
        return tuple(self._results)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            index, call = job
            try:
                self._results[index] = call()
            except BaseException as failure:  # noqa: BLE001
                self._fail(failure)

    def _next(self) -> tuple[int, Callable[[], Any]] | None:
        with self._lock:
            return None if self._failure is not None else next(self._calls, None)

    def _fail(self, failure: BaseException) -> None:
        with self._lock:
            self._failure = self._failure or failure


def get_token(credential: TokenCredential, scope: str, **kwargs: Any) -> Any:
    """Get a token from a credential.

    Raises:
        AuthenticationError: the credential is an async one.
    """
    token = credential.get_token(scope, **kwargs)
    if hasattr(token, "__await__"):
        if hasattr(token, "close"):
            token.close()
        raise AuthenticationError("the credential is async; use amlrest.aio.Workspace")
    return token


def release(resource: object) -> None:
    """Close a resource that has a close method."""
    close = getattr(resource, "close", None)
    if close:
        close()


def open_client(**options: Any) -> Client:
    """Open an HTTP client."""
    from amlrest._http.lean_httpx import httpx

    return httpx.Client(**options)
