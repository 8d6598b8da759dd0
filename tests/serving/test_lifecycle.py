"""The processes of deployments: provisioned, replaced, crashed, ended."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import pytest

from tests.serving.deployed import Endpoint

pytestmark = pytest.mark.slow

WHO = """
import os, signal

def init():
    pass

def run(data):
    if "worker" in data:
        os._exit(1)
    if "server" in data:
        os.kill(os.getppid(), signal.SIGKILL)
        signal.pause()  # until this process is ended, too
    return {"version": os.environ["VERSION"], "pids": [os.getpid(), os.getppid()]}
"""
GATE = """
import os, time

def init():
    pass

def run(data):
    while not os.path.exists(os.environ["GATE"]):
        time.sleep(0.02)
    return "through"
"""


def until(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for a condition of another process, of which nothing tells."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def is_gone(pid: int) -> bool:
    """Return whether a process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            "def init():\n    raise RuntimeError('no weights here')\ndef run(data): ...",
            "no weights",
        ),
        ("import nothing_of_that_name\n", "nothing_of_that_name"),
        ("def init(): ...", "run()"),
        ("import os\nos._exit(5)", "Workers ended 3 times before they were ready"),
        ("def init(): ...\ndef run(): ...", "run() needs to accept an argument"),
    ],
)
def test_a_script_that_cannot_begin_fails_with_its_reason(
    script: str, said: str, endpoint: Endpoint
) -> None:
    ended = endpoint.deploy("blue", codeConfiguration=endpoint.code(script))
    assert (ended["status"], ended["error"]["code"]) == ("Failed", "ResourceNotReady")
    assert said in ended["error"]["message"]
    assert endpoint.deployment("blue")["provisioningState"] == "Failed"
    assert said in endpoint.log("blue")
    answer = endpoint.score({}, to="blue")
    assert (answer.status_code, said in answer.json()["error"]["message"]) == (503, True)


def test_files_that_are_not_there_are_named(endpoint: Endpoint, tmp_path: Path) -> None:
    code = endpoint.code(WHO) | {"scoringScript": "other.py"}
    ended = endpoint.deploy("blue", codeConfiguration=code)
    assert (ended["error"]["code"], "'other.py'" in ended["error"]["message"]) == (
        "BadArgument",
        True,
    )
    outside = endpoint.code(WHO) | {"scoringScript": "../../server/start_server.py"}
    assert endpoint.deploy("green", codeConfiguration=outside)["status"] == "Failed"
    model = endpoint.model(tmp_path / "missing")
    ended = endpoint.deploy("red", codeConfiguration=endpoint.code(WHO), model=model)
    assert "model" in ended["error"]["message"]
    assert "missing" in endpoint.log("red", containerType="StorageInitializer")


def test_an_update_replaces_the_process_without_a_gap(endpoint: Endpoint) -> None:
    code = endpoint.code(WHO)
    endpoint.deploy("blue", codeConfiguration=code, environmentVariables={"VERSION": "1"})
    endpoint.direct(blue=100)
    old = endpoint.score([]).json()["pids"]
    done, seen = threading.Event(), []

    def ask() -> None:
        while not done.is_set():
            seen.append(endpoint.score([]))

    with ThreadPoolExecutor() as pool:
        asking = pool.submit(ask)
        try:
            variables = {"VERSION": "2"}
            ended = endpoint.deploy("blue", codeConfiguration=code, environmentVariables=variables)
        finally:
            done.set()
        asking.result()
    assert ended["status"] == "Succeeded"
    assert {answer.status_code for answer in seen} == {200}
    assert endpoint.score([]).json()["version"] == "2"
    until(lambda: all(map(is_gone, old)), "the old process has not ended")

    # What does not run is no reason to stop what runs.
    broken = endpoint.code("raise SystemExit('broken')")
    assert endpoint.deploy("blue", codeConfiguration=broken)["status"] == "Failed"
    assert endpoint.score([]).json()["version"] == "2"


def test_the_process_stays_when_only_settings_change(endpoint: Endpoint) -> None:
    endpoint.deploy(
        "blue", codeConfiguration=endpoint.code(WHO), environmentVariables={"VERSION": "1"}
    )
    before = endpoint.score([], to="blue").json()["pids"]
    scale = {"scaleSettings": {"scaleType": "Manual", "instanceCount": 3}}
    body = {"tags": {"a": "b"}, "properties": {"endpointComputeType": "Managed", **scale}}
    assert endpoint.arm("PATCH", f"{endpoint.path}/deployments/blue", body).status_code == 202
    assert endpoint.deployment("blue")["provisioningState"] == "Succeeded"
    assert endpoint.score([], to="blue").json()["pids"] == before


def test_a_process_that_is_killed_is_started_again(endpoint: Endpoint) -> None:
    endpoint.deploy(
        "blue", codeConfiguration=endpoint.code(WHO), environmentVariables={"VERSION": "1"}
    )
    first = endpoint.score([], to="blue").json()["pids"]
    for what in ("worker", "server"):
        assert endpoint.score([what], to="blue").status_code == 502

    def is_new() -> bool:
        answer = endpoint.score([], to="blue")
        return answer.status_code == 200 and not set(answer.json()["pids"]) & set(first)

    until(is_new, "it is not started again")
    assert "It is started again in" in endpoint.log("blue")


def test_deleted_deployments_leave_nothing(endpoint: Endpoint) -> None:
    code = endpoint.code(WHO)
    started = [
        endpoint.put(name, codeConfiguration=code, environmentVariables={"VERSION": name})
        for name in ("blue", "green")
    ]
    assert [endpoint.ended(each)["status"] for each in started] == ["Succeeded"] * 2
    blue, green = (endpoint.score([], to=name).json()["pids"] for name in ("blue", "green"))
    assert endpoint.arm("DELETE", f"{endpoint.path}/deployments/blue").status_code == 202
    until(lambda: all(map(is_gone, blue)), "the process of the deployment has not ended")
    assert endpoint.score([], to="blue").status_code == 404
    assert endpoint.score([], to="green").status_code == 200
    key = endpoint.keys["primaryKey"]
    uri = endpoint.properties["scoringUri"]
    assert endpoint.arm("DELETE", endpoint.path).status_code == 202
    until(lambda: all(map(is_gone, green)), "the process of the endpoint has not ended")
    assert (
        endpoint.arm.http.post(uri, headers={"Authorization": f"Bearer {key}"}).status_code == 401
    )


def test_a_name_can_be_used_again_at_once(endpoint: Endpoint) -> None:
    code = endpoint.code(WHO)
    for version in ("1", "2"):
        variables = {"VERSION": version}
        ended = endpoint.deploy("blue", codeConfiguration=code, environmentVariables=variables)
        assert ended["status"] == "Succeeded"
        assert endpoint.score([], to="blue").json()["version"] == version
        endpoint.arm("DELETE", f"{endpoint.path}/deployments/blue")
    assert endpoint.score([], to="blue").status_code == 404


def test_a_deployment_that_is_deleted_while_it_begins_is_canceled(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    waits = "import time\nwhile True:\n    time.sleep(0.1)\n"
    started = endpoint.put("blue", codeConfiguration=endpoint.code(waits))
    assert endpoint.deployment("blue")["provisioningState"] == "Updating"
    assert endpoint.arm("DELETE", endpoint.path).status_code == 202
    ended = endpoint.ended(started)
    assert (ended["status"], ended["error"]["code"]) == ("Failed", "OperationCanceled")


def test_requests_that_are_too_slow_or_too_many_are_refused(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    settings = {"requestTimeout": "PT1S", "maxConcurrentRequestsPerInstance": 1}
    variables = {"GATE": str(gate)}
    code = endpoint.code(GATE)
    endpoint.deploy(
        "blue", codeConfiguration=code, environmentVariables=variables, requestSettings=settings
    )
    answer = endpoint.score({}, to="blue")
    assert (answer.status_code, answer.json()["error"]["code"]) == (408, "RequestTimeout")
    settings = {"requestTimeout": "PT60S", "maxConcurrentRequestsPerInstance": 1}
    endpoint.deploy(
        "blue", codeConfiguration=code, environmentVariables=variables, requestSettings=settings
    )
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(endpoint.score, {}, to="blue") for _ in range(3)]
        first = next(as_completed(asked)).result()
        gate.touch()
        assert sorted(each.result().status_code for each in asked) == [200, 200, 429]
    assert first.status_code == 429


def test_the_log_is_that_of_the_process(endpoint: Endpoint) -> None:
    secret = f"secret-{os.getpid()}"
    variables = {"VERSION": secret}
    endpoint.deploy("blue", codeConfiguration=endpoint.code(WHO), environmentVariables=variables)
    pids = endpoint.score([], to="blue").json()["pids"]
    until(lambda: "gunicorn.access" in endpoint.log("blue"), "the request is not in the log")
    whole = endpoint.log("blue")
    assert "Azure ML Inferencing HTTP server" in whole
    assert "POST /score" in whole.splitlines()[-1]
    assert endpoint.log("blue", tail=2) == "".join(whole.splitlines(keepends=True)[-2:])
    assert endpoint.log("blue", tail=0) == ""
    preparation = endpoint.log("blue", containerType="StorageInitializer")
    assert "Preparing the deployment blue" in preparation
    assert secret not in whole + preparation
    for pid in pids:
        assert secret not in Path(f"/proc/{pid}/cmdline").read_text()
