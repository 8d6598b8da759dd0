# Generated from facade/amlrest/_async/poller.py by `python codegen.py generate`; edit the async source.
"""Follows one long-running operation to its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from amlrest._http import polling, responses, retry
from amlrest._http.deadline import NO_DEADLINE, Deadline
from amlrest._runtime import sync as rt
from amlrest.errors import AmlrestError, DeadlineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from amlrest._http.calls import Call
    from amlrest._http.messages import Response
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

    def __init__(self, fetch: Callable[..., Response], call: Call, first: Response) -> None:
        self._get = fetch
        self._call = call
        self._limit = polling.operation_timeout(first.headers)
        self._last = first
        self._polls = 0
        self._progress = polling.read_initial_response(
            call.request.method,
            call.request.url,
            call.final_state_via,
            first,
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

    def poll(self, *, deadline: Deadline = NO_DEADLINE) -> State:
        """Get the status of the operation once.

        Args:
            deadline: how long to keep retrying.
        """
        if not self.done:
            self._last = self._fetch(self._progress.plan.url, deadline)
            self._progress = polling.read_poll_response(self._progress.plan, self._last)
            self._polls += 1
        return self.status

    def result(self, timeout: float | None = None) -> Any:
        """Wait for the end.

        Args:
            timeout: seconds; by default the limit the service states, or one hour.

        Returns:
            JSON or a model; None for an operation without a result.

        Raises:
            DeadlineError: the operation still runs.
            OperationFailedError: it failed; OperationCanceledError if it was canceled.
        """
        deadline = Deadline(self._limit if timeout is None else timeout)
        while not self.done:
            if deadline.expired:
                raise self._deadline_error()
            pause = polling.poll_delay(
                self._polls, retry.retry_after(self._last.headers, time.time())
            )
            rt.sleep(deadline.limit(pause))
            self._poll_until(deadline)
        return self._outcome(deadline)

    def _poll_until(self, deadline: Deadline) -> None:
        try:
            self.poll(deadline=deadline)
        except AmlrestError as error:
            if polling.is_transient(error) and deadline.expired:
                raise self._deadline_error() from error
            raise

    def _deadline_error(self) -> DeadlineError:
        return DeadlineError(f"{self._call.operation.id} still runs; it was not stopped")

    def _outcome(self, deadline: Deadline) -> Any:
        if self.status != "Succeeded":
            raise responses.operation_error(self._call.operation.id, self._progress, self._last)
        plan = self._progress.plan
        if plan.via != "operation":
            return self._call.read_result(self._last)
        if plan.final_url is None:
            return None
        return self._call.read_result(self._fetch(plan.final_url, deadline))

    def _fetch(self, url: str, deadline: Deadline) -> Response:
        return self._get(url, deadline=deadline, operation_id=self._call.operation.id)
