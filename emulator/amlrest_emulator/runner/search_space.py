"""Search spaces: validation and sampling of ``[type, arguments]`` entries. No I/O.

The format is that of the 2019-09-30 hyperdrive contract.
"""

from __future__ import annotations

import itertools
import math
import random
import statistics
import sys
from collections.abc import Iterator, Mapping
from typing import Any

SearchSpace = Mapping[str, Any]


class SearchSpaceError(ValueError):
    """An invalid search space."""


# distribution → number of arguments
_ARGUMENTS = {
    "choice": 1,
    "randint": 1,
    "uniform": 2,
    "loguniform": 2,
    "quniform": 3,
    "qloguniform": 3,
    "normal": 2,
    "lognormal": 2,
    "qnormal": 3,
    "qlognormal": 3,
}
# Algorithms that do not support every distribution.
_SUPPORTED = {
    "Grid": {"choice"},
    "Bayesian": {"choice", "uniform", "quniform"},
}
_BOUNDED = {"uniform", "loguniform", "quniform", "qloguniform"}
# exp() of a larger number overflows a double.
_MAX_EXPONENT = 700.0
# All larger doubles are whole numbers.
_WHOLE = 2.0**53
# Farther from the mean no double that is drawn can be.
_SIGMAS = 10.0


def check_search_space(space: SearchSpace, algorithm: str) -> None:
    """Check every entry, and that the algorithm supports it.

    Args:
        space: name → ``[type, arguments]``.
        algorithm: ``Random`` and ``Sobol`` support all types, ``Grid`` choice only, ``Bayesian``
            choice, uniform and quniform.

    Raises:
        SearchSpaceError: an entry is invalid; the message names it.
    """
    if not space:
        raise SearchSpaceError("The search space is empty.")
    for name, entry in space.items():
        if not name.strip("-") or not is_argument(name):
            raise SearchSpaceError(f"{name!r} cannot be the name of an argument of a command.")
        kind, arguments = entry_of(name, entry)
        supported = _SUPPORTED.get(algorithm, _ARGUMENTS.keys())
        if kind not in supported:
            known = ", ".join(sorted(supported))
            message = f"{name}: {algorithm} sampling supports {known} only, not {kind}."
            raise SearchSpaceError(message)
        _check_arguments(name, kind, arguments)


def entry_of(name: str, entry: Any) -> tuple[str, list[Any]]:
    """Return type, in lower case, and arguments of an entry.

    Raises:
        SearchSpaceError: the entry is not one.
    """
    try:
        kind, arguments = entry
        count = _ARGUMENTS[str(kind).lower()]
    except (TypeError, ValueError):
        raise SearchSpaceError(f"{name}: {entry!r} is not [type, [arguments]].") from None
    except KeyError:
        known = ", ".join(sorted(_ARGUMENTS))
        raise SearchSpaceError(f"{name}: {kind!r} is not a distribution; known: {known}.") from None
    if not isinstance(arguments, list) or len(arguments) != count:
        raise SearchSpaceError(f"{name}: {kind} takes {count} argument(s), not {arguments!r}.")
    return str(kind).lower(), arguments


def _check_arguments(name: str, kind: str, arguments: list[Any]) -> None:
    if kind == "choice":
        if not isinstance(arguments[0], list) or not arguments[0]:
            raise SearchSpaceError(f"{name}: choice takes a non-empty list.")
        wrong = next((value for value in arguments[0] if not is_argument(str(value))), None)
        if wrong is not None:
            raise SearchSpaceError(f"{name}: {wrong!r} cannot be an argument of a command.")
        return
    if not all(_is_number(value) for value in arguments):
        raise SearchSpaceError(
            f"{name}: the arguments of {kind} must be numbers, not {arguments!r}."
        )
    problem = _range_problem(kind, [float(value) for value in arguments])
    if problem:
        raise SearchSpaceError(f"{name}: {kind}{tuple(arguments)!r}: {problem}.")


def _range_problem(kind: str, values: list[float]) -> str:
    if kind == "randint":
        whole = values[0] >= 1 and values[0].is_integer()
        return "" if whole else "the upper bound must be a whole number of at least 1"
    bounded = kind in _BOUNDED
    largest = values[1] if bounded else values[0] + _SIGMAS * values[1]
    problems = {
        "the lower bound must be below the upper one": bounded and values[0] >= values[1],
        "the range is too large": bounded and not math.isfinite(values[1] - values[0]),
        "sigma must be above 0": not bounded and values[1] <= 0,
        "q must be above 0": kind.startswith("q") and values[2] <= 0,
        "the exponents are too large": "log" in kind and largest > _MAX_EXPONENT,
        "the values are too large": not math.isfinite(largest),
    }
    return next((problem for problem, found in problems.items() if found), "")


def is_argument(text: str) -> bool:
    """Whether a process can receive a text: it has neither NUL nor lone surrogates."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def samples(space: SearchSpace, algorithm: str, seed: int) -> Iterator[dict[str, Any]]:
    """Yield samples: endless for ``Random`` and ``Sobol``, every combination once for ``Grid``.

    The same seed yields the same sequence, so that a restart can resume a sweep.
    """
    entries = {name: entry_of(name, entry) for name, entry in space.items()}
    if algorithm == "Grid":
        for values in itertools.product(*(arguments[0] for _, arguments in entries.values())):
            yield dict(zip(space, values, strict=True))
    elif algorithm == "Sobol":
        for point in _sobol_points(len(entries), seed):
            drawn = zip(entries.items(), point, strict=True)
            yield {name: _quantile(*entry, share) for (name, entry), share in drawn}
    else:
        rng = random.Random(seed)  # noqa: S311 - sampling, not secrecy
        while True:
            yield {name: _sample(rng, *entry) for name, entry in entries.items()}


def _sobol_points(dimensions: int, seed: int) -> Iterator[list[float]]:
    """Yield the points of a scrambled Sobol sequence in the unit cube."""
    from scipy.stats.qmc import Sobol

    sequence = Sobol(dimensions, scramble=True, rng=seed % 2**32)
    while True:
        yield sequence.random(1)[0].tolist()


def _sample(rng: random.Random, kind: str, arguments: list[Any]) -> Any:
    if kind == "choice":
        return rng.choice(arguments[0])
    if kind == "randint":
        return rng.randrange(int(arguments[0]))
    draw = rng.uniform if kind.endswith("uniform") else rng.gauss
    return _transformed(kind, arguments, draw(*arguments[:2]))


def _quantile(kind: str, arguments: list[Any], share: float) -> Any:
    """Return the value of a distribution below which ``share`` of it is."""
    if kind == "choice":
        return arguments[0][int(share * len(arguments[0]))]
    if kind == "randint":
        return int(share * int(arguments[0]))
    first, second = map(float, arguments[:2])
    if kind.endswith("uniform"):
        return _transformed(kind, arguments, first + share * (second - first))
    inside = min(max(share, sys.float_info.min), 1 - sys.float_info.epsilon)
    return _transformed(kind, arguments, statistics.NormalDist(first, second).inv_cdf(inside))


def _transformed(kind: str, arguments: list[Any], value: float) -> float:
    value = math.exp(value) if "log" in kind else value
    return round_to(value, arguments[2]) if kind.startswith("q") else value


def round_to(value: float, q: float) -> float:
    """Return the nearest multiple of ``q``."""
    count = value / q
    if abs(count) > _WHOLE:
        return value
    # Removes floating point error: 3 * 0.1 is 0.30000000000000004.
    return float(f"{round(count) * q:.12g}")


def grid_size(space: SearchSpace) -> int:
    """Return the number of combinations of a search space of choices."""
    return math.prod(len(entry_of(name, entry)[1][0]) for name, entry in space.items())
