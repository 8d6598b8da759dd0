"""Control API under ``/_local``: fault rules, request log, settings, links to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from amlrest_emulator.answers import Answers
from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.bodies import whole_body
from amlrest_emulator.engine.engine import Engine
from amlrest_emulator.fault_rules import FaultRules, RuleError, parse_rule
from amlrest_emulator.json_text import JsonTextError, read_json
from amlrest_emulator.long_running import LongRunningOperations
from amlrest_emulator.request_log import RequestLog
from amlrest_emulator.responses import error_response, json_response

if TYPE_CHECKING:
    from collections.abc import Callable


_LONGEST = 86400


class Control:
    """Handler of requests under ``/_local``."""

    def __init__(
        self,
        rules: FaultRules,
        request_log: RequestLog,
        operations: LongRunningOperations,
        engine: Engine,
        new_link: Callable[..., dict[str, str]],
    ) -> None:
        self._rules = rules
        self._request_log = request_log
        self._operations = operations
        self._engine = engine
        self._new_link = new_link

    async def handle(self, request: Request) -> Response:
        """Return the response to one request."""
        content = await whole_body(request)
        scope = request.scope
        try:
            status, body = self._run(request.method, request.url.path, content)
        except (RuleError, JsonTextError) as error:
            return error_response(scope, ArmError(400, "InvalidRule", str(error)))
        if status == 404:  # noqa: PLR2004
            message = f"There is no {request.method} {request.url.path}."
            return error_response(scope, ArmError(404, "NotFound", message))
        return json_response(scope, status, body)

    def _run(self, method: str, path: str, content: bytes) -> tuple[int, Any]:
        resource, _, rule_id = path.removeprefix("/_local/").partition("/")
        if rule_id:
            known = (method, resource) == ("DELETE", "faults") and self._rules.remove(rule_id)
            return (204, None) if known else (404, None)
        routes: dict[tuple[str, str], Callable[[], tuple[int, Any]]] = {
            ("GET", "faults"): lambda: (200, {"value": self._rules.to_json()}),
            ("POST", "faults"): lambda: (201, self._add(read_json(content))),
            ("DELETE", "faults"): lambda: self._clear(self._rules),
            ("GET", "requests"): lambda: (200, {"value": self._request_log.entries()}),
            ("DELETE", "requests"): lambda: self._clear(self._request_log),
            ("GET", "settings"): lambda: (200, self._settings()),
            ("PUT", "settings"): lambda: (200, self._set(read_json(content))),
            ("POST", "links"): lambda: (201, self._link(read_json(content))),
        }
        route = routes.get((method, resource))
        return route() if route else (404, None)

    def _clear(self, target: FaultRules | RequestLog) -> tuple[int, None]:
        target.clear()
        return 204, None

    def _add(self, value: Any) -> dict[str, Any]:
        rules = [parse_rule(item) for item in (value if isinstance(value, list) else [value])]
        return {"value": [{"id": self._rules.add(rule)} for rule in rules]}

    def _link(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict) or not value.keys() <= {"path", "file"}:
            raise RuleError("links: must be an object with path and file")
        path, in_file = value.get("path", "/"), value.get("file", False)
        if not isinstance(path, str) or not isinstance(in_file, bool):
            raise RuleError("links: path must be a string, file true or false")
        try:
            return self._new_link(path, in_file=in_file)
        except ValueError as error:
            raise RuleError(str(error)) from None

    def _settings(self) -> dict[str, Any]:
        return {
            "operation_delay": self._operations.delay,
            "strict": self._engine.strict,
            "answers": self._engine.context.answers,
        }

    def _set(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or not value.keys() <= self._settings().keys():
            raise RuleError("settings: must be an object with operation_delay, strict or answers")
        wanted = self._settings() | value
        delay, strict = wanted["operation_delay"], wanted["strict"]
        if isinstance(delay, bool) or not isinstance(delay, int | float):
            raise RuleError("operation_delay: must be a number of seconds")
        if not 0 <= delay <= _LONGEST:
            raise RuleError(f"operation_delay: must be from 0 to {_LONGEST} seconds")
        if not isinstance(strict, bool):
            raise RuleError("strict: must be true or false")
        if wanted["answers"] not in tuple(Answers):
            raise RuleError(f"answers: must be {' or '.join(Answers)}")
        self._operations.delay = float(delay)
        self._engine.context.answers = Answers(wanted["answers"])
        self._engine.strict = strict
        return self._settings()
