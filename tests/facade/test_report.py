"""Reports: one file that is well-formed, loads and runs nothing, and says what was read."""

import base64
import hashlib
import math
import os
import random
import re
from pathlib import Path
from typing import Any

import pytest
from amlrest import Input, Output, jobfile
from amlrest._redaction import is_secret, redact
from amlrest.errors import ValidationError
from amlrest.report import files, page
from amlrest.report.facts import Failure, LogEnd
from amlrest.resources.any_job import read_job
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facade.reports import Page, command, facts, sweep, trial

HOSTILE = "</pre></style><script>alert('1')</script>\"'><img src=x onerror=alert(1)>&amp; \u202e\0\x1b[31m"
HARMLESS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section"),
    *("h1", "h2", "p", "div", "span", "strong", "code", "pre", "ul", "li", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "input", "label"),
    *("svg", "text", "line", "polyline", "circle", "path"),
}
PARAMETERS = {"rate": "0.01", "depth": "110", "noise": "-0.5", "batch": "32", "kind": "gbdt"}


def runs(count: int) -> list[Any]:
    """Trials with settings and values drawn from a seed."""
    draw = random.Random(7)
    return [
        trial(
            n,
            draw.lognormvariate(0, 1),
            rate=str(math.exp(draw.uniform(-9, 0))),
            depth=str(draw.randrange(10, 200, 10)),
            noise=str(draw.gauss(0, 1)),
            batch=str(draw.choice([16, 32, 64])),
            kind=draw.choice(["gbdt", "dart"]),
        )
        for n in range(count)
    ]


def assert_harmless(html: str) -> Page:
    """Assert that a page has no elements that load or run anything, and allows none."""
    found = Page(html)
    assert found.names <= HARMLESS
    names = {name for name, _ in found.attributes}
    assert not {n for n in names if n.startswith("on")} | names & {"src", "href", "style"}
    style = found.root.has("style").text
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policies = [
        e.attributes["content"] for e in found.root.all("meta") if "http-equiv" in e.attributes
    ]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    return found


def test_a_sweep_is_told_from_its_best_trial_to_its_file() -> None:
    trials = [
        trial(0, 0.5, **PARAMETERS),
        trial(1, 0.25, **PARAMETERS | {"kind": "dart"}),
        trial(2, None, "Failed", **PARAMETERS),
        trial(3, math.nan, **PARAMETERS),
    ]
    failure = Failure(run=trials[2], error="exit code 3", log=LogEnd(name="std", text="boom"))
    found = assert_harmless(page([facts(sweep(), trials=trials, failures=[failure])]))
    assert "Best trial, 1: loss0.25" in found.root.all("div", "best")[0].text
    assert "amlrest job download s --best" in found.root.text
    rows = found.rows("Trials")
    assert [row[:3] for row in rows] == [
        ["trial", "status", "loss"],
        ["★ 1", "Completed", "0.25"],
        ["0", "Completed", "0.5"],
        ["2", "Failed", ""],
        ["3", "Completed", "nan"],
    ]
    assert rows[3][-2:] == ["1 min 30 s", "exit code 3"]
    assert "boom" in found.section("Failed trials (1)").has("pre").text
    assert "2 of 4 trials have no finite loss" in found.section("Plots").text
    assert "loguniform(-9, 0)" in found.section("Configuration").text
    written = found.section("Run it again").has("pre").text
    assert jobfile.loads(written).search_space == sweep().search_space


TRACE = """The command ended with exit code 1.
Traceback (most recent call last):
  File "train.py", line 9, in <module>
    fit(rows)
KeyError: 'age'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "train.py", line 11, in <module>
    raise ValueError("no column 'age'")
ValueError: no column 'age'"""
SHORT = "The command ended with exit code 1. ValueError: no column 'age'"


def test_an_error_with_a_traceback_is_one_line_where_a_log_shows_the_rest() -> None:
    log = LogEnd(name="std_log.txt", text=TRACE.partition("\n")[2])
    failed = command(status="Failed")
    one = assert_harmless(page([facts(failed, error=TRACE, log=log)]))
    assert one.root.all("div", "error")[0].text == f"Failed: {SHORT}"
    alone = assert_harmless(page([facts(failed, error=TRACE)]))
    assert alone.root.all("div", "error")[0].has("pre").text.strip() == TRACE
    both = assert_harmless(page([facts(failed, error=TRACE, log=log), facts(command())]))
    assert SHORT in both.root.all("p", "error")[0].text
    lost = trial(2, None, "Failed", **PARAMETERS)
    failures = [Failure(run=lost, error=TRACE, log=log)]
    many = assert_harmless(
        page([facts(sweep(), trials=[trial(0, 0.5, **PARAMETERS), lost], failures=failures)])
    )
    assert many.rows("Trials")[-1][-1] == SHORT
    assert f"trial 2: {SHORT}" in many.section("Failed trials (1)").text


def test_inputs_and_outputs_are_written_as_people_name_them() -> None:
    data = "/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/data/rows/versions/3"
    job = command()
    job.inputs = {"rows": Input(data, mode="mount"), "rate": 0.5, "off": False}
    job.outputs = {"model": Output("blobs", "models/1", mode="upload"), "more": Output()}
    said = assert_harmless(page([facts(job)])).section("Configuration").text
    for line in (
        "rows: rows:3 · mount",
        "rate: 0.5",
        "off: False",
        "model: blobs/models/1 · upload",
        "more: default",
    ):
        assert line in said
    assert "subscriptions" not in said


def test_a_command_job_that_failed_tells_why_first() -> None:
    end = LogEnd(name="user_logs/std_log.txt", text="line 1\nno such file")
    job = command(status="Failed", tags={"team": "a"})
    histories = {"loss": [(0, 1.0), (1, math.inf), (2, 0.5)], "once": [(0, 3.0)]}
    found = assert_harmless(
        page(
            [
                facts(
                    job,
                    error="it ended with 3",
                    log=end,
                    metrics={"loss": 0.5, "once": 3.0},
                    parameters={"rate": "0.1"},
                    histories=histories,
                    outputs={"outputs/model.bin": 1500, "user_logs/std_log.txt": 20},
                )
            ]
        )
    )
    text = found.root.text
    assert text.index("it ended with 3") < text.index("no such file") < text.index("Metrics")
    assert found.rows("Metrics")[1:] == [["loss", "0.5"], ["once", "3"]]
    assert len(found.section("Metrics").all("svg")) == 1, "one value is no curve"
    assert "1 values are NaN or infinite" in found.section("Metrics").text
    assert found.rows("Files")[1:] == [
        ["outputs/model.bin", "1.5 kB"],
        ["user_logs/std_log.txt", "20 B"],
    ]
    assert "training:7" in found.section("Configuration").text


def test_what_runs_says_when_it_was_read() -> None:
    for job in (sweep(status="Running"), command(status="Queued")):
        found = assert_harmless(page([facts(job)]))
        assert f"when it was {job.status}: it has not ended" in found.root.text
    assert "no trials yet" in page([facts(sweep(status="Running"))])


def test_what_could_not_be_read_is_said() -> None:
    found = assert_harmless(page([facts(command(), notes=["The log could not be read: <503>"])]))
    assert "The log could not be read: <503>" in found.root.all("p", "note")[0].text


def test_a_job_of_another_type_is_reported_as_far_as_it_is_known() -> None:
    raw = {
        "name": "p",
        "properties": {"jobType": "Pipeline", "status": "Paused", "tags": {"a": "b"}},
    }
    found = assert_harmless(page([facts(read_job(raw, None))]))
    assert ["tags", "a=b"] in found.rows("Configuration")
    assert "Run it again" not in found.root.text


def test_jobs_side_by_side_mark_what_differs() -> None:
    one = facts(
        command("one"),
        parameters={"rate": "0.1", "seed": "1"},
        metrics={"loss": 0.5},
        histories={"loss": [(0, 1.0), (1, 0.5)]},
    )
    other = facts(
        command("other", command="python other.py"),
        parameters={"rate": "0.2", "seed": "1.0"},
        metrics={"loss": math.nan},
        histories={"loss": [(0, 2.0), (1, math.nan)]},
    )
    best = facts(sweep(), run=trial(4, 0.1, rate="0.3"), is_trial=True)
    third = facts(sweep(), trials=[trial(4, 0.1, rate="0.3")], best=best)
    found = assert_harmless(page([one, other, third]))
    rows = {row[0]: row[1:] for row in found.rows("Side by side") if len(row) > 1}
    assert rows[""] == ["one", "other", "s, trial 4"]
    assert rows["rate ≠"] == ["0.1", "0.2", "0.3"]
    assert rows["loss ≠"] == ["0.5", "nan", "0.1"]
    assert rows["command ≠"][:2] == ["python train.py", "python other.py"]
    assert rows["experiment"] == ["e", "e", "e"]
    two = {row[0]: row[1:] for row in Page(page([one, other])).rows("Side by side")}
    assert two["seed"] == ["1", "1"], "numbers are compared as numbers"
    assert len(found.section("Metrics by step").all("svg")) == 3 + 1, "a legend and a chart"


@pytest.mark.slow
@given(st.text() | st.just(HOSTILE), st.text(min_size=1) | st.just(HOSTILE))
@settings(max_examples=30)
def test_no_text_becomes_markup(text: str, name: str) -> None:
    hostile = {name: text}
    log = LogEnd(name=text, text=text)
    values = {name: 1.0, "loss": 2.0}
    job = command(
        description=text,
        command=text or "c",
        tags=hostile,
        environmentVariables=hostile,
        experimentName=text,
    )
    one = facts(
        job, error=text, log=log, parameters=hostile, metrics=values, outputs={text: 1},
        histories={name: [(0, 1.0), (1, 2.0)]}, notes=[text],
    )  # fmt: skip
    failed = trial(1, None, "Failed", rate=text)
    space = {"rate": ["choice", [[text, "b"]]], name: ["uniform", [0, 1]]}
    many = sweep(searchSpace=space, description=text, tags=hostile)
    runs = [trial(0, 1.0, rate=text, **hostile), trial(2, 2.0, rate="b", **hostile), failed]
    two = facts(many, trials=runs, failures=[Failure(run=failed, error=text, log=log)])
    for subjects in ([one], [two], [one, two]):
        html = page(subjects)
        assert_harmless(html)
        html.encode()


def test_text_is_there_as_it_is() -> None:
    found = Page(page([facts(command(), log=LogEnd(name="log", text=HOSTILE))]))
    shown = found.section("Log").has("pre").text
    assert shown == HOSTILE.replace("\0", "\ufffd").replace("\x1b[31m", "")


SECRETS = [
    "https://x.blob.core.windows.net/c/log.txt?sv=1&sig=CANARY%3D",
    "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=CANARY==;EndpointSuffix=core",
    "Server=tcp:x;Password=CANARY;",
    "git clone https://user:CANARY@github.com/x/y.git",
    "Authorization: Bearer CANARYeyJ0eXAiOiJKV1QiLCJhbGci",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_are_masked_wherever_they_stand(secret: str) -> None:
    job = command(command=secret, description=secret, tags={"t": secret})
    one = facts(job, error=secret, log=LogEnd(name="log", text=secret), parameters={"p": secret})
    assert "CANARY" not in page([one])
    assert "CANARY" not in page([one, facts(sweep())])
    assert "***" in redact(secret)


def test_variables_that_look_like_secrets_are_masked() -> None:
    variables = {"DB_PASSWORD": "CANARY", "apiKey": "CANARY", "MONKEY": "ape", "MODE": "fast"}
    found = Page(page([facts(command(environmentVariables=variables))]))
    assert "CANARY" not in found.root.text
    assert "hunter2" not in page([facts(sweep())])
    written = jobfile.loads(found.section("Run it again").has("pre").text)
    expected = {"DB_PASSWORD": "***", "apiKey": "***", "MONKEY": "ape", "MODE": "fast"}
    assert written.environment_variables == expected
    assert "look like secrets" in found.root.text


@pytest.mark.parametrize(
    "name",
    [
        *("KEY", "AZURE_STORAGE_KEY", "ACCOUNT_KEYS", "wandbApiKey", "signingKey", "HF_TOKEN"),
        *("PGPASSWORD", "STORAGE_SAS", "CLIENT_SECRET", "SQL_CONNECTION_STRING", "db-pwd"),
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize(
    "name", ["KEYBOARD", "TEXAS", "OMP_NUM_THREADS", "MODE", "TURKEY", "Monkey"]
)
def test_other_names(name: str) -> None:
    assert not is_secret(name)


@pytest.mark.slow
def test_a_thousand_trials_and_long_histories_fit_a_mail() -> None:
    many = page([facts(sweep(), trials=runs(1000))])
    found = assert_harmless(many)
    assert len(found.rows("Trials")) == 1001
    assert len(many) < 2_500_000
    long = {f"m{n}": [(i, math.sin(i / 90 + n)) for i in range(10_000)] for n in range(3)}
    html = page([facts(command(), metrics=dict.fromkeys(long, 1.0), histories=long)])
    assert "10,000 values; drawn are the lowest and the highest of each of 300" in html
    assert len(html) < 100_000


def coordinates(html: str) -> str:
    found = Page(html)
    pictures = [
        e
        for svg in found.root.all("svg")
        for n in ("line", "polyline", "circle", "path", "text")
        for e in svg.all(n)
    ]
    return " ".join(str(v) for e in pictures for k, v in e.attributes.items() if k != "class")


NUMBERS = st.floats(allow_nan=True, allow_infinity=True) | st.integers(-5, 5).map(float)


@pytest.mark.slow
@given(st.lists(NUMBERS, min_size=1, max_size=12), st.sampled_from(["Minimize", "Maximize"]))
@settings(max_examples=40)
def test_any_numbers_can_be_drawn(values: list[float], goal: str) -> None:
    trials = [
        trial(n, v, rate=str(v), depth=str(v), noise=str(v), batch=str(v), kind="gbdt")
        for n, v in enumerate(values)
    ]
    html = page([facts(sweep(goal=goal), trials=trials)])
    history = {"m": list(enumerate(values))}
    curve = page([facts(command(), metrics={"m": 1.0}, histories=history)])
    for drawn in (coordinates(html), coordinates(curve)):
        assert not re.search(r"nan|inf", drawn)
        assert all(abs(float(n)) < 3000 for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", drawn))


def test_a_report_replaces_only_reports(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "r.html"
    files.write(path, page([facts(command("first"))]))
    files.write(path, page([facts(command("second"))]))
    assert "second" in path.read_text()
    assert [each.name for each in path.parent.iterdir()] == ["r.html"]
    other = tmp_path / "mine.html"
    other.write_text("<html>mine</html>")
    with pytest.raises(ValidationError, match=r"mine\.html exists and is not a report"):
        files.check(other)
    with pytest.raises(ValidationError, match="is a folder"):
        files.check(tmp_path)
    with pytest.raises(ValidationError, match="cannot be written"):
        files.write(other / "below.html", "")
    assert other.read_text() == "<html>mine</html>"


def test_what_is_not_a_file_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with os.fdopen(os.open(pipe, os.O_RDWR | os.O_NONBLOCK), encoding="utf-8") as reader:
        files.write(pipe, "<html></html>\n")
        assert reader.readline() == "<html></html>\n"
    assert pipe.is_fifo()
