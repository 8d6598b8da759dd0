"""The whole workflow under random faults, on both faces: one job, all files, nothing twice."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from amlrest._http.retry import RetryPolicy
from amlrest.errors import AmlrestError

from tests.facade.both_faces import opened
from tests.facade.faces import FACES
from tests.faults import schedules, state
from tests.faults.reader import Reader
from tests.faults.schedules import Schedule
from tests.faults.tally import Tally, counted
from tests.faults.workflow import prepare, run

if TYPE_CHECKING:
    from amlrest_emulator import LocalWorkspace

PATIENT = RetryPolicy(attempts=8, total=60, base=0.002, longest=0.02)
HASTY = PATIENT._replace(attempts=3)
SOON = 1.0


class Trials:
    """Runs the workflow on one face, one schedule after the other."""

    def __init__(self, face: str, local: "LocalWorkspace", reader: Reader, folder: Path) -> None:
        self.face, self.local, self.reader, self.folder = face, local, reader, folder
        self.tally = Tally({})
        for at_once in (True, False):
            schedule = Schedule(f"{face}-plain-{at_once}", [], at_once, named=True)
            self.patient(schedule)
            self.tally.plain[at_once] = counted(self.log)

    def patient(self, schedule: Schedule) -> None:
        """Faults that pass are no event."""
        site = prepare(self.folder / schedule.name, schedule.name)
        self._disturb(schedule)
        with opened(self.face, self.local, retry=PATIENT) as ws:
            job = run(ws, site, schedule)
        self._settle()
        assert job.status == "Completed"
        state.check_complete(self.reader, site)
        state.check_order(self.reader, site, self.log)

    def hasty(self, schedule: Schedule) -> None:
        """Faults that go on may end it; running the same script again completes it."""
        site = prepare(self.folder / schedule.name, schedule.name)
        self._disturb(schedule)
        try:
            with opened(self.face, self.local, retry=HASTY) as ws:
                run(ws, site, schedule, timeout=SOON)
        except AmlrestError:
            self.tally.gave_up += 1
        self._settle()
        state.check_at_most_once(self.reader, site)
        state.check_files(self.reader, site)
        state.check_order(self.reader, site, self.log)
        with opened(self.face, self.local, retry=PATIENT) as ws:
            run(ws, site, schedule)
        state.check_complete(self.reader, site)

    def _disturb(self, schedule: Schedule) -> None:
        self.reader.forget_requests()
        self.reader.disturb(schedule.rules)

    def _settle(self) -> None:
        self.rules, self.log = self.reader.rules(), self.reader.requests()
        self.reader.disturb([])


@pytest.mark.timeout(200 + 3 * schedules.SCHEDULES)
@pytest.mark.parametrize("face", FACES)
def test_the_workflow_under_random_faults(
    face: str,
    disturbed: "LocalWorkspace",
    reader: Reader,
    tmp_path: Path,
    record_property: Any,
) -> None:
    trials = Trials(face, disturbed, reader, tmp_path)
    jobs, blobs = len(list(reader.all("jobs"))), len(reader.all_blobs())
    tried = [schedules.draw(face, seed) for seed in range(schedules.SCHEDULES)]
    for schedule in tried:
        trials.patient(schedule)
        trials.tally.add(schedule.at_once, trials.log, trials.rules)
    lasting = [schedules.draw_lasting(face, seed) for seed in range(schedules.SCHEDULES // 4)]
    for schedule in lasting:
        trials.hasty(schedule)
        trials.tally.add(schedule.at_once, trials.log, trials.rules)
    for line in trials.tally.told(face):
        record_property("counts", line)
    assert len(list(reader.all("jobs"))) == jobs + len(tried) + len(lasting)
    assert len(reader.all_blobs()) == blobs + 4 * (len(tried) + len(lasting))
    assert trials.tally.fired.total() > len(tried)
