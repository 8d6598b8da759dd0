"""Early termination: which trials of a sweep are stopped before they end.

One interval is one logging of the primary metric; a policy runs at every multiple of
``evaluation_interval`` from ``delay_evaluation`` on.
"""

from typing import ClassVar

from attrs import define, field

from amlrest._wire.codecs import INTEGER, NUMBER
from amlrest._wire.fields import wire
from amlrest._wire.nested import Union
from amlrest._wire.objects import WireObject
from amlrest.errors import ValidationError

MAX_PERCENTAGE = 99


@define(repr=False)
class EarlyTerminationPolicy(WireObject):
    """What every policy has.

    Attributes:
        evaluation_interval: run the policy at every so many intervals, from 1.
        delay_evaluation: do not run it in the first so many intervals, from 0.
    """

    evaluation_interval: int | None = field(
        default=1, kw_only=True, metadata=wire("evaluationInterval", INTEGER)
    )
    delay_evaluation: int | None = field(
        default=0, kw_only=True, metadata=wire("delayEvaluation", INTEGER)
    )

    def __attrs_post_init__(self) -> None:
        self.check()

    def check(self) -> None:
        """Refuse arguments the service would refuse.

        Raises:
            ValidationError: names the argument and what to use.
        """
        self._whole("evaluation_interval", 1, None)
        self._whole("delay_evaluation", 0, None)

    def _whole(self, name: str, low: int, high: int | None) -> None:
        value = getattr(self, name)
        rule = f"from {low} up" if high is None else f"from {low} to {high}"
        ok = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not (ok and low <= value and (high is None or value <= high)):
            where = f"{type(self).__name__}.{name}"
            raise ValidationError(f"{where}: {value!r}; use a whole number {rule}")


@define(repr=False)
class BanditPolicy(EarlyTerminationPolicy):
    """Stop trials whose best is too far from the best of all.

    Attributes:
        slack_factor: allowed distance as a ratio of the best; this or `slack_amount`.
        slack_amount: allowed distance as an amount.
    """

    WIRE_MODEL: ClassVar[str] = "BanditPolicy"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("policyType", "Bandit")

    slack_factor: float | None = field(default=None, metadata=wire("slackFactor", NUMBER))
    slack_amount: float | None = field(default=None, metadata=wire("slackAmount", NUMBER))

    def check(self) -> None:
        """Refuse both kinds of slack at once, none, or one that is not above zero."""
        super().check()
        given = [s for s in (self.slack_factor, self.slack_amount) if s is not None]
        if len(given) != 1:
            raise ValidationError("BanditPolicy: give either slack_factor or slack_amount")
        number = isinstance(given[0], int | float) and not isinstance(given[0], bool)
        if not number or not given[0] > 0:
            raise ValidationError(f"BanditPolicy: the slack is {given[0]!r}; use a number above 0")


@define(repr=False)
class MedianStoppingPolicy(EarlyTerminationPolicy):
    """Stop trials whose best is worse than the median of the running averages of all."""

    WIRE_MODEL: ClassVar[str] = "MedianStoppingPolicy"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("policyType", "MedianStopping")


@define(repr=False)
class TruncationSelectionPolicy(EarlyTerminationPolicy):
    """Stop the worst trials at each interval.

    Attributes:
        truncation_percentage: how many of them, 1 to 99 percent.
    """

    WIRE_MODEL: ClassVar[str] = "TruncationSelectionPolicy"
    WIRE_TYPE: ClassVar[tuple[str, str]] = ("policyType", "TruncationSelection")

    truncation_percentage: int | None = field(
        default=None, metadata=wire("truncationPercentage", INTEGER)
    )

    def check(self) -> None:
        """Refuse a percentage outside 1 to 99."""
        super().check()
        if self.truncation_percentage is None:
            raise ValidationError("TruncationSelectionPolicy: truncation_percentage is missing")
        self._whole("truncation_percentage", 1, MAX_PERCENTAGE)


POLICY = Union(BanditPolicy, MedianStoppingPolicy, TruncationSelectionPolicy)
