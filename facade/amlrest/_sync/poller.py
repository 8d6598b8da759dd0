# Generated from facade/amlrest/_async/poller.py by `python codegen.py generate`; edit the async source.
"""Poller of a long-running operation."""

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

    The operation continues on the service when `result` ends by its deadline, by Ctrl-C or by
    cancelling the task; `result` can be called again.

    Args:
        fetch: gets a URL that the service returned, as `Core.fetch` does.
        call: the call that started the operation.
        first: its response.

    Attributes:
        first_status: HTTP status of that response.
    """

    def __init__(self, fetch: Callable[..., Response], call: Call, first: Response) -> None:
        self._get = fetch
        self._call = call
        self._limit = polling.operation_timeout(first.headers)
        self._last = first
        self.first_status = first.status
        self._polls = 0
        self._progress = polling.read_initial_response(
            call.request.method, call.request.url, call.final_state_via, first
        )

    def __repr__(self) -> str:
        return f"<Poller {self._call.operation.id} {self.status}>"

    @property
    def status(self) -> State:
        """`Running`, `Succeeded`, `Failed` or `Canceled`, as of the last poll."""
        return self._progress.state

    @property
    def done(self) -> bool:
        """Whether the operation has reached a terminal status."""
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
        """Wait for the result.

        Args:
            timeout: maximum seconds to wait; by default the limit that the service states, or an
                hour.

        Returns:
            JSON or a model; None for an operation without a result.

        Raises:
            DeadlineError: the operation is still running.
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
        return DeadlineError(f"{self._call.operation.id} is still running; it was not canceled")

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
