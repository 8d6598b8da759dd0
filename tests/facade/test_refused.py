"""What cannot be right is refused before the first request, by the name of what is wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from amlrest import (
    Code,
    CommandJob,
    DataAsset,
    Environment,
    Input,
    SweepJob,
    Trial,
    minimize,
    uniform,
)
from amlrest.errors import ValidationError

from tests.facade.both_faces import opened
from tests.facade.faces import FACES
from tests.facade.scripted import Server, serving


@pytest.fixture(params=FACES)
def silent(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A workspace of either face at a server that must not be asked."""
    with serving() as server:
        where: Any = SimpleNamespace(
            subscription_id="s", resource_group="g", workspace_name="w", token="t", endpoint=""
        )
        where.endpoint = server.url
        with opened(request.param, where) as workspace:
            yield workspace
        assert unasked(server)


def unasked(server: Server) -> bool:
    return server.asked == []


RUN: dict[str, Any] = {"command": "true", "environment": Environment(image="i"), "code": "."}
SWEEP: dict[str, Any] = {
    "trial": Trial(**RUN),
    "compute": "c1",
    "search_space": {"x": uniform(0, 1)},
    "objective": minimize("loss"),
}
JOBS: list[tuple[Callable[[], Any], str]] = [
    (lambda: "job.yml", "str cannot be submitted"),
    (lambda: CommandJob(compute="c1", **RUN, tags=["a"]), "CommandJob.tags"),  # type: ignore[arg-type]
    (lambda: CommandJob(compute="c1", **RUN, timeout="soon"), "CommandJob.timeout"),
    (lambda: CommandJob(compute="c1", **RUN, timeout=float("inf")), "CommandJob.timeout"),
    (lambda: CommandJob(compute="c1", **RUN, distribution="mpi"), "CommandJob.distribution"),  # type: ignore[arg-type]
    (lambda: CommandJob(compute="c1", **RUN, inputs={"a": Input(".", "mnt")}), r"\['a'\].mode"),
    (lambda: CommandJob(compute="c1", **RUN, outputs={"a": 5}), r"\['a'\].datastore"),
    (lambda: SweepJob(**SWEEP | {"algorithm": None}), "algorithm is missing"),
    (lambda: SweepJob(**SWEEP | {"algorithm": "hyperband"}), "SweepJob.algorithm"),
    (lambda: SweepJob(**SWEEP | {"trial": RUN}), "SweepJob.trial is dict"),
    (lambda: SweepJob(**SWEEP | {"search_space": [1]}), "search_space is list"),
    (lambda: SweepJob(**SWEEP | {"search_space": {"x": 5}}), r"search_space\['x'\]: 5"),
    (lambda: SweepJob(**SWEEP | {"trial": Trial(**RUN, timeout="soon")}), "trial.timeout"),
]


@pytest.mark.parametrize(("job", "message"), JOBS, ids=[message for _, message in JOBS])
def test_a_job_with_a_value_that_cannot_be_sent(
    silent: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: Any, message: str
) -> None:
    (tmp_path / "main.py").write_text("pass", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValidationError, match=message):
        silent.jobs.submit(job())


@pytest.mark.parametrize("minutes", [0.5, 1.5, 43201])
def test_a_sweep_lasts_whole_minutes_and_thirty_days_at_most(silent: Any, minutes: float) -> None:
    with pytest.raises(ValidationError, match=r"SweepJob.timeout: .*; use whole minutes, 1 to"):
        silent.jobs.submit(SweepJob(**SWEEP, timeout=minutes * 60))


def test_an_asset_with_a_value_that_cannot_be_sent(silent: Any, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a", encoding="utf-8")
    data = DataAsset("d", tmp_path / "table.csv", type="table")
    with pytest.raises(ValidationError, match=r"DataAsset.type: 'table'"):
        silent.data.create(data)
    with pytest.raises(ValidationError, match=r"Code.tags"):
        silent.codes.create(Code("c", tmp_path, tags="a"))  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match=r"Environment.os_type: 'beos'"):
        silent.environments.create(Environment("e", "i", os_type="beos"))


@pytest.mark.parametrize("noun", ["environments", "data", "codes", "models"])
def test_what_is_no_asset_of_that_kind(silent: Any, noun: str) -> None:
    for given in ("name", None, SimpleNamespace(path="x")):
        with pytest.raises(ValidationError, match=r"cannot be created here; use \w+\(…\)"):
            getattr(silent, noun).create(given)
