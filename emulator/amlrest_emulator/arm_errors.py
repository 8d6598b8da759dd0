"""ARM errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a request.

    Attributes:
        target: JSON path (``properties.compute``) or name of a parameter.
    """

    code: str
    message: str
    target: str

    def body(self) -> dict[str, Any]:
        """Return the entry of ``details``."""
        return {"code": self.code, "message": self.message, "target": self.target}


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
    """

    status: int
    code: str
    message: str
    target: str | None = None
    details: Sequence[Problem] = ()
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def body(self) -> dict[str, Any]:
        """Return the ARM error body."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.target is not None:
            error["target"] = self.target
        error["details"] = [problem.body() for problem in self.details]
        error["additionalInfo"] = []
        return {"error": error}


def invalid(problems: Sequence[Problem]) -> ArmError:
    """Return the 400 with all problems of a request."""
    first = problems[0]
    rest = f" (and {len(problems) - 1} more, see details)" if len(problems) > 1 else ""
    message = f"{first.target}: {first.message}{rest}"
    return ArmError(400, "ValidationError", message, first.target, problems)


def refuse(target: str, message: str, code: str = "InvalidValue") -> ArmError:
    """Return the 400 for one problem."""
    return invalid([Problem(code, message, target)])


def not_found(resource_id: str) -> ArmError:
    """Return the 404 for an ARM id."""
    return ArmError(404, "ResourceNotFound", f"There is no resource {resource_id}.", resource_id)


def conflict(message: str, target: str, code: str = "Conflict") -> ArmError:
    """Return a 409."""
    return ArmError(409, code, message, target)
