"""Search spaces: validation and sampling of ``[type, arguments]`` entries. No I/O.

The format is that of the 2019-09-30 hyperdrive contract.
"""

from __future__ import annotations

import itertools
import math
import random
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
_BOUNDED = {"uniform", "loguniform", "quniform", "qloguniform"}
_SPREAD = {"normal", "lognormal", "qnormal", "qlognormal"}
# exp() of a larger number overflows a double.
_MAX_EXPONENT = 700.0


def check_search_space(space: SearchSpace, algorithm: str) -> None:
    """Check every entry, and that the algorithm supports it.

    Args:
        space: name → ``[type, arguments]``.
        algorithm: ``Random`` supports all types, ``Grid`` choice only.

    Raises:
        SearchSpaceError: an entry is invalid; the message names it.
    """
    if not space:
        raise SearchSpaceError("The search space is empty.")
    for name, entry in space.items():
        kind, arguments = _entry(name, entry)
        if algorithm == "Grid" and kind != "choice":
            raise SearchSpaceError(f"{name}: Grid sampling supports choice only, not {kind}.")
        _check_arguments(name, kind, arguments)


def _entry(name: str, entry: Any) -> tuple[str, list[Any]]:
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
        wrong = next((value for value in arguments[0] if not _is_argument(str(value))), None)
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
        return "" if values[0] >= 1 else "the upper bound must be at least 1"
    if kind in _BOUNDED and values[0] >= values[1]:
        return "the lower bound must be below the upper one"
    if kind in _SPREAD and values[1] <= 0:
        return "sigma must be above 0"
    if kind.startswith("q") and values[2] <= 0:
        return "q must be above 0"
    if "log" in kind and max(values[:2]) > _MAX_EXPONENT:
        return "the exponents are too large"
    return ""


def _is_argument(text: str) -> bool:
    """Whether a process can receive a text: it has neither NUL nor lone surrogates."""
    return "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def samples(space: SearchSpace, algorithm: str, seed: int) -> Iterator[dict[str, Any]]:
    """Yield samples: endless for ``Random``, every combination once for ``Grid``.

    The same seed yields the same sequence, so that a restart can resume a sweep.
    """
    if algorithm == "Grid":
        options = [_entry(name, entry)[1][0] for name, entry in space.items()]
        for values in itertools.product(*options):
            yield dict(zip(space, values, strict=True))
        return
    rng = random.Random(seed)  # noqa: S311 - sampling, not secrecy
    while True:
        yield {name: _sample(rng, *_entry(name, entry)) for name, entry in space.items()}


def _sample(rng: random.Random, kind: str, arguments: list[Any]) -> Any:
    if kind == "choice":
        return rng.choice(arguments[0])
    if kind == "randint":
        return rng.randrange(int(arguments[0]))
    draw = rng.uniform if kind.endswith("uniform") else rng.gauss
    value = draw(*arguments[:2])
    value = math.exp(value) if "log" in kind else value
    return _round_to(value, arguments[2]) if kind.startswith("q") else value


def _round_to(value: float, q: float) -> float:
    # Removes floating point error: 3 * 0.1 is 0.30000000000000004.
    return float(f"{round(value / q) * q:.12g}")


def grid_size(space: SearchSpace) -> int:
    """Return the number of combinations of a search space of choices."""
    return math.prod(len(_entry(name, entry)[1][0]) for name, entry in space.items())
