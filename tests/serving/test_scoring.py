"""Requests to the scoring URI of an endpoint: who may send them, and where they go."""

import json
from pathlib import Path

import httpx
import pytest

from tests.emulator.arm import Arm
from tests.serving.deployed import Endpoint, make_endpoint

pytestmark = pytest.mark.slow


def test_a_scoring_script_answers_with_either_key(echo: Endpoint) -> None:
    for key in echo.keys.values():
        answer = echo.score({"a": [1, 2.5]}, key=key)
        assert (answer.status_code, answer.json()) == (200, {"me": "blue", "got": {"a": [1, 2.5]}})
        assert answer.headers["azureml-model-deployment"] == "blue"
        assert answer.headers["x-ms-server-version"].startswith("azmlinfsrv/")
        assert answer.headers["x-request-id"]


def test_a_replaced_key_is_refused_at_once(echo: Endpoint) -> None:
    old = echo.keys["secondaryKey"]
    assert echo.score({}, key=old).status_code == 200
    echo.arm("POST", f"{echo.path}/regenerateKeys", {"keyType": "Secondary"})
    assert echo.score({}, key=old).status_code == 401
    assert echo.score({}, key=echo.keys["secondaryKey"]).status_code == 200


def test_nobody_else_is_answered(echo: Endpoint, serving: Arm) -> None:
    uri = echo.properties["scoringUri"]
    workspace_token = serving.http.headers["Authorization"].removeprefix("Bearer ")
    assert echo.score({}, key=workspace_token).status_code == 401
    assert httpx.post(uri, json={}).status_code == 401
    assert httpx.post(uri.replace(echo.name, "nowhere"), json={}).status_code == 401
    foreign = {"Origin": "http://example.org", "Authorization": f"Bearer {echo.keys['primaryKey']}"}
    assert httpx.post(uri, json={}, headers=foreign).status_code == 403
    assert httpx.post(uri, json={}, headers={**foreign, "Host": "example.org"}).status_code == 421


def test_a_header_chooses_the_deployment(echo: Endpoint) -> None:
    answer = echo.score([], to="Green")
    assert (answer.json()["me"], answer.headers["azureml-model-deployment"]) == ("green", "green")
    assert echo.score([], to="red").status_code == 404


def test_traffic_decides_where_requests_go(echo: Endpoint) -> None:
    try:
        echo.direct(blue=50, green=50)
        # One in 2**39 runs sees only one of them.
        assert {echo.score([]).json()["me"] for _ in range(40)} == {"blue", "green"}
        echo.direct(blue=0, green=100)
        assert {echo.score([]).json()["me"] for _ in range(5)} == {"green"}
    finally:
        echo.direct(blue=100, green=0)


def test_an_error_of_the_script_is_a_424_with_its_status(echo: Endpoint) -> None:
    key = echo.keys["primaryKey"]
    answer = httpx.post(
        echo.properties["scoringUri"],
        content=b"this is no JSON",
        headers={"Authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 424
    assert answer.headers["ms-azureml-model-error-statuscode"] == "500"
    assert "ms-azureml-model-error-reason" in answer.headers
    assert "JSONDecodeError" in echo.log("blue")


RAW = """
from azureml_inference_server_http.api.aml_request import rawhttp
from azureml_inference_server_http.api.aml_response import AMLResponse

def init():
    pass

@rawhttp
def run(request):
    seen = request.headers.get("Authorization", "") + request.headers.get("x-mine", "")
    headers = {"Content-Type": "image/png", "x-seen": seen, "x-query": request.query_string.decode()}
    return AMLResponse(request.get_data()[::-1], int(request.args["status"]), headers)
"""


def test_bytes_headers_and_query_pass_as_they_are(endpoint: Endpoint) -> None:
    endpoint.deploy("raw", codeConfiguration=endpoint.code(RAW))
    headers = {
        "Authorization": f"Bearer {endpoint.keys['primaryKey']}",
        "azureml-model-deployment": "raw",
        "x-mine": "mine",
    }
    body, uri = bytes(range(256)) * 100, endpoint.properties["scoringUri"]
    for status, expected in ((200, 200), (201, 424), (418, 424), (503, 424)):
        answer = httpx.post(f"{uri}?status={status}&b=%20", content=body, headers=headers)
        assert (answer.status_code, answer.content) == (expected, body[::-1])
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["x-seen"] == "mine"
        assert answer.headers["x-query"] == f"status={status}&b=%20"
        given = {} if status == 200 else {"ms-azureml-model-error-statuscode": str(status)}
        assert given.items() <= dict(answer.headers).items()


def test_the_description_of_the_endpoint_has_its_path(echo: Endpoint) -> None:
    uri = echo.properties["swaggerUri"]
    found = httpx.get(uri, headers={"Authorization": f"Bearer {echo.keys['primaryKey']}"}).json()
    scoring = httpx.URL(echo.properties["scoringUri"]).path
    assert scoring in found["paths"]


def test_an_endpoint_without_traffic_answers_404(endpoint: Endpoint) -> None:
    answer = endpoint.score({})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NoValidDeployments")


def test_tokens_open_their_endpoint_only(serving: Arm, tmp_path: Path) -> None:
    one, other = (make_endpoint(serving, tmp_path, authMode="AMLToken") for _ in range(2))
    token = serving("POST", f"{one.path}/token").json()["accessToken"]

    def status(endpoint: Endpoint, key: str) -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.post(endpoint.properties["scoringUri"], headers=headers).status_code

    assert (status(one, token), status(other, token), status(one, f"{token}0")) == (404, 401, 401)
    expires, _, signature = token.partition(".")
    assert status(one, f"{int(expires) + 1}.{signature}") == 401
    serving("DELETE", one.path)
    body = {"location": "local", "properties": {"authMode": "AMLToken"}}
    assert serving("PUT", one.path, body).status_code == 201
    assert status(one, token) == 401


def test_another_workspace_sees_nothing_of_a_deployment(echo: Endpoint, serving: Arm) -> None:
    other = f"{serving.id.rpartition('/')[0]}/other-{echo.name}"
    assert serving("PUT", other, {"location": "local"}).status_code in {200, 201}
    endpoint = f"{other}/{echo.path}"
    body = {"location": "local", "properties": {"authMode": "Key"}}
    assert serving("PUT", endpoint, body).json()["properties"]["scoringUri"] is None
    deployment = {"location": "local", "properties": {"endpointComputeType": "Managed"}}
    assert serving("PUT", f"{endpoint}/deployments/blue", deployment).status_code == 201
    log = serving("POST", f"{endpoint}/deployments/blue/getLogs", {}).json()["content"]
    assert "the workspace 'local' only" in log
    assert serving("DELETE", endpoint).status_code == 202
    assert echo.score([]).status_code == 200


def test_what_is_not_run_says_so(endpoint: Endpoint) -> None:
    made = endpoint.put("image")
    assert json.loads(made.text)["properties"]["provisioningState"] == "Succeeded"
    answer = endpoint.score({}, to="image")
    assert (answer.status_code, answer.json()["error"]["code"]) == (501, "DeploymentNotRun")
    assert "container images are not run" in answer.json()["error"]["message"]
    assert "container images are not run" in endpoint.log("image")


def test_a_script_that_the_service_does_not_start_is_not_run(endpoint: Endpoint) -> None:
    made = endpoint.put("half", codeConfiguration=endpoint.code("def run(x): return x"))
    assert json.loads(made.text)["properties"]["provisioningState"] == "Succeeded"
    answer = endpoint.score({}, to="half")
    assert (answer.status_code, answer.json()["error"]["code"]) == (501, "DeploymentNotRun")
    assert "score.py has no init()" in answer.json()["error"]["message"]
