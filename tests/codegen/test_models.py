"""Generated models: tolerant reading, strict writing, nothing lost."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import attrs
import pytest

from tests.codegen.small_document import SCHEMAS

CIRCLE = {"kind": "Circle", "radius": 1.5}


@pytest.fixture
def models(small: Any) -> Any:
    return small("models")


@pytest.fixture
def unset(small: Any) -> Any:
    return small("types").UNSET


def drawing(**more: Any) -> dict[str, Any]:
    return {"shape": dict(CIRCLE), "note": None, **more}


def test_models_are_attrs_classes_with_slots(models: Any) -> None:
    assert not hasattr(models.Drawing(shape=models.Circle(radius=1), note=None), "__dict__")
    assert attrs.has(models.Drawing)


def test_reading_sets_the_subtype_at_any_depth(models: Any) -> None:
    read = models.Drawing.from_dict(
        drawing(shapes=[CIRCLE, {"kind": "polygon", "form": "SQUARE"}], byName={"a": CIRCLE})
    )
    assert type(read.shape) is models.Circle
    assert [type(shape) for shape in read.shapes] == [models.Circle, models.Square]
    assert type(read.by_name["a"]) is models.Circle


def test_a_parent_of_two_lends_its_fields(models: Any) -> None:
    square = models.Square(side=2)
    assert square.to_dict() == {"kind": "Polygon", "form": "square", "side": 2}
    assert isinstance(square, models.Polygon)
    assert isinstance(square, models.Shape)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("shape", None),
        ("shape", "text"),
        ("shapes", {"not": "a list"}),
        ("shapes", [None, 1, {"kind": "Circle"}]),
        ("byName", ["not", "a", "dict"]),
        ("tags", 7),
        ("mode", "newer than the document"),
        ("createdAt", "2021-06-01T12:00:00.1234567Z"),
        ("count", 2**70),
        ("count", "12"),
        ("scale", 1),
        ("visible", "yes"),
        ("anything", [1, {"a": None}]),
    ],
)
def test_what_was_read_is_written_whatever_it_is(models: Any, field: str, value: Any) -> None:
    source = drawing(**{field: value})
    read = models.Drawing.from_dict(copy.deepcopy(source))
    repr(read)
    assert json.dumps(read.to_dict()) == json.dumps(source)


def test_missing_required_is_tolerated_on_reading(models: Any, unset: Any) -> None:
    read = models.Drawing.from_dict({})
    assert read.shape is unset
    assert read.to_dict() == {}


@pytest.mark.parametrize(
    ("arguments", "error", "named"),
    [
        ({}, TypeError, "shape"),
        ({"shape": CIRCLE}, TypeError, "note"),
        ({"count": "1"}, TypeError, "Drawing.count must be int, not str"),
        ({"count": True}, TypeError, "Drawing.count must be int, not bool"),
        ({"visible": 1}, TypeError, "Drawing.visible must be bool"),
        ({"shapes": ["x"]}, TypeError, r"Drawing.shapes\[0\] must be Shape"),
        ({"tags": {"a": 1}}, TypeError, r"Drawing.tags\['a'\] must be str"),
        ({"tags": {1: "a"}}, TypeError, "a key of Drawing.tags"),
        ({"mode": "other"}, ValueError, "Drawing.mode must be one of 'fast', 'slow'"),
        ({"unheard_of": 1}, TypeError, "unheard_of"),
    ],
)
def test_construction_refuses_by_name(
    models: Any, arguments: dict[str, Any], error: type[Exception], named: str
) -> None:
    if "shape" not in arguments and arguments:
        arguments = {"shape": models.Circle(radius=1), "note": None, **arguments}
    with pytest.raises(error, match=named):
        models.Drawing(**arguments)


def test_construction_takes_names_only(models: Any) -> None:
    with pytest.raises(TypeError):
        models.Circle(1.0)


def test_assignment_is_checked_and_written(models: Any) -> None:
    read = models.Drawing.from_dict(drawing(count=1))
    with pytest.raises(TypeError, match=r"Drawing\.count"):
        read.count = "2"
    with pytest.raises(TypeError, match=r"Drawing\.shape is required"):
        read.shape = None
    with pytest.raises(AttributeError, match="cuont"):
        read.cuont = 2
    with pytest.raises(AttributeError, match="cuont"):
        _ = read.cuont
    read.count = 2
    read.mode = models.Mode.SLOW
    assert read.to_dict() == drawing(count=2, mode="slow")


def test_null_and_absent_stay_distinct(models: Any, unset: Any) -> None:
    read = models.Drawing.from_dict(drawing(count=None))
    assert read.count is None
    assert read.scale is unset
    assert not read.scale
    read.count, read.scale = unset, None
    assert read.to_dict() == drawing(scale=None)
    del read.scale
    assert read.to_dict() == drawing()


def test_the_discriminator_is_filled_in_and_fixed(models: Any) -> None:
    circle = models.Circle(radius=2)
    assert circle.kind is models.ShapeKind.CIRCLE
    assert circle.to_dict() == {"kind": "Circle", "radius": 2}
    with pytest.raises(ValueError, match=r"Circle\.kind is always 'Circle'"):
        circle.kind = "Polygon"
    assert models.Shape(kind="Newer", label="x").to_dict() == {"kind": "Newer", "label": "x"}


def test_changing_what_was_read_deep_inside_is_written(models: Any) -> None:
    source = drawing(shapes=[dict(CIRCLE)], tags={"a": "1"}, anything={"deep": [1]}, new={"k": [1]})
    read = models.Drawing.from_dict(source)
    read.shapes[0].radius = 9.0
    read.shapes.append(models.Square(side=1))
    read.tags["b"] = "2"
    read.anything["deep"].append(2)
    read.additional_properties["new"]["k"].append(2)
    read.additional_properties["newer"] = True
    assert read.to_dict() == drawing(
        shapes=[
            {"kind": "Circle", "radius": 9.0},
            {"kind": "Polygon", "form": "square", "side": 1},
        ],
        tags={"a": "1", "b": "2"},
        anything={"deep": [1, 2]},
        new={"k": [1, 2]},
        newer=True,
    )
    assert source["tags"] == {"a": "1"}, "the source is the caller's"


def test_an_unknown_field_is_added_to_a_model_that_had_none(models: Any) -> None:
    read = models.Circle.from_dict(dict(CIRCLE))
    read.additional_properties["newer"] = True
    assert read.to_dict() == {**CIRCLE, "newer": True}
    assert json.loads(read.to_json()) == {**CIRCLE, "newer": True}


def test_a_written_object_is_independent(models: Any) -> None:
    for use in (False, True):
        read = models.Drawing.from_dict(drawing(tags={"a": "1"}, shapes=[dict(CIRCLE)]))
        if use:
            repr(read)
        written = read.to_dict()
        written["tags"]["a"] = "changed"
        written["shapes"][0]["radius"] = 0
        assert read.tags == {"a": "1"}
        assert read.shapes[0].radius == 1.5


def test_additional_properties_can_be_dropped_but_not_shadow_a_field(models: Any) -> None:
    read = models.Drawing.from_dict(drawing(new=1, newer=2))
    assert read.additional_properties == {"new": 1, "newer": 2}
    del read.additional_properties["new"]
    assert read.to_dict() == drawing(newer=2)
    read.additional_properties["count"] = 1
    with pytest.raises(ValueError, match="count"):
        read.to_dict()


def test_unset_inside_a_list_is_refused(models: Any, unset: Any) -> None:
    read = models.Drawing.from_dict(drawing(anything=[1]))
    read.anything.append(unset)
    with pytest.raises(TypeError, match="UNSET"):
        read.to_dict()


def test_evolve_keeps_what_the_document_does_not_know(models: Any) -> None:
    read = models.Drawing.from_dict(drawing(count=1, new=[1]))
    changed = attrs.evolve(read, count=2)
    assert changed.to_dict() == drawing(count=2, new=[1])
    assert read.to_dict() == drawing(count=1, new=[1])
    assert attrs.evolve(read.shape, radius=3).to_dict() == {"kind": "Circle", "radius": 3}


def test_equality_looks_at_content(models: Any) -> None:
    read = models.Drawing.from_dict(drawing())
    built = models.Drawing(shape=models.Circle(radius=1.5), note=None)
    assert read == built
    assert read != models.Drawing.from_dict(drawing(new=1))
    assert read != models.Drawing.from_dict(drawing(count=1))


@pytest.mark.parametrize(
    "twin", [copy.copy, copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))]
)
def test_copies_are_equal_and_independent(models: Any, twin: Any) -> None:
    for use in (False, True):
        original = models.Drawing.from_dict(drawing(tags={"a": "1"}, new=1))
        if use:
            repr(original)
        other = twin(original)
        assert other == original
        other.tags["a"] = "2"
        other.shape.radius = 7
        assert original.to_dict() == drawing(tags={"a": "1"}, new=1)


def test_unset_survives_copy_and_pickle(unset: Any) -> None:
    assert copy.deepcopy(unset) is unset
    assert pickle.loads(pickle.dumps(unset)) is unset
    assert repr(unset) == "UNSET"


def test_repr_hides_secrets_and_unknown_values(models: Any) -> None:
    read = models.Drawing.from_dict(
        drawing(accessKey="s3cret-a", password="s3cret-b", newKey="s3cret-c", label="shown")
    )
    assert "s3cret" not in repr(read)
    assert "access_key=***" in repr(read)
    assert "newKey" in repr(read)
    assert "scale" not in repr(read)


def test_open_enums_take_and_keep_other_values(models: Any) -> None:
    assert models.ShapeKind.is_open()
    assert not models.Mode.is_open()
    shape = models.Shape.from_dict({"kind": "Newer"})
    assert shape.kind == "Newer"
    assert models.Drawing.from_dict(drawing(mode="fast")).mode is models.Mode.FAST
    assert models.Mode.FAST == "fast"


def test_awkward_field_names_keep_their_wire_names(models: Any) -> None:
    wires = list(SCHEMAS["Awkward"]["properties"])
    payload = {wire: f"value of {wire}" for wire in wires}
    read = models.Awkward.from_dict(payload)
    names = [field.name for field in attrs.fields(models.Awkward)]
    assert len(set(names)) == len(wires) + 1
    assert read.additional_properties == {}
    assert sorted(
        getattr(read, name) for name in names if name != "additional_properties"
    ) == sorted(payload.values())
    assert read.to_dict() == payload
    assert models.Awkward(class_="x", to_dict_="y").to_dict() == {"class": "x", "to_dict": "y"}


def test_definitions_named_like_our_own_names(models: Any) -> None:
    read = models.Field_.from_dict({"model": {"any": {"x": "1"}}})
    assert type(read.model) is models.Model_
    assert type(read.model.any_) is models.Any_


def test_definitions_that_differ_in_case_are_two_modules(models: Any) -> None:
    assert models.AKSData(a="1").to_dict() == {"a": "1"}
    assert models.AksData(b="1").to_dict() == {"b": "1"}


def test_enum_members_have_distinct_names_and_exact_values(models: Any) -> None:
    assert [member.value for member in models.Odd] == SCHEMAS["Odd"]["enum"]


def test_enums_of_numbers_stay_numbers(models: Any) -> None:
    assert models.Numbers(size=2).to_dict() == {"size": 2}


def test_an_alias_is_a_plain_type(models: Any) -> None:
    assert models.Tags == dict[str, str]


def test_numbers_json_cannot_say_are_refused(models: Any) -> None:
    with pytest.raises(ValueError, match="JSON"):
        models.Circle(radius=float("nan")).to_json()


def test_an_array_that_comes_back_to_itself(models: Any) -> None:
    payload: dict[str, Any] = {"trees": [{"branches": [{"branches": []}]}]}
    read = models.Forest.from_dict(payload)
    assert read.trees[0].branches[0].branches == []
    assert read.to_dict() == payload


def test_a_discriminator_that_the_base_does_not_declare(models: Any) -> None:
    assert models.Clear().to_dict() == {"sort": "Clear"}
    assert type(models.Vague.from_dict({"sort": "clear"})) is models.Clear
    assert models.Vague.from_dict({"sort": "new"}).to_dict() == {"sort": "new"}
