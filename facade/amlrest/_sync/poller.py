# Generated from facade/amlrest/_async/poller.py by `python codegen.py generate`; edit the async source.
"""Follows one long-running operation to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from amlrest._http import polling, responses, retry
from amlrest._runtime import sync as rt
from amlrest.errors import AmlrestError, DeadlineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._http.calls import Call
    from amlrest._http.messages import Answer
    from amlrest._http.polling import State


class Poller:
    """A long-running operation that was accepted.

    The service carries on whatever happens here: leaving `result`, by its deadline, by Ctrl-C or
    by cancelling the task, stops only the waiting, and `result` can be called again.

    Args:
        fetch: gets a URL the service gave, as `Core.fetch` does.
        call: what began the operation.
        first: the answer to it.
    """

    def __init__(self, fetch: Callable[..., Answer], call: Call, first: Answer) -> None:
        self._get = fetch
        self._call = call
        self._limit = polling.deadline(first.headers)
        self._last = first
        self._polls = 0
        self._progress = polling.begin(
            call.request.method, call.request.url, call.final_state_via, responses.seen(first)
        )

    def __repr__(self) -> str:
        return f"<Poller {self._call.operation.id} {self.status}>"

    @property
    def status(self) -> State:
        """`Running`, `Succeeded`, `Failed` or `Canceled`, as last seen."""
        return self._progress.state

    @property
    def done(self) -> bool:
        """Whether the operation has ended, well or not."""
        return self.status != "Running"

    def poll(self, *, budget: float | None = None) -> State:
        """Look once how the operation stands.

        Args:
            budget: seconds to keep retrying for.
        """
        if not self.done:
            self._last = self._fetch(self._progress.plan.url, budget)
            self._progress = polling.advance(self._progress.plan, responses.seen(self._last))
            self._polls += 1
        return self.status

    def result(self, timeout: float | None = None) -> Any:
        """Wait for the end.

        Args:
            timeout: seconds; by default the limit the service states, or one hour.

        Returns:
            The operation's model, or None for an operation without a result.

        Raises:
            DeadlineError: the operation still runs.
            OperationFailedError: it failed; OperationCanceledError if it was canceled.
        """
        ends = time.monotonic() + (self._limit if timeout is None else timeout)
        while not self.done:
            left = ends - time.monotonic()
            if left <= 0:
                raise self._late()
            pause = polling.pause(self._polls, retry.retry_after(self._last.headers, time.time()))
            rt.sleep(min(pause, left))
            self._poll_until(ends)
        return self._outcome(max(0.0, ends - time.monotonic()))

    def _poll_until(self, ends: float) -> None:
        try:
            self.poll(budget=max(0.0, ends - time.monotonic()))
        except AmlrestError as error:
            if polling.passes(error) and time.monotonic() >= ends:
                raise self._late() from error
            raise

    def _late(self) -> DeadlineError:
        return DeadlineError(f"{self._call.operation.id} still runs; it was not stopped")

    def _outcome(self, budget: float) -> Any:
        if self.status != "Succeeded":
            raise responses.operation_error(self._call.operation.id, self._progress, self._last)
        plan = self._progress.plan
        if plan.via != "operation":
            return responses.final_result(self._call.operation, self._last)
        if plan.final_url is None:
            return None
        final = self._fetch(plan.final_url, budget)
        return responses.final_result(self._call.operation, final)

    def _fetch(self, url: str, budget: float | None) -> Answer:
        return self._get(url, budget=budget, operation_id=self._call.operation.id)
