"""``/_local``: fault rules, the log of requests and settings, for tests."""

import json
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from amlrest_emulator.auth import Refusal
from amlrest_emulator.engine.operations import Operations
from amlrest_emulator.fault_rules import FaultBook, RuleError, parse_rule
from amlrest_emulator.request_log import Traffic
from amlrest_emulator.responses import json_response, refusal_response

if TYPE_CHECKING:
    from collections.abc import Callable


class Control:
    """Answers requests below ``/_local``."""

    def __init__(self, book: FaultBook, traffic: Traffic, operations: Operations) -> None:
        self._book = book
        self._traffic = traffic
        self._operations = operations

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        content = await request.body()
        scope = request.scope
        try:
            status, body = self._run(request.method, request.url.path, content)
        except (RuleError, json.JSONDecodeError) as error:
            return refusal_response(scope, Refusal(400, "InvalidRule", str(error), {}))
        if status == 404:  # noqa: PLR2004
            message = f"There is no {request.method} {request.url.path}."
            return refusal_response(scope, Refusal(404, "NotFound", message, {}))
        return json_response(scope, status, body)

    def _run(self, method: str, path: str, content: bytes) -> tuple[int, Any]:
        what, _, rule_id = path.removeprefix("/_local/").partition("/")
        if rule_id:
            known = (method, what) == ("DELETE", "faults") and self._book.remove(rule_id)
            return (204, None) if known else (404, None)
        runs: dict[tuple[str, str], Callable[[], tuple[int, Any]]] = {
            ("GET", "faults"): lambda: (200, {"value": self._book.rules()}),
            ("POST", "faults"): lambda: (201, self._add(json.loads(content))),
            ("DELETE", "faults"): lambda: self._clear(self._book),
            ("GET", "requests"): lambda: (200, {"value": self._traffic.entries()}),
            ("DELETE", "requests"): lambda: self._clear(self._traffic),
            ("GET", "settings"): lambda: (200, self._settings()),
            ("PUT", "settings"): lambda: (200, self._set(json.loads(content))),
        }
        run = runs.get((method, what))
        return run() if run else (404, None)

    def _clear(self, log: FaultBook | Traffic) -> tuple[int, None]:
        log.clear()
        return 204, None

    def _add(self, value: Any) -> dict[str, Any]:
        rules = [parse_rule(item) for item in (value if isinstance(value, list) else [value])]
        return {"value": [{"id": self._book.add(rule)} for rule in rules]}

    def _settings(self) -> dict[str, Any]:
        return {"operation_delay": self._operations.delay}

    def _set(self, value: Any) -> dict[str, Any]:
        delay = value.get("operation_delay") if isinstance(value, dict) else None
        if isinstance(delay, bool) or not isinstance(delay, int | float) or delay < 0:
            raise RuleError("operation_delay: must be a number of seconds, 0 or more")
        self._operations.delay = float(delay)
        return self._settings()
