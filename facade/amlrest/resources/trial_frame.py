"""Trials as a pandas DataFrame; pandas is imported when one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amlrest._advice import install
from amlrest.errors import AmlrestError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amlrest.resources.results import TrialRun


def frame(trials: Iterable[TrialRun]) -> Any:
    """Return a DataFrame with one row for each trial, indexed by its name.

    Its columns are ``status``, then parameters, then metrics. A metric that has the name of a
    parameter or ``status`` gets the prefix ``metrics.``. Before the first trial the columns are
    those that its goal names, so that it can be sorted.

    Args:
        trials: as `Jobs.trials` returns them.

    Raises:
        AmlrestError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        message = f"trials_frame needs pandas; install it: {install('pandas')}"
        raise AmlrestError(message) from None
    known, goal = list(trials), getattr(trials, "goal", None)
    if goal is not None and not known:
        columns = ["status", *(name.lstrip("-") for name in goal.parameters), goal.metric]
        return pd.DataFrame(columns=columns, index=pd.Index([], name="trial"))
    taken = {"status", *(name for trial in known for name in trial.typed_parameters)}
    rows = [
        {"status": trial.status, **trial.typed_parameters, **_apart(trial.metrics, taken)}
        for trial in known
    ]
    found = pd.DataFrame(rows, index=pd.Index([trial.name for trial in known], name="trial"))
    return found[sorted(found.columns, key=lambda name: _rank(name, taken))]


def _apart(metrics: dict[str, float], taken: set[str]) -> dict[str, float]:
    return {f"metrics.{k}" if k in taken else k: value for k, value in metrics.items()}


def _rank(name: str, taken: set[str]) -> int:
    return 0 if name == "status" else 1 if name in taken else 2
