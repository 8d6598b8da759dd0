"""Conversion of an API version's Swagger 2.0 documents to one OpenAPI 3.0 document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen_steps.pin.components import Collector, Naming, with_references
from codegen_steps.pin.discriminators import with_unions
from codegen_steps.pin.operation_converter import OperationConverter
from codegen_steps.pinned_document import PARAMETERS, SCHEMAS
from codegen_steps.problems import CodegenError

if TYPE_CHECKING:
    from codegen_steps.pin.schema_converter import Json
    from codegen_steps.pin.sources import Sources


def to_openapi(sources: Sources, api_version: str) -> Json:
    """Merge and convert all documents; ``sources.decisions`` collects the choices made.

    Raises:
        CodegenError: something cannot be converted; the message names document and pointer.
    """
    collector = Collector(sources)
    operations = OperationConverter(collector)
    operations.convert()
    collector.collect()
    schemas = Naming(_in_document_order(collector.schemas, sources), SCHEMAS)
    parameters = Naming(
        with_references(_in_document_order(operations.parameters, sources), schemas.reference),
        PARAMETERS,
    )
    for naming in (schemas, parameters):
        _report_clashes(naming, sources)

    def final(text: str) -> str | None:
        return schemas.reference(text) or parameters.reference(text)

    return {
        "openapi": "3.0.3",
        "info": {"title": _title(sources), "version": api_version},
        "servers": _servers(sources),
        **_security(sources),
        "paths": with_references(dict(sorted(operations.paths.items())), final),
        "components": {
            "schemas": with_unions(with_references(schemas.named(), final), sources.decisions),
            "parameters": with_references(parameters.named(), final),
            **_security_schemes(sources),
        },
    }


def _in_document_order(components: dict[Any, Json], sources: Sources) -> dict[Any, Json]:
    """Sort components: the version's own documents first, by name, then the shared ones."""
    own = [sources.place(key).document for key in sources.own]

    def order(origin: Any) -> tuple[bool, str, str]:
        return origin.document not in own, origin.document, origin.pointer

    return {origin: components[origin] for origin in sorted(components, key=order)}


def _report_clashes(naming: Naming, sources: Sources) -> None:
    for plain, name, first, second in naming.clashes:
        sources.decisions.note(
            second, f"differs from {first}, which is named {plain}; this one is named {name}"
        )


def _title(sources: Sources) -> str:
    """Return the resource provider's name: a fact, unlike the documents' title."""
    providers = {
        segment
        for key in sources.own
        for path in sources.document(key).get("paths", {})
        for segment in path.split("/")
        if "." in segment and not segment.startswith("{")
    }
    return " + ".join(sorted(providers)) or "API"


def _servers(sources: Sources) -> list[Json]:
    servers: list[Json] = []
    for key in sources.own:
        server = _server(sources.document(key))
        if server and server not in servers:
            servers.append(server)
    if len(servers) > 1:
        hosts = ", ".join(server["url"] for server in servers)
        raise CodegenError(
            f"the documents name different hosts ({hosts}); select those of one host with "
            "--documents."
        )
    return servers or [{"url": "/"}]


def _server(document: Json) -> Json | None:
    scheme = (document.get("schemes") or ["https"])[0]
    if "x-ms-parameterized-host" in document:
        host = document["x-ms-parameterized-host"]
        prefix = "" if host.get("useSchemePrefix") is False else f"{scheme}://"
        names = [
            parameter["name"] for parameter in host.get("parameters", []) if "name" in parameter
        ]
        variables = {
            name: {"default": name} for name in names if f"{{{name}}}" in host["hostTemplate"]
        }
        return {"url": prefix + host["hostTemplate"], "variables": variables}
    return {"url": f"{scheme}://{document['host']}"} if document.get("host") else None


def _security(sources: Sources) -> Json:
    stated = [
        sources.document(key)["security"]
        for key in sources.own
        if "security" in sources.document(key)
    ]
    requirements = [entry for entries in stated for entry in entries]
    unique = [entry for at, entry in enumerate(requirements) if entry not in requirements[:at]]
    return {"security": unique} if unique else {}


def _security_schemes(sources: Sources) -> Json:
    schemes: Json = {}
    for key in sources.own:
        for name, scheme in sources.document(key).get("securityDefinitions", {}).items():
            converted = _security_scheme(scheme)
            if schemes.setdefault(name, converted) != converted:
                sources.place(key, f"/securityDefinitions/{name}").refuse(
                    "another document defines this security scheme differently."
                )
    return {"securitySchemes": dict(sorted(schemes.items()))} if schemes else {}


def _security_scheme(scheme: Json) -> Json:
    if scheme.get("type") == "basic":
        return {"type": "http", "scheme": "basic"}
    if scheme.get("type") != "oauth2":
        return {name: scheme[name] for name in ("type", "name", "in") if name in scheme}
    flows = {"application": "clientCredentials", "accessCode": "authorizationCode"}
    urls = {name: scheme[name] for name in ("authorizationUrl", "tokenUrl") if name in scheme}
    scopes = {name: name for name in sorted(scheme.get("scopes", {}))}
    flow = scheme.get("flow", "implicit")
    return {"type": "oauth2", "flows": {flows.get(flow, flow): {**urls, "scopes": scopes}}}
