"""Search spaces of sweeps: the distribution of each hyperparameter.

In JSON a distribution is a list such as ``["uniform", [0.01, 0.9]]`` (hyperdrive data plane,
2019-09-30). The bounds of log distributions are exponents: ``loguniform(-5, 0)`` draws values
between exp(-5) and 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from attrs import astuple, field, fields, frozen

from amlrest.errors import ValidationError


@frozen
class Distribution:
    """The distribution of a hyperparameter."""

    KIND: ClassVar[str]

    def to_wire(self) -> list[Any]:
        """Return the ``[type, arguments]`` list."""
        return [self.KIND, list(astuple(self, recurse=False))]

    def __attrs_post_init__(self) -> None:
        for attribute in fields(type(self)):
            _check_number(self.KIND, attribute.name, getattr(self, attribute.name))
        self._check()

    def _check(self) -> None:
        """Check the arguments in combination."""


def _as_tuple(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(values)


@frozen
class Choice(Distribution):
    """One of the given values."""

    KIND = "choice"
    values: tuple[Any, ...] = field(converter=_as_tuple)

    def __attrs_post_init__(self) -> None:
        if not self.values:
            raise ValidationError("choice: no values; give at least one")
        for value in self.values:
            if not _is_json(value):
                kind = type(value).__name__
                raise ValidationError(
                    f"choice: {value!r} ({kind}) is not valid JSON; use text, numbers, lists or dicts"
                )

    def to_wire(self) -> list[Any]:
        """Return ``["choice", [[v, …]]]``."""
        return [self.KIND, [list(self.values)]]


@frozen
class RandInt(Distribution):
    """A whole number from 0 to ``upper`` - 1."""

    KIND = "randint"
    upper: int

    def _check(self) -> None:
        if self.upper != int(self.upper) or self.upper < 1:
            raise ValidationError(f"randint: upper is {self.upper}; use a whole number above 0")


@frozen
class Uniform(Distribution):
    """Uniform between two bounds."""

    KIND = "uniform"
    min_value: float
    max_value: float

    def _check(self) -> None:
        if self.min_value >= self.max_value:
            raise ValidationError(
                f"{self.KIND}: min_value {self.min_value} must be below max_value {self.max_value}"
            )


@frozen
class LogUniform(Uniform):
    """exp of a uniform value; the bounds are exponents."""

    KIND = "loguniform"


@frozen
class QUniform(Uniform):
    """A uniform value, rounded to a multiple of ``q``."""

    KIND = "quniform"
    q: float

    def _check(self) -> None:
        super()._check()
        _check_positive(self.KIND, "q", self.q)


@frozen
class QLogUniform(QUniform):
    """exp of a uniform value, rounded to a multiple of ``q``."""

    KIND = "qloguniform"


@frozen
class Normal(Distribution):
    """Normal with mean ``mu`` and standard deviation ``sigma``."""

    KIND = "normal"
    mu: float
    sigma: float

    def _check(self) -> None:
        _check_positive(self.KIND, "sigma", self.sigma)


@frozen
class LogNormal(Normal):
    """exp of a normal value."""

    KIND = "lognormal"


@frozen
class QNormal(Normal):
    """A normal value, rounded to a multiple of ``q``."""

    KIND = "qnormal"
    q: float

    def _check(self) -> None:
        super()._check()
        _check_positive(self.KIND, "q", self.q)


@frozen
class QLogNormal(QNormal):
    """exp of a normal value, rounded to a multiple of ``q``."""

    KIND = "qlognormal"


KINDS: Mapping[str, type[Distribution]] = {
    cls.KIND: cls
    for cls in (
        Choice, RandInt, Uniform, LogUniform, QUniform, QLogUniform,
        Normal, LogNormal, QNormal, QLogNormal,
    )
}  # fmt: skip


def choice(*values: Any) -> Choice:
    """Draw one of the values: ``choice("gbdt", "dart")``, or one list or range of values."""
    if len(values) == 1 and isinstance(values[0], list | tuple | range | set | frozenset):
        return Choice(values[0])
    return Choice(values)


def randint(upper: int) -> RandInt:
    """Draw a whole number from 0 to ``upper`` - 1."""
    return RandInt(upper)


def uniform(min_value: float, max_value: float) -> Uniform:
    """Draw uniformly between ``min_value`` and ``max_value``."""
    return Uniform(min_value, max_value)


def loguniform(min_value: float, max_value: float) -> LogUniform:
    """Draw exp(u), with u uniform between two exponents."""
    return LogUniform(min_value, max_value)


def quniform(min_value: float, max_value: float, q: float) -> QUniform:
    """Draw uniformly between the bounds, rounded to a multiple of ``q``."""
    return QUniform(min_value, max_value, q)


def qloguniform(min_value: float, max_value: float, q: float) -> QLogUniform:
    """Draw exp(u), rounded to a multiple of ``q``, with u uniform between two exponents."""
    return QLogUniform(min_value, max_value, q)


def normal(mu: float, sigma: float) -> Normal:
    """Draw from a normal distribution with mean ``mu`` and standard deviation ``sigma``."""
    return Normal(mu, sigma)


def lognormal(mu: float, sigma: float) -> LogNormal:
    """Draw exp(n), with n normal with mean ``mu`` and standard deviation ``sigma``."""
    return LogNormal(mu, sigma)


def qnormal(mu: float, sigma: float, q: float) -> QNormal:
    """Draw from a normal distribution, rounded to a multiple of ``q``."""
    return QNormal(mu, sigma, q)


def qlognormal(mu: float, sigma: float, q: float) -> QLogNormal:
    """Draw exp(n), rounded to a multiple of ``q``, with n normal with ``mu`` and ``sigma``."""
    return QLogNormal(mu, sigma, q)


def from_wire(raw: Any) -> Any:
    """Return the distribution for its JSON; ``raw`` itself if it is not a known distribution.

    Arguments can follow the type directly, in a list, or in a list in a list. Numbers can be text.
    """
    if not (isinstance(raw, list | tuple) and raw and isinstance(raw[0], str)):
        return raw
    cls = KINDS.get(raw[0].lower())
    if cls is None:
        return raw
    arguments = _inner(raw[1:])
    try:
        if cls is Choice:
            return choice(*arguments)
        return cls(*map(_as_number, _inner(arguments)))
    except (TypeError, ValidationError):
        return raw


def _inner(values: Any) -> list[Any]:
    """Return the only item of a list if that is a list, else the list itself."""
    only = values[0] if len(values) == 1 else None
    return list(only if isinstance(only, list | tuple) else values)


def _as_number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return value


ALLOWED: Mapping[str, frozenset[str]] = {
    "grid": frozenset({"choice"}),
    "bayesian": frozenset({"choice", "uniform", "quniform"}),
    "random": frozenset(KINDS),
}
"""Distributions that each sampling algorithm supports."""


def check(space: Mapping[str, Any], algorithm: str) -> None:
    """Raise for a search space that the algorithm does not support.

    Raises:
        ValidationError: the message names the hyperparameter and the supported distributions.
    """
    if not space:
        raise ValidationError("search_space is empty; give at least one hyperparameter")
    if not isinstance(space, Mapping):
        raise ValidationError(
            f"search_space is {type(space).__name__}; use a dict, a distribution by name"
        )
    allowed = ALLOWED.get(algorithm.lower())
    for name, value in space.items():
        kind = value.KIND if isinstance(value, Distribution) else None
        if allowed is not None and kind is not None and kind not in allowed:
            raise ValidationError(
                f"search_space[{name!r}]: the {algorithm} algorithm does not support {kind}; "
                f"use {_listed(allowed)}, or the random algorithm"
            )


def _listed(words: Iterable[str]) -> str:
    return " or ".join(sorted(words))


def _check_number(kind: str, name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValidationError(f"{kind}: {name} is {value!r}; use a finite number")


def _check_positive(kind: str, name: str, value: float) -> None:
    if value <= 0:
        raise ValidationError(f"{kind}: {name} is {value}; use a number above 0")


def _is_json(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_json, value))
    if isinstance(value, dict):
        return all(isinstance(k, str) and _is_json(v) for k, v in value.items())
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, str | int)
