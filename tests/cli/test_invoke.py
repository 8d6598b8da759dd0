"""Scoring requests on the command line, at a service that answers as Azure documents."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import COMMAND, clean_environment
from tests.cli.terminal import left_on_screen, run_on_terminal
from tests.facade.scoring_service import NAME, ScoringService
from tests.facade.scripted_server import Reply, serving

pytestmark = pytest.mark.slow

Invoke = Callable[..., "subprocess.CompletedProcess[bytes]"]
ROWS = '{"input_data": [[5.1, 3.5]]}'


@pytest.fixture
def service() -> Iterator[ScoringService]:
    with serving() as server:
        yield ScoringService(server)


@pytest.fixture
def environment(service: ScoringService, tmp_path: Path) -> dict[str, str]:
    return clean_environment(tmp_path) | {
        "AMLREST_ENDPOINT": service.url,
        "AMLREST_TOKEN": "t",
        "AZURE_SUBSCRIPTION_ID": "00000000-0000-0000-0000-000000000000",
        "AZURE_RESOURCE_GROUP": "g",
        "AZUREML_WORKSPACE_NAME": "w",
    }


@pytest.fixture
def invoke(environment: dict[str, str], tmp_path: Path) -> Invoke:
    def run(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [*COMMAND, "online-endpoint", "invoke", *arguments],
            input=stdin,
            capture_output=True,
            env=environment,
            cwd=tmp_path,
            timeout=240,
            check=False,
        )

    return run


def test_what_is_given_in_every_way_arrives(
    invoke: Invoke, service: ScoringService, tmp_path: Path
) -> None:
    (tmp_path / "rows.json").write_text(ROWS)
    for arguments in (
        (NAME, "--data", ROWS),
        (NAME, "-r", "-"),
        ("-n", NAME, "-r", "rows.json", "-d", "green"),
    ):
        done = invoke(*arguments, stdin=ROWS.encode())
        assert (done.returncode, done.stderr) == (0, b"")
        assert json.loads(done.stdout) == json.loads(ROWS)
    deployments = [each.headers.get("azureml-model-deployment") for each in service.scored]
    assert deployments == [None, None, "green"]


def test_a_part_of_the_response_is_selected(invoke: Invoke) -> None:
    done = invoke(NAME, "--data", ROWS, "--query", "input_data[0][1]")
    assert done.stdout == b"3.5\n"


@pytest.mark.parametrize(
    ("content_type", "body", "printed"),
    [
        ("text/plain", b"setosa", b"setosa\n"),
        ("application/json", b'"setosa"', b'"setosa"\n'),
        ("image/png", b"\x89PNG\xff", b"\x89PNG\xff"),
    ],
)
def test_what_is_not_json_is_printed_as_it_is(
    invoke: Invoke, service: ScoringService, content_type: str, body: bytes, printed: bytes
) -> None:
    service.score = lambda _: Reply(body=body, headers={"content-type": content_type})
    assert invoke(NAME, "--data", "a,b", "--content-type", "text/csv").stdout == printed
    assert service.scored[0].body == b"a,b"


BROKEN: Any = [
    ((NAME,), 2, "Give the request with either --request-file or --data."),
    ((NAME, "--data", "1", "-r", "-"), 2, "Give the request with either"),
    ((NAME, "--data", "{'a': 1}"), 2, "Invalid value for --data: not valid JSON"),
    ((NAME, "-r", "-"), 2, "Invalid value for --request-file -: not valid JSON"),
    ((NAME, "-r", "missing.json"), 2, "'missing.json' does not exist"),
    ((NAME, "-r", "broken.json"), 1, "broken.json is not valid JSON"),
    (("irsi", "--data", "1"), 1, "online endpoint 'irsi' does not exist; did you mean 'iris'?"),
    ((NAME, "--data", "1", "-d", "gren"), 1, "no deployment 'gren'; did you mean 'green'?"),
    (("--data", "1"), 2, "Missing argument 'NAME'"),
    ((NAME, "-n", "other", "--data", "1"), 2, "unexpected extra argument"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), BROKEN)
def test_what_is_wrong_is_said_with_a_status(
    invoke: Invoke, tmp_path: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    (tmp_path / "broken.json").write_text("{")
    done = invoke(*arguments, stdin=b"nothing")
    assert done.returncode == status, done.stderr
    assert said in " ".join(done.stderr.decode().split())
    assert done.stdout == b""


def test_a_model_that_raises_leads_to_its_log(invoke: Invoke, service: ScoringService) -> None:
    headers = {
        "ms-azureml-model-error-statuscode": "500",
        "azureml-model-deployment": "blue",
        "x-ms-request-id": "r-9",
    }
    service.score = lambda _: Reply(424, {"message": "it broke"}, headers)
    done = invoke(NAME, "--data", ROWS)
    assert done.returncode == 1
    for part in ("deployment blue of endpoint iris failed with status 500: it broke", "r-9"):
        assert part in done.stderr.decode()
    assert "online-deployment logs iris blue\n" in done.stderr.decode()


def test_a_terminal_shows_who_responded_and_no_bytes(
    service: ScoringService, environment: dict[str, str], tmp_path: Path
) -> None:
    def seen() -> str:
        arguments = ["online-endpoint", "invoke", NAME, "--data", ROWS]
        _, output = run_on_terminal(arguments, tmp_path, environment)
        return "\n".join(left_on_screen(output))

    service.score = lambda _: Reply(body=[1], headers={"azureml-model-deployment": "blue"})
    assert "response of deployment blue" in seen()
    service.score = lambda _: Reply(body=b"\x00\xff", headers={"content-type": "image/png"})
    assert "Error: the response is not text: 2 B" in seen()
