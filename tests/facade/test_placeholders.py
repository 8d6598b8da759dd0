"""Placeholders in commands: read in both spellings, written in that of the API version."""

from typing import Any

import pytest
from amlrest import CommandJob, SweepJob, Trial, choice, minimize
from amlrest import _placeholders as placeholders
from amlrest._wire import Scope, from_wire, request_body, same_as_sent
from amlrest.dialects import dialect_for
from amlrest.errors import ValidationError
from amlrest.resources.job_validation import check_job
from hypothesis import given
from hypothesis import strategies as st

WORKSPACE = (
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)
MIXED = "cat {inputs.x} ${{inputs.y}} > ${{ outputs.z }}; echo ${{search_space.lr}}"
SINGLE = "cat {inputs.x} {inputs.y} > {outputs.z}; echo {search_space.lr}"
DOUBLE = "cat ${{inputs.x}} ${{inputs.y}} > ${{outputs.z}}; echo ${{search_space.lr}}"

NOT_PLACEHOLDERS = [
    "echo $HOME ${HOME} ${HOME:-/root} ${#HOME} ${inputs} ${outputs[0]} ${inputs:-x}",
    "awk '{print $1}' file | awk '{inputs=$2} END {print inputs}'",
    """python -c "print(f'{value:.3f} {{inputs.x}} {inputs} {inputs.x!r:>{width}}')" """,
    "echo ${{ github.ref }} ${{parent.inputs.x}} ${{name}} {input.x} {Inputs.x} { inputs.x }",
    "cp file.{csv,txt} {1..3}; jq '{inputs: .x}'; f() { inputs.x; }",
]


def variant(version: str) -> Scope:
    return Scope(WORKSPACE, dialect_for(version))


def test_both_spellings_are_found() -> None:
    assert placeholders.find(MIXED) == [
        ("{inputs.x}", "inputs", "x"),
        ("${{inputs.y}}", "inputs", "y"),
        ("${{ outputs.z }}", "outputs", "z"),
        ("${{search_space.lr}}", "search_space", "lr"),
    ]


def test_each_spelling_becomes_the_other() -> None:
    for text in (MIXED, SINGLE, DOUBLE):
        assert placeholders.to_first(text) == SINGLE
        assert placeholders.to_later(text) == DOUBLE


def test_placeholders_in_braces_of_the_shell() -> None:
    text = "cp ${FROM:-{inputs.a}} {{inputs.a},{inputs.b}} ${FROM:-${{inputs.a}}}"
    assert [found.name for found in placeholders.find(text)] == ["a", "a", "b", "a"]
    later = "cp ${FROM:-${{inputs.a}}} {${{inputs.a}},${{inputs.b}}} ${FROM:-${{inputs.a}}}"
    assert placeholders.to_later(text) == later


@pytest.mark.parametrize("text", NOT_PLACEHOLDERS)
def test_other_braces_are_text(text: str) -> None:
    assert placeholders.find(text) == []
    assert placeholders.malformed(text) == []
    assert placeholders.to_first(text) == placeholders.to_later(text) == text


@given(st.lists(st.sampled_from(["{", "}", "$", " ", "inputs", "outputs", ".", "x", "'"])))
def test_rewriting_twice_changes_nothing_more(parts: list[str]) -> None:
    text = "".join(parts)
    first, later = placeholders.to_first(text), placeholders.to_later(text)
    assert placeholders.to_later(later) == later
    named = [(found.group, found.name) for found in placeholders.find(text)]
    assert [(found.group, found.name) for found in placeholders.find(later)] == named
    if not named:
        assert first == later == text


@pytest.mark.parametrize(
    ("version", "command"),
    [
        ("2021-03-01-preview", SINGLE),
        ("2022-02-01-preview", DOUBLE),
        ("2022-05-01", DOUBLE),
        ("2024-10-01", DOUBLE),
    ],
)
@pytest.mark.parametrize("written", [MIXED, SINGLE, DOUBLE])
def test_a_command_is_sent_in_the_spelling_of_the_version(
    version: str, command: str, written: str
) -> None:
    assert sent(command_job(written), version)["command"] == command
    assert sent(sweep_job(written), version)["trial"]["command"] == command


@pytest.mark.parametrize("version", ["2021-03-01-preview", "2024-10-01"])
def test_what_was_read_is_kept_and_is_the_same_job_in_either_spelling(version: str) -> None:
    for written in (MIXED, SINGLE, DOUBLE):
        raw = {"properties": sent(command_job(SINGLE), version) | {"command": written}}
        read = from_wire(CommandJob, raw, dialect_for(version))
        assert read.command == written
        assert request_body(read, variant(version))["properties"]["command"] == written
        assert same_as_sent(request_body(command_job(DOUBLE), variant(version)), raw)
        other = command_job(DOUBLE.replace("inputs.x", "inputs.y"))
        assert not same_as_sent(request_body(other, variant(version)), raw)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("cat {inputs.tabel}", "{inputs.tabel} is used, but inputs has no 'tabel'; .*'x', 'y'"),
        ("cat ${{ inputs.tabel }}", r"\$\{\{ inputs.tabel \}\} is used, .* 'x', 'y'"),
        ("cat ${{inputs.x.path}}", "inputs has no 'x.path'; .*'x', 'y'"),
        ("cat ${{search_space.lr}}", "search_space has no 'lr'; declare it in search_space"),
        ("cat ${inputs.x}", r"'\$\{inputs.x\}' is not a placeholder; write \{inputs.x\} or "),
        ("cat ${{inputs.x}", r"'\$\{\{inputs.x\}' is not a placeholder"),
        ("cat ${{inputs['x']}}", "is not a placeholder"),
        ("cat ${{inputs.x | upper}}", "is not a placeholder"),
    ],
)
def test_a_placeholder_that_nothing_fills_is_refused(command: str, message: str) -> None:
    with pytest.raises(ValidationError, match=f"CommandJob.command: .*{message}"):
        check_job(command_job(command))


def test_an_unknown_hyperparameter_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"SweepJob.trial.command: .*no 'rate'; .*'lr'"):
        check_job(sweep_job("train ${{search_space.rate}}"))


def command_job(command: str) -> CommandJob:
    return CommandJob(
        command=command,
        compute="cpu",
        environment="azureml:e:1",
        inputs={"x": "azureml:x:1", "y": "azureml:y:1"},
        outputs={"z": "store"},
    )


def sweep_job(command: str) -> SweepJob:
    trial = Trial(
        command=command,
        environment="azureml:e:1",
        inputs={"x": "azureml:x:1", "y": "azureml:y:1"},
        outputs={"z": "store"},
    )
    return SweepJob(
        trial=trial,
        compute="cpu",
        search_space={"lr": choice(1, 2)},
        objective=minimize("loss"),
        max_total_trials=2,
        timeout="PT1H",
    )


def sent(job: Any, version: str) -> Any:
    return request_body(job, variant(version))["properties"]
