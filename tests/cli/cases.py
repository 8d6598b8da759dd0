"""A case for each command, in an order in which they have something to work on.

To add one for a new command, add a `Case` to `CASES` below where what it needs exists. Names have
`{run}` in them, which is another text each time that all cases are run, so that they can share a
workspace.
"""

import json
import shlex
from pathlib import Path
from typing import Any, NamedTuple

_SCHEMAS = "https://azuremlschemas.azureedge.net/latest"


class Case(NamedTuple):
    """One call of a command.

    Attributes:
        line: the command line, without the program.
        has: what the output has, whole, at any width.
        status: the exit status.
        reads: whether it changes nothing, so that it is run in every output format.
        is_secret: whether secrets are what it prints.
    """

    line: str
    has: str = ""
    status: int = 0
    reads: bool = False
    is_secret: bool = False

    def arguments(self, run: str) -> list[str]:
        """Return the arguments, with names of their own for a run of all cases."""
        return shlex.split(self.line.replace("{run}", run))


def read(line: str, has: str = "", status: int = 0, *, is_secret: bool = False) -> Case:
    """Return a case of a command that changes nothing."""
    return Case(line, has, status, reads=True, is_secret=is_secret)


def changes(group: str, name: str) -> list[Case]:
    """Return cases of the commands that change a job or an asset."""
    later = "--api-version 2024-10-01"
    return [
        Case(f"{group} update {name} --set tags.stage=test", "updated"),
        Case(f"{group} archive {name} {later}", "archived"),
        Case(f"{group} restore {name} {later}", "restored"),
    ]


JOB, SWEEP = "a-command-job-with-a-rather-long-name-{run}", "a-sweep-with-a-long-name-{run}"
CLUSTER, INSTANCE = "cluster-{run}", "instance-{run}"
STORE = "a_datastore_with_a_rather_long_name_{run}"
ENVIRONMENT, DATA = "an-environment-with-a-long-name-{run}", "a-data-asset-with-a-long-name-{run}"
CODE, MODEL = "code-asset-with-a-long-name-{run}", "a-model-with-a-long-name-{run}"
ONLINE, BATCH = "online-{run}", "batch-{run}"
SCORED = "a-job-of-a-batch-endpoint-with-a-long-name-{run}"
JOBS = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers"
    "/Microsoft.MachineLearningServices/workspaces/local/jobs"
)
DEPLOYMENTS = ("online-deployment", "batch-deployment")
KINDS = (
    *("job", "compute", "datastore", "environment", "data", "code", "model"),
    *("online-endpoint", "batch-endpoint"),
)
STATE = "--state-dir state-{run}"

CASES = (
    # The workspace.
    read("config show", "local"),
    Case("config set workspace=local"),
    read("workspace list", "local"),
    read("workspace show", "local"),
    read("job list --limit 2", status=0),
    # Computes.
    Case(f"compute create {CLUSTER} --size STANDARD_DS3_V2 --max 4", CLUSTER),
    Case(f"compute create {INSTANCE} --file instance.yml", INSTANCE),
    read("compute list", CLUSTER),
    read(f"compute show {CLUSTER}", CLUSTER),
    Case(f"compute scale {CLUSTER} --min 1 --max 8", CLUSTER),
    read(f"compute nodes {CLUSTER}"),
    Case(f"compute stop {INSTANCE}", f"{INSTANCE} stopped"),
    Case(f"compute start {INSTANCE}", f"{INSTANCE} started"),
    Case(f"compute restart {INSTANCE}", INSTANCE),
    read("compute show nothing", "nothing", status=1),
    # Datastores.
    Case("datastore create store.yml", STORE),
    read("datastore list", STORE),
    read(f"datastore show {STORE}", STORE),
    read("datastore default", "workspaceblobstore"),
    read(f"datastore secrets {STORE}", "(hidden)"),
    read(f"datastore secrets {STORE} --show-secrets", "c2VjcmV0", is_secret=True),
    # Assets.
    Case(f"environment create {ENVIRONMENT} --image python:3.11 --version 1", ENVIRONMENT),
    read("environment list", ENVIRONMENT),
    *changes("environment", f"{ENVIRONMENT}:1"),
    read(f"environment list {ENVIRONMENT}", ENVIRONMENT),
    read(f"environment show {ENVIRONMENT}:1", ENVIRONMENT),
    Case(f"data create {DATA} table.csv", DATA),
    read("data list", DATA),
    *changes("data", f"{DATA}"),
    read(f"data list {DATA}", DATA),
    read(f"data show {DATA}", DATA),
    Case(f"code upload src --name {CODE}", CODE),
    read("code list", CODE),
    read(f"code show {CODE}", CODE),
    Case(f"model create {MODEL} model.txt --tag stage=test --type custom_model", MODEL),
    read("model list", MODEL),
    *changes("model", MODEL),
    read(f"model show {MODEL}", MODEL),
    # Jobs.
    read("job validate job.yml", "job.yml is valid"),
    read("job validate broken.yml", "broken.yml:1:31: comand: unknown key", status=1),
    Case(f"job submit job.yml --name {JOB} --wait", JOB),
    Case(f"job submit job.yml --name {JOB}", "already exists"),
    Case(f"job submit sweep.yml --name {SWEEP} --wait", SWEEP),
    Case("job submit failing.yml --name failing-{run} --stream", "what went wrong", status=3),
    Case("job submit long.yml --name long-{run} --no-wait", "long-{run}"),
    Case("job wait long-{run} --timeout 0.1", "long-{run}", status=4),
    Case("job stream long-{run} --timeout 0.1", "job stream long-{run}", status=4),
    Case("job cancel long-{run}", "long-{run}"),
    Case("job wait long-{run}", "long-{run}", status=3),
    Case("job cancel long-{run}", "is canceled already"),
    Case(f"job cancel {JOB}", f"job {JOB} is Completed", status=1),
    read("job list --limit 5", JOB),
    read("job list --status nothing-such", "unknown status"),
    read(f"job show {JOB}", JOB),
    read(f"job show {SWEEP} --best", SWEEP),
    read(f"job wait {JOB}", JOB),
    read(f"job stream {JOB}", "hello from the job"),
    read(f"job stream {SWEEP}", "best loss"),
    read(f"job logs {JOB}", "hello from the job"),
    read(f"job logs {SWEEP}", f"logs of the best trial, {SWEEP}_1:"),
    Case(f"job show {JOBS}/{JOB}", JOB),
    Case(f"job logs {JOBS}/{SWEEP} --trial 0 --list", "std_log.txt"),
    Case(f"job show {SWEEP} --trial 2", "has no trial 2; use 0 to 1", status=1),
    read(f"job metrics {SWEEP}", "loss"),
    read(f"job metrics {JOB}", "has logged no metrics"),
    Case(f"job metrics {SWEEP} --history los", "did you mean 'loss'?", status=1),
    Case("job metrics failing-{run} --best", "only sweep jobs have trials", status=1),
    Case("job plot failing-{run}", "has logged no metrics", status=1),
    read(f"job trials {SWEEP}", "loss"),
    Case(f"job plot {SWEEP} --to plot-{{run}}.svg", "plot-{run}.svg"),
    Case(f"job report {SWEEP} --to report-{{run}}.html", "report-{run}.html"),
    Case(f"job report {SWEEP} --best {JOB}", "only sweep jobs have trials", status=1),
    Case(f"job report {SWEEP} {JOB}", "comparison.html"),
    Case(f"job report {JOB} --to job.yml", "is not a report", status=1),
    *changes("job", JOB),
    Case(f"job report {SWEEP} --to report-{{run}}.html", "report-{run}.html"),
    Case(f"job download {JOB} --to job-{{run}}", "job-{run}"),
    Case(f"job delete {JOB} --yes", f"{JOB} deleted"),
    Case(f"job delete {JOB} --yes", "does not exist"),
    # Online endpoints.
    Case("online-endpoint create online.yml", ONLINE),
    Case(f"online-deployment create blue.yml --endpoint-name {ONLINE}", "blue"),
    read("online-endpoint list", ONLINE),
    read(f"online-endpoint show {ONLINE}", ONLINE),
    Case(f"online-endpoint traffic {ONLINE} blue=100", "blue=100"),
    read(f"online-endpoint invoke {ONLINE} --data 1", "scored"),
    read(f"online-endpoint keys {ONLINE}", "PRIMARY", is_secret=True),
    Case(f"online-endpoint regenerate-key {ONLINE} secondary --yes", "key replaced"),
    read(f"online-endpoint token {ONLINE}", status=1),
    read(f"online-deployment list {ONLINE}", "blue"),
    read(f"online-deployment show {ONLINE} blue", "blue"),
    Case(f"online-deployment scale {ONLINE} blue 2", "blue"),
    read(f"online-deployment logs {ONLINE} blue"),
    Case(f"online-endpoint traffic {ONLINE} blue=0", "blue=0"),
    Case(f"online-deployment delete {ONLINE} blue --yes", "blue deleted"),
    Case(f"online-endpoint delete {ONLINE} --yes", f"{ONLINE} deleted"),
    # Batch endpoints.
    Case("batch-endpoint create batch.yml", BATCH),
    Case(f"batch-deployment create red.yml --endpoint-name {BATCH}", "red"),
    read("batch-endpoint list", BATCH),
    read(f"batch-endpoint show {BATCH}", BATCH),
    Case(f"batch-endpoint traffic {BATCH} red=100", "red=100"),
    read(f"batch-endpoint keys {BATCH}", "PRIMARY", is_secret=True),
    read(f"batch-deployment list {BATCH}", "red"),
    read(f"batch-deployment show {BATCH} red", "red"),
    Case(f"batch-endpoint invoke {BATCH} --input table.csv --job-name {SCORED} --wait", SCORED),
    Case(f"batch-endpoint invoke {BATCH} --input nothing.csv", "no file or folder", status=1),
    read(f"batch-endpoint list-jobs {BATCH}", SCORED),
    Case(f"job download {SCORED} --output-name score --to {SCORED}", f"1 file of {SCORED}"),
    Case(f"batch-endpoint traffic {BATCH} red=0", "red=0"),
    Case(f"batch-deployment delete {BATCH} red --yes", "red deleted"),
    Case(f"batch-endpoint delete {BATCH} --yes", f"{BATCH} deleted"),
    # Any operation.
    read("api Jobs_List", SWEEP),
    Case("api Jobs_Get -p id=nothing", "nothing", status=1),
    # Taking away.
    Case(f"model delete {MODEL} --yes", f"{MODEL} deleted"),
    Case(f"code delete {CODE} --yes", f"{CODE} deleted"),
    Case(f"data delete {DATA}:1 --yes", "does not exist"),
    Case(f"environment delete {ENVIRONMENT} --yes", f"{ENVIRONMENT} deleted"),
    Case(f"datastore delete {STORE} --yes", f"{STORE} deleted"),
    Case(f"compute delete {CLUSTER} --yes", f"{CLUSTER} deleted"),
    *(Case(f"{each} delete nothing --yes", "nothing does not exist") for each in KINDS),
    *(Case(f"{each} delete nothing none --yes", "none does not exist") for each in DEPLOYMENTS),
    Case("compute delete nothing --yes -w elsewhere", "elsewhere", status=1),
    # Local workspaces.
    Case(f"local up --detach {STATE}", "state-{run}"),
    read(f"local status {STATE}", "state-{run}"),
    read(f"local env {STATE}", "AMLREST_TOKEN", is_secret=True),
    read(f"local environments {STATE}"),
    Case(f"local prune {STATE}", "deleted 0"),
    Case(f"local ui {STATE} --no-browser", "works once"),
    Case(f"local ui {STATE} --mlflow --port 1", status=1),
    Case(f"local down {STATE}", "stopped"),
    read(f"local status {STATE}", "no local workspace", status=1),
    # The workflow on Iris runs in test_quickstart.py.
    Case("quickstart --trials 0", "--trials", status=2),
)


def write_files(folder: Path, run: str) -> None:
    """Write the files that the cases name."""
    (folder / "src").mkdir(exist_ok=True)
    (folder / "src/hello.py").write_text("print('hello from the job')\n")
    (folder / "src/score.py").write_text(
        "def init():\n    pass\n\n\ndef run(data):\n    return 'scored'\n"
    )
    (folder / "src/batch.py").write_text(
        "def init():\n    pass\n\ndef run(mini_batch):\n    return mini_batch\n"
    )
    (folder / "table.csv").write_text("a,b\n1,2\n")
    (folder / "model.txt").write_text("weights\n")
    for name, content in _FILES.items():
        (folder / f"{name}.yml").write_text(json.dumps(content).replace("{run}", run))


_JOB: dict[str, Any] = {
    "type": "command",
    "code": "src",
    "command": "python hello.py",
    "environment": {"image": "python:3.11"},
    "compute": "azureml:cpu-cluster",
    "experiment_name": "every-command",
    "tags": {"kind": "a tag that is long enough to need some room"},
}
_METRIC = "import mlflow; mlflow.log_metric('loss', ${{search_space.depth}})"
_FILES: dict[str, dict[str, Any]] = {
    "job": _JOB,
    "failing": _JOB | {"command": "echo what went wrong >&2; exit 7"},
    "long": _JOB | {"command": "sleep 600"},
    "broken": {"type": "command", "comand": "true"},
    "sweep": {
        "type": "sweep",
        "trial": {"command": f'python -c "{_METRIC}"', "environment": _JOB["environment"]},
        "compute": _JOB["compute"],
        "sampling_algorithm": "grid",
        "search_space": {"depth": {"type": "choice", "values": [2, 1]}},
        "objective": {"goal": "minimize", "primary_metric": "loss"},
        "limits": {"max_total_trials": 2, "max_concurrent_trials": 2},
        "experiment_name": "every-command",
    },
    "instance": {"type": "computeinstance", "size": "STANDARD_DS3_V2", "name": INSTANCE},
    "store": {
        "$schema": f"{_SCHEMAS}/azureBlob.schema.json",
        "type": "azure_blob",
        "name": STORE,
        "account_name": "account",
        "container_name": "training",
        "credentials": {"account_key": "c2VjcmV0LWtleQ=="},
    },
    "online": {
        "$schema": f"{_SCHEMAS}/managedOnlineEndpoint.schema.json",
        "name": ONLINE,
        "auth_mode": "key",
    },
    "blue": {
        "$schema": f"{_SCHEMAS}/managedOnlineDeployment.schema.json",
        "name": "blue",
        "model": {"name": "weights", "path": "model.txt"},
        "code_configuration": {"code": "src", "scoring_script": "score.py"},
        "environment": {"name": "serving", "image": "python:3.11"},
        "instance_type": "Standard_F2s_v2",
        "instance_count": 1,
    },
    "batch": {"$schema": f"{_SCHEMAS}/batchEndpoint.schema.json", "name": BATCH},
    "red": {
        "$schema": f"{_SCHEMAS}/batchDeployment.schema.json",
        "name": "red",
        "model": {"name": "weights", "path": "model.txt"},
        "code_configuration": {"code": "src", "scoring_script": "batch.py"},
        "environment": {"name": "serving", "image": "python:3.11"},
        "compute": "azureml:cpu-cluster",
        "mini_batch_size": 10,
    },
}
