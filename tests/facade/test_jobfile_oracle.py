"""The official v2 examples: what amlrest sends for each is what the official SDK sends."""

import copy
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
import yaml
from amlrest import Environment, Model, jobfile
from amlrest._wire import Scope, request_body
from amlrest.dialects import dialect_for

from tests import azure_ai_ml, official
from tests.facade import yaml_examples

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not official.YAML_EXAMPLES_V2.is_dir(), reason=official.reason(official.YAML_EXAMPLES_V2)
    ),
]
HERE = Path(__file__).parent
WORKSPACE = (
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
SCOPE = Scope(WORKSPACE, dialect_for("2024-10-01"))
PREVIEW = Scope(WORKSPACE, dialect_for("2025-01-01-preview"))
"""For files of our own whose name begins with ``preview``."""
OWN = [f"own/{path.name}" for path in sorted((HERE / "yaml_v2").glob("*.yml"))]
"""Files of our own, with what the examples do not say."""
EXAMPLES = yaml_examples.names() + OWN if official.YAML_EXAMPLES_V2.is_dir() else []

ONLY_THE_SDK_SENDS = {
    "properties.isAnonymous": "false is the default",
    "properties.isArchived": "false is the default",
    "properties.appInsightsEnabled": "false is the default",
    "location": "the location of the workspace is asked for when the endpoint is created",
    "identity": "a system-assigned identity is the service's default for an endpoint",
    "properties.disableLocalAuth": "the service's default",
    "properties.properties.osType": "Linux is the service's default",
    "properties.properties.remoteLoginPortPublicAccess": "NotSpecified is the service's default",
    "properties.properties.enableNodePublicIp": "true is the service's default",
    "properties.properties.enableSSO": "the service's default",
    "properties.properties.enableRootAccess": "the service's default",
    "properties.properties.enableOSPatching": "the service's default",
    "properties.properties.releaseQuotaOnStop": "the service's default",
    "properties.properties.applicationSharingPolicy": "Shared is the service's default",
    "properties.properties.computeInstanceAuthorizationType": "personal is the only value",
    "properties.properties.schedules.computeStartStop.0.cron.triggerType": "not in the documents",
    "properties.properties.schedules.computeStartStop.1.recurrence.triggerType": "not in the documents",
    "properties.properties.vmSize": "a size of the SDK's choice, where the file has none",
    "sku": "the number of instances follows the load, within scaleSettings",
    "properties.endpoint": "the suffix of the workspace's cloud is the service's default",
    "properties.distribution.parameterServerCount": "0 is the service's default",
    "properties.modelType": "custom_model is the service's default",
    "properties.earlyTermination.slackAmount": "0 is the service's default",
}
"""Fields that are left out, and why. Values that a file gives are never left out: see below."""
ONLY_AMLREST_SENDS = {
    "properties.resources": "one node is the default",
    "properties.trial.resources": "one node is the default",
    "properties.build.dockerfilePath": "Dockerfile is the default",
    "properties.protocol": "https is the default",
    "properties.properties.subnet": "the SDK adds it later, when it creates the compute",
    "properties.scaleSettings": "a number of instances goes with the scale type Default",
}


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = yaml_examples.copy_to(tmp_path_factory.mktemp("yaml"))
    shutil.copytree(HERE / "yaml_v2", root / "own")
    return root


@pytest.fixture(scope="module")
def official_bodies(examples: Path) -> dict[str, Any]:
    paths = [examples / name for name in EXAMPLES]
    lines = [f"{yaml_examples.kind_of(path)} {path}" for path in paths]
    done = subprocess.run(
        [azure_ai_ml.interpreter(), HERE / "sdk_bodies.py"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_there_are_examples_of_every_kind() -> None:
    examples = yaml_examples.names()
    kinds = {yaml_examples.kind_of(official.YAML_EXAMPLES_V2 / name) for name in examples}
    assert kinds == set(yaml_examples.KINDS.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_request_is_that_of_the_official_sdk(
    name: str, examples: Path, official_bodies: dict[str, Any]
) -> None:
    path = examples / name
    theirs = official_bodies[str(path)]
    reading = jobfile.open_file(path)
    assert reading.dialect == "v2"
    is_endpoint = isinstance(reading.value, jobfile.Deployed)
    resource = reading.value.endpoint if is_endpoint else reading.value
    if "error" in theirs:
        # The SDK wants the name of the endpoint in the file, the command takes it as an option.
        assert "endpoint_name" in theirs["error"]
        assert resource.endpoint is None
        return
    ours = body_of(resource, path, PREVIEW if path.name.startswith("preview") else SCOPE)
    for kind, wanted in theirs["inline"].items():
        compare(normal(ours["inline"].pop(kind), path), normal(wanted, path), path)
    assert ours["inline"] == {}
    compare(normal(ours["body"], path), normal(as_documented(theirs["body"]), path), path)


def body_of(resource: Any, path: Path, scope: Scope) -> dict[str, Any]:
    """Return the request body, with local paths where ids are known after the upload."""
    resource, inline = copy.deepcopy(resource), {}
    run = getattr(resource, "trial", None) or resource
    for kind, cls in (("environment", Environment), ("model", Model)):
        asset = getattr(run, kind, None)
        if isinstance(asset, cls):
            inline[kind] = request_body(_with_text(asset), scope)
            setattr(run, kind, "azureml:inline:1")
    if isinstance(getattr(run, "code", None), Path):
        run.code = _as_id(run.code)
    for each in (getattr(run, "inputs", None) or {}).values():
        if isinstance(each.data, Path):  # it gets its type when it is uploaded
            each.type = each.type or ("uri_folder" if each.data.is_dir() else "uri_file")
            each.data = _as_id(each.data)
    return {"body": request_body(_with_text(resource), scope), "inline": inline}


def _as_id(path: Path) -> str:
    """Return a path as something that passes for an id; `normal` reverses it."""
    return "/" + quote(str(path), safe="")


def _with_text(asset: Any) -> Any:
    if isinstance(getattr(asset, "path", None), Path):
        asset.path = str(asset.path)
    conda = getattr(asset, "conda_file", None)
    if conda is not None:
        is_path = isinstance(conda, Path)
        asset.conda_file = conda.read_text(encoding="utf-8") if is_path else yaml.safe_dump(conda)
    return asset


def as_documented(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body of the SDK with the resources of a sweep where the documents have them."""
    properties = body["properties"]
    if properties.get("jobType") == "Sweep" and "resources" in properties:
        properties["trial"]["resources"] = properties.pop("resources")
    return body


def normal(body: Any, path: Path, key: str = "") -> Any:
    """Return a body without nulls and empty values, with short names and absolute paths."""
    if isinstance(body, dict):
        entries = {k: normal(v, path, k) for k, v in body.items()}
        return {k: v for k, v in entries.items() if v not in (None, {}, [], "")}
    if isinstance(body, list):
        return [normal(each, path) for each in body]
    if key == "condaFile":
        return yaml.safe_load(body)
    return _text(body, path, key) if isinstance(body, str) else body


def _text(text: str, path: Path, key: str) -> str:
    if key == "command":  # line breaks at its end mean nothing to a shell; amlrest removes them
        return text.strip()
    if key == "value":  # of a literal; the SDK writes truth values as Python does
        return text.lower()
    if key == "uri":  # amlrest writes a datastore with its workspace
        text = re.sub(r"^azureml://subscriptions/s/.+/datastores/", "azureml://datastores/", text)
    if key in {"codeId", "uri", "modelUri", "dataUri", "contextUri"} and "://" not in text:
        local = (path.parent / unquote(text).removeprefix("/" * text.startswith("/%2F"))).resolve()
        text = str(local) if local.exists() else text
    found = re.match(rf"{WORKSPACE}/\w+/(?P<name>[^/]+)(/versions/(?P<version>.+))?$", text)
    if found is None:
        return _same_words(text)
    newest = "" if "/computes/" in text else "@latest"
    return f"{found['name']}:{found['version']}" if found["version"] else found["name"] + newest


_WITHOUT_CASE = {
    "aadtoken",
    "day",
    "disabled",
    "enabled",
    "friday",
    "info",
    "linux",
    "maximize",
    "minimize",
    "minute",
    "monday",
    "sobol",
    "spot",
    "start",
    "stop",
    "warning",
    "week",
}


def _same_words(text: str) -> str:
    """Return text with the words that the service compares without case in one spelling."""
    if found := re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", text):
        hours, minutes, seconds = (int(each or 0) for each in found.groups())
        return f"PT{hours * 3600 + minutes * 60 + seconds}S"
    text = text.removeprefix("azureml:")
    return text.lower() if text.lower() in _WITHOUT_CASE else text


def compare(ours: dict[str, Any], theirs: dict[str, Any], path: Path) -> None:
    """Check two bodies field by field; the text of the file decides what may be left out."""
    ours, theirs = flat(ours), flat(theirs)
    extra = {k: v for k, v in ours.items() if k not in theirs}
    missing = {k: v for k, v in theirs.items() if k not in ours}
    assert {k: v for k, v in extra.items() if not _allowed(k, ONLY_AMLREST_SENDS)} == {}
    assert {k: v for k, v in missing.items() if not _allowed(k, ONLY_THE_SDK_SENDS)} == {}
    text = path.read_text(encoding="utf-8")
    said = [v for v in missing.values() if isinstance(v, str) and f": {v}\n" in text]
    assert said == []
    both = ours.keys() & theirs.keys()
    assert {k: ours[k] for k in both} == {k: theirs[k] for k in both}


def _allowed(key: str, listed: dict[str, str]) -> bool:
    return any(key == each or key.startswith(f"{each}.") for each in listed)


def flat(body: Any, prefix: str = "") -> dict[str, Any]:
    """Return the values of a body by their paths."""
    if isinstance(body, list) and any(isinstance(each, dict) for each in body):
        body = {str(position): each for position, each in enumerate(body)}
    if not isinstance(body, dict):
        return {prefix: body}
    return {
        path: value
        for key, inner in body.items()
        for path, value in flat(inner, f"{prefix}.{key}" if prefix else key).items()
    }
