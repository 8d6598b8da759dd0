"""Bayesian sampling with Optuna's tree-structured Parzen estimator. No I/O.

Optuna is imported with the first suggestion: it takes a second.
"""

from __future__ import annotations

import json
import warnings
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from amlrest_emulator.runner.search_space import SearchSpace, entry_of, round_to

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial


@dataclass(frozen=True, slots=True)
class Observation:
    """A trial so far.

    Attributes:
        arguments: its hyperparameters.
        value: best value of the primary metric; None if there is none.
        ended: whether it has ended; the values of others are not known yet.
    """

    arguments: Mapping[str, Any]
    value: float | None = None
    ended: bool = True


def suggest(
    space: SearchSpace,
    seed: int,
    goal: Literal["minimize", "maximize"],
    trials: Sequence[Observation],
) -> dict[str, Any]:
    """Return the hyperparameters of the next trial.

    The same arguments give the same suggestion, so that a restart can resume a sweep.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    parameters = {name: _Parameter(*entry_of(name, entry)) for name, entry in space.items()}
    distributions = {name: item.distribution() for name, item in parameters.items()}
    own_seed = zlib.crc32(f"{seed} {len(trials)}".encode())
    with warnings.catch_warnings():
        # These two options are marked as experimental in some versions.
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        sampler = optuna.samplers.TPESampler(seed=own_seed, multivariate=True, constant_liar=True)
    study = optuna.create_study(sampler=sampler, direction=goal)
    for trial in trials:
        internal = {name: item.internal(trial.arguments[name]) for name, item in parameters.items()}
        study.add_trial(_frozen(trial, internal, distributions))
    found = study.ask(distributions).params
    return {name: item.external(found[name]) for name, item in parameters.items()}


def _frozen(
    trial: Observation, params: dict[str, Any], distributions: dict[str, BaseDistribution]
) -> FrozenTrial:
    from optuna.trial import TrialState, create_trial

    if not trial.ended:
        state = TrialState.RUNNING
    else:
        state = TrialState.FAIL if trial.value is None else TrialState.COMPLETE
    value = trial.value if state is TrialState.COMPLETE else None
    return create_trial(state=state, params=params, distributions=distributions, value=value)


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A hyperparameter: Optuna sees the index of a choice, and multiples of q as whole numbers."""

    kind: str
    arguments: list[Any]

    def distribution(self) -> BaseDistribution:
        from optuna.distributions import (
            CategoricalDistribution,
            FloatDistribution,
            IntDistribution,
        )

        if self.kind == "choice":
            return CategoricalDistribution(range(len(self.arguments[0])))
        low, high = map(float, self.arguments[:2])
        if self.kind == "uniform":
            return FloatDistribution(low, high)
        return IntDistribution(round(low / self.arguments[2]), round(high / self.arguments[2]))

    def internal(self, value: Any) -> Any:
        if self.kind == "choice":
            # Not by equality: 1, 1.0 and True are three choices.
            return [json.dumps(item) for item in self.arguments[0]].index(json.dumps(value))
        return value if self.kind == "uniform" else round(value / self.arguments[2])

    def external(self, value: Any) -> Any:
        if self.kind == "choice":
            return self.arguments[0][value]
        if self.kind == "uniform":
            return value
        return round_to(value * self.arguments[2], self.arguments[2])
