"""What decides about requests and deployments, without a process."""

import asyncio
import os
import random
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from amlrest_emulator.arm_errors import ArmError
from amlrest_emulator.runner.environments.conda_file import Recipe
from amlrest_emulator.serving.admission import (
    Admission,
    RequestSettings,
    TooManyRequestsError,
    request_settings,
)
from amlrest_emulator.serving.credentials import Credentials
from amlrest_emulator.serving.log import RollingLog, read_log
from amlrest_emulator.serving.routing import choose
from amlrest_emulator.serving.scoring_script import lacks_init
from amlrest_emulator.serving.server_packages import server_packages
from amlrest_emulator.serving.sockets import (
    make_sockets_folder,
    remove_sockets_folder,
    sockets_folder,
)
from amlrest_emulator.state import Resource
from hypothesis import given
from hypothesis import strategies as st

SCRIPTS = [
    "def init(): ...\ndef run(data): ...",
    "def run(data): ...",
    "def init(): ...",
    "x = 1",
    "",
    "from math import floor as init, ceil as run",
    "from math import *\ndef init(): ...",
    "import math as run\ninit = print",
    "if True:\n    def init(): ...\nelse:\n    pass\nrun = lambda data: data",
    "try:\n    import nothing_there as init\nexcept ImportError:\n    def init(): ...",
    "def f():\n    def init(): ...\n    def run(data): ...",
    "class Model:\n    def init(self): ...\n    def run(self, data): ...",
    "def f():\n    global init\n    init = run = print\nf()",
    "globals()['init'] = globals()['run'] = print",
    "exec('def init(): ...')",
    "(init, run), *rest = (print, print), 1",
    "for init in [1]: pass\nwith open('/dev/null') as run: pass",
    "if (run := print): init: object = run",
    "import sys\nsetattr(sys, 'x', 1)\ndef run(data): ...",
    "[init for init in [1]]\ndef run(data): ...",
]
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def resources(*names: str) -> list[Resource]:
    return [Resource(f"/endpoint/deployments/{name}", "deployments", {}) for name in names]


def credentials(mode: str | None, **keys: str) -> Credentials:
    endpoint = Resource("/x/Endpoint", "endpoints", {"properties": {"authMode": mode}}, "made")
    return Credentials(endpoint, {"properties": {"keys": keys}}, "workspace-token")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_that_is_said_to_lack_init_has_none_when_it_has_run(script: str) -> None:
    made: dict[str, object] = {}
    exec(script, made)
    assert not lacks_init(script.encode()) or ("run" in made and "init" not in made)


def test_a_script_with_run_alone_lacks_init() -> None:
    assert lacks_init(b"def run(x): return x")
    assert lacks_init(b"if True:\n    def run(x):\n        global model\n        return x")
    for other in (b"", b"x = 1", b"def init(): ...", b"def run(:", b"\0", b"raise SystemExit"):
        assert not lacks_init(other)


@given(st.text(), st.sampled_from(["Key", "key", None, "AMLToken", "AADToken"]))
def test_nothing_but_the_credential_opens_an_endpoint(given: str, mode: str | None) -> None:
    known = credentials(mode, primaryKey="one", secondaryKey="two")
    valid = {"Key": {"one", "two"}, "AADToken": {"workspace-token"}}
    right = valid.get("Key" if mode in {None, "key"} else mode, set())
    if given.rpartition(".")[2] not in right:
        assert not known.accept(given, NOW)


def test_missing_keys_open_nothing() -> None:
    assert not credentials("Key").accept("", NOW)
    assert not credentials("Key", primaryKey="").accept("", NOW)


def test_a_token_ends() -> None:
    known = credentials("AMLToken")
    token = known.token(NOW + timedelta(hours=1))
    assert known.accept(token, NOW)
    assert not known.accept(token, NOW + timedelta(hours=1))
    assert not credentials("Key", primaryKey="x").accept(token, NOW)
    assert "workspace-token" not in repr(known) + token


def test_traffic_is_split_by_its_shares() -> None:
    dice, deployed = random.Random(3), resources("blue", "green", "red")
    traffic = {"Blue": 70, "green": 30, "gone": 50, "red": 0}
    found = Counter(choose(traffic, deployed, None, dice).name for _ in range(10_000))
    assert found.keys() == {"blue", "green"}
    # Six standard deviations of a binomial distribution.
    assert abs(found["blue"] - 7000) < 6 * (10_000 * 0.7 * 0.3) ** 0.5


@pytest.mark.parametrize("traffic", [{}, {"blue": 0}, {"gone": 100}])
def test_without_traffic_only_the_header_leads_somewhere(traffic: dict[str, int]) -> None:
    deployed = resources("blue")
    with pytest.raises(ArmError, match="NoValidDeployments"):
        choose(traffic, deployed, None, random.Random(1))
    assert choose(traffic, deployed, "BLUE", random.Random(1)) is deployed[0]
    with pytest.raises(ArmError, match="NoSuchDeployment"):
        choose(traffic, deployed, "gone", random.Random(1))


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({}, RequestSettings(1, None, 5.0)),
        (
            {
                "requestSettings": {
                    "maxConcurrentRequestsPerInstance": 4,
                    "maxQueueWait": "PT0.5S",
                    "requestTimeout": "PT1M",
                },
                "scaleSettings": {"instanceCount": 3},
            },
            RequestSettings(12, 0.5, 60.0),
        ),
        # As the service was recorded to show what is not set.
        (
            {"requestSettings": {"maxQueueWait": "PT0S", "requestTimeout": "PT0S"}},
            RequestSettings(1, None, 5.0),
        ),
        ({"requestSettings": {"requestTimeout": "soon"}}, RequestSettings(1, None, 5.0)),
    ],
)
def test_settings_of_requests(properties: dict[str, Any], expected: RequestSettings) -> None:
    assert request_settings(properties) == expected


@given(st.integers(1, 4), st.integers(1, 20))
def test_as_many_wait_as_are_worked_on_and_the_rest_is_refused(at_once: int, count: int) -> None:
    async def run() -> tuple[int, int, int]:
        admission, go = Admission(), asyncio.Event()
        settings, working, most = RequestSettings(at_once), 0, 0

        async def ask() -> bool:
            nonlocal working, most
            try:
                async with admission.place(settings):
                    working += 1
                    most = max(most, working)
                    await go.wait()
                    working -= 1
            except TooManyRequestsError:
                return False
            return True

        asked = [asyncio.create_task(ask()) for _ in range(count)]
        for _ in range(5):
            await asyncio.sleep(0)
        go.set()
        served = sum(await asyncio.gather(*asked))
        return served, most, await _again(admission, settings)

    served, most, again = asyncio.run(run())
    assert served == min(count, 2 * at_once)
    assert most == min(count, at_once)
    assert again == 1, "a place was not given back"


async def _again(admission: Admission, settings: RequestSettings) -> int:
    async with admission.place(settings):
        return 1


def test_a_request_waits_no_longer_than_its_queue_allows() -> None:
    async def run() -> None:
        admission, settings = Admission(), RequestSettings(1, queue_wait=0.01)
        async with admission.place(settings):
            with pytest.raises(TooManyRequestsError):
                async with admission.place(settings):
                    raise AssertionError("two at once")
        assert await _again(admission, settings) == 1

    asyncio.run(run())


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=60), st.integers(50, 400))
def test_a_log_keeps_its_newest_lines(parts: list[bytes], limit: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "logs/log")
        log = RollingLog(path, limit)
        for part in parts:
            log.write(part)
        files = [path.with_name("log.1"), path]
        kept = b"".join(each.read_bytes() for each in files if each.exists())
        assert b"".join(parts).endswith(kept)
        assert len(kept) <= limit + 2 * 300
        assert len(kept) >= min(sum(map(len, parts)), limit // 2)
        text = kept.decode(errors="replace")
        assert read_log(path, None) == text
        assert read_log(path, 3) == "".join(text.splitlines(keepends=True)[-3:])
        assert read_log(path, -1) == ""


def test_the_inference_server_is_added_unless_a_conda_file_brings_it() -> None:
    addition = server_packages()
    assert "azureml-inference-server-http==1.5.1" in addition.pinned
    assert all("==" in line for line in addition.pinned)
    added = addition.added_to(Recipe(requirements=("numpy",)))
    assert added.requirements[0] == "numpy"
    assert any(line.startswith("azureml-inference-server-http") for line in added.requirements)
    for line in (
        "azureml_defaults==1.59",
        "AzureML-Inference-Server-HTTP",
        "azureml-defaults~=1.5",
    ):
        recipe = Recipe(requirements=(line,))
        assert addition.added_to(recipe) == recipe
    other = Recipe(requirements=("azureml-defaults-extra",))
    assert addition.added_to(other) != other


def test_the_folder_of_the_sockets_is_private_and_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = sockets_folder(Path("/very" + "/long" * 40))
    assert folder.parent == tmp_path
    assert len(folder.name) < 50
    for _ in range(2):
        make_sockets_folder(folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "socket").touch()
    remove_sockets_folder(folder)
    assert not folder.exists()
    remove_sockets_folder(folder)
    folder.mkdir(mode=0o755)
    with pytest.raises(FileExistsError, match="TMPDIR"):
        make_sockets_folder(folder)
    folder.rename(tmp_path / "other")
    (tmp_path / "other").chmod(0o700)
    folder.symlink_to(tmp_path / "other")
    with pytest.raises(FileExistsError, match="TMPDIR"):
        make_sockets_folder(folder)
    remove_sockets_folder(folder)
    assert folder.exists()
    assert sockets_folder(Path("/other")) != folder
    assert str(os.getuid()) in folder.name
