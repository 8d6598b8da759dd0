"""The whole workflow under random faults, sync and async: one job, all files, no duplicates."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest._http.retry import RetryPolicy
from amlrest.errors import AmlrestError

from tests.facade.blocking_workspace import open_workspace
from tests.facade.core_runner import APIS
from tests.faults import fault_schedules, workspace_checks
from tests.faults.fault_counts import FaultCounts, counted
from tests.faults.fault_schedules import Schedule
from tests.faults.training_workflow import prepare, run
from tests.inspector import Inspector

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

pytestmark = pytest.mark.slow

MANY_RETRIES = RetryPolicy(attempts=8, total=60, base=0.002, longest=0.02)
FEW_RETRIES = MANY_RETRIES._replace(attempts=3)
SHORT_WAIT = 1.0


class WorkflowRunner:
    """Runs the workflow with one API, one schedule after the other."""

    def __init__(
        self, api: str, local: "LocalWorkspace", inspector: Inspector, folder: Path
    ) -> None:
        self.api, self.local, self.inspector, self.folder = api, local, inspector, folder
        self.counts = FaultCounts({})
        for single_call in (True, False):
            schedule = Schedule(f"{api}-plain-{single_call}", [], single_call, named=True)
            self.run_transient(schedule)
            self.counts.plain[single_call] = counted(self.log)

    def run_transient(self, schedule: Schedule) -> None:
        """Run with transient faults: the workflow succeeds."""
        files = prepare(self.folder / schedule.name, schedule.name)
        self._inject(schedule)
        with open_workspace(self.api, self.local, retry=MANY_RETRIES) as ws:
            job = run(ws, files, schedule)
        self._collect()
        assert job.status == "Completed"
        workspace_checks.assert_complete(self.inspector, files)
        workspace_checks.assert_uploaded_before_registered(self.inspector, files, self.log)

    def run_persistent(self, schedule: Schedule) -> None:
        """Run with persistent faults: the workflow may fail, and a second run completes it."""
        files = prepare(self.folder / schedule.name, schedule.name)
        self._inject(schedule)
        try:
            with open_workspace(self.api, self.local, retry=FEW_RETRIES) as ws:
                run(ws, files, schedule, timeout=SHORT_WAIT)
        except AmlrestError:
            self.counts.gave_up += 1
        self._collect()
        workspace_checks.assert_no_duplicates(self.inspector, files)
        workspace_checks.assert_files_match(self.inspector, files)
        workspace_checks.assert_uploaded_before_registered(self.inspector, files, self.log)
        with open_workspace(self.api, self.local, retry=MANY_RETRIES) as ws:
            run(ws, files, schedule)
        workspace_checks.assert_complete(self.inspector, files)

    def _inject(self, schedule: Schedule) -> None:
        self.inspector.clear_requests()
        self.inspector.set_faults(schedule.rules)

    def _collect(self) -> None:
        self.rules, self.log = self.inspector.rules(), self.inspector.requests()
        self.inspector.set_faults([])


@pytest.mark.timeout(200 + 3 * fault_schedules.SCHEDULE_COUNT)
@pytest.mark.parametrize("api", APIS)
def test_the_workflow_under_random_faults(
    api: str,
    faulty_workspace: "LocalWorkspace",
    inspector: Inspector,
    tmp_path: Path,
    record_property: Any,
) -> None:
    runner = WorkflowRunner(api, faulty_workspace, inspector, tmp_path)
    jobs, blobs = len(list(inspector.all("jobs"))), len(inspector.blob_names())
    transient = [fault_schedules.draw(api, seed) for seed in range(fault_schedules.SCHEDULE_COUNT)]
    for schedule in transient:
        runner.run_transient(schedule)
        runner.counts.add(schedule.single_call, runner.log, runner.rules)
    persistent = [
        fault_schedules.draw_persistent(api, seed)
        for seed in range(fault_schedules.SCHEDULE_COUNT // 4)
    ]
    for schedule in persistent:
        runner.run_persistent(schedule)
        runner.counts.add(schedule.single_call, runner.log, runner.rules)
    for line in runner.counts.report_lines(api):
        record_property("counts", line)
    assert len(list(inspector.all("jobs"))) == jobs + len(transient) + len(persistent)
    assert len(inspector.blob_names()) == blobs + 4 * (len(transient) + len(persistent))
    assert runner.counts.faults.total() > len(transient)
