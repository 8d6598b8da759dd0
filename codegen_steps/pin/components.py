"""Components: collect definitions and shared parameters of all documents and name them."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from codegen_steps.pin.schema_converter import Json, SchemaConverter
from codegen_steps.pin.sources import Sources, pointer_tokens
from codegen_steps.problems import Place, expect_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Origin = Place
COMPONENT_NAME = re.compile(r"[^A-Za-z0-9._-]")


class Collector:
    """Converts every definition that the version's documents contain or refer to.

    References are written as ``document#pointer`` until every definition is known;
    ``Naming`` then assigns the names.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.converter = SchemaConverter(self._resolve, sources.decisions)
        self.schemas: dict[Origin, Json] = {}
        self._waiting: list[Origin] = []

    def own(self, section: str) -> Iterable[tuple[Place, Any]]:
        """Yield the entries of a section (``definitions``, ``parameters``, …) of the own documents."""
        for key in self.sources.own:
            place = self.sources.place(key).at(section)
            entries = expect_object(self.sources.document(key).get(section, {}), place)
            yield from ((place.at(name), entry) for name, entry in entries.items())

    def collect(self) -> None:
        """Convert all own definitions, then all definitions that these refer to."""
        for place, value in self.own("definitions"):
            self.schemas[place] = self.converter.convert(value, place)
        while self._waiting:
            place = self._waiting.pop()
            if place not in self.schemas:
                value = self.sources.value(place, place)
                self.schemas[place] = self.converter.convert(value, place)

    def follow(self, value: Any, place: Place) -> tuple[Any, Place]:
        """Return a value and its place with references followed; raise CodegenError for a cycle."""
        seen: list[Place] = []
        while isinstance(value, dict) and "$ref" in value:
            target = self.sources.target(value["$ref"], place.at("$ref"))
            if target in seen:
                place.refuse("circular reference.")
            seen.append(target)
            value, place = self.sources.value(target, place.at("$ref")), target
        return value, place

    def _resolve(self, reference: str, place: Place) -> str | tuple[Any, Place]:
        target = self.sources.target(reference, place)
        value = self.sources.value(target, place)
        tokens = pointer_tokens(target.pointer)
        if tokens[:1] == ["definitions"] and len(tokens) == len(("definitions", "name")):
            self.follow(value, target)
            self._waiting.append(target)
            return str(target)
        return value, target


class Naming:
    """Assigns a name to every converted component of one section.

    Components with the same name and the same content, references followed, become one; when
    they differ, the first keeps the name.

    Args:
        components: converted components by origin, in document order.
        target: prefix of the references to write, such as ``#/components/schemas/<name>``.
    """

    def __init__(self, components: dict[Origin, Json], target: str) -> None:
        self._target = target
        self._components = components
        self._classes = _equal_classes(components)
        self.names: dict[Origin, str] = {}
        self.clashes: list[tuple[str, str, Origin, Origin]] = []
        self._assign()

    def reference(self, origin: str) -> str | None:
        """Return the final ``$ref`` for ``document#pointer``, or None for anything else."""
        document, _, pointer = origin.partition("#")
        name = self.names.get(Place(document, pointer))
        return name and self._target + name

    def named(self) -> dict[str, Json]:
        """Return the components by name, sorted."""
        found: dict[str, Json] = {}
        clashing = {name for _, name, _, _ in self.clashes}
        for origin, component in self._components.items():
            name = self.names[origin]
            renamed = name in clashing or name != own_name(origin)
            source = {"x-amlrest-source": str(origin)} if renamed else {}
            found.setdefault(name, component | source)
        return dict(sorted(found.items()))

    def _assign(self) -> None:
        taken: dict[str, tuple[int, Origin]] = {}
        for origin in self._components:
            plain = COMPONENT_NAME.sub("_", own_name(origin))
            name = plain
            if plain in taken and taken[plain][0] != self._classes[origin]:
                name = f"{plain}_{COMPONENT_NAME.sub('_', PurePosixPath(origin.document).stem)}"
            name = self._free(name, origin, taken)
            if name != plain and name not in taken:
                self.clashes.append((plain, name, taken[plain][1], origin))
            taken.setdefault(name, (self._classes[origin], origin))
            self.names[origin] = name

    def _free(self, name: str, origin: Origin, taken: dict[str, tuple[int, Origin]]) -> str:
        base, number = name, 2
        while name in taken and taken[name][0] != self._classes[origin]:
            name, number = f"{base}_{number}", number + 1
        return name


def own_name(origin: Origin) -> str:
    """Return the name of a component in its own document."""
    return pointer_tokens(origin.pointer)[-1]


def _equal_classes(components: dict[Origin, Json]) -> dict[Origin, int]:
    """Number the components: equal numbers mean equal content, references followed."""
    known = {str(origin): origin for origin in components}
    classes = dict.fromkeys(components, 0)
    count = 0
    while True:
        marks = {text: f"class {classes[origin]}" for text, origin in known.items()}
        texts = {
            origin: own_name(origin)
            + json.dumps(with_references(component, marks.get), sort_keys=True)
            for origin, component in components.items()
        }
        numbers = {text: at for at, text in enumerate(dict.fromkeys(texts.values()))}
        classes = {origin: numbers[text] for origin, text in texts.items()}
        if len(numbers) == count:
            return classes
        count = len(numbers)


def with_references(value: Any, rename: Callable[[str], str | None]) -> Any:
    """Return a value with every ``$ref`` that ``rename`` knows replaced."""
    if isinstance(value, list):
        return [with_references(item, rename) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: (rename(item) or item)
        if name == "$ref" and isinstance(item, str)
        else with_references(item, rename)
        for name, item in value.items()
    }
