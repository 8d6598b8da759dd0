"""The workflow with the SDK that AutoRest makes of 2021's documents; runs where azure-core is.

Arguments: the folder of the sources, and a file for what was found, as JSON. The variables of
``amlrest local env`` say where the workspace is.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from azure.core.exceptions import ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.storage.blob import BlobServiceClient
from mlservices_2021 import AzureMachineLearningWorkspaces
from mlservices_2021 import models as m

GROUP, WORKSPACE = os.environ["AZURE_RESOURCE_GROUP"], os.environ["AZUREML_WORKSPACE_NAME"]
SUBSCRIPTION = os.environ["AZURE_SUBSCRIPTION_ID"]
HERE = {"resource_group_name": GROUP, "workspace_name": WORKSPACE}
ENDED = {"Completed", "Failed", "Canceled"}


class Workflow:
    """The documented steps, each with the results of those before it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client: Any = AzureMachineLearningWorkspaces(
            DefaultAzureCredential(),
            SUBSCRIPTION,
            base_url=os.environ["ARM_CLOUD_METADATA_URL"].partition("/metadata")[0],
        )
        self.id = self.client.workspaces.get(GROUP, WORKSPACE).id

    def computes(self) -> list[str]:
        """Make a cluster by a long-running operation, and list all."""
        scale = m.ScaleSettings(max_node_count=1, min_node_count=0)
        properties = m.AmlComputeProperties(vm_size="STANDARD_D1", scale_settings=scale)
        resource = m.ComputeResource(
            location="local", properties=m.AmlCompute(properties=properties)
        )
        operations = self.client.compute
        made = operations.begin_create_or_update(
            **HERE, compute_name="made-2021", parameters=resource
        ).result()
        assert made.properties.provisioning_state == "Succeeded"
        names = [compute.name for compute in operations.list(**HERE)]
        operations.begin_delete(
            **HERE, compute_name="made-2021", underlying_resource_action="Delete"
        ).result()
        return names

    def upload(self) -> str:
        """Upload the sources to the default datastore; return its name."""
        [store] = self.client.datastores.list(**HERE, is_default=True)
        contents = store.properties.contents
        secrets = self.client.datastores.list_secrets(**HERE, name=store.name)
        service = BlobServiceClient(
            f"{contents.protocol}://{contents.endpoint}/{contents.account_name}",
            credential={"account_name": contents.account_name, "account_key": secrets.key},
        )
        container = service.get_container_client(contents.container_name)
        for path in (self.folder / "src").iterdir():
            container.upload_blob(f"by-sdk/src/{path.name}", path.read_bytes())
        container.upload_blob("by-sdk/table.csv", b"1,2\n")
        self.store_id = store.id
        return str(store.name)

    def register(self) -> list[str]:
        """Register environment, data and code."""
        image = m.DockerImage(docker_image_uri="mcr.microsoft.com/azureml/openmpi")
        environment = m.EnvironmentSpecificationVersion(
            docker=image, conda_file='{"dependencies": ["python=3.11"]}', tags={"by": "sdk"}
        )
        data = m.DataVersion(
            dataset_type="Simple", datastore_id=self.store_id, path="by-sdk/table.csv"
        )
        code = m.CodeVersion(datastore_id=self.store_id, path="by-sdk/src")
        asset = {**HERE, "name": "by-sdk", "version": "1"}
        made = [
            self.client.environment_specification_versions.create_or_update(
                **asset, body=m.EnvironmentSpecificationVersionResource(properties=environment)
            ),
            self.client.data_versions.create_or_update(
                **asset, body=m.DataVersionResource(properties=data)
            ),
            self.client.code_versions.create_or_update(
                **asset, body=m.CodeVersionResource(properties=code)
            ),
        ]
        self.environment_id, self.data_id, self.code_id = (each.id for each in made)
        read = self.client.environment_specification_versions.get(**asset).properties
        assert json.loads(read.conda_file) == {"dependencies": ["python=3.11"]}
        return [each.type.rpartition("workspaces/")[2] for each in made]

    def command(self) -> dict[str, Any]:
        """Run a command job."""
        job = m.CommandJob(
            **self._task("python main.py $AZURE_ML_INPUT_table"),
            compute=self._compute(),
            experiment_name="by-sdk",
            timeout=None,
        )
        return self._run("command-2021", job)

    def sweep(self) -> dict[str, Any]:
        """Run a sweep of two trials."""
        job = m.SweepJob(
            algorithm="Grid",
            compute=self._compute(),
            objective=m.Objective(goal="Minimize", primary_metric="loss"),
            search_space={"rate": ["choice", [[0.5, 0.25]]]},
            trial=m.TrialComponent(
                **self._task("python main.py $AZURE_ML_INPUT_table {search_space.rate}")
            ),
            max_concurrent_trials=2,
            experiment_name="by-sdk",
        )
        return self._run("sweep-2021", job)

    def cancel(self) -> str:
        """Cancel a job that would not end."""
        job = m.CommandJob(command="sleep 600", compute=self._compute())
        body = m.JobBaseResource(properties=job)
        self.client.jobs.create_or_update(**HERE, id="endless-2021", body=body)
        self.client.jobs.cancel(**HERE, id="endless-2021")
        return str(self._ended("endless-2021").status)

    def manage(self) -> dict[str, Any]:
        """List jobs, delete one by a long-running operation, and ask for it."""
        names = [job.name for job in self.client.jobs.list(**HERE, job_type="Command")]
        self.client.jobs.begin_delete(**HERE, id="endless-2021").result()
        try:
            self.client.jobs.get(**HERE, id="endless-2021")
        except ResourceNotFoundError as error:
            return {"names": names, "status": error.status_code}
        return {"names": names, "status": 200}

    def _task(self, command: str) -> dict[str, Any]:
        return {
            "command": command,
            "code_id": self.code_id,
            "environment_id": self.environment_id,
            "input_data_bindings": {"table": m.InputDataBinding(data_id=self.data_id)},
        }

    def _compute(self) -> Any:
        return m.ComputeConfiguration(target=f"{self.id}/computes/cpu-cluster", instance_count=1)

    def _run(self, name: str, job: Any) -> dict[str, Any]:
        body = m.JobBaseResource(properties=job)
        self.client.jobs.create_or_update(**HERE, id=name, body=body)
        ended = self._ended(name)
        assert ended.job_type == job.job_type
        return {"status": ended.status, "properties": ended.properties}

    def _ended(self, name: str) -> Any:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            found = self.client.jobs.get(**HERE, id=name).properties
            if found.status in ENDED:
                return found
            time.sleep(0.2)
        raise TimeoutError(f"{name} is {found.status}")


STEPS = ("computes", "upload", "register", "command", "sweep", "cancel", "manage")


def main() -> None:
    """Run every step and write what it found."""
    folder, target = (Path(argument) for argument in sys.argv[1:])
    workflow = Workflow(folder)
    found = {step: getattr(workflow, step)() for step in STEPS}
    target.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
