"""Batch deployments: which one a request runs, and whether the local workspace can run it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amlrest_emulator import names
from amlrest_emulator.arm_errors import ArmError, Problem, missing, not_possible, refuse
from amlrest_emulator.batch.invocation import Invocation
from amlrest_emulator.batch.scoring_job import Files
from amlrest_emulator.blob import chunks, store_file
from amlrest_emulator.context import Context
from amlrest_emulator.json_body import part
from amlrest_emulator.runner.model_files import (
    MODEL_FILE,
    is_mlflow_model,
    mlflow_folder,
    model_source,
    model_uri,
)
from amlrest_emulator.runner.plan import Source
from amlrest_emulator.runner.resolver import InvalidJobError, MissingReferenceError, Resolver
from amlrest_emulator.state import Resource

_TYPE = f"{names.PROVIDER}/workspaces/batchEndpoints"
_SCRIPTS = ("driver.py", "worker.py")
_DRIVER_FOLDER = "azureml/batch-driver"
_CONDA_FILE = "conda.yaml"
_MAX_CONDA_FILE = 1024 * 1024


def endpoint_at(context: Context, endpoint_id: str) -> Resource:
    """Return a batch endpoint of the local workspace.

    Raises:
        ArmError: 404 if there is none.
    """
    found = context.state.get(endpoint_id)
    if found is None or found.type.lower() != _TYPE.lower():
        name = endpoint_id.rpartition("/")[2]
        raise missing(Problem("NoSuchEndpoint", f"There is no batch endpoint {name!r}.", "name"))
    return found


def choose(context: Context, endpoint: Resource, name: str) -> Resource:
    """Return the named deployment of an endpoint, or its default one.

    The default is the one with most traffic, and the only one of an endpoint that has no other.

    Raises:
        ArmError: 404 for a name that it does not have, 400 if it has no default.
    """
    found = context.state.of_type(f"{_TYPE}/deployments", f"{endpoint.id}/")
    traffic = part(endpoint.properties, "traffic")
    largest = max(traffic, key=lambda each: traffic[each], default="")
    wanted = name or (largest if traffic.get(largest) else "")
    if not wanted and len(found) == 1:
        return found[0]
    known = ", ".join(each.name for each in found) or "none"
    if not wanted:
        todo = f"name one of {known}, or make one the default" if found else "create one"
        message = f"The endpoint {endpoint.name!r} has no default deployment; {todo}."
        raise not_possible("NoDefaultDeployment", message, "azureml-model-deployment")
    for each in found:
        if each.name.lower() == wanted.lower():
            return each
    message = f"The endpoint {endpoint.name!r} has no deployment {wanted!r}; it has {known}."
    raise missing(Problem("DeploymentNotFound", message, "azureml-model-deployment"))


@dataclass(frozen=True, slots=True)
class Preparation:
    """Finds what a deployment needs, before a job is made of it.

    Attributes:
        context: server context.
        resolver: looks up assets.
        deployment: the deployment.
    """

    context: Context
    resolver: Resolver
    deployment: Resource

    def files(self, invocation: Invocation) -> Files:
        """Return where its files are.

        Raises:
            ArmError: 400 or 404 if the local workspace cannot run it; names the reason.
        """
        properties = self.deployment.properties
        self._check_kind(properties)
        self._check_instances(properties, invocation)
        script = part(properties, "codeConfiguration").get("scoringScript")
        if script:
            self._check_script(part(properties, "codeConfiguration"), str(script))
        model = model_uri(part(properties, "model"))
        source = self._source(model) if model else None
        if not script and (source is None or not is_mlflow_model(source, self.context.blobs)):
            message = (
                "has no scoring script, and its model is no MLflow model, which has a file "
                f"{MODEL_FILE}; add code_configuration or another model."
            )
            raise self._refusal("NoScoringScript", message, "codeConfiguration")
        name = source.path.strip("/").rpartition("/")[2] if source else ""
        return Files(self._driver(), model, name or "model")

    def conda_file(self) -> str:
        """Return the conda file of an MLflow model that needs no script, "" if there is none."""
        properties = self.deployment.properties
        model = model_uri(part(properties, "model"))
        if part(properties, "codeConfiguration").get("scoringScript") or not model:
            return ""
        source, blobs = self._source(model), self.context.blobs
        folder = mlflow_folder(source, blobs) if source.kind == "blob" else None
        blob = blobs.find(source.container, f"{folder}/{_CONDA_FILE}") if folder else None
        if blob is None or blob.size > _MAX_CONDA_FILE:
            return ""
        return b"".join(chunks(blobs, blob, 0, blob.size)).decode(errors="replace")

    def check_input(self, invocation: Invocation) -> None:
        """Raise unless the input is a place that exists, as far as that can be known.

        Raises:
            ArmError: 400 or 404; names the input.
        """
        target = f"properties.inputData.{invocation.input_name}.uri"
        data_id = self.resolver.places.asset_id(invocation.uri, "data")
        with _arm_errors():
            if data_id:
                self.resolver.data(data_id, target)
            else:
                self.resolver.place(invocation.uri, target)

    def _refusal(self, code: str, message: str, field: str) -> ArmError:
        return not_possible(
            code, f"The deployment {self.deployment.name!r} {message}", f"properties.{field}"
        )

    def _check_kind(self, properties: Mapping[str, Any]) -> None:
        configuration = part(properties, "deploymentConfiguration")
        kind = str(configuration.get("deploymentConfigurationType") or "Model")
        if kind.lower() != "model":
            message = f"is a {kind}, which the local workspace does not run; deploy a model."
            raise self._refusal("PipelineComponent", message, "deploymentConfiguration")
        if properties.get("partitionKeys"):
            message = "has partitionKeys; the local workspace splits by files only."
            raise self._refusal("PartitionKeys", message, "partitionKeys")

    def _check_instances(self, properties: Mapping[str, Any], invocation: Invocation) -> None:
        compute = part(properties, "compute")
        settings = {
            **compute,
            "instanceCount": invocation.instances or compute.get("instanceCount"),
        }
        if not settings.get("target"):
            settings["isLocal"] = True
        with _arm_errors():
            self.resolver.compute(settings, "properties.compute")

    def _check_script(self, configuration: Mapping[str, Any], script: str) -> None:
        target = "codeConfiguration.scoringScript"
        if script.startswith("/") or ".." in script.split("/"):
            message = f"has the scoring script {script!r}, which is not in its code."
            raise self._refusal("ScoringScript", message, target)
        code_id = configuration.get("codeId")
        if not code_id:
            message = f"has the scoring script {script!r} without code to find it in."
            raise self._refusal("ScoringScript", message, target)
        with _arm_errors():
            code = self.resolver.code(str(code_id), "properties.codeConfiguration.codeId")
        path = f"{code.path.strip('/')}/{script}"
        if code.kind == "blob" and self.context.blobs.find(code.container, path) is None:
            message = f"has the scoring script {script!r}, which its code does not contain."
            raise self._refusal("ScoringScript", message, target)

    def _source(self, model: str) -> Source:
        with _arm_errors():
            return model_source(model, self.resolver)

    def _driver(self) -> str:
        """Return the URI of the driver's folder, which is stored once for each of its versions."""
        scripts = [Path(__file__).with_name("driver") / name for name in _SCRIPTS]
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in scripts)).hexdigest()
        folder = f"{_DRIVER_FOLDER}/{digest[:12]}"
        blobs, container = self.context.blobs, names.DEFAULT_CONTAINER
        for path in scripts:
            name = f"{folder}/{path.name}"
            if blobs.find(container, name) is None:
                store_file(blobs, container, name, path, "text/x-python")
        return f"azureml://datastores/{names.DEFAULT_DATASTORE}/paths/{folder}"


@contextmanager
def _arm_errors() -> Iterator[None]:
    """Raise what the resolver refuses as an ARM error."""
    try:
        yield
    except MissingReferenceError as error:
        raise missing(Problem("ReferenceNotFound", error.message, error.target)) from None
    except InvalidJobError as error:
        raise refuse(error.target, error.message) from None
