"""Secrets: one workflow with marked secrets, then a search for them in every output.

The account key, the token and the signatures are the local workspace's own, the rest is marked.
"""

import base64
import contextlib
import io
import logging
import os
import re
import stat
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from amlrest import (
    AmlCompute,
    AzureBlobDatastore,
    AzureSqlDatabaseDatastore,
    CommandJob,
    DataAsset,
    Environment,
    StaticToken,
    Workspace,
    jobfile,
)
from amlrest._http.messages import Request, Response
from amlrest._http.retry import RetryPolicy
from amlrest.errors import AmlrestError, JobFailedError
from amlrest.resources.credentials import (
    AccountKey,
    Certificate,
    SasToken,
    ServicePrincipal,
    SqlAdmin,
)
from amlrest_emulator import LocalWorkspace, start
from amlrest_emulator.ui import ui_command

pytestmark = pytest.mark.slow

# Command lines of all processes are searched: those of another run have a mark of their own.
MARK = f"canary{os.getpid()}"
WRONG_KEY = base64.b64encode(f"{MARK}-account-key-{'x' * 48}".encode()).decode()
SIGNED = f"sv=2021-08-06&sr=c&sp=rwl&se=2099-01-01T00:00:00Z&sig={MARK}signature%3D"
SERVER_SECRETS = {
    name: f"{MARK}-{name.lower()}"
    for name in ("AMLREST_TOKEN", "AZURE_CLIENT_SECRET", "AZURE_STORAGE_KEY", "SSH_AUTH_SOCK")
}
ID = "00000000-0000-0000-0000-000000000001"
URL = f"http://127.0.0.1:9/data.csv?{SIGNED}"


@dataclass
class Scene:
    """What a workflow left behind."""

    local: LocalWorkspace
    secrets: set[str]
    objects: list[Any] = field(default_factory=list)
    failures: list[BaseException] = field(default_factory=list)
    processes: dict[str, str] = field(default_factory=dict)
    logged: str = ""
    job_said: str = ""
    reported: str = ""

    @contextlib.contextmanager
    def failing(self) -> Iterator[None]:
        """Expect an error of ours and keep it."""
        with pytest.raises(AmlrestError) as caught:
            yield
        self.failures.append(caught.value)

    def leaks(self, text: str) -> set[str]:
        """The secrets that a text gives away, and what is around them."""
        found = re.findall(f".{{0,60}}{MARK}.{{0,20}}", text, re.IGNORECASE)
        return {*found, *(secret for secret in self.secrets if secret in text)}


@contextlib.contextmanager
def _everything_logged() -> Iterator[io.StringIO]:
    """Record all loggers at their most talkative."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    names = [None, *logging.root.manager.loggerDict, "httpx", "httpcore", "azure", "asyncio"]
    before = {name: logging.getLogger(name).level for name in names}
    for name in before:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    try:
        yield stream
    finally:
        logging.getLogger().removeHandler(handler)
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _command_lines() -> dict[str, str]:
    """Arguments of every process, by its id."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found[path.parent.name] = (
                path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            )
    return found


def _command_lines_with(text: str) -> dict[str, str]:
    """Arguments of every process, once there is one that has ``text`` in its own."""
    deadline = time.monotonic() + 30
    found = _command_lines()
    while not any(text in line for line in found.values()):
        assert time.monotonic() < deadline
        found = _command_lines()
    return found


def _connect(local: LocalWorkspace, token: str) -> Workspace:
    return Workspace(
        local.subscription_id,
        local.resource_group,
        local.workspace_name,
        endpoint=local.endpoint,
        credential=StaticToken(token),
        retry=RetryPolicy(attempts=2, base=0.01),
    )


def _datastores(local: LocalWorkspace) -> list[Any]:
    principal: dict[str, Any] = {
        "tenant_id": ID,
        "client_id": ID,
        "authority_url": "https://127.0.0.1:9",
    }
    credentials: list[AccountKey | SasToken | ServicePrincipal | Certificate] = [
        AccountKey(WRONG_KEY),
        SasToken(SIGNED),
        ServicePrincipal(client_secret=f"{MARK}-client", **principal),
        Certificate(thumbprint="p", certificate=f"{MARK}-certificate", **principal),
    ]
    address: dict[str, Any] = {
        "endpoint": local.endpoint.removeprefix("http://"),
        "protocol": "http",
    }
    blobs = [
        AzureBlobDatastore(
            f"store{number}",
            account_name="amlrestlocal",
            container_name="azureml-blobstore",
            credentials=one,
            **address,
        )
        for number, one in enumerate(credentials)
    ]
    admin = SqlAdmin(user_id="u", password=f"{MARK}-password")
    sql = AzureSqlDatabaseDatastore(
        "sql", server_name="s", database_name="d", endpoint="e", port_number=1, credentials=admin
    )
    return [*blobs, sql]


def _datastore_steps(scene: Scene, ws: Workspace, folder: Path) -> None:
    (folder / "a.csv").write_text("1")
    for store in _datastores(scene.local):
        created = ws.datastores.create_or_update(store)
        secrets = ws.datastores.secrets(str(store.name))
        listed = ws.call("Datastores_ListSecrets", name=store.name)
        assert MARK in str(listed.to_dict()) or WRONG_KEY in str(listed.to_dict())
        scene.objects += [store, created, secrets, listed]
        with scene.failing():
            ws.data.create(DataAsset("d", path=folder / "a.csv", datastore=store.name))
        with contextlib.suppress(AmlrestError):
            scene.objects.append(ws.datastores.blob_target(created))
    nested = {"secretsType": "AccountKey", "key": {"k": f"{MARK}-nested"}}
    credentials = {"credentialsType": "AccountKey", "secrets": nested}
    contents = {"contentsType": "AzureBlob", "credentials": credentials}
    with scene.failing():
        ws.call("Datastores_CreateOrUpdate", {"properties": {"contents": contents}}, name="broken")


def _compute_steps(scene: Scene, ws: Workspace) -> None:
    nodes = AmlCompute("nodes", size="S", admin_username="u", admin_password=f"{MARK}-vm")
    made = ws.computes.create_or_update(nodes)
    poller = ws.core.begin(
        "Compute_Delete", compute_name="nodes", underlying_resource_action="Delete"
    )
    scene.objects += [nodes, made, poller]


def _job_steps(scene: Scene, ws: Workspace, folder: Path) -> None:
    environment = ws.environments.create(Environment(name="e", image="x"))
    data = ws.data.create(DataAsset("signed", path=URL))
    go = folder / "go"
    job = CommandJob(
        command=f"env; until [ -e {go} ]; do sleep 0.05; done; cat /proc/$PPID/cmdline; exit 3",
        environment=environment,
        compute="cpu-cluster",
    )
    submitted = ws.jobs.submit(job)

    def look(status: str) -> None:
        if status == "Running":
            scene.processes |= _command_lines_with("until [")
            go.touch()

    with scene.failing():
        ws.jobs.wait(submitted, timeout=60, on_status=look, poll_interval=0.1)
    assert isinstance(scene.failures[-1], JobFailedError)
    scene.secrets |= {
        signature
        for url in ws.jobs.logs(submitted).values()
        for signature in re.findall("sig=([^&]+)", url)
    }
    scene.job_said = ws.jobs.log_text(submitted, "user_logs/std_log.txt")
    fed = CommandJob(
        command="cat {inputs.i}", environment=environment, compute="cpu-cluster", inputs={"i": data}
    )
    begun = ws.jobs.submit(fed)
    with scene.failing():
        ws.jobs.wait(begun, timeout=60, poll_interval=0.1)
    scene.objects += [environment, data, job, submitted, fed, begun, ws.jobs.get(begun)]
    reports = [[submitted], [begun], [submitted, begun]]
    paths = [ws.jobs.report(jobs, folder / f"{n}.html") for n, jobs in enumerate(reports)]
    scene.reported = "".join(path.read_text() for path in paths)
    scene.objects.append(ws.call("DataVersions_Get", name="signed", version=data.version))


def _refused_tokens(scene: Scene) -> None:
    for token in (f"{MARK}-token", f"{MARK}\0token", f"{MARK}\r\nX: token", f"{MARK}-tökén", ""):
        with _connect(scene.local, token) as ws, scene.failing():
            scene.objects += [ws, ws.core, ws.core._credential_argument]
            ws.computes.get("x")
        scene.objects += [ws.core._transport]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Run the workflow once."""
    state, folder = tmp_path_factory.mktemp("state"), tmp_path_factory.mktemp("work")
    with start(state, environment=SERVER_SECRETS) as local, _everything_logged() as stream:
        scene = Scene(local, {local.token})
        with _connect(local, local.token) as ws:
            key = ws.datastores.raw_secrets("workspaceblobstore")["key"]
            scene.secrets.add(key)
            _datastore_steps(scene, ws, folder)
            _compute_steps(scene, ws)
            _job_steps(scene, ws, folder)
            scene.objects += [ws, ws.core, ws.core._transport, vars(ws), local]
        _refused_tokens(scene)
        scene.logged = stream.getvalue()
        yield scene


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def test_no_object_shows_a_secret(scene: Scene) -> None:
    shown = {f"{each!r} {each}" for each in scene.objects}
    assert {leak for text in shown for leak in scene.leaks(text)} == set()


def test_no_exchange_shows_a_secret(scene: Scene) -> None:
    secret = f"{MARK}-in-transit"
    request = Request(
        "POST", f"https://u:{secret}@h/p?sig={secret}", "1", {"x": secret}, secret.encode()
    )
    answer = Response(200, {"location": f"https://h/?sig={secret}"}, secret.encode(), request)
    assert scene.leaks(f"{request!r}{answer!r}{request}{answer}") == set()
    assert "https://h/p" in repr(request)


def test_no_error_shows_a_secret(scene: Scene) -> None:
    assert len(scene.failures) >= 12
    for failure in scene.failures:
        for error in _with_causes(failure):
            assert scene.leaks(f"{error!r} {error} {error.args}") == set()
            # Without its lines of source, which are this file's.
            stack = traceback.TracebackException.from_exception(error)
            assert scene.leaks("".join(stack.format_exception_only())) == set()


def test_no_log_line_shows_a_secret(scene: Scene) -> None:
    assert "httpcore" in str(list(logging.root.manager.loggerDict))
    assert "/jobs/" in scene.logged
    assert scene.leaks(scene.logged) == set()


def test_no_process_gets_a_secret_as_an_argument(scene: Scene) -> None:
    assert str(scene.local.pid) in scene.processes
    assert any("until [" in line for line in scene.processes.values())
    ui = " ".join(ui_command(scene.local.state_dir, 5000))
    assert {leak for line in [*scene.processes.values(), ui] for leak in scene.leaks(line)} == set()


def test_a_job_gets_no_secret(scene: Scene) -> None:
    assert "AZUREML_RUN_ID" in scene.job_said
    assert scene.leaks(scene.job_said) == set()


def test_reports_of_jobs_hold_no_secret(scene: Scene) -> None:
    assert "AZUREML_RUN_ID" in scene.reported, "the end of the log is in them"
    assert scene.leaks(scene.reported) == set()


def test_files_hold_no_secret_that_are_not_for_secrets(scene: Scene) -> None:
    state = scene.local.state_dir
    files = [path for path in state.rglob("*") if path.is_file()]
    secretive = {"local.json", "state.db", "state.db-wal", "state.db-shm"}
    checked = [path for path in files if path.name not in secretive]
    assert {"server.log", "mlflow.db"} <= {path.name for path in checked}
    for path in checked:
        assert scene.leaks(path.read_bytes().decode("latin-1")) == set(), path


def test_files_are_their_owners_alone(scene: Scene) -> None:
    state = scene.local.state_dir
    modes = {path: path.lstat().st_mode for path in [state, *state.rglob("*")]}
    links = {path for path, mode in modes.items() if stat.S_ISLNK(mode)}
    assert [path for path, mode in modes.items() if mode & 0o077 and path not in links] == []


def test_the_log_of_requests_and_the_pages_of_faults_hold_no_secret(scene: Scene) -> None:
    headers = {"Authorization": f"Bearer {scene.local.token}"}
    with httpx.Client(base_url=scene.local.endpoint, headers=headers) as http:
        for rule in ({"effect": "html", "status": 502}, {"effect": "status", "status": 500}):
            http.post("/_local/faults", json=rule | {"path": "/pages", "count": 1})
        texts = [http.get(f"/pages?sig={MARK}").text for _ in range(3)]
        texts += [http.get(f"/_local/{what}").text for what in ("faults", "requests", "settings")]
    assert "<html>" in texts[0]
    assert '"path": "/pages"' in texts[4]
    assert {leak for text in texts for leak in scene.leaks(text)} == set()


def test_what_is_written_as_yaml_holds_no_secret(scene: Scene) -> None:
    written = []
    for each in scene.objects:
        with contextlib.suppress(AmlrestError, AttributeError):
            written.append(jobfile.dumps(each))
    texts = [re.sub(r"(?s)sig=\S+\s*\S*", "", text) for text in written]
    assert len(texts) >= 4
    assert {leak for text in texts for leak in scene.leaks(text)} == set()


COMMANDS = [
    ("datastore", "list"),
    ("datastore", "show", "store0", "-o", "json"),
    ("datastore", "secrets", "store1", "-o", "json"),
    ("local", "status"),
]


def test_the_command_shows_no_secret(scene: Scene, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("AMLREST", "AZURE"))}
    environment |= {"HOME": str(tmp_path), "AMLREST_LOCAL_STATE": str(scene.local.state_dir)}
    wrong = {"AMLREST_TOKEN": f"{MARK}\ttoken"}
    evil = {"AMLREST_ENDPOINT": "http://evil.example"}
    calls: list[tuple[tuple[str, ...], dict[str, str]]] = [(command, {}) for command in COMMANDS]
    calls += [(COMMANDS[0], wrong), (COMMANDS[0], evil)]
    for command, extra in calls:
        done = subprocess.run(
            [sys.executable, "-m", "amlrest", "--debug", *command],
            env=environment | scene.local.environment() | extra,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) == (not extra), done.stderr
        assert scene.leaks(done.stdout + done.stderr) == set(), command
