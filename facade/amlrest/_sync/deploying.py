# Generated from facade/amlrest/_async/deploying.py by `python codegen.py generate`; edit the async source.
"""An endpoint together with its deployments, in the order that keeps requests answered."""

from __future__ import annotations

import copy
import time
from typing import TYPE_CHECKING, Any

from amlrest._runtime import sync as rt
from amlrest._sync.deployments import check, prepare
from amlrest.errors import ResourceNotFoundError
from amlrest.shares import check_plan, check_targets, serving
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from amlrest._sync.core import Core


class Limit:
    """One time limit for several operations.

    Args:
        seconds: in all; None for each operation's own limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self._ends = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """Seconds that remain; None for no limit."""
        return None if self._ends is None else max(0.0, self._ends - time.monotonic())


@frozen
class Steps:
    """How one kind of endpoint is read and written.

    Attributes:
        core: the workspace.
        limit: for all steps together.
        get: reads the endpoint.
        listed: reads its deployments.
        write: writes the endpoint.
        deploy: writes a deployment.
        direct: shares the traffic.
    """

    core: Core
    limit: Limit
    get: Callable[[str], Any]
    listed: Callable[[str], Iterator[Any]]
    write: Callable[..., Any]
    deploy: Callable[..., Any]
    direct: Callable[..., Any]

    def run(
        self, endpoint: Any, deployments: Sequence[Any], on_ready: Callable[[Any], None] | None
    ) -> Any:
        """Write the endpoint, then its deployments, then its traffic.

        An endpoint that is there keeps its traffic until the deployments are ready; one whose
        traffic is None keeps it afterwards as well.
        """
        parts = check_plan(endpoint, deployments)
        for each in parts:
            rt.in_thread(check, each)
        there = self._find(endpoint.name)
        self._check_traffic(endpoint, parts, there)
        ready = [prepare(self.core, each) for each in parts]
        first = copy.copy(endpoint)
        first.traffic = None if there is None else serving(there.traffic)
        made = _told(self.write(first, timeout=self.limit.left()), on_ready)
        for each in ready:
            _told(self.deploy(each, timeout=self.limit.left()), on_ready)
        if endpoint.traffic is None:
            return self.get(endpoint.name) if ready else made
        return self.direct(endpoint.name, endpoint.traffic, timeout=self.limit.left())

    def _find(self, name: str) -> Any:
        try:
            return self.get(name)
        except ResourceNotFoundError:
            return None

    def _check_traffic(self, endpoint: Any, parts: Sequence[Any], there: Any) -> None:
        known = [each.name for each in parts]
        if there is not None and endpoint.traffic:
            known += [each.name for each in self.listed(endpoint.name)]
        check_targets(endpoint, known)


def _told(step: Any, on_ready: Callable[[Any], None] | None) -> Any:
    done = step
    if on_ready is not None:
        on_ready(done)
    return done
