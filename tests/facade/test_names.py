"""Names: validation before any request, and references as ids."""

import re
from typing import Any

import pytest
from amlrest.errors import ValidationError
from amlrest.names import (
    Reference,
    check_existing_name,
    check_name,
    check_version,
    id_segment,
    name_of,
    new_job_name,
    parse_reference,
)
from hypothesis import given
from hypothesis import strategies as st

from tests import official

WORKSPACE = (
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("two words", "a space"),
        ("a/b", "'/'"),
        ("a\\b", r"'\\'"),
        ("..", r"'\.\.'"),
        ("é", "outside ASCII"),
        ("-a", "not allowed"),
        ("a" * 256, "256 characters"),
        ("a\n", "not allowed"),
        (5, "int, not a string"),
    ],
)
def test_a_bad_name_is_refused_with_what_is_wrong_with_it(name: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        check_name("jobs", name)


@given(st.text(max_size=300))
def test_the_rule_is_that_of_the_official_document(name: str) -> None:
    documented = re.compile(r"^[a-zA-Z0-9][a-zA-Z0-9\-_]{0,254}$")
    if documented.match(name) and not name.endswith("\n"):
        assert check_name("jobs", name) == name
    else:
        with pytest.raises(ValidationError):
            check_name("jobs", name)


def test_the_official_document_has_that_pattern_for_names() -> None:
    text = (official.need(official.folder_of()) / "mfe.json").read_text(encoding="utf-8")
    assert '"pattern": "^[a-zA-Z0-9][a-zA-Z0-9\\\\-_]{0,254}$"' in text


@pytest.mark.parametrize("version", ["", "..", "1/2", "1 2", "é"])
def test_a_version_that_would_change_the_path_is_refused(version: str) -> None:
    with pytest.raises(ValidationError):
        check_version("data", version)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("azureml:iris:1", Reference("data", "iris", "1")),
        ("iris:1", Reference("data", "iris", "1")),
        ("iris", Reference("data", "iris")),
        ("azureml:iris@latest", Reference("data", "iris")),
        ("azureml:iris.v1.0:2", Reference("data", "iris.v1.0", "2")),
        (
            "azureml://registries/r/data/iris/versions/1",
            "azureml://registries/r/data/iris/versions/1",
        ),
        (
            "azureml://registries/r/data/iris/labels/latest",
            "azureml://registries/r/data/iris/labels/latest",
        ),
        (f"{WORKSPACE}/data/iris/versions/1", f"{WORKSPACE}/data/iris/versions/1"),
        (f"azureml:{WORKSPACE}/data/iris/versions/1", f"{WORKSPACE}/data/iris/versions/1"),
    ],
)
def test_every_way_to_say_an_asset_is_understood(text: str, expected: object) -> None:
    assert parse_reference("data", text) == expected


@pytest.mark.parametrize(
    "name", ["AzureML-sklearn-1.0-ubuntu20.04-py38-cpu", "_", "a b", "é", "-x", "a" * 300, "1%2"]
)
def test_a_name_that_exists_is_not_judged(name: str) -> None:
    """Two of the names are recorded; a service that lists any of them is right."""
    assert check_existing_name("environments", name) == name
    assert name_of("computes", name) == name
    assert name_of("environments", f"{WORKSPACE}/environments/{name}/versions/1") == name


@pytest.mark.parametrize(
    "name", ["", " ", ".", "..", "a/b", "../w2", "a\\b", "a\0b", "a\n", "\ud800"]
)
def test_a_name_that_would_change_the_path_is_refused(name: Any) -> None:
    with pytest.raises(ValidationError, match="environment name"):
        check_existing_name("environments", name)
    with pytest.raises(ValidationError):
        name_of("environments", name)
    with pytest.raises(ValidationError):
        parse_reference("environments", f"sk:{name}")


def test_an_asset_of_a_registry_is_not_in_the_workspace() -> None:
    with pytest.raises(ValidationError, match="not in the workspace"):
        name_of("environments", "azureml://registries/r/environments/e/versions/1")
    with pytest.raises(ValidationError, match="another kind: environment"):
        parse_reference("models", "azureml://registries/r/environments/e/versions/1")


def test_only_the_newest_version_has_a_label() -> None:
    with pytest.raises(ValidationError, match="unknown label 'stable'; use @latest"):
        parse_reference("models", "azureml:iris@stable")
    with pytest.raises(ValidationError, match="no versions"):
        parse_reference("computes", "azureml:c@latest")


def test_a_reference_becomes_an_id_of_the_workspace() -> None:
    assert (
        Reference("environments", "sk", "3").id_in(WORKSPACE)
        == f"{WORKSPACE}/environments/sk/versions/3"
    )


def test_a_compute_has_no_version() -> None:
    with pytest.raises(ValidationError, match="no versions"):
        parse_reference("computes", "cpu-cluster:1")


def test_ids_are_read_in_any_case() -> None:
    assert id_segment(f"{WORKSPACE}/Computes/c1".replace("workspaces", "WorkSpaces"), "computes")
    assert name_of("computes", f"{WORKSPACE}/COMPUTES/c1") == "c1"


@pytest.mark.parametrize("kind", ["computes", "data", "jobs", "versions"])
def test_a_name_that_reads_like_a_type_is_a_name(kind: str) -> None:
    group = WORKSPACE.replace("/g/", f"/{kind}/").replace("workspaces/w", f"workspaces/{kind}")
    assert id_segment(f"{group}/{kind}/own", kind) == "own"
    assert name_of("data", f"{group}/data/{kind}/versions/1") == kind


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (
            "codes",
            f"{WORKSPACE}/environments/e/versions/1",
            "not an id of a code, but of another kind: environment",
        ),
        (
            "computes",
            f"azureml:{WORKSPACE}/datastores/d",
            "not an id of a compute, but of another kind: datastore",
        ),
        (
            "onlineEndpoints",
            f"{WORKSPACE}/batchEndpoints/b/deployments/d",
            "not an id of an online endpoint, but of another kind: batch endpoint",
        ),
        ("models", "azureml://datastores/d/paths/p", "of another kind: datastore"),
        ("environments", 5, "5 is int; use a name or id"),
        ("computes", None, "None is NoneType"),
    ],
)
def test_what_names_another_kind_or_nothing_is_refused(kind: str, text: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        parse_reference(kind, text)


def test_an_id_of_a_kind_that_is_not_known_here_may_be_right() -> None:
    cluster = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/x/c"
    assert parse_reference("computes", cluster) == cluster
    later = f"{WORKSPACE}/laterKind/k"
    assert parse_reference("computes", later) == later
    shared = f"{WORKSPACE.partition('/workspaces/')[0]}/virtualClusters/v"
    assert parse_reference("computes", shared) == shared
    inner = f"{WORKSPACE}/onlineEndpoints/e/deployments/blue"
    assert name_of("onlineEndpoints", inner) == "e"


def test_new_job_names_are_allowed_and_differ() -> None:
    names = {check_name("jobs", new_job_name()) for _ in range(100)}
    assert len(names) == 100
