"""Early termination policies: which trials of a sweep to stop before they end.

One interval is one logging of the primary metric; a policy is applied at every multiple of
``evaluation_interval`` after ``delay_evaluation``.
"""

from typing import ClassVar

from attrs import define, field

from amlrest._wire.codecs import INTEGER, NUMBER
from amlrest._wire.fields import wire
from amlrest._wire.nested import Union
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError
from amlrest.resources.ranges import check_range

MAX_PERCENTAGE = 99


@define(kw_only=True, repr=False)
class EarlyTerminationPolicy(WireObject):
    """An early termination policy.

    Attributes:
        evaluation_interval: number of intervals between evaluations; 1 by default.
        delay_evaluation: number of intervals before the first evaluation; 0 by default.
    """

    evaluation_interval: int | None = field(default=1, metadata=wire("evaluationInterval", INTEGER))
    delay_evaluation: int | None = field(default=0, metadata=wire("delayEvaluation", INTEGER))

    def __attrs_post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Raise for arguments that the service would refuse.

        Raises:
            ValidationError: the message names the argument and what to use.
        """
        self._check_range("evaluation_interval", 1)
        self._check_range("delay_evaluation", 0)

    def _check_range(self, name: str, low: int, high: int | None = None) -> None:
        check_range(f"{type(self).__name__}.{name}", getattr(self, name), low, high)


@define(repr=False)
class BanditPolicy(EarlyTerminationPolicy):
    """Stop trials whose best value is too far from the best value of all trials.

    Attributes:
        slack_factor: allowed distance, as a ratio of the best value; either this or
            `slack_amount` is required.
        slack_amount: allowed distance, as an amount.
    """

    WIRE_MODEL: ClassVar[str] = "BanditPolicy"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("policyType", "Bandit")

    slack_factor: float | None = field(default=None, metadata=wire("slackFactor", NUMBER))
    slack_amount: float | None = field(default=None, metadata=wire("slackAmount", NUMBER))

    def check(self) -> None:
        """Raise unless exactly one kind of slack is set, and is above zero."""
        super().check()
        slack = [s for s in (self.slack_factor, self.slack_amount) if s is not None]
        if len(slack) != 1:
            raise ValidationError("BanditPolicy: give either slack_factor or slack_amount")
        number = isinstance(slack[0], int | float) and not isinstance(slack[0], bool)
        if not number or not slack[0] > 0:
            raise ValidationError(f"BanditPolicy: the slack is {slack[0]!r}; use a number above 0")


@define(repr=False)
class MedianStoppingPolicy(EarlyTerminationPolicy):
    """Stop trials whose best value is worse than the median of the averages of all trials."""

    WIRE_MODEL: ClassVar[str] = "MedianStoppingPolicy"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("policyType", "MedianStopping")


@define(repr=False)
class TruncationSelectionPolicy(EarlyTerminationPolicy):
    """Stop a percentage of the worst trials at each evaluation.

    Attributes:
        truncation_percentage: percentage of trials to stop, 1 to 99; required.
    """

    WIRE_MODEL: ClassVar[str] = "TruncationSelectionPolicy"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("policyType", "TruncationSelection")

    truncation_percentage: int | None = field(
        default=None, metadata=wire("truncationPercentage", INTEGER)
    )

    def check(self) -> None:
        """Raise unless the percentage is in its range."""
        super().check()
        if self.truncation_percentage is None:
            raise ValidationError("TruncationSelectionPolicy: truncation_percentage is missing")
        self._check_range("truncation_percentage", 1, MAX_PERCENTAGE)


POLICY = Union(BanditPolicy, MedianStoppingPolicy, TruncationSelectionPolicy)
