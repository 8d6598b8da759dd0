"""Door of the MLflow UI: a link that works once gives the browser a session of its own."""

from __future__ import annotations

import html
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from amlrest_emulator.auth import check_source, same_token
from amlrest_emulator.responses import headers_of, raw_path

OPEN = "/_open/"
_PAGE = "<!DOCTYPE html><html><head><title>MLflow UI</title></head><body><p>{}</p></body></html>"
_CLOSED = "This page needs the link that `amlrest local ui` has printed. It works once."
_USED = "This link has been used. Stop `amlrest local ui` and start it again for another one."
_PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Door:
    """The ASGI application in front of the MLflow UI.

    Attributes:
        app: the MLflow UI.
        port: port it listens on.
        opened: called when the link has been used.
        code: the secret of the link, None when it has been used.
        session: the secret of the cookie.
    """

    app: ASGIApp
    port: int
    opened: Callable[[], None] = lambda: None
    code: str | None = field(default_factory=_secret, repr=False)
    session: str = field(default_factory=_secret, repr=False)

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
        if path.startswith(OPEN) and scope["method"] == "GET":
            return self._open(path.removeprefix(OPEN), headers)
        return None if self._knows(headers) else _page(401, _CLOSED)

    def _open(self, code: str, headers: dict[str, str]) -> Response:
        if self._knows(headers):
            return RedirectResponse("/", 303, _PRIVATE)
        if self.code is None or not same_token(code, self.code):
            return _page(401, _USED if self.code is None else _CLOSED)
        self.code = None
        self.opened()
        response = RedirectResponse("/", 303, _PRIVATE)
        response.set_cookie(self.cookie, self.session, httponly=True, samesite="lax")
        return response

    def _knows(self, headers: dict[str, str]) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        given = cookies.get(self.cookie)
        return given is not None and same_token(given.value, self.session)


def _page(status: int, message: str) -> Response:
    return HTMLResponse(_PAGE.format(html.escape(message)), status, _PRIVATE)
