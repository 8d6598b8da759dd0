"""Training workflow under test: environment, data, code and a job, from unique files."""

from pathlib import Path
from typing import Any, NamedTuple

from amlrest import Code, CommandJob, DataAsset, Environment, Input

from tests.faults.fault_schedules import Schedule

RUN = """\
set -e
test "$(cat "$1")" = "{name}"
test "$(cat in/a/module.txt)" = "module of {name}"
echo done >> "{effects}"
mkdir -p outputs
echo "{name}" > outputs/model.txt
"""


class WorkflowFiles(NamedTuple):
    """The files of one run of the workflow.

    Attributes:
        name: part of the names of everything the run creates.
        table: data file.
        source: code folder.
        effects: file to which each run of the job adds a line.
    """

    name: str
    table: Path
    source: Path
    effects: Path

    @property
    def code(self) -> dict[str, bytes]:
        """Relative names and contents of the files in the code folder."""
        files = [path for path in self.source.rglob("*") if path.is_file()]
        return {path.relative_to(self.source).as_posix(): path.read_bytes() for path in files}


def prepare(folder: Path, name: str) -> WorkflowFiles:
    """Write the files of one run, with content that no other run has."""
    source = folder / "src"
    (source / "in/a").mkdir(parents=True)
    files = WorkflowFiles(name, folder / "table.csv", source, folder / "effects")
    files.table.write_text(name)
    (source / "run.sh").write_text(RUN.format(name=name, effects=files.effects))
    (source / "in/a/module.txt").write_text(f"module of {name}")
    (source / "notes Ü (1).txt").write_text(f"notes of {name}")
    return files


def job_of(files: WorkflowFiles, job_name: str | None) -> CommandJob:
    """Return the job and its assets, none of them created yet."""
    return CommandJob(
        name=job_name,
        command="sh run.sh {inputs.table}",
        compute="cpu-cluster",
        environment=Environment(name=f"env-{files.name}", image=f"registry.test/{files.name}"),
        code=Code(name=f"code-{files.name}", path=files.source),
        inputs={"table": Input(DataAsset(name=f"data-{files.name}", path=files.table))},
        tags={"schedule": files.name},
    )


def run(ws: Any, files: WorkflowFiles, schedule: Schedule, timeout: float = 60) -> Any:
    """Create assets, submit the job and wait; return the finished job."""
    job = job_of(files, f"job-{files.name}" if schedule.named else None)
    if not schedule.single_call:
        assert job.inputs is not None
        job.environment = ws.environments.create(job.environment)
        job.inputs["table"].data = ws.data.create(job.inputs["table"].data)
        job.code = ws.codes.create(job.code)
    made = ws.jobs.submit(job)
    return ws.jobs.wait(made, timeout=timeout, poll_interval=0.02)
