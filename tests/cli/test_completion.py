"""Completion in a shell: names from the workspace, statuses, operation ids."""

import json
import math
import os
import stat
import time
from pathlib import Path

import pytest
from amlrest.cli import completion

from tests.cli.conftest import Run


def complete(run: Run, words: str, **environment: str) -> list[str]:
    """Return what bash would offer for the last word."""
    count = len(words.split(" ")) - 1
    extra = {"_AMLREST_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    done = run(**extra, **environment)
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.slow
def test_names_come_from_the_workspace(amlrest: Run, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    listed = amlrest("compute", "list", "-o", "json").stdout
    names = [each["name"] for each in json.loads(listed)]
    deadline = time.monotonic() + 60
    while not (found := complete(amlrest, "amlrest compute show ", XDG_CACHE_HOME=str(cache))):
        assert time.monotonic() < deadline, "the names were never listed"
    assert found == names
    assert complete(amlrest, "amlrest compute delete cpu-c", XDG_CACHE_HOME=str(cache)) == names
    assert complete(amlrest, "amlrest compute delete x", XDG_CACHE_HOME=str(cache)) == []
    modes = {stat.S_IMODE(path.stat().st_mode) for path in cache.rglob("*.json")}
    assert modes == {0o600}


@pytest.mark.slow
def test_without_a_workspace_nothing_is_offered_and_nothing_said(run: Run) -> None:
    assert complete(run, "amlrest job show ") == []
    assert complete(run, "amlrest job list --status fa") == ["Failed"]
    assert complete(run, "amlrest api jobs_cr") == ["Jobs_CreateOrUpdate"]
    assert complete(run, "amlrest comp") == ["compute"]


def test_names_listed_before_the_clock_was_set_back_are_listed_again(tmp_path: Path) -> None:
    (tmp_path / "names").touch()
    assert completion._age(tmp_path / "names") < 60
    os.utime(tmp_path / "names", (9e9, 9e9))
    assert completion._age(tmp_path / "names") == math.inf
    assert completion._age(tmp_path / "none") == math.inf
