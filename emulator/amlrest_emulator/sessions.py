"""Links that open a page once, and the sessions of the browsers that have used them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

OPEN = "/_open/"
"""Path of the links, before their secret."""

LINK_SECONDS = 600.0
IDLE_SECONDS = 12 * 60 * 60.0
_MOST = 64


@dataclass(slots=True)
class _Link:
    target: str
    expires: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What a link gives: the page it leads to, and the secret of the new session."""

    target: str
    session: str = field(repr=False)


@dataclass(slots=True)
class Sessions:
    """Secrets of links and sessions; kept in memory only, safe to use from several threads.

    Attributes:
        link_seconds: how long a link can be used.
        idle_seconds: how long a session lasts after its last request.
        clock: returns the seconds since some fixed time.
    """

    link_seconds: float = LINK_SECONDS
    idle_seconds: float = IDLE_SECONDS
    clock: Callable[[], float] = time.monotonic
    _links: dict[str, _Link] = field(default_factory=dict, repr=False)
    _sessions: dict[str, float] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def new_link(self, target: str = "/") -> str:
        """Return the secret of a new link; the oldest unused ones end when there are many."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            _make_room(self._links)
            self._links[code] = _Link(target, self.clock() + self.link_seconds)
        return code

    def enter(self, code: str) -> Entry | None:
        """Use a link: return its target with a new session, None for an invalid or used one."""
        with self._lock:
            found = self._links.pop(code, None)
            if found is None or found.expires < self.clock():
                return None
            session = secrets.token_urlsafe(32)
            _make_room(self._sessions)
            self._sessions[session] = self.clock()
        return Entry(found.target, session)

    def knows(self, session: str) -> bool:
        """Return whether a session is open, which keeps it open."""
        with self._lock:
            used, now = self._sessions.pop(session, None), self.clock()
            if used is None or now - used > self.idle_seconds:
                return False
            self._sessions[session] = now
        return True


def cookie(headers: dict[str, str], name: str) -> str:
    """Return a cookie of a request; empty if it has none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def form_token(session: str) -> str:
    """Return the secret of the forms of a session, which other web pages do not know."""
    return hmac.new(session.encode(), b"form", hashlib.sha256).hexdigest()


def _make_room(entries: dict[str, Any]) -> None:
    while len(entries) >= _MOST:
        del entries[next(iter(entries))]
