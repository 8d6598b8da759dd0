"""Search spaces: documented forms, and what each algorithm accepts."""

import math
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from amlrest import (
    BanditPolicy,
    CommandJob,
    MedianStoppingPolicy,
    SweepJob,
    Trial,
    TruncationSelectionPolicy,
    choice,
    lognormal,
    loguniform,
    maximize,
    minimize,
    normal,
    qlognormal,
    qloguniform,
    qnormal,
    quniform,
    randint,
    uniform,
)
from amlrest._wire import from_wire, to_wire
from amlrest.errors import ValidationError
from amlrest.resources import search_space
from amlrest.resources.job_validation import check_job
from amlrest.resources.policies import EarlyTerminationPolicy
from amlrest.resources.search_space import Distribution
from hypothesis import given
from hypothesis import strategies as st

DOCUMENTED: list[tuple[Distribution, list[Any]]] = [
    (choice("gbdt", "dart"), ["choice", [["gbdt", "dart"]]]),
    (choice([1, 2, 4]), ["choice", [[1, 2, 4]]]),
    (choice(range(3)), ["choice", [[0, 1, 2]]]),
    (randint(10), ["randint", [10]]),
    (uniform(0.01, 0.9), ["uniform", [0.01, 0.9]]),
    (loguniform(-5, 0), ["loguniform", [-5, 0]]),
    (quniform(1, 100, 5), ["quniform", [1, 100, 5]]),
    (qloguniform(0, 3, 2), ["qloguniform", [0, 3, 2]]),
    (normal(0, 1), ["normal", [0, 1]]),
    (lognormal(0, 0.5), ["lognormal", [0, 0.5]]),
    (qnormal(10, 2, 1), ["qnormal", [10, 2, 1]]),
    (qlognormal(1, 2, 3), ["qlognormal", [1, 2, 3]]),
]


@pytest.mark.parametrize(("distribution", "wire"), DOCUMENTED)
def test_documented_json_round_trips(distribution: Distribution, wire: list[Any]) -> None:
    assert distribution.to_wire() == wire
    assert search_space.from_wire(wire) == distribution
    assert search_space.from_wire([wire[0].upper(), wire[1]]) == distribution


@pytest.mark.parametrize(("distribution", "wire"), DOCUMENTED)
def test_other_forms_of_the_list_are_read_as_the_same_distribution(
    distribution: Distribution, wire: list[Any]
) -> None:
    kind, arguments = wire
    assert search_space.from_wire([kind, *arguments]) == distribution
    if kind == "choice":
        assert search_space.from_wire([kind, *arguments[0]]) == distribution
        return
    assert search_space.from_wire([kind, [arguments]]) == distribution
    assert search_space.from_wire([kind, [str(each) for each in arguments]]) == distribution
    assert search_space.from_wire([kind.title(), tuple(arguments)]) == distribution


def test_text_among_the_choices_stays_text() -> None:
    assert search_space.from_wire(["choice", [["1", "2"]]]) == choice("1", "2")


@pytest.mark.parametrize(
    "raw",
    [
        {},
        [],
        ["gaussian", [1]],
        ["uniform", [1]],
        "uniform",
        ["uniform", ["low", "high"]],
        ["uniform", ["0", "nan"]],
        None,
    ],
)
def test_unknown_json_is_kept_unchanged(raw: object) -> None:
    assert search_space.from_wire(raw) == raw


@pytest.mark.parametrize(
    ("make", "arguments"),
    [
        (choice, []),
        (choice, [object()]),
        (choice, [math.nan]),
        (uniform, [1, 1]),
        (uniform, [2, 1]),
        (uniform, ["0", 1]),
        (uniform, [True, 2]),
        (uniform, [0, math.inf]),
        (quniform, [0, 1, 0]),
        (normal, [0, -1]),
        (qnormal, [0, 1, -1]),
        (randint, [0]),
        (randint, [1.5]),
    ],
)
def test_invalid_arguments_are_refused(
    make: Callable[..., Distribution], arguments: list[object]
) -> None:
    with pytest.raises(ValidationError):
        make(*arguments)


@given(st.floats(-1e6, 1e6), st.floats(min_value=1e-3, max_value=1e6), st.sampled_from(["", "log"]))
def test_any_bounds_round_trip(low: float, width: float, kind: str) -> None:
    make = uniform if kind == "" else loguniform
    distribution = make(low, low + width)
    assert search_space.from_wire(distribution.to_wire()) == distribution


SUPPORTED = {
    "grid": {"choice"},
    "bayesian": {"choice", "uniform", "quniform"},
    "random": {wire[0] for _, wire in DOCUMENTED},
}


@pytest.mark.parametrize("algorithm", SUPPORTED)
@pytest.mark.parametrize(("distribution", "wire"), DOCUMENTED)
def test_each_algorithm_supports_the_documented_distributions(
    algorithm: str, distribution: Distribution, wire: list[Any]
) -> None:
    if wire[0] in SUPPORTED[algorithm]:
        search_space.check({"x": distribution}, algorithm)
    else:
        with pytest.raises(ValidationError, match=rf"'x'.*{algorithm}.*{wire[0]}"):
            search_space.check({"x": distribution}, algorithm)


def sweep(**changes: Any) -> SweepJob:
    values: dict[str, Any] = {
        "trial": Trial(command="train --lr {search_space.lr}", environment="azureml:e:1"),
        "compute": "c1",
        "search_space": {"lr": uniform(0.1, 0.9)},
        "objective": minimize("loss"),
    }
    return SweepJob(**(values | changes))


def test_a_good_sweep_passes() -> None:
    check_job(sweep(max_total_trials=1000, max_concurrent_trials=100, timeout="PT120M"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"trial": None}, "SweepJob.trial is missing"),
        ({"objective": None}, "SweepJob.objective is missing"),
        ({"objective": minimize("")}, "primary_metric is empty"),
        ({"compute": None}, "SweepJob.compute is missing"),
        ({"search_space": {}}, "search_space is empty"),
        ({"max_total_trials": 0}, "max_total_trials: 0"),
        ({"max_total_trials": 1001}, "from 1 to 1000"),
        ({"max_concurrent_trials": 101}, "from 1 to 100"),
        ({"max_total_trials": 3, "max_concurrent_trials": 4}, "4 is more than the 3"),
        ({"max_total_trials": True}, "whole number"),
        (
            {"algorithm": "bayesian", "early_termination": MedianStoppingPolicy()},
            "does not support policies",
        ),
        ({"search_space": {"x": uniform(0, 1)}}, r"\{search_space.lr\} is used"),
        ({"trial": Trial(command="a {inputs.x}", environment="e")}, r"\{inputs.x\} is used"),
        ({"trial": Trial(command="a {outputs.x}", environment="e")}, r"\{outputs.x\} is used"),
        ({"trial": Trial(command=" ", environment="e")}, "SweepJob.trial.command is empty"),
        ({"trial": Trial(command="a")}, "environment is missing"),
        ({"name": "no spaces"}, "a space"),
    ],
)
def test_an_invalid_sweep_is_refused_with_the_attribute(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        check_job(sweep(**changes))


def test_hyperparameters_without_placeholder_are_allowed() -> None:
    check_job(sweep(search_space={"lr": uniform(0, 1), "--boosting": choice("gbdt", "dart")}))


@pytest.mark.parametrize(
    ("policy", "wire"),
    [
        (
            BanditPolicy(slack_factor=0.1, evaluation_interval=2, delay_evaluation=5),
            {
                "policyType": "Bandit",
                "slackFactor": 0.1,
                "evaluationInterval": 2,
                "delayEvaluation": 5,
            },
        ),
        (
            MedianStoppingPolicy(),
            {"policyType": "MedianStopping", "evaluationInterval": 1, "delayEvaluation": 0},
        ),
        (
            TruncationSelectionPolicy(20),
            {
                "policyType": "TruncationSelection",
                "truncationPercentage": 20,
                "evaluationInterval": 1,
                "delayEvaluation": 0,
            },
        ),
    ],
)
def test_policies_have_the_documented_json_and_defaults(
    policy: EarlyTerminationPolicy, wire: dict[str, Any]
) -> None:
    written = to_wire(sweep(early_termination=policy, compute="/c", trial=None))
    assert written["properties"]["earlyTermination"] == wire
    assert from_wire(SweepJob, written).early_termination == policy


@pytest.mark.parametrize(
    "make",
    [
        BanditPolicy,
        lambda: BanditPolicy(slack_factor=0.1, slack_amount=1),
        lambda: BanditPolicy(slack_factor=0),
        lambda: BanditPolicy(slack_factor=0.1, evaluation_interval=0),
        lambda: BanditPolicy(slack_factor=0.1, delay_evaluation=-1),
        TruncationSelectionPolicy,
        lambda: TruncationSelectionPolicy(0),
        lambda: TruncationSelectionPolicy(100),
    ],
)
def test_policies_refuse_invalid_arguments(
    make: Callable[[], EarlyTerminationPolicy],
) -> None:
    with pytest.raises(ValidationError):
        make()


def test_a_policy_is_checked_on_submission() -> None:
    policy = BanditPolicy(slack_factor=0.1)
    policy.slack_factor = -1
    with pytest.raises(ValidationError, match="the slack is -1"):
        check_job(sweep(early_termination=policy))
    # A policy that was read from the service is sent unchanged.
    raw = {"policyType": "Bandit", "slackFactor": 0.1, "slackAmount": 0}
    read = from_wire(SweepJob, {"properties": {"jobType": "Sweep", "earlyTermination": raw}})
    check_job(sweep(early_termination=read.early_termination))


def test_objectives_and_timeouts_are_read_in_any_form() -> None:
    assert maximize("acc").goal == "maximize"
    assert sweep(timeout=7200) == sweep(timeout="PT2H") == sweep(timeout=timedelta(hours=2))


def test_a_command_job_without_compute_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"CommandJob.compute is missing"):
        check_job(CommandJob(command="x", environment="e"))
