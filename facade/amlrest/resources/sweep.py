"""Sweep jobs: trials of one command, with hyperparameters drawn from a search space."""

from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import define, field

from amlrest._durations import Duration
from amlrest._wire.codecs import DURATION, INTEGER, TEXT, Choice, MapOf
from amlrest._wire.fields import SECOND_SHAPE, Scope, later, normalised, wire
from amlrest._wire.nested import Nested
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError
from amlrest.resources import search_space as space
from amlrest.resources.jobs import COMMAND_SLOTS, ComputeJob, ParameterizedCommand
from amlrest.resources.policies import POLICY, EarlyTerminationPolicy

_GOAL = Choice(minimize="Minimize", maximize="Maximize")
_ALGORITHM = Choice(random="Random", grid="Grid", bayesian="Bayesian")
_RULE = Choice(random="Random", sobol="Sobol")


class _Hyperparameter:
    def read(self, raw: Any) -> Any:
        return space.from_wire(raw)

    def write(self, value: Any, _scope: Scope | None, where: str) -> Any:
        if isinstance(value, space.Distribution):
            return value.to_wire()
        raise ValidationError(
            f"{where}: {value!r} is not a distribution; use choice(…), uniform(…) or another one"
        )


def _as_space(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {name: space.from_wire(each) for name, each in value.items()}


@define(repr=False, field_transformer=normalised)
class Objective(WireObject):
    """The objective of a sweep.

    Attributes:
        primary_metric: name of the metric that the script logs.
        goal: ``minimize`` or ``maximize``.
    """

    WIRE_MODEL: ClassVar[str] = "Objective"

    primary_metric: str = field(metadata=wire("primaryMetric", TEXT))
    goal: str = field(metadata=wire("goal", _GOAL))


def minimize(metric: str) -> Objective:
    """Return the objective to minimize a metric."""
    return Objective(metric, "minimize")


def maximize(metric: str) -> Objective:
    """Return the objective to maximize a metric."""
    return Objective(metric, "maximize")


@define(repr=False, slots=False, getstate_setstate=True)
class _SlottedCommand(ParameterizedCommand):
    __slots__ = COMMAND_SLOTS


@define(kw_only=True, repr=False, field_transformer=normalised)
class Trial(_SlottedCommand):
    """The command that every trial of a sweep runs, with the attributes of `CommandJob`'s.

    Attributes:
        command: shell command; ``{search_space.x}`` is replaced by the value of hyperparameter x.
            Hyperparameters without a placeholder are appended as arguments.
        timeout: time limit of a trial: timedelta, seconds or ISO 8601 text such as ``PT2H``; the
            trial is cancelled after it.
    """

    WIRE_MODEL: ClassVar[str] = "TrialComponent"

    timeout: Duration | None = field(default=None, metadata=wire("timeout", DURATION))


@define(kw_only=True, repr=False, field_transformer=normalised)
class SweepJob(ComputeJob):
    """A job that searches for the best hyperparameters of a command.

    Attributes:
        trial: command to run for each combination of hyperparameters; required to submit.
        search_space: distribution by hyperparameter: `choice`, `uniform`, `loguniform`, ….
        objective: metric and goal; required to submit.
        algorithm: ``random`` (default), ``grid`` or ``bayesian``.
        early_termination: `BanditPolicy`, `MedianStoppingPolicy` or `TruncationSelectionPolicy`;
            None to stop no trial early.
        max_total_trials: maximum number of trials, 1 to 1000.
        max_concurrent_trials: maximum number of concurrent trials, 1 to 100 and at most
            `max_total_trials`; no limit if None.
        seed: seed of random sampling; from 2022-05-01.
        rule: ``random`` or ``sobol`` for random sampling; from 2022-05-01.
    """

    WIRE_MODEL: ClassVar[str] = "SweepJob"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("jobType", "Sweep")

    trial: Trial | None = field(default=None, metadata=wire("trial", Nested(Trial)))
    search_space: dict[str, Any] = field(
        factory=dict, converter=_as_space, metadata=wire("searchSpace", MapOf(_Hyperparameter()))
    )
    objective: Objective | None = field(default=None, metadata=wire("objective", Nested(Objective)))
    algorithm: str = field(default="random", metadata=wire("algorithm", _ALGORITHM))
    early_termination: EarlyTerminationPolicy | None = field(
        default=None, metadata=wire("earlyTermination", POLICY)
    )
    max_total_trials: int | None = field(default=None, metadata=wire("maxTotalTrials", INTEGER))
    max_concurrent_trials: int | None = field(
        default=None, metadata=wire("maxConcurrentTrials", INTEGER)
    )
    seed: int | None = field(default=None, metadata=later(SECOND_SHAPE, INTEGER))
    rule: str | None = field(default=None, metadata=later(SECOND_SHAPE, _RULE))
