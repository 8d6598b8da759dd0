"""Errors of the command: exit status, and one block that says what, where and what to do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from amlrest import errors
from amlrest._advice import TO_DO, sign_in
from amlrest.cli.program import LOCAL_EXTRA, install_local_extra, program
from amlrest.cli.screen import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

OK, ERROR, USAGE, JOB_FAILED, DEADLINE, INTERRUPTED = 0, 1, 2, 3, 4, 130
_NO_WORKSPACE = (
    "name one with --subscription, -g and -w, or use a local one:\n"
    "    {program} local up --detach\n"
    '    eval "$({program} local env)"'
)
_HINTS: tuple[tuple[type[Exception], str], ...] = (
    (errors.UnauthorizedError, "sign in again with az login, or set a new AMLREST_TOKEN"),
    (errors.AuthenticationError, "{sign_in}"),
    (
        errors.PermissionDeniedError,
        "request a role on the workspace, such as AzureML Data Scientist",
    ),
    (errors.ThrottledError, "try again later: the service limits requests per hour"),
    (errors.UntrustedUrlError, "check --endpoint: its responses refer to another host"),
    (
        errors.TransportError,
        "check the network and --endpoint; if it is local: {program} local status",
    ),
    (errors.NoWorkspaceError, _NO_WORKSPACE),
)


class CommandError(click.ClickException):
    """An error raised by the command itself, not by the library.

    Args:
        message: what is wrong.
        hint: what to do.
        status: the exit status.
    """

    def __init__(self, message: str, *, hint: str = "", status: int = ERROR) -> None:
        super().__init__(message)
        self.hint = hint
        self.status = status


class ProblemsError(CommandError):
    """Problems of a file, each in a line."""


class WaitInterruptedError(CommandError):
    """Ctrl-C ended a wait; the job or operation continues.

    Args:
        message: what continues.
        commands: command lines that resume the wait.
        cancel: the command line that ends what continues, if there is one.
    """

    def __init__(self, message: str, commands: list[str], cancel: str = "") -> None:
        super().__init__(message, status=INTERRUPTED)
        self.commands = commands
        self.cancel = cancel

    @property
    def advice(self) -> str:
        """How to resume the wait, and how to end what continues."""
        cancel = ["or cancel with", self.cancel] if self.cancel else []
        return "\n    ".join(["resume with", *self.commands, *cancel])


def exit_status(error: BaseException, *, debug: bool = False) -> int:
    """Print an error to stderr and return its exit status."""
    try:
        return _report(error, debug=debug)
    except OSError:  # stderr cannot be written either
        return status_of(error)
    finally:
        _detach_broken_streams()


def _report(error: BaseException, *, debug: bool) -> int:
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else ERROR
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.UsageError):
        error.show()
        return USAGE
    if isinstance(error, BrokenPipeError):
        return ERROR
    if debug:
        import traceback

        traceback.print_exception(error)
    messages().lines(list(describe(error)))
    return status_of(error)


def _detach_broken_streams() -> None:
    """Redirect streams that cannot be written to the null device; else Python's exit fails."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def status_of(error: BaseException) -> int:
    """Return the exit status of an error."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return INTERRUPTED
    if isinstance(error, CommandError):
        return error.status
    if isinstance(error, errors.JobFailedError):
        return JOB_FAILED
    return DEADLINE if isinstance(error, errors.DeadlineError) else ERROR


def describe(error: BaseException) -> Iterator[str]:
    """Yield the lines of an error block."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        yield "Interrupted."
        return
    kind = "Interrupted" if isinstance(error, WaitInterruptedError) else "Error"
    what = _what(error)
    if isinstance(error, ProblemsError | errors.ValidationError) and "\n" in what:
        yield f"{kind}: {len(what.splitlines())} problems"
        yield from what.splitlines()
    else:
        yield f"{kind}: {what}"
    all_notes = getattr(error, "__notes__", ())
    notes = [("note", note) for note in all_notes if not note.startswith(TO_DO)]
    facts = [*_where(error), *notes, ("to do", _hint(error))]
    yield from (f"  {name}: {fact}" for name, fact in facts if fact)


def _what(error: BaseException) -> str:
    if isinstance(error, errors.ScoringError):
        return error.summary
    if isinstance(error, errors.ServiceError):
        return ": ".join(filter(None, (error.code, error.message))) or "the service gave no reason"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, errors.AmlrestError | OSError):
        return str(error)
    return f"unexpected {type(error).__name__}: {error}"


def _where(error: BaseException) -> Iterator[tuple[str, str | None]]:
    if isinstance(error, errors.ServiceError):
        if error.operation_id or error.request_id:  # else nothing was sent for it
            yield "operation", f"{error.operation_id or 'request'}, status {error.status}"
        yield "target", error.target
        said = {each.get("code") for each in error.details if isinstance(each, dict)}
        yield "inner codes", " > ".join(code for code in error.inner_codes if code not in said)
        yield from (("detail", line) for line in _details(error))
        yield "client request id", error.request_id
        yield "service request id", error.service_request_id
        if error.correlation_id != error.service_request_id:
            yield "correlation id", error.correlation_id
    if isinstance(error, errors.TransportError) and str(error.request_id) not in str(error):
        yield "client request id", error.request_id


def _details(error: errors.ServiceError) -> Iterator[str]:
    for detail in error.details:
        if isinstance(detail, dict):
            yield ": ".join(str(detail[k]) for k in ("code", "message") if detail.get(k))


def _hint(error: BaseException) -> str:
    if isinstance(error, WaitInterruptedError):
        return error.advice
    if isinstance(error, CommandError):
        return error.hint
    if isinstance(error, errors.ScoringError):
        logs = f"{program()} online-deployment logs {error.endpoint} {error.deployment or 'NAME'}"
        return f"see the log of the deployment: {logs}"
    if isinstance(error, ModuleNotFoundError) and str(error.name).partition(".")[0] in LOCAL_EXTRA:
        return install_local_extra()
    known = next((hint for kind, hint in _HINTS if isinstance(error, kind)), "")
    if known or isinstance(error, errors.AmlrestError | OSError | click.ClickException):
        return known.format(program=program(), sign_in=sign_in(os.environ))
    return "run it again with --debug and report the traceback"
