"""Deployments in environments that are built: of a conda file, of an MLflow model, of an image."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from amlrest_emulator import start

from tests.emulator import docker_stand_in
from tests.emulator.arm import Arm
from tests.serving.deployed import Endpoint, make_endpoint
from tests.serving.test_lifecycle import until

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

PACKAGES = """
import importlib.metadata, importlib.util, os

def init():
    pass

def run(data):
    return {
        "server": importlib.metadata.version("azureml-inference-server-http"),
        "colorama": importlib.util.find_spec("colorama") is not None,
        "mlflow": importlib.util.find_spec("mlflow") is not None,
        "image": os.environ.get("IMAGE"),
        "secret": os.environ.get("SECRET"),
    }
"""
FLAVOR = {"loader_module": "own_model", "python_version": "3.11", "code": "code"}
OWN_MODEL = """
class Model:
    def predict(self, data, params=None):
        import colorama
        return [len(row) for row in data]

def _load_pyfunc(path):
    return Model()
"""


def environment(arm: Arm, name: str, **properties: Any) -> str:
    """Register an environment and return its id."""
    made = arm("PUT", f"environments/{name}/versions/1", {"properties": properties})
    assert made.status_code == 201, made.text
    found: str = made.json()["id"]
    return found


def image(name: str) -> dict[str, str]:
    return {"dockerSpecificationType": "Image", "dockerImageUri": name}


def mlflow_model(folder: Path) -> Path:
    """Write an MLflow model with packages of its own, which needs no MLflow to be made."""
    (folder / "code").mkdir(parents=True)
    (folder / "code/own_model.py").write_text(OWN_MODEL)
    content = {"flavors": {"python_function": FLAVOR}, "model_uuid": "0" * 32}
    (folder / "MLmodel").write_text(yaml.safe_dump(content))
    pip = ["mlflow-skinny", "pandas", "colorama"]
    conda = {"dependencies": [f"python={sys.version_info[0]}.{sys.version_info[1]}", {"pip": pip}]}
    (folder / "conda.yaml").write_text(yaml.safe_dump(conda))
    return folder


@pytest.mark.skipif("UV_OFFLINE" in os.environ, reason="UV_OFFLINE is set")
def test_a_conda_file_is_built_with_the_inference_server(tmp_path: Path) -> None:
    no_docker = {"DOCKER_HOST": f"unix://{tmp_path}/no-docker"}
    with start(tmp_path / "state", environments="build", environment=no_docker) as local:
        arm = Arm(local)
        endpoint = make_endpoint(arm, tmp_path)
        conda = yaml.safe_dump({"dependencies": ["pip", {"pip": ["colorama"]}]})
        own = environment(arm, "own", condaFile=conda, docker=image("example.test/image"))
        started = [
            endpoint.put("own", codeConfiguration=endpoint.code(PACKAGES), environmentId=own),
            endpoint.put("model", model=endpoint.model(mlflow_model(tmp_path / "model"))),
        ]
        ended = [endpoint.ended(each) for each in started]
        assert [each["status"] for each in ended] == ["Succeeded", "Succeeded"], ended
        found = endpoint.score([], to="own").json()
        assert found.pop("server") <= "1.5.1"
        assert found == {"colorama": True, "mlflow": False, "image": None, "secret": None}
        answer = endpoint.score({"input_data": [[1, 2, 3], [4, 5, 6]]}, to="model")
        assert (answer.status_code, answer.json()) == (200, [3, 3])

        absent = yaml.safe_dump({"dependencies": ["cudatoolkit=11"]})
        bad = environment(arm, "bad", condaFile=absent, docker=image("example.test/image"))
        failed = endpoint.deploy(
            "bad", codeConfiguration=endpoint.code(PACKAGES), environmentId=bad
        )
        assert failed["error"]["code"] == "ImageBuildFailure"
        assert "cudatoolkit" in failed["error"]["message"]


@pytest.fixture
def server_bin(serving_workspace: "LocalWorkspace", echo: Endpoint) -> Path:
    """The folder of a Python that has the inference server."""
    del echo  # which it was built for
    (found,) = (serving_workspace.state_dir / "environments").glob("*/bin")
    return found


def test_an_image_runs_in_a_container_that_ends_with_the_deployment(
    server_bin: Path, tmp_path: Path
) -> None:
    home, programs = tmp_path / "docker", tmp_path / "bin"
    for folder in (home / "images", home / "containers", programs):
        folder.mkdir(parents=True)
    for name in ("engine", "registry"):
        (home / name).touch()
    docker = programs / "docker"
    docker.write_text(f'#!/bin/sh\nexec {sys.executable} {docker_stand_in.__file__} "$@"\n')
    docker.chmod(0o755)
    path = f"{programs}:{server_bin}:{os.environ['PATH']}"
    settings = {"PATH": path, "DOCKER_STAND_IN": str(home)}
    with start(tmp_path / "state", environments="build", environment=settings) as local:
        arm = Arm(local)
        endpoint = make_endpoint(arm, tmp_path)
        own = environment(arm, "own", docker=image("example.test/served"))
        ended = endpoint.deploy(
            "blue",
            codeConfiguration=endpoint.code(PACKAGES),
            environmentId=own,
            environmentVariables={"SECRET": "s3cret"},
        )
        assert ended["status"] == "Succeeded", ended
        found = endpoint.score([], to="blue").json()
        assert (found["image"], found["secret"]) == ("example.test/served", "s3cret")
        assert "s3cret" not in (home / "calls").read_text()
        (container,) = (home / "containers").iterdir()
        assert json.loads(container.read_text())["label"].startswith("amlrest.jobs=")
        assert arm("DELETE", endpoint.path).status_code == 202
        until(lambda: not container.exists(), "the container has not ended")
