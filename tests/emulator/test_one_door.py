"""Before authentication: connections, headers and bodies have limits; secrets stay in the process."""

from __future__ import annotations

import functools
import os
import resource
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from amlrest_emulator import LocalWorkspace, connections, start
from amlrest_emulator.connections import GuardedProtocol, Waiting

from tests.emulator.arm import Arm
from tests.emulator.job_requests import command_job, name, submit, wait
from tests.emulator.serve import serve
from tests.official import API_VERSION

HALF_OPEN = 2000
USUAL_LIMIT = 1024
HALF = b"GET /discovery HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "


def _address(workspace: Any) -> tuple[str, int]:
    return "127.0.0.1", int(workspace.endpoint.rpartition(":")[2])


@contextmanager
def _many_files() -> Iterator[int]:
    """Allow this process as many open files as it may have; yield how many to use."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = HALF_OPEN + 500
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
    try:
        yield min(HALF_OPEN, max(soft, most) - 300)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="requires prlimit (Linux)")
@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_half_open_connections_leave_it_answering(tmp_path: Path, tls: bool) -> None:
    refused = b"GET / HTTP/1.1\r\nHost: %s\r\n\r\n"
    with start(tmp_path, tls=tls) as local, _many_files() as count, ExitStack() as stack:
        resource.prlimit(local.pid, resource.RLIMIT_NOFILE, (USUAL_LIMIT, USUAL_LIMIT))
        url = local.https_endpoint if tls else local.endpoint
        assert url
        address = ("127.0.0.1", int(url.rpartition(":")[2]))
        kinds = (b"", HALF, refused % f"127.0.0.1:{address[1]}".encode())
        for number in range(count):
            held = stack.enter_context(socket.create_connection(address, timeout=30))
            held.sendall(kinds[number % len(kinds)])
        arm = Arm(local)
        with arm.http:
            for _ in range(5):
                assert arm("GET", "computes").status_code == 200


def test_the_connection_that_waited_longest_is_closed(local_workspace: LocalWorkspace) -> None:
    address = _address(local_workspace)
    with ExitStack() as stack:
        held = [
            stack.enter_context(socket.create_connection(address, timeout=10))
            for _ in range(connections.MAX_WAITING + 1)
        ]
        assert _is_closed(held[0])


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_headers_have_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.2)
    with _guarded() as address:
        with socket.create_connection(address, timeout=10) as silent:
            assert silent.recv(1) == b""
        for sent in (HALF, b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET"):
            with socket.create_connection(address, timeout=10) as slow:
                slow.sendall(sent)
                answers = b"".join(iter(lambda: slow.recv(1000), b""))
                assert answers.rpartition(b"HTTP/1.1 ")[2].startswith(b"408")


@contextmanager
def _guarded() -> Iterator[tuple[str, int]]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
        )
        await send({"type": "http.response.body"})

    plain = uvicorn.Config
    protocol: Any = functools.partial(GuardedProtocol, waiting=Waiting())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uvicorn, "Config", functools.partial(plain, http=protocol))
        with serve(app) as url:
            yield "127.0.0.1", int(url.rpartition(":")[2])


def test_headers_have_a_limit(local_workspace: LocalWorkspace) -> None:
    large = "x" * (4 * connections.MAX_HEADER_BYTES)
    with socket.create_connection(_address(local_workspace), timeout=10) as held:
        held.sendall(f"GET / HTTP/1.1\r\nHost: x\r\nX-Large: {large}\r\n\r\n".encode())
        assert held.recv(100).startswith(b"HTTP/1.1 400 ")


def test_a_body_is_not_read_before_the_token_is_checked(local_workspace: LocalWorkspace) -> None:
    host, port = _address(local_workspace)
    with socket.create_connection((host, port), timeout=10) as held:
        head = f"PUT /x HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: {10**12}\r\n\r\n"
        held.sendall(head.encode())
        assert held.recv(100).startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize("path", ["/_local/faults", "data/x/versions/1"])
def test_a_body_has_a_limit(arm: Arm, path: str) -> None:
    body = b'{"x": "' + b"x" * (4 * 1024 * 1024) + b'"}'
    where = path if path.startswith("/") else f"{arm.id}/{path}"
    answer = arm.http.request("PUT", where, params={"api-version": API_VERSION}, content=body)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "RequestEntityTooLarge"
    assert arm("GET", "computes").status_code == 200


@pytest.mark.slow
def test_the_state_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o755)
    before = os.umask(0)
    try:
        with start(folder) as local, httpx.Client() as client:
            headers = {"Authorization": f"Bearer {local.token}", "x-ms-blob-type": "BlockBlob"}
            url = f"{local.endpoint}/amlrestlocal/azureml/a"
            assert client.put(url, headers=headers, content=b"x").status_code == 201
            open_to_others = [
                path.name
                for path in (folder, *folder.rglob("*"))
                if stat.S_IMODE(path.lstat().st_mode) & 0o077 and not path.is_symlink()
            ]
    finally:
        os.umask(before)
    assert open_to_others == []


_HIDE = """
import ctypes, os, sys
from amlrest_emulator.privacy import hide_process
if os.getuid() == 0:  # root may read everything
    os.setgid(65534)
    os.setuid(65534)
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
def can_read(file):
    pid = os.fork()
    if pid == 0:
        try:
            path = f"/proc/{os.getppid()}/{file}"
            os.listdir(path) if file == "fd" else open(path, "rb").read(1)
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0
files = ("environ", "maps", "fd")
before = [can_read(file) for file in files]
hide_process()
print(before, [can_read(file) for file in files], os.environ["SECRET"])
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="requires /proc (Linux)")
def test_another_process_of_the_user_reads_nothing_of_a_hidden_one() -> None:
    environment = {**os.environ, "SECRET": "s3cret"}
    done = subprocess.run(
        [sys.executable, "-c", _HIDE], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[True, True, True] [False, False, False] s3cret"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="requires /proc (Linux)")
def test_the_process_shows_none_of_its_secrets(tmp_path: Path) -> None:
    secret = "s3cret-of-the-server"
    with start(tmp_path, environment={"AZURE_CLIENT_SECRET": secret}) as local:
        try:
            shown = Path(f"/proc/{local.pid}/environ").read_bytes()
        except PermissionError:
            shown = b""
        assert secret.encode() not in shown
        assert local.token.encode() not in Path(f"/proc/{local.pid}/cmdline").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="requires /proc (Linux)")
def test_a_job_finds_no_secret_of_the_server(tmp_path: Path) -> None:
    secret = "s3cret-of-the-server"
    with start(tmp_path, environment={"AZURE_CLIENT_SECRET": secret}) as local:
        arm, job = Arm(local), name("nosy")
        pattern = f"{secret[:6]}.*{secret[-6:]}"
        command = (
            f"cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' > all; "
            f"ls -l /proc/self/fd >> all; mkdir outputs; grep -a -e {pattern!r} all | "
            "grep -av grep > outputs/found; cp all outputs/; true"
        )
        with arm.http:
            submit(arm, job, command_job(arm, command))
            assert wait(arm, job)["status"] == "Completed"
            folder = f"/amlrestlocal/azureml/ExperimentRun/dcid.{job}/outputs"
            assert arm.http.get(f"{folder}/found").text == ""
            seen = arm.http.get(f"{folder}/all").text
    assert "AZUREML_RUN_ID" in seen
    assert local.token not in seen
    assert not any(part in seen for part in ("state.db", "server.log", "server.lock", "socket:"))
