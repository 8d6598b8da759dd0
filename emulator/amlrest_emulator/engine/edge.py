"""Edge: the requests and responses of one API version, over the one store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from amlrest_emulator.api_versions import ApiVersions, Shape, shape_of_version
from amlrest_emulator.arm_errors import ArmError, invalid, missing
from amlrest_emulator.engine.mutability import split_body
from amlrest_emulator.engine.routing import Router, resource_type
from amlrest_emulator.engine.unset import Unset
from amlrest_emulator.engine.visible import Visible, rest_of
from amlrest_emulator.names import below_workspace
from amlrest_emulator.shapes import Places, to_shape, to_shape_target, to_stored
from amlrest_emulator.spec import Operation, Schema, Spec

Json = dict[str, Any]
# Anyone can ask for versions that were never pinned.
_MAX_EDGES = 32


@dataclass(frozen=True, slots=True)
class Edge:
    """One API version.

    Attributes:
        version: version of the requests, also in the URLs of the responses.
        spec: pinned document that serves it.
        shape: wire shape of the version.
        stored: path of each resource that has a PUT, with the path of its collection.
        schemas: schema of each stored resource by type in lower case.
    """

    version: str
    spec: Spec
    shape: Shape
    router: Router
    stored: dict[str, str]
    schemas: dict[str, Schema]
    visible: Visible
    unset: Unset

    def to_stored(self, kind: str, body: Json, places: Places) -> Json:
        """Return a request body in the stored form."""
        return to_stored(self.shape, kind, body, places)

    def show(self, kind: str, body: Json, places: Places) -> Json:
        """Return a stored body as this version shows it."""
        shaped = to_shape(self.shape, kind, body, places)
        schema = self.schemas.get(kind.lower())
        return self.visible.of(schema, shaped) if schema else shaped

    def complete(self, kind: str, shown: Json) -> Json:
        """Return a body that this version shows with the fields that are not set."""
        schema = self.schemas.get(kind.lower())
        return self.unset.complete(schema, below_workspace(kind), shown) if schema else shown

    def problem(self, kind: str, body: object, error: ArmError) -> ArmError:
        """Return an error with its targets as paths of this version."""
        shown = [
            replace(each, target=to_shape_target(self.shape, kind, body, each.target))
            if each.target
            else each
            for each in error.details
        ]
        if not shown or shown == list(error.details):
            return error
        return missing(shown[0]) if error.status == HTTPStatus.NOT_FOUND else invalid(shown)

    def knows(self, kind: str, body: Json, places: Places) -> bool:
        """Return whether this version can show a resource of this kind at all."""
        schema = self.schemas.get(kind.lower())
        if schema is None:
            return True
        return self.visible.knows(schema, to_shape(self.shape, kind, body, places))

    def settable(self, kind: str, body: Json, places: Places) -> Json:
        """Return the part of a stored body that a client of this version sets."""
        schema = self.schemas.get(kind.lower(), {})
        shown = split_body(self.spec, schema, self.show(kind, body, places)).public
        return self.to_stored(kind, shown, places)

    def comparable(self, kind: str, body: Json, places: Places) -> Json:
        """Return what ``settable`` does, with the fields that are not set, to compare bodies."""
        schema = self.schemas.get(kind.lower(), {})
        complete = self.complete(kind, self.show(kind, body, places))
        return self.to_stored(kind, split_body(self.spec, schema, complete).public, places)

    def kept(self, kind: str, body: Json, places: Places) -> Json:
        """Return the part of a stored body that a client of this version cannot set."""
        return rest_of(body, self.settable(kind, body, places))


@dataclass(slots=True)
class Edges:
    """The edges of the API versions asked for so far."""

    versions: ApiVersions
    _edges: dict[str, Edge] = field(default_factory=dict)

    def at(self, version: str) -> Edge:
        """Return the edge of a version.

        Raises:
            ArmError: 400 for a version that is not served.
        """
        edge = self._edges.get(version.lower())
        if edge is None:
            edge = self._make(version)
            if len(self._edges) >= _MAX_EDGES:
                self._edges.clear()
            self._edges[version.lower()] = edge
        return edge

    def _make(self, version: str) -> Edge:
        pinned = self.versions.serving(version)
        shape = shape_of_version(version)
        if pinned is None or shape is None:
            served = ", ".join(self.versions.pinned)
            message = (
                f"The api-version {version!r} is not supported. The supported versions are "
                f"{served}; later ones are served as the newest of them."
            )
            raise ArmError(400, "InvalidApiVersionParameter", message, "api-version")
        spec = self.versions.document(pinned)
        operations = list(spec.operations.values())
        return Edge(
            version=version,
            spec=spec,
            shape=shape,
            router=Router.of(spec),
            stored=stored_resources(operations),
            schemas=_schemas(operations),
            unset=Unset(spec, shape),
            visible=Visible(spec, lambda: self.versions.names_elsewhere(pinned)),
        )


def stored_resources(operations: list[Operation]) -> dict[str, str]:
    """Return the paths of resources with a PUT, each with the path of its collection."""
    puts = (item.path for item in operations if item.method == "PUT" and item.addresses_resource)
    return {path: path.rpartition("/")[0] for path in puts}


def _schemas(operations: list[Operation]) -> dict[str, Schema]:
    return {
        resource_type(item.path).lower(): item.body
        for item in operations
        if item.method == "PUT" and item.addresses_resource and item.body
    }
