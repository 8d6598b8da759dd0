"""Plan of a deployment: what its process needs, or why it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from amlrest_emulator.blob import BlobStore
from amlrest_emulator.json_body import part
from amlrest_emulator.runner.model_files import is_mlflow_model, model_source, model_uri
from amlrest_emulator.runner.plan import EnvironmentSource, Source
from amlrest_emulator.runner.resolver import InvalidJobError, Resolver
from amlrest_emulator.serving.admission import request_settings
from amlrest_emulator.serving.scoring_script import lacks_init, read_script

_SERVED_COMPUTE = "Managed"


class NotServedError(Exception):
    """A deployment that the local workspace cannot run; the message is the reason."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Files of a model.

    Attributes:
        name: ``name/version``, its folder in the container.
        is_mlflow: whether they are an MLflow model.
    """

    source: Source
    name: str
    is_mlflow: bool


@dataclass(frozen=True, slots=True)
class DeploymentPlan:
    """What the process of a deployment needs.

    Attributes:
        endpoint: name of its endpoint.
        name: name of the deployment.
        model: its model, or None.
        code: files of the scoring script; None if the MLflow model is served without one.
        script: path of the scoring script in them.
        environment: its environment, or None.
        variables: its environment variables.
        timeout: seconds that a request may take.
    """

    endpoint: str
    name: str
    model: ModelFiles | None
    code: Source | None
    script: str
    environment: EnvironmentSource | None
    variables: dict[str, str] = field(default_factory=dict)
    timeout: float = 5.0


def plan_deployment(
    deployment_id: str, properties: Mapping[str, Any], resolver: Resolver, blobs: BlobStore
) -> DeploymentPlan:
    """Return what a stored deployment runs.

    Raises:
        NotServedError: the local workspace cannot run it.
    """
    _check_compute(properties)
    try:
        model = _model(part(properties, "model"), resolver, blobs)
        code, script = _code(part(properties, "codeConfiguration"), resolver)
        if code is not None:
            _check_script(code, script, blobs)
        environment = _environment(properties.get("environmentId"), resolver)
    except InvalidJobError as error:
        raise NotServedError(str(error)) from None
    if not script and not (model and model.is_mlflow):
        raise NotServedError(
            "it has neither a scoring script nor an MLflow model; container images are not run."
        )
    endpoint, _, name = deployment_id.split("/")[-3:]
    return DeploymentPlan(
        endpoint=endpoint,
        name=name,
        model=model,
        code=code,
        script=script,
        environment=environment,
        variables=_texts(part(properties, "environmentVariables")),
        timeout=request_settings(properties).timeout,
    )


def _check_compute(properties: Mapping[str, Any]) -> None:
    kind = properties.get("endpointComputeType") or _SERVED_COMPUTE
    if kind != _SERVED_COMPUTE:
        raise NotServedError(f"its compute is {kind}; only {_SERVED_COMPUTE} deployments are run.")


def _code(configuration: Mapping[str, Any], resolver: Resolver) -> tuple[Source | None, str]:
    script = str(configuration.get("scoringScript") or "")
    code_id = configuration.get("codeId")
    if not script:
        return None, ""
    if not code_id:
        raise NotServedError("its scoring script has no code.")
    return resolver.code(str(code_id), "properties.codeConfiguration.codeId"), script


def _check_script(code: Source, script: str, blobs: BlobStore) -> None:
    if lacks_init(read_script(code, script, blobs)):
        raise NotServedError(
            f"its scoring script {script} has no init(); the service does not start it either."
        )


def _environment(environment_id: object, resolver: Resolver) -> EnvironmentSource | None:
    if not environment_id:
        return None
    return resolver.environment(str(environment_id), "properties.environmentId")


def _model(reference: Mapping[str, Any], resolver: Resolver, blobs: BlobStore) -> ModelFiles | None:
    uri = model_uri(reference)
    if not uri:
        return None
    source = model_source(uri, resolver)
    parts = uri.strip("/").split("/")
    name = f"{parts[-1]}/1" if "://" in uri else f"{parts[-3]}/{parts[-1]}"
    return ModelFiles(source, name, is_mlflow_model(source, blobs))


def _texts(variables: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in variables.items() if value is not None}
