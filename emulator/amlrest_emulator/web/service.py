"""ASGI application of the pages: the door, routes, headers, downloads and cancellation."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.bodies import whole_body
from amlrest_emulator.context import Context
from amlrest_emulator.files import StateFolder, write_private
from amlrest_emulator.responses import headers_of, raw_path, request_ids
from amlrest_emulator.runner.run_store import TERMINAL
from amlrest_emulator.sessions import OPEN, Sessions, cookie, form_token
from amlrest_emulator.web.run_files import image_type
from amlrest_emulator.web.templates import ASSETS, Visitor, assets
from amlrest_emulator.web.workspace_view import ENDPOINTS

if TYPE_CHECKING:
    from amlrest_emulator.web.job_view import Job
    from amlrest_emulator.web.pages import Pages

_LOG = logging.getLogger(__name__)
JOBS = "/jobs/"
_TARGET = re.compile(r"/|/jobs/[A-Za-z0-9._~%-]+")
_POLICY = (
    "default-src 'none'; script-src 'nonce-{0}'; style-src 'nonce-{0}'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A browser says where a form comes from only if it may tell this server: not "no-referrer".
_PRIVATE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_CLOSED = "To open this page, run the following command. It prints a link for this browser."
_USED = "This link has been used, or is too old. Run the command again for another one."


class PageService:
    """Serves the pages to browsers that have a session.

    Args:
        context: server context with a runner.

    Attributes:
        sessions: links and sessions.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._nonce = secrets.token_urlsafe(24)
        self._cookie = f"amlrest_page_{urlsplit(context.http_endpoint).port}"
        self.sessions = Sessions()

    @cached_property
    def _pages(self) -> Pages:
        """The pages; their modules are imported with the first one."""
        from amlrest_emulator.web.pages import Pages

        return Pages(self._context)

    def serves(self, scope: Scope) -> bool:
        """Return whether a request is for a page; clients of the API send a token."""
        path = raw_path(scope)
        ours = path in {"/", "/jobs"} or path.startswith((JOBS, ENDPOINTS, ASSETS, OPEN))
        return ours and "authorization" not in headers_of(scope)

    def new_link(self, target: str, *, in_file: bool) -> dict[str, str]:
        """Return a link that opens a page once: its ``url``.

        Args:
            target: path of the page.
            in_file: whether to write a ``file`` as well that leads a browser to the link; a link
                that is an argument of a browser's process is seen by other users.

        Raises:
            ValueError: it is not the path of a page.
        """
        if not _TARGET.fullmatch(target):
            raise ValueError(f"path: must be / or /jobs/<name>, not {target!r:.200}")
        url = f"{self._context.http_endpoint}{OPEN}{self.sessions.new_link(target)}"
        if not in_file:
            return {"url": url}
        file = StateFolder(self._context.state_dir).browser_file
        write_private(file, f'<meta http-equiv="refresh" content="0; url={url}">'.encode())
        return {"url": url, "file": str(file.absolute())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        try:
            body = await self._body(Request(scope, receive))
            response = await run_in_threadpool(self._response, Request(scope), body)
        except ClientDisconnect:
            return
        except ArmError as error:
            response = self._message(error.status, "Not allowed", error.message)
        except Exception:  # noqa: BLE001 - any error becomes a page
            request_id = request_ids(scope)["x-ms-request-id"]
            _LOG.exception("%s %s failed, page %s", scope["method"], scope["path"], request_id)
            text = f"This page could not be made; see {request_id} in server.log."
            response = self._message(500, "Internal error", text)
        await response(scope, receive, send)

    async def _body(self, request: Request) -> bytes:
        """Return the body of a form; nothing is read for browsers without a session."""
        session = cookie(headers_of(request.scope), self._cookie)
        is_form = request.method == "POST" and self.sessions.knows(session)
        return await whole_body(request) if is_form else b""

    def _response(self, request: Request, body: bytes) -> Response:
        path, headers = raw_path(request.scope), headers_of(request.scope)
        if request.method not in {"GET", "HEAD", "POST"}:
            return self._message(405, "Not allowed", f"{request.method} is not for pages.")
        if path.startswith(ASSETS):
            return self._asset(path)
        session = cookie(headers, self._cookie)
        known = self.sessions.knows(session)
        if path.startswith(OPEN):
            return self._open(request.method, path, known=known)
        if not known:
            return self._message(401, "amlrest", _CLOSED, "amlrest local ui")
        if request.method == "POST":
            return self._post(path, session, headers, body)
        return self._get(request, session)

    def _open(self, method: str, path: str, *, known: bool) -> Response:
        """Use a link; a request for its headers alone does not."""
        entry = self.sessions.enter(path.removeprefix(OPEN)) if method == "GET" else None
        if entry is None:
            if known:
                return RedirectResponse("/", 303, _PRIVATE)
            return self._message(401, "amlrest", _USED, "amlrest local ui")
        StateFolder(self._context.state_dir).browser_file.unlink(missing_ok=True)
        # Not a redirect: a browser that comes from a file or another program would follow it
        # without the cookie, which is for requests from our own pages only.
        response = self._html(200, self._pages.entered(self._nonce, entry.target))
        response.set_cookie(self._cookie, entry.session, httponly=True, samesite="strict")
        return response

    def _get(self, request: Request, session: str) -> Response:
        path = raw_path(request.scope)
        name, kind, rest = _parts(path, JOBS)
        job = self._pages.find(name) if path.startswith(JOBS) else None
        if job is not None and kind == "files":
            return self._file(job, rest)
        visitor = Visitor(self._nonce, form_token(session))
        text = self._text(path, dict(request.query_params), visitor, job)
        return self._missing(path, job) if text is None else self._page(request, text)

    def _text(
        self, path: str, query: dict[str, str], visitor: Visitor, job: Job | None
    ) -> str | None:
        """Return a page, or None if there is none at a path."""
        if path in {"/", "/jobs"}:
            return self._pages.overview(visitor, query)
        if path.startswith(ENDPOINTS):
            endpoint, deployment, _ = _parts(path, ENDPOINTS)
            return self._pages.deployment(visitor, endpoint, deployment)
        _, kind, rest = _parts(path, JOBS)
        if job is None or not kind:
            return self._pages.job(visitor, job, query) if job else None
        return self._pages.log(visitor, job, rest, query) if kind == "logs" else None

    def _missing(self, path: str, job: Job | None) -> Response:
        _, kind, rest = _parts(path, JOBS)
        text = f"There is nothing at {unquote(path)}: it may have been deleted."
        if job is not None:
            text = f"The job {job.record.name!r} has no {kind} {rest!r}."
        return self._message(404, "Not found", text)

    def _post(self, path: str, session: str, headers: dict[str, str], body: bytes) -> Response:
        """Cancel a job, if one of our own forms asks for it."""
        given = dict(parse_qsl(body.decode("latin-1"))).get("token", "")
        is_own = hmac.compare_digest(given.encode(), form_token(session).encode())
        # A foreign Origin has been refused before; a browser sends one with every form.
        if not is_own or not headers.get("origin"):
            return self._message(403, "Not allowed", "Reload the page and try again.")
        name, kind, rest = _parts(path, JOBS)
        job = self._pages.find(name)
        if job is None or kind != "cancel" or rest or job.record.parent:
            return self._message(404, "Not found", f"There is nothing to do at {path}.")
        if job.record.status not in TERMINAL:
            self._context.runner.cancel(job.record.name)
            self._context.settle()
        return RedirectResponse(job.path, 303, _PRIVATE)

    def _file(self, job: Job, path: str) -> Response:
        """Return the content of a file, which the browser never shows as a page of ours."""
        found = self._pages.files.content(job.record.name, path)
        if found is None:
            return self._missing(f"{job.path}/files/{quote(path)}", job)
        length, content = found
        name = quote(path.rpartition("/")[2], safe="")
        headers = {
            **_PRIVATE,
            "Content-Length": str(length),
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        }
        kind = image_type(path) or "application/octet-stream"
        return StreamingResponse(content, 200, headers, kind)

    def _asset(self, path: str) -> Response:
        found = assets().get(path)
        if found is None:
            return self._message(404, "Not found", f"There is no {path}.")
        kind, content = found
        lasting = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(content, 200, {**_PRIVATE, **lasting}, kind)

    def _page(self, request: Request, text: str) -> Response:
        """Return a page, or 304 if the client has it."""
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={**_PRIVATE, "ETag": etag})
        return self._html(200, text, {"ETag": etag})

    def _message(self, status: int, title: str, text: str, command: str = "") -> Response:
        return self._html(status, self._pages.message(self._nonce, title, text, command))

    def _html(self, status: int, text: str, headers: dict[str, str] | None = None) -> Response:
        """Return a page with a nonce of its own; the templates have one that nobody knows."""
        nonce = secrets.token_urlsafe(18)
        policy = {"Content-Security-Policy": _POLICY.format(nonce)}
        shown = text.replace(self._nonce, nonce)
        return HTMLResponse(shown, status, {**_PRIVATE, **policy, **(headers or {})})


def _parts(path: str, prefix: str) -> tuple[str, str, str]:
    """Return the two names below a prefix, such as a job and a kind of page, and the rest."""
    name, _, below = path.removeprefix(prefix).partition("/")
    kind, _, rest = below.partition("/")
    return unquote(name), unquote(kind), unquote(rest)
