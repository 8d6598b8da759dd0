"""Functions on resources that need no service: durations, logs, trials, versions."""

import math
import pkgutil
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import amlrest.resources
import attrs
import pytest
from amlrest import Environment, TrialRun, _durations, maximize, minimize
from amlrest.errors import ValidationError
from amlrest.resources import content_version, trials
from amlrest.resources.logs import Follower, main_log, tail, to_follow, without_copies
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT120M", 7200),
        ("PT2H", 7200),
        ("P1D", 86400),
        ("P1DT1H1M1.5S", 90061.5),
        ("P1W", 604800),
    ],
)
def test_iso_durations_are_understood(text: str, seconds: float) -> None:
    assert _durations.parse(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "P", "PT", "P1Y", "1H", "PT1M ", "-PT1M", "string"])
def test_text_without_a_fixed_duration_is_refused(text: str) -> None:
    assert _durations.parse(text) is None
    with pytest.raises(ValidationError, match="where: "):
        _durations.to_iso(text, "where")


@pytest.mark.parametrize(
    "span", [math.nan, math.inf, 1e300, "P99999999999W", "PT" + "9" * 400 + "S"]
)
def test_a_duration_out_of_range_is_kept_and_not_sent(span: float | str) -> None:
    assert _durations.normalise(span) is span
    with pytest.raises(ValidationError, match=r"where: .* is not a duration"):
        _durations.to_iso(span, "where")


@given(st.integers(1, 10**8))
def test_whole_seconds_round_trip(seconds: int) -> None:
    assert _durations.parse(_durations.to_iso(seconds, "x")) == timedelta(seconds=seconds)


@given(st.text(st.characters(exclude_characters="\n\r", codec="utf-8")), st.data())
def test_a_followed_log_returns_every_line_once_for_any_chunks(
    line: str, data: st.DataObject
) -> None:
    lines = [line, "second", "", line]
    content = "\n".join(lines).encode()
    follower, found = Follower(), []
    while follower.offset < len(content):
        size = data.draw(st.integers(1, len(content)))
        found += follower.feed(content[follower.offset : follower.offset + size])
    assert found + follower.finish() == (lines if line else lines[:-1])


TEXT = st.lists(st.sampled_from(["a", "b", "\n", "\r", "\r\n"]), max_size=12).map("".join)


@given(TEXT, st.lists(st.integers(1, 4), max_size=12))
def test_a_followed_log_ends_lines_as_python_does_for_any_chunks(
    text: str, sizes: list[int]
) -> None:
    """Except that a carriage return with nothing before it, as of progress bars, is no line."""
    content, follower, found = text.encode(), Follower(), list[str]()
    for size in [*sizes, len(content)]:
        found += follower.feed(content[follower.offset : follower.offset + size])
    lines = text.splitlines(keepends=True)
    assert found + follower.finish() == [line.rstrip("\r\n") for line in lines if line != "\r"]


def test_the_steps_of_a_progress_bar_are_lines() -> None:
    follower = Follower()
    assert follower.feed(b"\r 10%") == []
    assert follower.feed(b"\r 20%\r") == [" 10%", " 20%"]
    assert follower.feed(b"\ndone\r") == ["done"]
    assert follower.feed(b"\n") == follower.finish() == []


def test_a_log_of_both_streams_replaces_those_of_each() -> None:
    local = ["user_logs/stdout.txt", "user_logs/std_log.txt", "user_logs/stderr.txt", "logs/a.log"]
    assert without_copies(local) == ["logs/a.log", "user_logs/std_log.txt"]
    single = ["user_logs/stdout.txt", "user_logs/stderr.txt"]
    assert without_copies(single) == sorted(single)
    old = ["azureml-logs/70_driver_log.txt", "azureml-logs/65_job_prep-tvmps_1.txt"]
    assert without_copies(old) == sorted(old)


def test_the_main_log_is_found() -> None:
    local = ["user_logs/stderr.txt", "user_logs/std_log.txt", "user_logs/stdout.txt"]
    assert main_log(local) == "user_logs/std_log.txt"
    assert to_follow(local) == ["user_logs/std_log.txt"]
    old = ["azureml-logs/55_azureml.txt", "azureml-logs/70_driver_log.txt"]
    assert to_follow(old) == ["azureml-logs/70_driver_log.txt"]
    build = "azureml-logs/20_image_build_log.txt"
    assert to_follow([*local, build]) == [build, "user_logs/std_log.txt"]
    assert to_follow(["b", "a"]) == ["a", "b"]
    assert main_log([]) is None
    assert tail(b"1\n2\n3\n", 2) == "2\n3"


def test_the_best_trial_has_a_metric_value_and_depends_on_the_goal() -> None:
    runs = [
        TrialRun("t_0", "Failed"),
        TrialRun("t_1", "Completed", metrics={"m": math.nan}),
        TrialRun("t_2", "Completed", metrics={"m": 2.0}),
        TrialRun("t_10", "Running", metrics={"m": 3.0}),
    ]
    lowest, highest = trials.best(runs, minimize("m")), trials.best(runs, maximize("m"))
    assert lowest is not None
    assert lowest.name == "t_2"
    assert highest is not None
    assert highest.name == "t_10"
    assert trials.best(runs, minimize("other")) is None
    assert [run.name for run in trials.in_order(reversed(runs))] == ["t_0", "t_1", "t_2", "t_10"]


def test_the_version_of_an_environment_depends_on_its_content_only(tmp_path: Path) -> None:
    conda = tmp_path / "conda.yml"
    conda.write_text("dependencies: [python=3.8]  # comment\n", encoding="utf-8")
    same = [
        Environment("a", "img", conda, description="x", tags={"a": "b"}),
        Environment("b", "img", {"dependencies": ["python=3.8"]}),
    ]
    other = [
        Environment("a", "img2", conda),
        Environment("a", "img", conda, os_type="windows"),
        Environment("a", "img", {"dependencies": ["python=3.9"]}),
        Environment("a", dockerfile="FROM img", conda_file=conda),
    ]
    found = [
        content_version.of_environment(content_version.read_in(each)) for each in (*same, *other)
    ]
    assert found[0] == found[1]
    assert len(set(found)) == 5


def test_every_attribute_of_known_words_or_a_duration_is_normalised_when_it_is_set() -> None:
    folder = amlrest.resources.__path__
    modules = [import_module(f"amlrest.resources.{m.name}") for m in pkgutil.iter_modules(folder)]
    classes = {each for m in modules for each in vars(m).values() if attrs.has(each)}
    fields = {
        f"{cls.__name__}.{field.name}": field.converter
        for cls in classes
        for field in attrs.fields(cls)
        if "wire" in field.metadata and hasattr(field.metadata["wire"].codec, "normalise")
    }
    assert len(fields) > 20
    assert [name for name, converter in fields.items() if converter is None] == []
    probe = amlrest.AmlCompute("c", priority="LowPriority", idle_time_before_scale_down="PT2M")
    probe.os_type = "LINUX"
    assert (probe.priority, probe.os_type) == ("low_priority", "linux")
    assert probe.idle_time_before_scale_down == timedelta(minutes=2)
