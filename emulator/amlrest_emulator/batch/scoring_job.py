"""The job that runs a batch deployment: a command job, with the driver as its command. No I/O.

In Azure it is a pipeline job with one step. 2021-03-01-preview has no pipeline jobs, and the other
versions would show no more of this one than they show of a command job.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amlrest_emulator.arm_errors import refuse
from amlrest_emulator.batch.invocation import Invocation, whole
from amlrest_emulator.json_body import part
from amlrest_emulator.runner.duration import parse_duration

Json = Mapping[str, Any]
OUTPUT = "score"
"""Name of the output."""
ENDPOINT, DEPLOYMENT = "azureml.endpointname", "azureml.deploymentname"
"""Properties of the job that say which endpoint and deployment it runs."""

_DRIVER, _MODEL = "batch_driver", "batch_model"
_DEFAULTS = {
    "errorThreshold": -1,
    "loggingLevel": "Info",
    "maxConcurrencyPerInstance": 1,
    "miniBatchSize": 10,
    "outputFileName": "predictions.csv",
}
_RETRIES, _TIMEOUT = 3, "PT30S"
_LEVELS = ("Info", "Warning", "Debug")
_MAX_WORKERS = 64


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files of a deployment are, as URIs or ARM ids.

    Attributes:
        driver: folder of the driver.
        model: the model, or "" for none.
        model_name: last part of the path of the model.
        model_type: ``custom_model``, ``mlflow_model`` or ``triton_model``.
    """

    driver: str
    model: str = ""
    model_name: str = ""
    model_type: str = "custom_model"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a deployment scores: its own settings, and what a request overrides."""

    size: int
    threshold: int
    retries: int
    timeout: float
    workers: int
    level: str
    file_name: str


def settings_of(deployment: Json, invocation: Invocation) -> Settings:
    """Return the settings of an invocation of a deployment.

    Args:
        deployment: properties of the deployment in the stored form.
        invocation: what the request overrides.

    Raises:
        ArmError: 400 for a value that makes no sense.
    """
    output = part(deployment, "outputConfiguration")
    own = {**deployment, "outputFileName": output.get("appendRowFileName")}
    given = {**_DEFAULTS, **{k: v for k, v in own.items() if v is not None}, **invocation.settings}
    retry = {**part(deployment, "retrySettings"), **part(given, "retrySettings")}
    instances = invocation.instances or part(deployment, "compute").get("instanceCount") or 1
    each = whole(given["maxConcurrencyPerInstance"], "properties.maxConcurrencyPerInstance", 1)
    if instances * each > _MAX_WORKERS:
        message = f"{instances} instances with {each} processes are more than {_MAX_WORKERS}."
        raise refuse("properties.maxConcurrencyPerInstance", message)
    appends = output.get("outputAction") != "SummaryOnly"
    return Settings(
        size=whole(given["miniBatchSize"], "properties.miniBatchSize", 1),
        threshold=whole(given["errorThreshold"], "properties.errorThreshold", -1),
        retries=whole(_or(retry.get("maxRetries"), _RETRIES), "properties.retrySettings", 0),
        timeout=_seconds(_or(retry.get("timeout"), _TIMEOUT)),
        workers=instances * each,
        level=_level(given["loggingLevel"]),
        file_name=_file_name(given["outputFileName"]) if appends else "",
    )


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _seconds(text: Any) -> float:
    try:
        return parse_duration(str(text))
    except ValueError as error:
        raise refuse("properties.retrySettings.timeout", str(error)) from None


def _level(given: Any) -> str:
    known = {level.lower(): level for level in _LEVELS}
    if str(given).lower() not in known:
        raise refuse("properties.loggingLevel", f"must be one of {', '.join(_LEVELS)}.")
    return str(given).lower()


def _file_name(given: Any) -> str:
    if not isinstance(given, str) or given in {"", ".", ".."} or "/" in given or "\0" in given:
        raise refuse("properties.outputFileName", f"{given!r} is not the name of a file.")
    return given


def scoring_job(
    deployment: Json,
    invocation: Invocation,
    files: Files,
    settings: Settings,
    *,
    owner: tuple[str, str],
    environment: str,
) -> dict[str, Any]:
    """Return the body of the job, in the newer wire shape.

    Args:
        deployment: properties of the deployment in the stored form.
        invocation: what the request asks for.
        files: where the files of the deployment are.
        settings: how it scores.
        owner: names of its endpoint and of itself.
        environment: ARM id of its environment.
    """
    endpoint_name, deployment_name = owner
    compute = part(deployment, "compute")
    place = {"uri": invocation.output_uri} if invocation.output_uri else {}
    properties = {
        "jobType": "Command",
        "displayName": f"{endpoint_name}/{deployment_name}",
        "experimentName": invocation.experiment or endpoint_name,
        "description": invocation.description or None,
        "tags": invocation.tags,
        "properties": {ENDPOINT: endpoint_name, DEPLOYMENT: deployment_name},
        "command": _command(deployment, settings, invocation, files),
        "codeId": part(deployment, "codeConfiguration").get("codeId"),
        "environmentId": environment,
        "environmentVariables": deployment.get("environmentVariables") or {},
        "computeId": None if compute.get("isLocal") else compute.get("target"),
        "inputs": _inputs(invocation, files),
        "outputs": {OUTPUT: {"jobOutputType": "uri_folder", **place}},
    }
    return {"properties": {k: v for k, v in properties.items() if v is not None}}


def _inputs(invocation: Invocation, files: Files) -> dict[str, Any]:
    if invocation.input_name in {_DRIVER, _MODEL}:
        message = f"{invocation.input_name!r} is used by the job itself; use another name."
        raise refuse(f"properties.inputData.{invocation.input_name}", message)
    inputs = {
        invocation.input_name: {"jobInputType": invocation.input_type, "uri": invocation.uri},
        _DRIVER: {"jobInputType": "uri_folder", "uri": files.driver},
    }
    if files.model:
        inputs[_MODEL] = {"jobInputType": files.model_type, "uri": files.model}
    return inputs


def _command(deployment: Json, settings: Settings, invocation: Invocation, files: Files) -> str:
    script = part(deployment, "codeConfiguration").get("scoringScript")
    words = [
        *("python", f"${{{{inputs.{_DRIVER}}}}}/driver.py"),
        *("--data", f"${{{{inputs.{invocation.input_name}}}}}"),
        *("--score", f"${{{{outputs.{OUTPUT}}}}}"),
    ]
    if files.model:
        words += ["--model", f"${{{{inputs.{_MODEL}}}}}", "--model-name", _quoted(files.model_name)]
    options = {
        "script": script,
        "file-name": settings.file_name,
        "size": settings.size,
        "threshold": settings.threshold,
        "retries": settings.retries,
        "timeout": f"{settings.timeout:g}",
        "workers": settings.workers,
        "level": settings.level,
    }
    # One word: a value may begin with a hyphen.
    words += [f"--{key}={_quoted(str(v))}" for key, v in options.items() if v not in {None, ""}]
    return " ".join(words)


def _quoted(text: str) -> str:
    return shlex.quote(text)


def shown_properties(job: Json, output_uri: str | None) -> dict[str, Any]:
    """Return the properties of a job as the data plane shows them.

    Args:
        job: properties of the job in the newer wire shape.
        output_uri: folder of its output.
    """
    own = ("status", "description", "tags", "properties", "experimentName", "displayName")
    inputs = {k: v for k, v in part(job, "inputs").items() if k not in {_DRIVER, _MODEL}}
    return {
        **{key: job.get(key) for key in own},
        "provisioningState": "Succeeded",
        "compute": {"target": job.get("computeId")},
        "inputData": {name: _shown_input(given) for name, given in inputs.items()},
        "outputData": {OUTPUT: {"jobOutputType": "UriFolder", "uri": output_uri}},
        "interactionEndpoints": job.get("services"),
    }


def _shown_input(given: Json) -> dict[str, Any]:
    is_file = given.get("jobInputType") == "uri_file"
    return {"jobInputType": "UriFile" if is_file else "UriFolder", "uri": given.get("uri")}
