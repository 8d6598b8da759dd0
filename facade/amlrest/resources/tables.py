"""Lists of resources and trials, which a notebook shows as tables of their first rows."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from amlrest.resources import trial_ranking
from amlrest.resources.jobs import Job
from amlrest.resources.results import TrialRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from amlrest._markup import Markup
    from amlrest.resources.trial_ranking import Goal

T = TypeVar("T")

ROWS = 20
"""Rows of a table; what follows is counted."""


class ResourceList(list[T]):
    """A list that a notebook shows as a table of its first 20 items."""

    def _repr_html_(self) -> str:
        return resource_table(self)


class Trials(list[TrialRun]):
    """The trials of a sweep, by number; a notebook shows the 20 best as a table.

    Attributes:
        goal: metric, goal and hyperparameters of the sweep; None for another job.
    """

    def __init__(self, trials: Iterable[TrialRun] = (), goal: Goal | None = None) -> None:
        super().__init__(trials)
        self.goal = goal

    @property
    def best(self) -> TrialRun | None:
        """The best trial, as `Jobs.best_trial` returns it; None while there is none."""
        return trial_ranking.best(self.goal, self) if self.goal else None

    def _repr_html_(self) -> str:
        return trial_table(self.goal, self) if self.goal else resource_table(self)


def resource_table(items: Sequence[Any], *, are_all: bool = True) -> Markup:
    """Return a table of resources, with the attributes that their classes list.

    Args:
        items: what to show; at most `ROWS` are.
        are_all: whether nothing follows that was not read yet.
    """
    from amlrest.resources import html

    shown = items[:ROWS]
    kinds = list(dict.fromkeys(type(item) for item in shown))
    names = list(dict.fromkeys(name for kind in kinds for name in kind.LISTED))
    title = ", ".join(kind.__name__ for kind in kinds)
    headings = [name.removesuffix("_at").replace("_", " ") for name in names]
    rows = ([_listed(item, name) for name in names] for item in shown)
    note = _hidden(len(items)) if are_all else "… more follow; to_list() reads them all"
    return html.page(html.table(title, headings, rows), html.paragraph(note))


def trial_table(goal: Goal, trials: Iterable[TrialRun]) -> Markup:
    """Return a table of the trials of a sweep from best to worst, the best marked."""
    from amlrest.resources import html

    known = list(trials)
    winner = trial_ranking.best(goal, known)
    ranking = trial_ranking.rank(goal, known, winner)
    parameters = goal.parameters
    headings = ["", "trial", "status", goal.metric, *(name.lstrip("-") for name in parameters)]
    rows = [
        [
            "★" if trial is winner else "",
            trial_ranking.label(goal, trial),
            trial.status,
            trial_ranking.logged(goal, trial),
            *(trial_ranking.parameter(trial, name) for name in parameters),
        ]
        for trial in islice(ranking, ROWS)
    ]
    title = f"{goal.sweep}: trials from best to worst ({goal.objective.goal} {goal.metric})"
    bold = None if winner is None else 0
    note = html.paragraph(_hidden(len(ranking)))
    return html.page(html.table(title, headings, rows, bold=bold), note)


def _hidden(total: int) -> str:
    return f"… {total - ROWS} more of {total}" if total > ROWS else ""


def _listed(item: Any, name: str) -> object:
    """Return a value for the table; the type of classes without that attribute is their name."""
    from amlrest.resources import html

    found = getattr(item, name, type(item).__name__ if name == "type" else None)
    if name == "name" and isinstance(item, Job):
        return html.link(str(found), item.endpoints.get("Studio"))
    return found
