"""Planner: turns the body of a job into a plan and checks it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from amlrest_emulator.runner.bindings import plan_inputs, plan_outputs
from amlrest_emulator.runner.command_line import unknown_placeholders
from amlrest_emulator.runner.duration import parse_duration
from amlrest_emulator.runner.early_termination import PolicyError, read_policy
from amlrest_emulator.runner.mpi import mpi_processes
from amlrest_emulator.runner.plan import CommandPlan, SweepPlan
from amlrest_emulator.runner.plan_limits import check_distribution, check_plan, check_variables
from amlrest_emulator.runner.resolver import InvalidJobError, Resolver
from amlrest_emulator.runner.search_space import SearchSpaceError, check_search_space, grid_size

_DEFAULT_EXPERIMENT = "Default"
# Limits of the 2019-09-30 hyperdrive contract.
_MAX_TRIALS = 1000
_MAX_CONCURRENT = 100
_MAX_NAME = 250
Properties = Mapping[str, Any]


def experiment_of(properties: Properties) -> str:
    """Return the experiment name of a job."""
    return str(properties.get("experimentName") or _DEFAULT_EXPERIMENT)


def plan_command(properties: Properties, resolver: Resolver) -> CommandPlan:
    """Return the plan of a Command job.

    Raises:
        InvalidJobError: the job cannot run; names the field.
    """
    return _command(properties, properties, "properties", resolver, set())


def plan_sweep(properties: Properties, resolver: Resolver, name: str) -> SweepPlan:
    """Return the plan of a Sweep job; its name seeds the sampling.

    Raises:
        InvalidJobError: the job cannot run; names the field.
    """
    if len(name) > _MAX_NAME:
        message = f"must have at most {_MAX_NAME} characters: trials are named <sweep>_<number>."
        raise InvalidJobError("id", message)
    trial = properties.get("trial")
    if not trial:
        raise InvalidJobError("properties.trial", "is required.")
    algorithm, space = _algorithm(properties), _need(properties, "searchSpace")
    _check_space(algorithm, space)
    command = _command(trial, properties, "properties.trial", resolver, set(space))
    total = _total(properties, algorithm, space)
    objective = _need(properties, "objective")
    return SweepPlan(
        trial=command,
        algorithm=algorithm,
        search_space=dict(space),
        metric=_need(objective, "primaryMetric", "properties.objective"),
        goal="minimize"
        if _need(objective, "goal", "properties.objective").lower() == "minimize"
        else "maximize",
        policy=_policy(properties.get("earlyTermination"), algorithm),
        max_total=total,
        max_concurrent=_concurrent(properties, total),
        timeout=_timeout(properties, "properties"),
        seed=_seed(properties, name),
    )


def _need(value: Properties, key: str, where: str = "properties") -> Any:
    """Return a field that other API versions may not require."""
    found = value.get(key)
    if found is None:
        raise InvalidJobError(f"{where}.{key}", "is required.")
    return found


def _command(
    job: Properties, owner: Properties, where: str, resolver: Resolver, space: set[str]
) -> CommandPlan:
    name, nodes = resolver.compute(_need(owner, "compute"), "properties.compute")
    inputs, literals = plan_inputs(job, where, resolver)
    outputs = plan_outputs(job, where, resolver)
    known = {"inputs": {*inputs, *literals}, "outputs": set(outputs), "search_space": space}
    unknown = unknown_placeholders(_need(job, "command", where), known)
    if unknown:
        raise InvalidJobError(f"{where}.command", f"not defined: {', '.join(unknown)}.")
    code, environment = job.get("codeId"), job.get("environmentId")
    plan = CommandPlan(
        command=job["command"],
        compute=name,
        experiment=experiment_of(owner),
        code=resolver.code(code, f"{where}.codeId") if code else None,
        environment=resolver.environment(environment, f"{where}.environmentId")
        if environment
        else None,
        inputs=inputs,
        literals=literals,
        outputs=outputs,
        variables=check_variables(job.get("environmentVariables"), where),
        nodes=nodes,
        distribution=_distribution(job.get("distribution"), nodes, where, resolver),
        timeout=_timeout(job, where),
    )
    check_plan(plan, where)
    return plan


def _distribution(
    distribution: dict[str, Any] | None, nodes: int, where: str, resolver: Resolver
) -> dict[str, Any] | None:
    target = f"{where}.distribution"
    if distribution is None:
        if nodes > 1:
            message = "is required when instanceCount is above 1."
            raise InvalidJobError(target, message)
        return None
    check_distribution(distribution, where)
    if mpi_processes(distribution, nodes) and not resolver.has_mpi:
        message = (
            "The local workspace found no mpirun or mpiexec; install MPI, or use one process "
            "or PyTorch."
        )
        raise InvalidJobError(target, message)
    return distribution


def _timeout(job: Properties, where: str) -> float | None:
    if not job.get("timeout"):
        return None
    try:
        return parse_duration(job["timeout"])
    except ValueError as error:
        raise InvalidJobError(f"{where}.timeout", str(error)) from None


def _algorithm(properties: Properties) -> str:
    algorithm = str(_need(properties, "algorithm"))
    if algorithm not in {"Random", "Grid", "Bayesian"}:
        message = f"must be Random, Grid or Bayesian, not {algorithm}."
        raise InvalidJobError("properties.algorithm", message)
    rule = (properties.get("samplingAlgorithm") or {}).get("rule")
    return "Sobol" if algorithm == "Random" and rule == "Sobol" else algorithm


def _check_space(algorithm: str, space: Properties) -> None:
    try:
        check_search_space(space, algorithm)
    except SearchSpaceError as error:
        raise InvalidJobError("properties.searchSpace", str(error)) from None


def _seed(properties: Properties, name: str) -> int:
    seed = (properties.get("samplingAlgorithm") or {}).get("seed")
    return zlib.crc32(name.lower().encode()) if seed is None else int(seed)


def _policy(policy: dict[str, Any] | None, algorithm: str) -> dict[str, Any] | None:
    if policy is None:
        return None
    if algorithm == "Bayesian":
        message = "Bayesian sampling does not support early termination; remove the policy."
        raise InvalidJobError("properties.earlyTermination", message)
    try:
        read_policy(policy)
    except PolicyError as error:
        raise InvalidJobError("properties.earlyTermination", str(error)) from None
    return policy


def _total(properties: Properties, algorithm: str, space: Properties) -> int:
    requested = properties.get("maxTotalTrials")
    if requested is None and algorithm != "Grid":
        message = f"is required: {algorithm} sampling does not end by itself."
        raise InvalidJobError("properties.maxTotalTrials", message)
    total = _limit("maxTotalTrials", _MAX_TRIALS if requested is None else requested, _MAX_TRIALS)
    return min(total, grid_size(space)) if algorithm == "Grid" else total


def _concurrent(properties: Properties, total: int) -> int:
    requested = properties.get("maxConcurrentTrials")
    if requested is None:
        return min(total, _MAX_CONCURRENT)
    return _limit("maxConcurrentTrials", requested, _MAX_CONCURRENT)


def _limit(name: str, value: int, most: int) -> int:
    if not 1 <= value <= most:
        raise InvalidJobError(f"properties.{name}", f"must be from 1 to {most}, not {value}.")
    return value
