"""Door of the MLflow UI: a link that works once gives the browser a session of its own."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from amlrest_emulator.auth import check_source, same_token
from amlrest_emulator.responses import headers_of, raw_path
from amlrest_emulator.sessions import OPEN, Sessions, cookie

_PAGE = "<!DOCTYPE html><html><head><title>MLflow UI</title></head><body><p>{}</p></body></html>"
_CLOSED = "This page needs the link that `amlrest local ui --mlflow` has printed. It works once."
_USED = (
    "This link has been used. Stop `amlrest local ui --mlflow` and start it again for another one."
)
_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@dataclass(slots=True)
class Door:
    """The ASGI application in front of the MLflow UI.

    Attributes:
        app: the MLflow UI.
        port: port it listens on.
        opened: called when the link has been used.
        sessions: its one link, and the session of the browser that has used it.
        code: the secret of the link.
    """

    app: ASGIApp
    port: int
    opened: Callable[[], None] = lambda: None
    sessions: Sessions = field(default_factory=lambda: Sessions(math.inf, math.inf), repr=False)
    code: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.code = self.sessions.new_link()

    @property
    def link(self) -> str:
        """The link; a secret until it has been used."""
        return f"http://127.0.0.1:{self.port}{OPEN}{self.code}"

    @property
    def cookie(self) -> str:
        """Name of the cookie; browsers send the cookies of all ports of a host."""
        return f"amlrest_ui_{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, or the start and end of the application."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await (self._refusal(scope) or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the response to a request that does not go to the MLflow UI."""
        headers, path = headers_of(scope), raw_path(scope)
        foreign = check_source(headers, self.port, "http")
        if foreign is not None:
            return _page(foreign.status, foreign.message)
        known = self.sessions.knows(cookie(headers, self.cookie))
        if path.startswith(OPEN) and scope["method"] == "GET":
            return self._open(path.removeprefix(OPEN), known=known)
        return None if known else _page(401, _CLOSED)

    def _open(self, code: str, *, known: bool) -> Response:
        if known:
            return RedirectResponse("/", 303, _PRIVATE)
        entry = self.sessions.enter(code)
        if entry is None:
            return _page(401, _USED if same_token(code, self.code) else _CLOSED)
        self.opened()
        response = RedirectResponse("/", 303, _PRIVATE)
        response.set_cookie(self.cookie, entry.session, httponly=True, samesite="lax")
        return response


def _page(status: int, message: str) -> Response:
    return HTMLResponse(_PAGE.format(html.escape(message)), status, _PRIVATE)
