"""Conda files and Dockerfiles that name files which are not sent."""

from pathlib import Path

import pytest
from amlrest import Environment
from amlrest.errors import ValidationError
from amlrest.resources.content_version import read_in


def conda(*lines: str) -> Environment:
    content = {"dependencies": ["python=3.12", "pip", {"pip": list(lines)}]}
    return Environment(image="i", conda_file=content)


@pytest.mark.parametrize(
    "line",
    [
        "-r requirements.txt",
        "-rrequirements.txt",
        "--requirement=requirements.txt",
        "-c pins.txt",
        "-e .",
        "-e ./package",
        "--editable package",
        "./package",
        "../wheels/x-1.0-py3-none-any.whl",
        "/opt/package",
        "~/package",
        "x-1.0.tar.gz",
        "x @ file:///opt/x.whl",
        "--find-links ./wheels",
    ],
)
def test_a_local_file_of_pip_is_refused_with_the_line(line: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_in(conda("numpy", line))
    assert repr(line) in str(caught.value)
    assert str(caught.value).startswith("Environment.conda_file: ")


@pytest.mark.parametrize(
    "line",
    [
        "numpy==2.0",
        "torch>=2 ; python_version < '3.13'",
        "git+https://example.org/x.git@main",
        "-e git+https://example.org/x.git#egg=x",
        "x @ https://example.org/x-1.0-py3-none-any.whl",
        "https://example.org/x.tar.gz",
        "-r https://example.org/requirements.txt",
        "--find-links https://example.org/wheels",
        "--extra-index-url https://example.org/simple",
        "x[extra]",
    ],
)
def test_what_needs_no_local_file_is_sent(line: str) -> None:
    assert line.partition(" ;")[0] in str(read_in(conda(line)).conda_file)


def test_a_conda_file_on_disk_is_checked(tmp_path: Path) -> None:
    (tmp_path / "conda.yml").write_text("dependencies: [{pip: [-r requirements.txt]}]")
    with pytest.raises(ValidationError, match=r"write the lines of requirements\.txt below pip"):
        read_in(Environment(image="i", conda_file=tmp_path / "conda.yml"))


@pytest.mark.parametrize(
    ("instruction", "line"),
    [
        ("COPY . /app", 2),
        ("copy requirements.txt /", 2),
        ("ADD data.tar.gz /data", 2),
        ("COPY --chown=1000 src /src", 2),
        ("RUN a && \\\n  b\nCOPY \\\n  src /src", 4),
        ('COPY ["a b", "/c"]', 2),
    ],
)
def test_a_dockerfile_that_needs_a_context_is_refused_without_one(
    instruction: str, line: int
) -> None:
    text = f"FROM python\n{instruction}\n"
    with pytest.raises(ValidationError, match=rf"Environment\.dockerfile: line {line}: .*context"):
        read_in(Environment(dockerfile=text))
    there = Environment(dockerfile=text, context="https://example.org/context")
    assert read_in(there).dockerfile == text


@pytest.mark.parametrize(
    "instruction",
    [
        "COPY --from=build /app /app",
        "ADD https://example.org/x.tar.gz /x",
        "ADD git@example.org:x.git /x",
        "COPY <<EOF /etc/motd\nhello\nEOF",
        "RUN cp -r a b",
        "# COPY . /app",
        "RUN echo \\\n# COPY a b\n  done",
    ],
)
def test_a_dockerfile_that_needs_no_context_is_sent(instruction: str) -> None:
    text = f"FROM python\n{instruction}\n"
    assert read_in(Environment(dockerfile=text)).dockerfile == text
