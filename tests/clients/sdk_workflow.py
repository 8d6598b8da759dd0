"""A workflow with azure-ai-ml's MLClient; runs in an environment of its own.

Arguments: a file with Python that makes the client `ml`, a folder with the sources, and a file for
what was found, as JSON.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from azure.ai.ml import Input, Output, command
from azure.ai.ml.entities import (
    AccountKeyConfiguration,
    AmlCompute,
    AzureBlobDatastore,
    BatchDeployment,
    BatchEndpoint,
    CodeConfiguration,
    Data,
    Environment,
    ManagedOnlineDeployment,
    ManagedOnlineEndpoint,
    Model,
    UserIdentityConfiguration,
)
from azure.ai.ml.exceptions import JobException
from azure.ai.ml.sweep import Choice, Uniform
from azure.core.exceptions import ResourceNotFoundError

SCORING = """\
from pathlib import Path

def init():
    pass

def run(mini_batch):
    return [f"{Path(each).name} {int(Path(each).read_text()) ** 2}" for each in mini_batch]
"""
ENVIRONMENT, COMPUTE = "sdk@latest", "cpu-cluster"


def files_below(folder: Path) -> dict[str, str]:
    """Return the files of a folder: relative path → text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def log_of(ml: Any, name: str, folder: Path) -> str:
    """Return the log of a job; the SDK does not stream that of one that has ended already."""
    ml.jobs.download(name, download_path=folder / name, all=True)
    return next((folder / name).rglob("std_log.txt")).read_text(encoding="utf-8")


def refusal(call: Callable[[], Any]) -> str:
    """Return the name of the error that a call raises."""
    try:
        call()
    except (ResourceNotFoundError, JobException) as error:
        return type(error).__name__
    return ""


def datastores(ml: Any, _folder: Path) -> dict[str, Any]:
    """Create, get, list and delete a datastore."""
    made = ml.datastores.create_or_update(
        AzureBlobDatastore(
            name="sdk_store",
            account_name="amlrestlocal",
            container_name="azureml-blobstore",
            credentials=AccountKeyConfiguration(account_key="a2V5"),
        )
    )
    found = ml.datastores.get("sdk_store")
    listed = [each.name for each in ml.datastores.list()]
    ml.datastores.delete("sdk_store")
    return {
        "made": made.name,
        "container": found.container_name,
        "listed": listed,
        "default": ml.datastores.get_default().name,
        "deleted": refusal(lambda: ml.datastores.get("sdk_store")),
    }


def data(ml: Any, folder: Path) -> dict[str, Any]:
    """Register a file twice and a folder; versions count by themselves."""
    table = folder / "in/a.csv"
    first = ml.data.create_or_update(Data(name="sdk-file", path=table, type="uri_file"))
    table.write_text("a,b\n3,4\n", encoding="utf-8")
    second = ml.data.create_or_update(Data(name="sdk-file", path=table, type="uri_file"))
    whole = Data(name="sdk-folder", version="7", path=folder / "in", type="uri_folder")
    registered = ml.data.create_or_update(whole)
    return {
        "versions": [first.version, second.version],
        "latest": ml.data.get("sdk-file", label="latest").version,
        "listed": [each.version for each in ml.data.list(name="sdk-file")],
        "names": [each.name for each in ml.data.list()],
        "path": registered.path,
        "type": ml.data.get("sdk-folder", version="7").type,
    }


def environments(ml: Any, _folder: Path) -> dict[str, Any]:
    """Register an environment with and without a version."""
    conda = {"dependencies": ["python=3.11", {"pip": ["lightgbm"]}]}
    image = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04"
    made = Environment(name="sdk", version="1", image=image, conda_file=conda)
    ml.environments.create_or_update(made)
    unversioned = ml.environments.create_or_update(Environment(name="sdk2", image=image))
    found = ml.environments.get("sdk", version="1")
    return {
        "image": found.image,
        "conda": found.conda_file,
        "unversioned": unversioned.version,
        "names": [each.name for each in ml.environments.list()],
    }


def computes(ml: Any, _folder: Path) -> dict[str, Any]:
    """Create, change and delete a cluster; each is a long-running operation."""
    cluster = AmlCompute(name="sdk-cluster", size="STANDARD_D2_V2", max_instances=2)
    made = ml.compute.begin_create_or_update(cluster).result()
    made.max_instances = 3
    changed = ml.compute.begin_update(made).result()
    listed = [each.name for each in ml.compute.list()]
    ml.compute.begin_delete("sdk-cluster").result()
    return {
        "state": made.provisioning_state,
        "nodes": changed.max_instances,
        "listed": listed,
        "deleted": refusal(lambda: ml.compute.get("sdk-cluster")),
    }


def endpoints(ml: Any, _folder: Path) -> dict[str, Any]:
    """Create an online endpoint and delete it."""
    wanted = ManagedOnlineEndpoint(name="sdk-endpoint", auth_mode="key", tags={"by": "sdk"})
    made = ml.online_endpoints.begin_create_or_update(wanted).result()
    listed = [each.name for each in ml.online_endpoints.list()]
    keys = ml.online_endpoints.get_keys("sdk-endpoint")
    ml.online_endpoints.begin_delete("sdk-endpoint").result()
    return {
        "state": made.provisioning_state,
        "listed": listed,
        "keys": len({keys.primary_key, keys.secondary_key}),
        "left": [each.name for each in ml.online_endpoints.list()],
    }


def deployments(ml: Any, folder: Path) -> dict[str, Any]:
    """Deploy a scoring script to an endpoint of each kind of credentials, and call it."""
    request, found = str(folder / "request.json"), {}
    for mode in ("key", "aml_token", "aad_token"):
        endpoint = ManagedOnlineEndpoint(
            name=f"sdk-{mode.replace('_', '-')}", auth_mode=mode, traffic={"blue": 100}
        )
        ml.online_endpoints.begin_create_or_update(endpoint).result()
        blue = ManagedOnlineDeployment(
            name="blue",
            endpoint_name=endpoint.name,
            model=Model(path=str(folder / "weights")),
            code_configuration=CodeConfiguration(
                code=str(folder / "scoring"), scoring_script="score.py"
            ),
            environment=Environment(image="python:3.11", name="served"),
            instance_type="Standard_DS3_v2",
            instance_count=1,
        )
        made = ml.online_deployments.begin_create_or_update(blue).result()
        ml.online_endpoints.begin_create_or_update(endpoint).result()
        named = {"endpoint_name": endpoint.name, "request_file": request}
        found[mode] = [
            made.provisioning_state,
            ml.online_endpoints.invoke(**named),
            ml.online_endpoints.invoke(**named, deployment_name="blue"),
        ]
        log = ml.online_deployments.get_logs("blue", endpoint.name, lines=5)
        ml.online_endpoints.begin_delete(endpoint.name).result()
    return {"found": found, "log": log}


def batch_scoring(ml: Any, folder: Path) -> dict[str, Any]:
    """Deploy a scoring script under a batch endpoint, run it over a folder and over data."""
    endpoint, rows = "sdk-batch", folder / "batch/rows"
    for name, text in (("code/score.py", SCORING), ("rows/a.txt", "3"), ("rows/b.txt", "4")):
        path = folder / "batch" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ml.batch_endpoints.begin_create_or_update(BatchEndpoint(name=endpoint)).result()
    blue = BatchDeployment(
        name="blue",
        endpoint_name=endpoint,
        code_configuration=CodeConfiguration(
            code=str(folder / "batch/code"), scoring_script="score.py"
        ),
        environment=ENVIRONMENT,
        compute=COMPUTE,
        mini_batch_size=1,
    )
    ml.batch_deployments.begin_create_or_update(blue).result()
    made = ml.batch_endpoints.get(endpoint)
    made.defaults.deployment_name = "blue"
    ml.batch_endpoints.begin_create_or_update(made).result()
    first = ml.batch_endpoints.invoke(endpoint, input=Input(type="uri_folder", path=str(rows)))
    ml.jobs.stream(first.name)
    ml.jobs.download(first.name, output_name="score", download_path=folder / "scores")
    known = ml.data.create_or_update(Data(name="sdk-rows", path=rows, type="uri_folder"))
    store = "azureml://datastores/workspaceblobstore/paths/sdk-batch/"
    second = ml.batch_endpoints.invoke(
        endpoint,
        deployment_name="blue",
        inputs={"rows": Input(type="uri_folder", path=f"azureml:sdk-rows:{known.version}")},
        outputs={"score": Output(type="uri_folder", path=store)},
    )
    ml.jobs.stream(second.name)
    names = {first.name: "first", second.name: "second"}
    return {
        "scores": files_below(folder / "scores"),
        "default": ml.batch_endpoints.get(endpoint).defaults.deployment_name,
        "of endpoint": [
            [names[each.name], each.status] for each in ml.batch_endpoints.list_jobs(endpoint)
        ],
        "of deployment": [
            names[each.name] for each in ml.batch_deployments.list_jobs(endpoint, name="blue")
        ],
    }


def command_job(ml: Any, folder: Path) -> dict[str, Any]:
    """Submit a job twice from the same code, stream it, and download what it has put out."""
    job = command(
        code=str(folder / "src"),
        command="python main.py ${{inputs.table}} ${{inputs.rate}} ${{outputs.out}}",
        inputs={"table": Input(type="uri_folder", path="azureml:sdk-folder:7"), "rate": 0.25},
        outputs={"out": Output(type="uri_folder")},
        environment=ENVIRONMENT,
        compute=COMPUTE,
        experiment_name="sdk",
        display_name="first",
        tags={"by": "sdk"},
    )
    submitted = ml.jobs.create_or_update(job)
    ml.jobs.stream(submitted.name)
    again = ml.jobs.create_or_update(job, tags={"by": "again"})
    ml.jobs.stream(again.name)
    found = ml.jobs.get(submitted.name)
    found.display_name, found.tags = "renamed", {"more": "tags"}
    changed = ml.jobs.create_or_update(found)
    ml.jobs.archive(again.name)
    shown = [each.name for each in ml.jobs.list()]
    ml.jobs.restore(again.name)
    ml.jobs.download(submitted.name, download_path=folder / "all", all=True)
    ml.jobs.download(submitted.name, download_path=folder / "one", output_name="out")
    return {
        "name": submitted.name,
        "statuses": [found.status, ml.jobs.get(again.name).status],
        "same code": [submitted.component.code == again.component.code],
        "changed": [changed.display_name, changed.tags],
        "archived": [again.name in shown, again.name in [each.name for each in ml.jobs.list()]],
        "all": files_below(folder / "all"),
        "one": files_below(folder / "one"),
        "services": ml.jobs.show_services(submitted.name),
    }


def inline_job(ml: Any, folder: Path) -> dict[str, Any]:
    """Submit a job whose code is one file, whose environment has no name and input is local."""
    job = command(
        code=str(folder / "in/a.csv"),
        command="cat a.csv ${{inputs.table}}",
        inputs={"table": Input(type="uri_file", path=str(folder / "in/sub/ü.csv"))},
        environment=Environment(image="ubuntu"),
        compute=COMPUTE,
        identity=UserIdentityConfiguration(),
    )
    submitted = ml.jobs.create_or_update(job)
    ml.jobs.stream(submitted.name)
    found = ml.jobs.get(submitted.name)
    return {
        "status": found.status,
        "environment": found.environment,
        "log": log_of(ml, submitted.name, folder),
    }


def job_outputs(ml: Any, folder: Path) -> dict[str, Any]:
    """Register what the first job has put out, and use it."""
    [first] = [each.name for each in ml.jobs.list() if each.display_name == "renamed"]
    artifact = f"azureml://jobs/{first}/outputs/artifacts/paths/outputs/model.txt"
    ml.models.create_or_update(Model(name="of-a-job", path=artifact, type="custom_model"))
    ml.models.download("of-a-job", version="1", download_path=folder / "of-a-job")
    data = Data(name="of-a-job", path=f"azureml://jobs/{first}/outputs/out", type="uri_folder")
    ml.data.create_or_update(data)
    inputs = {
        "model": Input(type="custom_model", path="azureml:of-a-job:1"),
        "data": Input(type="uri_folder", path="azureml:of-a-job:1"),
    }
    line = "cat ${{inputs.model}} ${{inputs.data}}/out.txt"
    reader = command(command=line, inputs=inputs, environment=ENVIRONMENT, compute=COMPUTE)
    submitted = ml.jobs.create_or_update(reader)
    ml.jobs.stream(submitted.name)
    return {
        "status": ml.jobs.get(submitted.name).status,
        "model": files_below(folder / "of-a-job"),
        "log": log_of(ml, submitted.name, folder),
    }


def failing_job(ml: Any, _folder: Path) -> dict[str, Any]:
    """Stream a job that fails, and cancel one that would not end."""
    failing = command(command="exit 3", environment=ENVIRONMENT, compute=COMPUTE)
    failed = ml.jobs.create_or_update(failing)
    streamed = refusal(lambda: ml.jobs.stream(failed.name))
    endless = command(command="sleep 600", environment=ENVIRONMENT, compute=COMPUTE)
    canceled = ml.jobs.create_or_update(endless)
    ml.jobs.begin_cancel(canceled.name).result()
    return {
        "failed": [streamed, ml.jobs.get(failed.name).status],
        "canceled": canceled.name,
        "missing": refusal(lambda: ml.jobs.get("no-such-job")),
    }


def sweep_job(ml: Any, folder: Path) -> dict[str, Any]:
    """Submit a sweep, list its trials, and download those of the best one."""
    code = "import mlflow; mlflow.log_metric('loss', ${{inputs.rate}})"
    step = command(
        command=f'python -c "{code}" && mkdir outputs && echo ${{{{inputs.kind}}}} > outputs/kind',
        inputs={"rate": 0.1, "kind": "x"},
        environment=ENVIRONMENT,
        compute=COMPUTE,
    )
    chosen = step(rate=Uniform(0.1, 0.9), kind=Choice(["x", "y"]))
    sweep = chosen.sweep(
        sampling_algorithm="random", primary_metric="loss", goal="Minimize", compute=COMPUTE
    )
    sweep.set_limits(max_total_trials=2, max_concurrent_trials=2, timeout=600)
    sweep.experiment_name = "sdk"
    submitted = ml.jobs.create_or_update(sweep)
    ml.jobs.stream(submitted.name)
    found = ml.jobs.get(submitted.name)
    ml.jobs.download(submitted.name, download_path=folder / "best", all=True)
    trials = list(ml.jobs.list(parent_job_name=submitted.name))
    return {
        "name": found.name,
        "status": found.status,
        "best": found.properties["best_child_run_id"],
        "trials": {each.name: each.status for each in trials},
        "trial": ml.jobs.get(trials[0].name).type,
        "files": files_below(folder / "best"),
    }


def models(ml: Any, folder: Path) -> dict[str, Any]:
    """Register a folder as a model, and download it."""
    made = ml.models.create_or_update(Model(name="sdk-model", path=folder / "src"))
    ml.models.download("sdk-model", version=made.version, download_path=folder / "model")
    return {"version": made.version, "files": list(files_below(folder / "model"))}


STEPS = (
    *(
        datastores,
        data,
        environments,
        computes,
        endpoints,
        deployments,
        batch_scoring,
        command_job,
        inline_job,
        job_outputs,
        failing_job,
    ),
    *(sweep_job, models),
)


def main() -> None:
    """Run every step and write what it found."""
    script, folder, target = (Path(argument) for argument in sys.argv[1:])
    names: dict[str, Any] = {}
    exec(compile(script.read_text(encoding="utf-8"), script.name, "exec"), names)
    ml = names["ml"]
    found = {step.__name__: step(ml, folder) for step in STEPS}
    target.write_text(json.dumps(found, default=str), encoding="utf-8")


if __name__ == "__main__":
    main()
