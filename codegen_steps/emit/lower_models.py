"""Schemas as the templates need them: models, enums, aliases and types of fields."""

from __future__ import annotations

from codegen_steps.emit.identifiers import class_name, field_name, member_names
from codegen_steps.emit.secret_fields import is_secret
from codegen_steps.pinned_document import SCHEMAS, Json, parents_of
from codegen_steps.problems import CodegenError

SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def pascal(*words: str) -> str:
    """Join words, each with its first letter in upper case."""
    return "".join(word[:1].upper() + word[1:] for word in words)


class Models:
    """Facts about the schemas of one pinned document.

    Attributes:
        models: Class name → ``{wire, base, fields, pinned, discriminator, subtypes}``.
        enums: Class name → ``{members, open}``.
        aliases: Class name → type expression, for definitions that are not objects.

    Raises:
        CodegenError: Something cannot be expressed; the message names the pointer.
    """

    def __init__(self, schemas: dict[str, Json]) -> None:
        self._schemas = schemas
        self.models: dict[str, Json] = {}
        self.enums: dict[str, Json] = {}
        self.aliases: dict[str, str] = {}
        self._enum_values: dict[tuple[str, tuple[str, ...]], str] = {}
        self._resolving: list[str] = []
        self._waiting: list[str] = []
        self._names: dict[str, str] = {}
        for name, schema in schemas.items():
            if "x-amlrest-base" not in schema:
                self._names[name] = class_name(name, self._names.values())
        for name in list(self._names):
            self._named(name)

    # named schemas -----------------------------------------------------------

    def _named(self, name: str) -> None:
        schema = self._schemas[name]
        if is_enum(schema):
            self._enum(self._names[name], schema, name)
        elif self._is_model(schema):
            self._model(name)
        else:
            self.aliases[self._names[name]] = self._alias(name)

    def _alias(self, name: str) -> str:
        if name in self._resolving:  # a type expression is finite: the recursion ends in any JSON
            self._refuse_circle(name)
            return "any"
        self._resolving.append(name)
        kind = self.kind(self._schemas[name], name, "")
        self._resolving.pop()
        self._settle()
        return kind

    def _refuse_circle(self, name: str) -> None:
        seen: list[str] = []
        while "$ref" in self._schemas[name]:
            if name in seen:
                raise CodegenError(f"{SCHEMAS}{name}: circular reference; correct it with a patch.")
            seen.append(name)
            name = self._target(self._schemas[name]["$ref"])

    def _model(self, name: str) -> Json:
        given = self._names[name]
        if given in self.models:
            return self.models[given]
        body = self._body(name)
        base = self._base(body)
        inherited = dict(self._model(base)["all"]) if base else {}
        facts: Json = {"wire": name, "base": base and self._names[base], "all": inherited}
        self.models[given] = facts
        pinned = self._pinned(base, body)
        facts["fields"] = self._fields(name, body, inherited, pinned)
        facts["all"] = {**inherited, **{entry["wire"]: entry for entry in facts["fields"]}}
        facts["pinned"] = pinned
        facts |= self._union(name)
        return facts

    def _body(self, name: str) -> Json:
        target = self._schemas[name].get("x-amlrest-fields", "").removeprefix(SCHEMAS)
        return self._schemas[target or name]

    def _base(self, body: Json) -> str | None:
        for parent in parents_of(body):
            base = self._schemas[parent].get("x-amlrest-base")
            if base:
                return str(base).removeprefix(SCHEMAS)
        return None

    def _pinned(self, base: str | None, body: Json) -> Json:
        """Return the discriminator values of a subtype."""
        pinned: Json = {}
        while base is not None:
            field = self._schemas[base].get("discriminator", {}).get("propertyName")
            values = body.get("properties", {}).get(field, {}).get("enum", [])
            if len(values) == 1:
                pinned.setdefault(field, values[0])
            base = self._base(self._body(base))
        return pinned

    def _union(self, name: str) -> Json:
        discriminator = self._schemas[name].get("discriminator", {})
        exact = {
            str(value): self._names[self._target(reference)]
            for value, reference in discriminator.get("mapping", {}).items()
        }
        subtypes: Json = {}
        for value, subtype in exact.items():
            if subtypes.setdefault(value.casefold(), subtype) != subtype:
                # two values differ in letter case only, so here the case counts
                subtypes |= {other: exact[other] for other in exact if _same(other, value)}
        return {"discriminator": discriminator.get("propertyName", ""), "subtypes": subtypes}

    def _target(self, reference: str) -> str:
        """Return the schema that a reference means; for the fields of a base, its union."""
        name = reference.removeprefix(SCHEMAS)
        if name not in self._schemas:
            raise CodegenError(f"{reference}: no such schema; correct the reference with a patch.")
        return str(self._schemas[name].get("x-amlrest-base", name)).removeprefix(SCHEMAS)

    # fields --------------------------------------------------------------------

    def _fields(self, name: str, body: Json, inherited: Json, pinned: Json) -> list[Json]:
        properties, required = self._properties(body)
        taken = [entry["python"] for entry in inherited.values()]
        fields: list[Json] = []
        for wire, schema in properties.items():
            parent = inherited.get(wire)
            if parent and wire in pinned:
                fields.append({**parent, "pinned": True})
                continue
            # a base may name a discriminator that it does not declare
            stated = {"type": "string"} if wire in pinned else schema
            entry = self._field(name, wire, stated, required) | {"pinned": wire in pinned}
            entry["python"] = parent["python"] if parent else field_name(wire, taken)
            taken.append(entry["python"])
            if parent != entry:
                fields.append({**entry, "redefined": bool(parent)})
        return [*fields, *_newly_required(inherited, required - properties.keys())]

    def _field(self, owner: str, wire: str, schema: Json, required: set[str]) -> Json:
        read_only = bool(schema.get("readOnly"))
        return {
            "wire": wire,
            "kind": self.kind(schema, owner, wire),
            # fields that only the service sets are not required in requests
            "required": wire in required and not read_only,
            "nullable": bool(schema.get("nullable")),
            "read_only": read_only,
            "secret": is_secret(owner, wire, schema),
            "pinned": False,
            "redefined": False,
        }

    def _properties(self, body: Json) -> tuple[dict[str, Json], set[str]]:
        """Return own fields and those of parents that are not a base, outermost parent first."""
        properties: dict[str, Json] = {}
        required: set[str] = set()
        for part in [*body.get("allOf", []), {**body, "allOf": []}]:
            source = part
            if "$ref" in part:
                parent = self._schemas[part["$ref"].removeprefix(SCHEMAS)]
                if "x-amlrest-base" in parent and self._is_base(body, parent):
                    continue
                source = parent
            fields, names = self._properties(source) if source.get("allOf") else own(source)
            properties |= fields
            required |= names
        return properties, required

    def _is_base(self, body: Json, parent: Json) -> bool:
        return str(parent["x-amlrest-base"]).removeprefix(SCHEMAS) == self._base(body)

    # types ---------------------------------------------------------------------

    def kind(self, schema: Json, owner: str, wire: str) -> str:
        """Return the type expression of a schema used in a field, body or response.

        Args:
            schema: The schema, or a reference with or without siblings.
            owner: Its container; an inline object or enum is named after it.
            wire: The field with this type.
        """
        alone = len(schema.get("allOf", [])) == 1 and not schema.get("properties")
        if "$ref" in schema or (alone and parents_of(schema)):
            return self._referred(schema.get("$ref") or schema["allOf"][0]["$ref"])
        if is_enum(schema):
            return f"enum[{self._inline_enum(schema, owner, wire)}]"
        if self._is_model(schema):
            return self._inline_model(schema, owner, wire)
        if "allOf" in schema:
            kinds = (self.kind(part, owner, wire) for part in [*schema["allOf"], _bare(schema)])
            return next((kind for kind in kinds if kind != "any"), "any")
        return self._plain_kind(schema, owner, wire)

    def _plain_kind(self, schema: Json, owner: str, wire: str) -> str:
        if schema.get("type") == "array":
            return f"list[{self.kind(schema.get('items', {}), owner, f'{wire}Item')}]"
        values = schema.get("additionalProperties")
        if values is not None and values is not False:
            return f"dict[{self.kind({} if values is True else values, owner, f'{wire}Value')}]"
        return SCALARS.get(schema.get("type", ""), "any")

    def _referred(self, reference: str) -> str:
        name = self._target(reference)
        schema = self._schemas[name]
        if is_enum(schema):
            return f"enum[{self._names[name]}]"
        return self._names[name] if self._is_model(schema) else self._alias(name)

    def _is_model(self, schema: Json) -> bool:
        """Return whether a schema is an object with own or inherited fields."""
        if is_model(schema):
            return True
        parts = schema.get("allOf", [])
        return any(self._is_model(self._part(part)) for part in parts)

    def _part(self, part: Json) -> Json:
        return self._schemas[self._target(part["$ref"])] if "$ref" in part else part

    def _inline_model(self, schema: Json, owner: str, wire: str) -> str:
        wanted = pascal(owner, wire)
        key = wanted
        while key in self._schemas and self._schemas[key] is not schema:
            key += "_"
        if key not in self._names:
            self._names[key] = class_name(wanted, self._names.values())
            self._schemas = {**self._schemas, key: schema}
            self._waiting.append(key)
            self._settle()
        return self._names[key]

    def _settle(self) -> None:
        """Read waiting inline objects, except while an alias is being resolved."""
        while self._waiting and not self._resolving:
            self._model(self._waiting.pop())

    # enums ---------------------------------------------------------------------

    def _inline_enum(self, schema: Json, owner: str, wire: str) -> str:
        stated = schema.get("x-ms-enum", {}).get("name")
        wanted = pascal(str(stated)) if stated else pascal(owner, wire)
        key = (wanted, tuple(schema["enum"]))
        if key not in self._enum_values:
            name = self._same_enum(wanted, schema) or class_name(wanted, self._names.values())
            self._names.setdefault(f"{owner}/{wire}/{name}", name)
            self._enum_values[key] = name
            self._enum(name, schema, f"{owner}/properties/{wire}")
        return self._enum_values[key]

    def _same_enum(self, wanted: str, schema: Json) -> str | None:
        named = self._schemas.get(wanted, {})
        return self._names[wanted] if named.get("enum") == schema["enum"] else None

    def _enum(self, name: str, schema: Json, pointer: str) -> None:
        values = schema["enum"]
        if not values:
            raise CodegenError(
                f"{SCHEMAS}{pointer}: an enum must not be empty; correct it with a patch."
            )
        facts = schema.get("x-ms-enum", {})
        stated = {entry.get("value"): entry.get("name") for entry in facts.get("values", [])}
        names = member_names(values, [str(stated.get(value) or "") for value in values])
        self.enums[name] = {
            "members": dict(zip(names, values, strict=True)),
            # open by default: services add values without a new version
            "open": facts.get("modelAsString", True) is not False,
        }


def own(schema: Json) -> tuple[dict[str, Json], set[str]]:
    """Return the fields that a schema defines itself, and which of them are required."""
    return dict(schema.get("properties", {})), set(schema.get("required", []))


def is_enum(schema: Json) -> bool:
    """Return whether a schema is an enum of strings; other enums keep their type."""
    return "enum" in schema and all(isinstance(value, str) for value in schema["enum"])


def is_model(schema: Json) -> bool:
    """Return whether a schema is an object with own fields, or a closed one without any."""
    if "x-amlrest-fields" in schema or "x-amlrest-base" in schema or "properties" in schema:
        return True
    return schema.get("x-additional-properties") is False and schema.get("type") == "object"


def _bare(schema: Json) -> Json:
    return {key: value for key, value in schema.items() if key != "allOf"}


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _newly_required(inherited: Json, names: set[str]) -> list[Json]:
    """Return the inherited fields that a subtype requires without defining them again."""
    return [
        {**entry, "required": True, "redefined": True}
        for wire, entry in inherited.items()
        if wire in names and not (entry["required"] or entry["read_only"])
    ]
