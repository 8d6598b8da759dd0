"""Search spaces: ``[type, arguments]`` of the 2019-09-30 hyperdrive contract; sampling is pure."""

import itertools
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

SearchSpace = Mapping[str, Any]


class SearchSpaceError(ValueError):
    """A search space that says nothing that can be sampled."""


def _round_to(value: float, q: float) -> float:
    # The quotient is an integer; multiplying by a decimal q leaves binary dust such as 0.30000004.
    return float(f"{round(value / q) * q:.12g}")


def _choice(rng: random.Random, options: Sequence[Any]) -> Any:
    return rng.choice(list(options))


def _randint(rng: random.Random, upper: float) -> int:
    return rng.randrange(int(upper))


def _uniform(rng: random.Random, low: float, high: float) -> float:
    return rng.uniform(low, high)


def _loguniform(rng: random.Random, low: float, high: float) -> float:
    return math.exp(rng.uniform(low, high))


def _quniform(rng: random.Random, low: float, high: float, q: float) -> float:
    return _round_to(rng.uniform(low, high), q)


def _qloguniform(rng: random.Random, low: float, high: float, q: float) -> float:
    return _round_to(math.exp(rng.uniform(low, high)), q)


def _normal(rng: random.Random, mu: float, sigma: float) -> float:
    return rng.gauss(mu, sigma)


def _qnormal(rng: random.Random, mu: float, sigma: float, q: float) -> float:
    return _round_to(rng.gauss(mu, sigma), q)


def _lognormal(rng: random.Random, mu: float, sigma: float) -> float:
    return math.exp(rng.gauss(mu, sigma))


def _qlognormal(rng: random.Random, mu: float, sigma: float, q: float) -> float:
    return _round_to(math.exp(rng.gauss(mu, sigma)), q)


# type → sampler and number of arguments
_SAMPLERS: dict[str, tuple[Callable[..., Any], int]] = {
    "choice": (_choice, 1),
    "randint": (_randint, 1),
    "uniform": (_uniform, 2),
    "loguniform": (_loguniform, 2),
    "quniform": (_quniform, 3),
    "qloguniform": (_qloguniform, 3),
    "normal": (_normal, 2),
    "lognormal": (_lognormal, 2),
    "qnormal": (_qnormal, 3),
    "qlognormal": (_qlognormal, 3),
}
_BOUNDED = {"uniform", "loguniform", "quniform", "qloguniform"}
_SPREAD = {"normal", "lognormal", "qnormal", "qlognormal"}
# exp() of more than this is no double.
_MAX_EXPONENT = 700.0


def check_search_space(space: SearchSpace, algorithm: str) -> None:
    """Check every entry, and that the algorithm takes it.

    Args:
        space: name → ``[type, arguments]``.
        algorithm: ``Random`` takes all types, ``Grid`` takes choice only.

    Raises:
        SearchSpaceError: names the hyperparameter and what is wrong with it.
    """
    if not space:
        raise SearchSpaceError("The search space is empty.")
    for name, entry in space.items():
        kind, arguments = _entry(name, entry)
        if algorithm == "Grid" and kind != "choice":
            raise SearchSpaceError(f"{name}: Grid sampling takes choice only, not {kind}.")
        _check_arguments(name, kind, arguments)


def _entry(name: str, entry: Any) -> tuple[str, list[Any]]:
    try:
        kind, arguments = entry
        sampler = _SAMPLERS[str(kind).lower()]
    except (TypeError, ValueError):
        raise SearchSpaceError(f"{name}: {entry!r} is not [type, [arguments]].") from None
    except KeyError:
        known = ", ".join(sorted(_SAMPLERS))
        raise SearchSpaceError(f"{name}: {kind!r} is not a distribution; known: {known}.") from None
    if not isinstance(arguments, list) or len(arguments) != sampler[1]:
        raise SearchSpaceError(f"{name}: {kind} takes {sampler[1]} argument(s), not {arguments!r}.")
    return str(kind).lower(), arguments


def _check_arguments(name: str, kind: str, arguments: list[Any]) -> None:
    if kind == "choice":
        if not isinstance(arguments[0], list) or not arguments[0]:
            raise SearchSpaceError(f"{name}: choice takes a list of at least one value.")
        return
    if not all(_is_number(value) for value in arguments):
        raise SearchSpaceError(f"{name}: the arguments of {kind} are numbers, not {arguments!r}.")
    problem = _range_problem(kind, [float(value) for value in arguments])
    if problem:
        raise SearchSpaceError(f"{name}: {kind}{tuple(arguments)!r}: {problem}.")


def _range_problem(kind: str, values: list[float]) -> str:
    if kind == "randint":
        return "" if values[0] >= 1 else "the upper bound is below 1"
    if kind in _BOUNDED and values[0] >= values[1]:
        return "the lower bound is not below the upper one"
    if kind in _SPREAD and values[1] <= 0:
        return "sigma is not above 0"
    if kind.startswith("q") and values[2] <= 0:
        return "q is not above 0"
    if "log" in kind and max(values[:2]) > _MAX_EXPONENT:
        return "the values are exponents and too large"
    return ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def samples(space: SearchSpace, algorithm: str, seed: int) -> Iterator[dict[str, Any]]:
    """Yield hyperparameters: without end for ``Random``, every combination once for ``Grid``.

    The same seed gives the same sequence, so that a sweep goes on after a restart.
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
    return _SAMPLERS[kind][0](rng, *arguments)


def grid_size(space: SearchSpace) -> int:
    """Return the number of combinations of a search space of choices."""
    return math.prod(len(_entry(name, entry)[1][0]) for name, entry in space.items())
