"""Errors in the shape of Azure Resource Manager."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request.

    Attributes:
        target: where, as a JSON path (``properties.compute``) or a parameter's name.
    """

    code: str
    message: str
    target: str

    def body(self) -> dict[str, Any]:
        """Return it as an entry of ``details``."""
        return {"code": self.code, "message": self.message, "target": self.target}


@dataclass(slots=True)
class ArmError(Exception):
    """A refusal, with what its answer says.

    Attributes:
        status: HTTP status.
        code: ARM error code.
        message: what is wrong and what to do.
        target: what it is about, or None.
        details: one entry for every problem found.
        headers: further headers of the answer.
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
    """Return the 400 that lists every problem of a request."""
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
