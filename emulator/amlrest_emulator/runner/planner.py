"""From the body of a job to a plan, every reference checked."""

import re
import zlib
from collections.abc import Mapping
from typing import Any

from amlrest_emulator.runner.command_line import unknown_placeholders
from amlrest_emulator.runner.duration import parse_duration
from amlrest_emulator.runner.early_termination import PolicyError, read_policy
from amlrest_emulator.runner.environment import process_count
from amlrest_emulator.runner.plan import CommandPlan, Input, Output, SweepPlan
from amlrest_emulator.runner.references import JobRefusedError, References
from amlrest_emulator.runner.search_space import SearchSpaceError, check_search_space, grid_size

_DEFAULT_EXPERIMENT = "Default"
# Limits of the 2019-09-30 hyperdrive contract.
_MAX_TRIALS = 1000
_MAX_CONCURRENT = 100
# A name is part of a path, of a variable and of placeholders.
_BINDING = re.compile(r"(?!\.{1,2}\Z)[^\s={}\0/\\]{1,255}")
Properties = Mapping[str, Any]


def experiment_of(properties: Properties) -> str:
    """Return the name of a job's experiment."""
    return str(properties.get("experimentName") or _DEFAULT_EXPERIMENT)


def plan_command(properties: Properties, references: References) -> CommandPlan:
    """Return the plan of a Command job.

    Raises:
        JobRefusedError: names the field.
    """
    plan = _command(properties, properties, "properties", references, set())
    return _with_experiment(plan, properties)


def plan_sweep(properties: Properties, references: References, name: str) -> SweepPlan:
    """Return the plan of a Sweep job; its name seeds the sampling.

    Raises:
        JobRefusedError: names the field.
    """
    trial = properties.get("trial")
    if not trial:
        raise JobRefusedError("properties.trial", "A sweep without a trial has nothing to run.")
    algorithm, space = _need(properties, "algorithm"), _need(properties, "searchSpace")
    _check_space(algorithm, space)
    command = _command(trial, properties, "properties.trial", references, set(space))
    total = _total(properties, algorithm, space)
    objective = _need(properties, "objective")
    return SweepPlan(
        trial=_with_experiment(command, properties),
        algorithm=algorithm,
        search_space=dict(space),
        metric=_need(objective, "primaryMetric", "properties.objective"),
        goal="minimize"
        if _need(objective, "goal", "properties.objective").lower() == "minimize"
        else "maximize",
        policy=_policy(properties.get("earlyTermination")),
        max_total=total,
        max_concurrent=_concurrent(properties, total),
        timeout=_timeout(properties, "properties"),
        seed=zlib.crc32(name.lower().encode()),
    )


def _need(value: Properties, key: str, where: str = "properties") -> Any:
    """Return a field that the document of another version may not require."""
    found = value.get(key)
    if found is None:
        raise JobRefusedError(f"{where}.{key}", "is missing; the job cannot be planned without it.")
    return found


def _with_experiment(plan: CommandPlan, properties: Properties) -> CommandPlan:
    return CommandPlan.from_json({**plan.to_json(), "experiment": experiment_of(properties)})


def _command(
    job: Properties, owner: Properties, where: str, references: References, space: set[str]
) -> CommandPlan:
    name, nodes = references.compute(_need(owner, "compute"), "properties.compute")
    inputs = _inputs(job, where, references)
    outputs = _outputs(job, where, references)
    known = {"inputs": set(inputs), "outputs": set(outputs), "search_space": space}
    unknown = unknown_placeholders(_need(job, "command", where), known)
    if unknown:
        raise JobRefusedError(f"{where}.command", f"Nothing is bound to {', '.join(unknown)}.")
    if job.get("environmentId"):
        references.check_environment(job["environmentId"], f"{where}.environmentId")
    code = job.get("codeId")
    return CommandPlan(
        command=job["command"],
        compute=name,
        experiment="",
        code=references.code(code, f"{where}.codeId") if code else None,
        inputs=inputs,
        outputs=outputs,
        variables=dict(job.get("environmentVariables") or {}),
        nodes=nodes,
        distribution=_distribution(job.get("distribution"), nodes, where),
        timeout=_timeout(job, where),
    )


def _inputs(job: Properties, where: str, references: References) -> dict[str, Input]:
    found = {}
    for name, binding in (job.get("inputDataBindings") or {}).items():
        target = _binding(where, "inputDataBindings", name)
        if not (binding or {}).get("dataId"):
            raise JobRefusedError(f"{target}.dataId", "is required.")
        source = references.data(binding["dataId"], f"{target}.dataId")
        found[name] = Input(source, _place(binding, target))
    return found


def _outputs(job: Properties, where: str, references: References) -> dict[str, Output]:
    found = {}
    for name, binding in (job.get("outputDataBindings") or {}).items():
        target = _binding(where, "outputDataBindings", name)
        container = references.container(
            (binding or {}).get("datastoreId"), f"{target}.datastoreId"
        )
        prefix = str((binding or {}).get("pathOnDatastore") or "")
        found[name] = Output(container, prefix, _place(binding or {}, target))
    return found


def _binding(where: str, kind: str, name: str) -> str:
    """Return where a binding stands, when its name can be used."""
    target = f"{where}.{kind}.{name}"
    if not _BINDING.fullmatch(name):
        raise JobRefusedError(target, f"{name!r} cannot be the name of a file, or is too long.")
    return target


def _place(binding: Properties, target: str) -> str:
    place = str(binding.get("pathOnCompute") or "")
    if place.startswith(("/", "~")) or ".." in place.split("/"):
        raise JobRefusedError(
            f"{target}.pathOnCompute",
            f"{place!r} leads out of the working folder; the local workspace has no container "
            "to put it in. Give a relative path, or none.",
        )
    return place


def _distribution(
    distribution: dict[str, Any] | None, nodes: int, where: str
) -> dict[str, Any] | None:
    target = f"{where}.distribution"
    if distribution is None:
        if nodes > 1:
            message = "is required when instanceCount is above 1."
            raise JobRefusedError(target, message)
        return None
    if distribution["distributionType"] == "Mpi" and process_count(distribution) * nodes > 1:
        message = "The local workspace starts no MPI launcher; use one process, or PyTorch."
        raise JobRefusedError(target, message)
    return distribution


def _timeout(job: Properties, where: str) -> float | None:
    if not job.get("timeout"):
        return None
    try:
        return parse_duration(job["timeout"])
    except ValueError as error:
        raise JobRefusedError(f"{where}.timeout", str(error)) from None


def _check_space(algorithm: str, space: Properties) -> None:
    if algorithm not in {"Random", "Grid"}:
        message = f"The local workspace samples Random and Grid, not {algorithm}."
        raise JobRefusedError("properties.algorithm", message)
    try:
        check_search_space(space, algorithm)
    except SearchSpaceError as error:
        raise JobRefusedError("properties.searchSpace", str(error)) from None


def _policy(policy: dict[str, Any] | None) -> dict[str, Any] | None:
    if policy is None:
        return None
    try:
        read_policy(policy)
    except PolicyError as error:
        raise JobRefusedError("properties.earlyTermination", str(error)) from None
    return policy


def _total(properties: Properties, algorithm: str, space: Properties) -> int:
    asked = properties.get("maxTotalTrials")
    if asked is None and algorithm == "Random":
        message = "is required: random sampling has no end of its own."
        raise JobRefusedError("properties.maxTotalTrials", message)
    total = _limit("maxTotalTrials", _MAX_TRIALS if asked is None else asked, _MAX_TRIALS)
    return min(total, grid_size(space)) if algorithm == "Grid" else total


def _concurrent(properties: Properties, total: int) -> int:
    asked = properties.get("maxConcurrentTrials")
    if asked is None:
        return min(total, _MAX_CONCURRENT)
    return _limit("maxConcurrentTrials", asked, _MAX_CONCURRENT)


def _limit(name: str, value: int, most: int) -> int:
    if not 1 <= value <= most:
        raise JobRefusedError(f"properties.{name}", f"{value} is not from 1 to {most}.")
    return value
