"""Bindings of jobs: inputs from assets and URIs, literal inputs, outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from amlrest_emulator.names import OUTPUT_FOLDER
from amlrest_emulator.runner.plan import Input, Output
from amlrest_emulator.runner.resolver import InvalidJobError, Resolver

# A name is part of a path, an environment variable and placeholders.
_NAME = re.compile(r"(?!\.{1,2}\Z)[^\s={}\0/\\]{1,255}")
Properties = Mapping[str, Any]


def plan_inputs(
    job: Properties, where: str, resolver: Resolver
) -> tuple[dict[str, Input], dict[str, str]]:
    """Return the inputs that are files, and the values of literal inputs."""
    files: dict[str, Input] = {}
    literals: dict[str, str] = {}
    for name, given in (job.get("inputDataBindings") or {}).items():
        target = _target(where, "inputDataBindings", name)
        binding = given or {}
        if binding.get("value") is not None:
            literals[name] = str(binding["value"])
        elif binding.get("uri"):
            files[name] = Input(resolver.place(binding["uri"], f"{target}.uri"))
        elif binding.get("dataId"):
            source = resolver.data(binding["dataId"], f"{target}.dataId")
            files[name] = Input(source, _place(binding, target))
        else:
            raise InvalidJobError(f"{target}.dataId", "is required.")
    return files, literals


def plan_outputs(job: Properties, where: str, resolver: Resolver) -> dict[str, Output]:
    """Return the outputs; one without a place gets a folder of the run."""
    found = {}
    for name, given in (job.get("outputDataBindings") or {}).items():
        target = _target(where, "outputDataBindings", name)
        binding = given or {}
        if binding.get("uri"):
            message = f"{binding['uri']!r} is not a datastore URI; use azureml://datastores/…"
            raise InvalidJobError(f"{target}.uri", message)
        store = binding.get("datastoreId")
        container = resolver.container(store, f"{target}.datastoreId")
        path = str(binding.get("pathOnDatastore") or "")
        prefix = path if path or store else f"{OUTPUT_FOLDER}/{name}"
        found[name] = Output(container, prefix, _place(binding, target))
    return found


def _target(where: str, kind: str, name: str) -> str:
    """Return the JSON path of a binding; its name must be valid."""
    target = f"{where}.{kind}.{name}"
    if not _NAME.fullmatch(name):
        raise InvalidJobError(target, f"{name!r} is not a valid file name, or is too long.")
    return target


def _place(binding: Properties, target: str) -> str:
    place = str(binding.get("pathOnCompute") or "")
    if place.startswith(("/", "~")) or ".." in place.split("/"):
        raise InvalidJobError(
            f"{target}.pathOnCompute",
            f"{place!r} is outside the working folder; the local workspace has no container "
            "for it. Use a relative path, or none.",
        )
    return place
