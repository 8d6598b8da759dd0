"""MLflow's own UI on the store of a local workspace, behind its door."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from amlrest_emulator.sessions import OPEN
from amlrest_emulator.tracking.store import MlflowTracking
from amlrest_emulator.ui import ui_command
from amlrest_emulator.ui_door import Door

from tests.emulator.serve import serve

SEARCH = "/ajax-api/2.0/mlflow/experiments/search"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _ui(state_dir: Path) -> Iterator[str]:
    """Run the UI; yield its link."""
    command = ui_command(state_dir, _free_port())
    environment = {**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true"}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as process:
        assert process.stderr is not None
        try:
            lines = iter(process.stderr.readline, "")
            found = (re.match(r"MLflow UI: (\S+)", line) for line in lines)
            yield next(match[1] for match in found if match)
            assert process.poll() is None
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0
        finally:
            process.kill()


@pytest.mark.slow
def test_the_ui_shows_the_runs_to_the_browser_with_the_link(tmp_path: Path) -> None:
    MlflowTracking(tmp_path).create_run("job", "shown in the ui", "", {})
    with _ui(tmp_path) as link:
        base = link.partition(OPEN)[0]
        with httpx.Client(base_url=base, timeout=60) as stranger:
            for path in (
                "/",
                SEARCH,
                "/health",
                "/version",
                "/static-files/x",
                "/api/2.0/mlflow/x",
            ):
                assert stranger.get(path).status_code == 401
            assert stranger.post(SEARCH, json={"max_results": 10}).status_code == 401
        with httpx.Client(base_url=base, timeout=60, follow_redirects=True) as browser:
            page = browser.get(link)
            assert (page.status_code, page.url.path) == (200, "/")
            assert "<html" in page.text
            found = browser.post(SEARCH, json={"max_results": 10}).json()["experiments"]
            assert "shown in the ui" in {item["name"] for item in found}
        assert httpx.get(link).status_code == 401
    assert not list(tmp_path.glob("ui-*"))


async def _behind(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-length", b"6")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"inside"})


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door(_behind, 0)
    with serve(made) as url:
        made.port = int(url.rpartition(":")[2])
        yield made


def test_the_link_opens_the_door_once(door: Door) -> None:
    link, opened = door.link, []
    door.opened = lambda: opened.append(True)
    assert httpx.get(link.replace(door.code, "wrong")).status_code == 401
    with httpx.Client(follow_redirects=True) as browser:
        entered = browser.get(link)
        assert (entered.text, entered.url.path) == ("inside", "/")
        assert browser.get(link).text == "inside"
        assert browser.get(f"http://127.0.0.1:{door.port}/x").text == "inside"
    again = httpx.get(link)
    assert again.status_code == 401
    assert "has been used" in again.text
    assert opened == [True]


def test_the_session_is_in_a_cookie_that_scripts_cannot_read(door: Door) -> None:
    answer = httpx.get(door.link)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": "{cookie}={session}"}, 200),
        ({"Cookie": "a=b; {cookie}={session}"}, 200),
        ({"Cookie": "{cookie}={session}x"}, 401),
        ({"Cookie": "other={session}"}, 401),
        ({"Cookie": "{cookie}="}, 401),
        ({"Cookie": "\xff;;="}, 401),
        ({"Authorization": "Bearer {session}"}, 401),
        ({"Cookie": "{cookie}={session}", "Origin": "https://example.org"}, 403),
        ({"Cookie": "{cookie}={session}", "Host": "example.org"}, 421),
    ],
)
def test_who_may_enter(door: Door, headers: dict[str, str], status: int) -> None:
    entry = door.sessions.enter(door.code)
    assert entry is not None
    given = {
        name.encode(): value.format(cookie=door.cookie, session=entry.session).encode("latin-1")
        for name, value in headers.items()
    }
    answer = httpx.get(f"http://127.0.0.1:{door.port}/", headers=given)
    assert answer.status_code == status
    assert ("inside" in answer.text) == (status == 200)


def test_the_secrets_are_not_shown(door: Door) -> None:
    entry = door.sessions.enter(door.code)
    assert entry is not None
    assert entry.session != door.code
    assert len(entry.session) >= 32
    for shown in (repr(door), repr(door.sessions), repr(entry)):
        assert door.code not in shown
        assert entry.session not in shown


def test_a_damaged_store_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "mlflow.db").write_text("no database")
    command = ui_command(tmp_path, _free_port())
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "mlflow.db" in done.stderr
    assert "Traceback" not in done.stderr
