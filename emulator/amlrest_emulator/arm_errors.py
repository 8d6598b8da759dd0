"""ARM errors: those of the gateway, and those of the service with their chain of inner codes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.times import timestamp

USER_ERROR = "UserError"
_BAD_ARGUMENT = ("BadArgument", "ArgumentInvalid")
_INTERNAL = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a request.

    Attributes:
        target: JSON path (``properties.compute``) or name of a parameter; None if there is none.
    """

    code: str
    message: str
    target: str | None = None

    def body(self) -> dict[str, Any]:
        """Return the entry of ``details``."""
        target = {} if self.target is None else {"target": self.target}
        named = {"code": self.code, "message": self.message, **target}
        return {**named, "details": [], "additionalInfo": []}


@dataclass(slots=True)
class ArmError(Exception):
    """An ARM error response.

    Attributes:
        status: HTTP status.
        code: ARM error code.
        message: what is wrong; what to do.
        target: resource id, parameter or JSON path, or None.
        details: all problems.
        headers: additional response headers.
        is_gateway: whether the gateway in front of the service answers, which adds nothing.
        inner: codes from the outermost to the most specific one.
        template: message with names in the place of its values.
        parameters: values of the template by name.
    """

    status: int
    code: str
    message: str
    target: str | None = None
    details: Sequence[Problem] = ()
    headers: dict[str, str] = field(default_factory=dict)
    is_gateway: bool = True
    inner: Sequence[str] = ()
    template: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def body(self) -> dict[str, Any] | None:
        """Return the ARM error body; None for an empty one."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.target is not None:
            error["target"] = self.target
        if not self.is_gateway:
            error["details"] = [problem.body() for problem in self.details]
            error["additionalInfo"] = self._information()
        return {"error": error}

    def response_headers(self) -> dict[str, str]:
        """Return the headers that say who failed, with the additional ones."""
        said = {"x-ms-failure-cause": "gateway"} if self.is_gateway else {}
        if not self.is_gateway:
            said["x-ms-response-type"] = "error"
        if self.status >= _INTERNAL:
            said["x-ms-failure-cause"] = "service"
        return {**said, **self.headers}

    def _information(self) -> list[dict[str, Any]]:
        said: dict[str, Any] = {
            "ComponentName": "managementfrontend",
            "Correlation": correlation(),
            "Environment": names.LOCATION,
            "Location": names.LOCATION,
            "Time": timestamp(datetime.now(UTC)),
        }
        if self.inner:
            said["InnerError"] = inner_error(self.inner)
        if self.template:
            said["MessageFormat"] = self.template
            said["MessageParameters"] = dict(self.parameters)
        return [{"type": name, "info": {"value": value}} for name, value in said.items()]


@dataclass(slots=True)
class EmptyError(ArmError):
    """An error without a body, as the service answers for computes."""

    def body(self) -> None:
        """Return None."""

    def response_headers(self) -> dict[str, str]:
        """Return the headers of an ordinary response."""
        return {"x-ms-response-type": "standard"}


@dataclass(slots=True)
class AccountError(ArmError):
    """An error of the component that keeps connections: everything stands beside ``error``."""

    def body(self) -> dict[str, Any]:
        """Return the error body."""
        unset = dict.fromkeys(
            (
                *("severity", "messageFormat", "messageParameters", "referenceCode"),
                *("detailsUri", "target", "debugInfo", "additionalInfo"),
            )
        )
        said = {"code": self.code, "message": self.message, "details": []}
        return {
            "error": {**said, "innerError": inner_error(self.inner), **unset},
            "correlation": correlation(),
            "environment": names.LOCATION,
            "location": names.LOCATION,
            "time": timestamp(datetime.now(UTC)),
            "componentName": "account-rp",
        }


def inner_error(codes: Sequence[str]) -> dict[str, Any] | None:
    """Return codes as nested objects, the first one outermost."""
    found: dict[str, Any] | None = None
    for code in reversed(codes):
        found = {"code": code, "innerError": found}
    return found


def correlation() -> dict[str, str]:
    """Return new ids of an operation and of a request in it."""
    return {"operation": secrets.token_hex(16), "request": secrets.token_hex(8)}


def user_error(
    status: int,
    inner: Sequence[str],
    message: str,
    target: str | None = None,
    details: Sequence[Problem] = (),
) -> ArmError:
    """Return an error of the service that the client can mend."""
    return ArmError(
        status, USER_ERROR, message, target, details, is_gateway=False, inner=tuple(inner)
    )


def invalid(problems: Sequence[Problem]) -> ArmError:
    """Return the 400 with all problems of a request."""
    first = problems[0]
    rest = f" (and {len(problems) - 1} more, see details)" if len(problems) > 1 else ""
    message = f"{first.target}: {first.message}{rest}"
    return user_error(400, (*_BAD_ARGUMENT, first.code), message, first.target, problems)


def refuse(target: str, message: str, code: str = "InvalidValue") -> ArmError:
    """Return the 400 for one problem."""
    return invalid([Problem(code, message, target)])


def missing(problem: Problem) -> ArmError:
    """Return the 404 for a request that names something that does not exist."""
    message = f"{problem.target}: {problem.message}"
    return ArmError(404, "NotFound", message, problem.target, [problem], is_gateway=False)


def not_possible(code: str, message: str, target: str | None = None) -> ArmError:
    """Return the 400 for an action that the state of its resource does not allow."""
    return user_error(400, (*_BAD_ARGUMENT, code), message, target)


def immutable(code: str, message: str, target: str, status: int = 409) -> ArmError:
    """Return the refusal to change what cannot be changed."""
    return user_error(status, ("Immutable", code), message, target)


def conflict(message: str, target: str, code: str) -> ArmError:
    """Return the 409 for a conflict with the state of a resource."""
    return user_error(409, ("Conflict", code), message, target)
