"""Conda files: what is taken from PyPI, and what is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from amlrest_emulator.runner.environments import UnbuildableError
from amlrest_emulator.runner.environments.conda_file import Recipe, read_conda_file
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

SEEDS = ("pip", "setuptools", "wheel")


def recipe(*packages: str, pip: list[str] | None = None) -> Recipe:
    dependencies: list[object] = [*packages, *([{"pip": pip}] if pip else [])]
    return read_conda_file(yaml.safe_dump({"dependencies": dependencies}))


def refused(*packages: str, pip: list[str] | None = None) -> str:
    with pytest.raises(UnbuildableError) as raised:
        recipe(*packages, pip=pip)
    return str(raised.value)


def test_the_example() -> None:
    text = Path("examples/lightgbm-iris/environment.yml").read_text()
    found = read_conda_file(text)
    assert found.python == "3.11"
    listed = yaml.safe_load(text)["dependencies"][-1]["pip"]
    assert sorted(found.requirements) == sorted([*SEEDS, *listed])
    assert found == read_conda_file(json.dumps(yaml.safe_load(text))), "as the service rewrites it"


@pytest.mark.parametrize(
    ("spec", "requirement"),
    [
        ("numpy", "numpy"),
        ("numpy=1.21", "numpy==1.21.*"),
        ("numpy==1.21.2", "numpy==1.21.2"),
        ("numpy 1.21.2", "numpy==1.21.2"),
        ("numpy >=1.21,<2", "numpy>=1.21,<2"),
        ("numpy >= 1.21, < 2", "numpy>=1.21,<2"),
        ("numpy=1.21.2=py38h20f2e39_0", "numpy==1.21.2.*"),
        ("numpy 1.21.2 py38h20f2e39_0", "numpy==1.21.2"),
        ("numpy[version='>=1.21']", "numpy>=1.21"),
        ("conda-forge::numpy=1.*", "numpy==1.*"),
        ("numpy=*", "numpy"),
        ("pytorch=1.13.0rc1", "torch==1.13.0rc1"),
        ("pytorch::pytorch>=1.10", "torch>=1.10"),
        ("PyYAML=6", "pyyaml==6.*"),
        ("matplotlib-base", "matplotlib"),
        ("python-graphviz!=0.20", "graphviz!=0.20"),
        ("ray-tune", "ray[tune]"),
    ],
)
def test_conda_packages_have_their_name_and_version_of_pypi(spec: str, requirement: str) -> None:
    found = recipe(spec)
    assert found.requirements == (*SEEDS, requirement)
    assert found.notes == (f"{spec}: from PyPI, as {requirement}.",)
    Requirement(requirement)


@pytest.mark.parametrize(
    ("spec", "request_"),
    [
        ("python", ""),
        ("python=3.8", "3.8"),
        ("python=3.8.13", "3.8.13"),
        ("python==3.8", "3.8"),
        ("python 3.10", "3.10"),
        ("python=3.8.5=h7579374_1", "3.8.5"),
        ("python>=3.8,<3.11", ">=3.8,<3.11"),
        ("python=3.9.*", "3.9"),
    ],
)
def test_python(spec: str, request_: str) -> None:
    assert recipe(spec).python == request_


def test_what_comes_with_python_or_with_wheels_is_left_out_and_named() -> None:
    exported = ["_libgcc_mutex=0.1=main", "ca-certificates=2021.7.5=h06a4308_1", "openssl=1.1.1k"]
    found = recipe("nomkl", *exported[:2])
    assert found.requirements == SEEDS
    assert [note.partition(":")[0] for note in found.notes] == ["nomkl", *exported[:2]]


@pytest.mark.parametrize("spec", ["cudatoolkit=11.3", "graphviz", "gcc_linux-64", "openmpi", "git"])
def test_packages_that_pypi_does_not_have_are_refused_by_name(spec: str) -> None:
    message = refused("numpy", spec)
    assert f"\n{spec}: " in message
    assert "numpy:" not in message


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("numpy=1.20|1.21", "alternatives"),
        ("numpy=1.1.1k", "'1.1.1k' is not a version that PyPI can have"),
        ("numpy[build=py38]", "brackets"),
        ("=1.0", "is not a conda package"),
        ("num py/..", "not a version"),
    ],
)
def test_versions_that_cannot_be_expressed_are_refused(spec: str, reason: str) -> None:
    message = refused(spec)
    assert spec in message
    assert reason in message


def test_every_problem_is_named_at_once() -> None:
    message = refused("cudatoolkit", "gxx_linux-64", pip=["-r requirements.txt"])
    for part in ("cudatoolkit", "gxx_linux-64", "--requirement requirements.txt"):
        assert part in message


def test_lines_of_pip_are_lines_of_a_requirements_file() -> None:
    lines = [
        "numpy==1.21  # pinned",
        "# only a comment",
        'dataclasses; python_version < "3.7"',
        "requests[socks] @ https://example.test/requests.zip",
        "--index-url https://example.test/simple",
        "--extra-index-url=https://example.test/more",
        "-f https://example.test/torch_stable.html",
        "--no-binary :all:",
        "-r https://example.test/requirements.txt",
        "git+https://example.test/repository@main",
    ]
    found = recipe(pip=lines)
    assert found.requirements[3:] == (
        "numpy==1.21",
        'dataclasses; python_version < "3.7"',
        "requests[socks] @ https://example.test/requests.zip",
        "--index-url https://example.test/simple",
        "--extra-index-url https://example.test/more",
        "--find-links https://example.test/torch_stable.html",
        "--no-binary :all:",
        "--requirement https://example.test/requirements.txt",
        "git+https://example.test/repository@main",
    )
    assert not found.notes


def test_options_that_uv_has_under_another_name() -> None:
    found = recipe(pip=["--pre --trusted-host example.test", "--prefer-binary", "torch"])
    assert found.flags == ("--prerelease=allow", "--allow-insecure-host=example.test")
    assert found.requirements[3:] == ("torch",)
    assert found.notes == ("pip: --prefer-binary is ignored.",)


def test_an_editable_repository_is_installed_from_it() -> None:
    found = recipe(pip=["-e git+https://example.test/tool@v1#egg=tool"])
    assert found.requirements[3:] == ("tool @ git+https://example.test/tool@v1",)
    assert "without its source folder" in found.notes[0]


@pytest.mark.parametrize(
    "line",
    [
        "-r requirements.txt",
        "-rrequirements.txt",
        "--requirement=requirements.txt",
        "-c constraints.txt",
        "-e .",
        "-e ../tool",
        ".",
        "./tool",
        "../tool",
        "/opt/tool",
        "~/tool",
        "tool.whl",
        "file:///opt/tool.whl",
        "tool @ file:///opt/tool.whl",
        "--find-links /opt/wheels",
        "--index-url file:///opt/index",
        "--install-option=--prefix",
        "--target elsewhere",
        "--python",
        "--index-url",
        "-r 'unclosed",
    ],
)
def test_local_files_and_other_options_are_refused_by_name(line: str) -> None:
    assert "pip: " in refused(pip=[line])


# Ten thousand million strings, if it is written out.
BOMB = "name: &a [x, x, x, x, x, x, x, x, x, x]\nchannels:\n" + "".join(
    f"- &{new} [{', '.join([f'*{old}'] * 10)}]\n"
    for old, new in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("dependencies: [", "not valid YAML"),
        ("- numpy", "not a mapping"),
        ("", "not a mapping"),
        ("dependencies: numpy", "must be a list"),
        ("dependencies: [3.8]", "3.8 is neither"),
        ("dependencies: [{npm: [left-pad]}]", "is neither"),
        ("dependencies: [{pip: numpy}]", "must be a list"),
        ("dependencies: [{pip: [1.0]}]", "1.0 is not text"),
        ("dependancies: [numpy]", "'dependancies' is not a key"),
        ("variables: [A]", "must be a mapping"),
        ("variables: {A=B: c}", "not an environment variable"),
        ("[" * 5000, "not valid YAML"),
        (BOMB + "dependencies: [*h]", "a list is neither"),
        (BOMB + "dependencies: [pip: [*h]]", "a list is not text"),
        (BOMB + "variables: {A: *h}", "'A' is not an environment variable"),
        ('variables: {A: "\\ud800"}', "'A' is not an environment variable"),
        ('dependencies: [pip: ["a\\ud800"]]', "not one line of text"),
        ('dependencies: [pip: ["a\\u2028b"]]', "not one line of text"),
    ],
)
def test_other_text_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnbuildableError, match=reason):
        read_conda_file(text)


def test_variables_are_kept() -> None:
    assert read_conda_file("variables: {A: 1, B: x y}").variables == (("A", "1"), ("B", "x y"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_read_or_refused(spec: str, line: str) -> None:
    """Nothing but requirement lines gets into the requirements file."""
    try:
        found = recipe(spec, pip=[line])
    except UnbuildableError:
        return
    assert all("\n" not in item and "\0" not in item for item in found.requirements)


VERSIONS = st.lists(st.integers(0, 30), min_size=1, max_size=3).map(lambda n: ".".join(map(str, n)))


@given(VERSIONS, VERSIONS)
def test_a_single_equals_sign_means_a_prefix(wanted: str, version: str) -> None:
    """As conda defines it: =1.2 accepts 1.2 and 1.2.x."""
    specifier = SpecifierSet(Requirement(recipe(f"numpy={wanted}").requirements[-1]).specifier)
    padded = [*version.split("."), "0", "0"]
    prefix = wanted.split(".")
    assert (Version(version) in specifier) == (padded[: len(prefix)] == prefix)
