"""YAML of today's az ml: recognised by content, read, written, and all problems at once.

What is sent for such files is compared with the official SDK in test_jobfile_oracle.py.
"""

import re
from pathlib import Path
from typing import Any

import amlrest
import pytest
import yaml
from amlrest import CommandJob, Input, ManagedOnlineDeployment, Output, SweepJob, jobfile
from amlrest._wire import Scope, from_wire, request_body
from amlrest.dialects import dialect_for
from amlrest.errors import ValidationError

from tests import official
from tests.facade import yaml_examples

HERE = Path(__file__).parent
OWN = sorted((HERE / "yaml_v2").glob("*.yml"))
WORKSPACE = (
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
NEWER = Scope(WORKSPACE, dialect_for("2024-10-01"))
JOB = """\
type: command
command: echo ${{inputs.a}}
environment: azureml:e:1
compute: azureml:c1
inputs: {a: 1}
"""


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_what_is_written_is_read_again(path: Path) -> None:
    reading = jobfile.open_file(path)
    assert reading.dialect == "v2"
    text = jobfile.dumps(reading.value, "v2")
    given, written = yaml.safe_load(path.read_text()), yaml.safe_load(text)
    assert written["$schema"] == given["$schema"]
    if "credentials" not in given:  # secrets are not written
        assert jobfile.loads(text) == reading.value


def test_the_official_examples_are_read_and_written_again(tmp_path: Path) -> None:
    root = yaml_examples.copy_to(tmp_path)
    for name in yaml_examples.names():
        reading = jobfile.open_file(root / name)
        text = jobfile.dumps(reading.value, "v2")
        if not re.search("sas_token|password", (root / name).read_text()):
            assert jobfile.loads(text) == reading.value, name


def test_kinds_that_amlrest_does_not_have_are_named() -> None:
    root = official.need(official.YAML_EXAMPLES_V2) / "cli"
    for name, what in (
        ("assets/component/train.yml", "a component"),
        ("assets/data/snowflake-import-managed.yml", "a data import"),
        ("endpoints/online/deploy-with-packages/mlflow-model/package.yml", "a model package"),
    ):
        with pytest.raises(ValidationError, match=f"describes {what}, which amlrest does not run"):
            jobfile.load(root / name)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("type: pipeline\njobs: {a: {type: command}}\n", "a pipeline job"),
        ("jobs: {a: {type: command}}\n", "a pipeline job"),
        ("type: automl\ntask: regression\n", "an AutoML job"),
        ("type: spark\nentry: {file: a.py}\n", "a Spark job"),
        ("type: parallel\n", "a parallel job"),
        ("type: fine_tuning\n", "a fine-tuning job"),
        ("$schema: https://x/latest/schedule.schema.json\nname: s\n", "a schedule"),
        ("$schema: https://x/latest/featureSet.schema.json\nname: s\n", "a feature set"),
    ],
)
def test_other_kinds_of_jobs_are_named(text: str, what: str) -> None:
    with pytest.raises(ValidationError, match=f"describes {what}, which amlrest does not run"):
        jobfile.loads(text)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (JOB, "v2"),
        (JOB.replace("type: command\n", ""), "v2"),
        ("command: x\nenvironment: azureml:e:1\ncompute: {target: azureml:c}\n", "2021"),
        ("type: command_job\ncommand: x\nenvironment: e\ncompute: {target: c}\n", "2021"),
        ("name: e\ndocker: {image: i}\n", "2021"),
        ("name: e\nimage: i\n", "v2"),
        ("type: azure_blob\naccount_name: a\ncontainer_name: c\ncredential: none\n", "2021"),
        ("type: azure_blob\naccount_name: a\ncontainer_name: c\n", "v2"),
    ],
)
def test_the_dialect_is_told_by_the_content(text: str, dialect: str, tmp_path: Path) -> None:
    for schema in ("", "$schema: https://azuremlschemas.azureedge.net/latest/x.schema.json\n"):
        (tmp_path / "file.yml").write_text(schema + text)
        assert jobfile.open_file(tmp_path / "file.yml").dialect == dialect


def test_a_schema_of_another_kind_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "deployment.yml").write_text(
        "$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\n"
        "name: first\nmodel: {name: m, version: 1, local_path: model.txt}\n"
        "environment: {name: e, docker: {image: i}}\ninstance_type: Standard_F2s_v2\n"
        "scale_settings: {scale_type: manual, instance_count: 1}\n"
    )
    found = jobfile.load(tmp_path / "deployment.yml", "managedOnlineDeployment")
    assert isinstance(found, ManagedOnlineDeployment)
    assert found.model.path == tmp_path / "model.txt"


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    text = """\
type: command
comand: x
environment: {imge: ubuntu}
limits:
  timeout: soon
inputs:
  a: {type: uri_fil, path: x}
  b: {type: uri_file}
outputs: {m: {mode: mnt}}
tags: {x: 1, x: 2}
"""
    with pytest.raises(jobfile.FileError) as caught:
        jobfile.loads(text)
    lines = str(caught.value).splitlines()
    assert [re.sub("; .*", "", line.removeprefix("<text>:")) for line in lines] == [
        "1:1: command is missing",
        "2:9: comand: unknown key",
        "3:21: environment.imge: unknown key",
        "5:12: limits.timeout: 'soon' is not a number",
        "7:13: inputs.a.type: 'uri_fil' is not known",
        "8:6: inputs.b: path is missing",
        "9:21: outputs.m.mode: 'mnt' is not known",
        "10:14: tags.x: duplicate key",
    ]
    assert [(each.line, each.column, each.key) for each in caught.value.problems][1] == (
        2,
        9,
        "comand",
    )


@pytest.mark.parametrize("dialect", ["v2", "2021"])
def test_a_datastore_is_written_with_the_key_of_its_secret(dialect: str) -> None:
    keys = {"v2": ("credentials", "account_key"), "2021": ("credential", "access_key")}
    outer, inner = keys[dialect]
    store = amlrest.AzureBlobDatastore(
        "d",
        account_name="a",
        container_name="c",
        credentials=amlrest.AccountKey("hidden"),
        is_default=False,
    )
    text = jobfile.dumps(store, dialect)
    assert f"{outer}:\n  {inner}: null\n" in text
    with pytest.raises(jobfile.FileError, match=f"{outer}: {inner} is missing"):
        jobfile.loads(text)
    again = jobfile.loads(text.replace("null", "filled-in"))
    assert again.credentials == amlrest.AccountKey("filled-in")
    assert ("is_default" in text) == (dialect == "2021")


def test_an_error_about_a_job_is_located_in_its_file(tmp_path: Path) -> None:
    (tmp_path / "job.yml").write_text(JOB.replace("{a: 1}", "{a: {path: missing.csv}}"))
    reading = jobfile.open_file(tmp_path / "job.yml")
    for message, place in (
        ("CommandJob.command: {inputs.x} is used", "2:10: command: {inputs.x} is used"),
        ("CommandJob.inputs['a'].data: no", "5:13: inputs.a: no"),
        (
            f"data: there is no file or folder {str(tmp_path / 'missing.csv')!r} here",
            "5:20: inputs.a.path: there is no file or folder",
        ),
    ):
        found = str(reading.locate(ValidationError(message)))
        assert found.startswith(f"{tmp_path / 'job.yml'}:{place}"), found
    other = ValidationError("the workspace has no such thing")
    assert reading.locate(other) is other


def test_local_paths_are_relative_to_the_file_and_references_are_not_paths(tmp_path: Path) -> None:
    (tmp_path / "job.yml").write_text(
        JOB.replace("inputs: {a: 1}", "code: src") + "inputs:\n"
        "  a: {type: uri_file, path: ./a.csv}\n"
        "  b: {path: azureml:b@latest}\n"
        "  c: {type: uri_folder, path: azureml://datastores/d/paths/c}\n"
        "  d: 0.5\n"
        "outputs:\n"
        "  m: {path: azureml://datastores/d/paths/m, mode: rw_mount}\n"
        "  n:\n"
    )
    job = jobfile.load(tmp_path / "job.yml")
    assert isinstance(job, CommandJob)
    assert job.code == tmp_path / "src"
    assert job.inputs == {
        "a": Input(tmp_path / "a.csv", type="uri_file"),
        "b": Input("azureml:b@latest"),
        "c": Input("azureml://datastores/d/paths/c", type="uri_folder"),
        "d": Input(value=0.5),
    }
    assert job.outputs == {
        "m": Output("d", "m", "mount", type="uri_folder"),
        "n": Output(type="uri_folder"),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (JOB + "identity: {type: me}\n", "aml_token, managed, managed_identity, user_identity"),
        (JOB + "distribution: {type: ray}\n", "mpi, pytorch, tensorflow"),
        (JOB + "services: {a: {type: vim}}\n", "jupyter_lab, ssh, tensor_board, vs_code"),
        (
            """\
name: d
endpoint_name: e
instance_type: x
instance_count: 2
scale_settings: {type: target_utilization, max_instances: 3}
""",
            "the number of instances follows the load here; use min_instances",
        ),
        (
            "name: c\ntype: amlcompute\nnetwork_settings: {vnet_name: v, subnet: n}\n",
            "network_settings.vnet_name: give the ARM id of the subnet",
        ),
        (
            """\
type: sweep
trial: {command: x, environment: e, inputs: {a: 1}}
compute: c
search_space: {a: {type: choice, values: [1]}}
objective: {goal: minimize, primary_metric: m}
""",
            "trial.inputs: unknown key; write inputs beside trial",
        ),
    ],
)
def test_errors_say_what_to_do(text: str, message: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(message)):
        jobfile.loads(text)


def test_a_trial_with_problems_does_not_hide_others() -> None:
    text = """\
type: sweep
trial: {comand: x, environment: "azureml:e:1", inputs: {a: 1}, resources: {instance_cont: 2}}
compute: c
search_space: {a: {type: choise, values: [1]}}
objective: {goal: minimise, primary_metric: m}
"""
    with pytest.raises(jobfile.FileError) as caught:
        jobfile.loads(text)
    assert [each.key for each in caught.value.problems] == [
        "trial",
        "trial.comand",
        "trial.inputs",
        "trial.resources.instance_cont",
        "search_space.a.type",
        "objective.goal",
    ]


def test_a_job_of_the_service_is_written_in_either_dialect() -> None:
    """The same JSON is what the written file is sent as."""
    body = request_body(jobfile.load(HERE / "yaml_v2" / "sweep-full.yml"), NEWER)
    body["name"] = "sweep-1"
    body["id"] = f"{WORKSPACE}/jobs/sweep-1"
    body["properties"]["services"] = {"Studio": {"jobServiceType": "Studio", "endpoint": "u"}}
    found = from_wire(SweepJob, body, NEWER.dialect)
    written: dict[str, Any] = yaml.safe_load(jobfile.dumps(found, "v2"))
    assert written["compute"] == f"azureml:{WORKSPACE}/computes/cpu-cluster"
    assert written["limits"]["trial_timeout"] == 600
    assert "services" not in written
    again = request_body(jobfile.loads(jobfile.dumps(found, "v2")), NEWER)
    del body["properties"]["services"]
    assert again["properties"] == body["properties"]
    older = jobfile.loads(jobfile.dumps(found, "2021"))
    assert (
        older.trial.command
        == "python main.py {inputs.n} {search_space.a} {search_space.lr} " + ("{search_space.i}")
    )
    assert (older.max_total_trials, older.seed) == (8, 31)


def test_a_dialect_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="unknown dialect '2022'; use one of v2, 2021"):
        jobfile.dumps(amlrest.Environment(image="i"), "2022")
    store = amlrest.GlusterFsDatastore(name="g", server_address="a", volume_name="v")
    with pytest.raises(ValidationError, match="GlusterFsDatastore has no YAML form"):
        jobfile.dumps(store, "v2")
