"""Computes, endpoints and assets of the workspace as they are shown."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote

from amlrest_emulator import names
from amlrest_emulator.context import Context
from amlrest_emulator.engine.call import PRESENTERS
from amlrest_emulator.handlers.nodes import busy_nodes
from amlrest_emulator.json_body import part
from amlrest_emulator.state import Resource, parent_of

_TYPE = f"{names.PROVIDER}/workspaces"
ENDPOINTS = "/endpoints/"
"""Path of the pages of deployments."""

_ENDPOINTS = {"onlineEndpoints": "online", "batchEndpoints": "batch"}
_ASSETS = {
    "data/versions": "data",
    "models/versions": "models",
    "environments/versions": "environments",
    "codes/versions": "code",
}


class Compute(NamedTuple):
    """A compute; ``busy`` are the runs on its nodes, one for each node."""

    name: str
    kind: str
    state: str
    busy: list[str]
    most: int


class Deployment(NamedTuple):
    """A deployment; ``traffic`` is its percentage, None where there is none."""

    name: str
    state: str
    traffic: int | None
    model: str
    link: str


class Endpoint(NamedTuple):
    """An endpoint with its deployments."""

    name: str
    kind: str
    state: str
    uri: str
    deployments: list[Deployment]


def computes_of(context: Context) -> list[Compute]:
    """Return the computes of the workspace."""
    return [_compute(context, each) for each in _children(context, f"{_TYPE}/computes")]


def endpoints_of(context: Context) -> list[Endpoint]:
    """Return the endpoints of the workspace."""
    return [
        _endpoint(context, each, kind, label)
        for kind, label in _ENDPOINTS.items()
        for each in _children(context, f"{_TYPE}/{kind}")
    ]


def assets_of(context: Context) -> dict[str, int]:
    """Return the numbers of versions of assets, by kind."""
    scope = f"{context.identity.workspace_id.lower()}/"
    sql = "SELECT lower(type), count(*) FROM resources WHERE key >= ? AND key < ? GROUP BY 1"
    rows = context.state.execute(sql, (scope, f"{scope}\U0010ffff"))
    found = {names.below_workspace(kind): count for kind, count in rows}
    return {label: found[kind] for kind, label in _ASSETS.items() if kind in found}


def _children(context: Context, kind: str) -> list[Resource]:
    return list(context.state.scan(context.identity.workspace_id, kind))


def _compute(context: Context, resource: Resource) -> Compute:
    properties = resource.properties
    inner = part(properties, "properties")
    state = inner.get("state") or properties.get("provisioningState") or ""
    kind = str(properties.get("computeType") or "")
    capacity = context.runner.services.capacity(resource.name.lower())
    return Compute(resource.name, kind, str(state), busy_nodes(context, resource), capacity)


def _endpoint(context: Context, resource: Resource, kind: str, label: str) -> Endpoint:
    present = PRESENTERS.get(resource.type.lower())
    body = present(context, resource, resource.body) if present else resource.body
    properties = part(body, "properties")
    traffic = part(properties, "traffic")
    return Endpoint(
        resource.name,
        label,
        _state(resource),
        str(properties.get("scoringUri") or ""),
        [
            _deployment(each, traffic)
            for each in context.state.scan(resource.id, f"{_TYPE}/{kind}/deployments")
        ],
    )


def _deployment(resource: Resource, traffic: dict[str, Any]) -> Deployment:
    shares = {name.lower(): share for name, share in traffic.items()}
    share, model = shares.get(resource.name.lower()), dict(facts_of(resource)).get("Model", "")
    return Deployment(resource.name, _state(resource), share, model, _link(resource))


def _link(deployment: Resource) -> str:
    """Return the path of the page of an online deployment, "" for a batch one: that runs jobs."""
    endpoint = parent_of(deployment.id)
    if "/batchendpoints/" in deployment.id.lower():
        return ""
    names_of = (quote(each.rpartition("/")[2], safe="") for each in (endpoint, deployment.id))
    return f"{ENDPOINTS}{'/'.join(names_of)}"


def deployment_of(context: Context, endpoint: str, name: str) -> Resource | None:
    """Return an online deployment, or None."""
    workspace = context.identity.workspace_id
    return context.state.get(f"{workspace}/onlineEndpoints/{endpoint}/deployments/{name}")


def _state(resource: Resource) -> str:
    return str(resource.properties.get("provisioningState") or "")


def facts_of(deployment: Resource) -> list[tuple[str, str]]:
    """Return names and values of what a deployment is made of."""
    properties = deployment.properties
    model = properties.get("model")
    found = {
        "Model": part(properties, "model").get("assetId") or model,
        "Environment": properties.get("environmentId"),
        "Code": part(properties, "codeConfiguration").get("codeId"),
        "Scoring script": part(properties, "codeConfiguration").get("scoringScript"),
        "Description": properties.get("description"),
    }
    return [(name, short_id(str(value))) for name, value in found.items() if value]


def short_id(text: str) -> str:
    """Return an ARM id as ``name:version`` or its last name, a URL without its query."""
    if "://" in text:
        return text.partition("?")[0]
    if not text.startswith("/subscriptions/"):
        return text
    head, _, last = text.rpartition("/")
    folder, _, kind = head.rpartition("/")
    return f"{folder.rpartition('/')[2]}:{last}" if kind == "versions" else last
