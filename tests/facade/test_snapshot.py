"""Snapshots: selected files, and a digest of content alone."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from amlrest._files.snapshot import scan
from amlrest.errors import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

segment = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="/\\"),
    min_size=1,
    max_size=20,
).filter(lambda name: name not in (".", "..", ".git", ".gitignore", ".amlignore", ".DS_Store"))
trees = st.dictionaries(segment, st.binary(max_size=200), min_size=1, max_size=6)


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@settings(max_examples=50)
@given(trees)
def test_the_same_content_has_the_same_digest_anywhere(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, bytes]
) -> None:
    one = fill(tmp_path_factory.mktemp("one"), tree)
    other = fill(tmp_path_factory.mktemp("other"), dict(reversed(tree.items())))
    for path in other.iterdir():
        os.utime(path, (1, 1))
        path.chmod(0o700)
    (other / "empty").mkdir(exist_ok=True) if "empty" not in tree else None
    assert scan(one).digest == scan(other).digest
    assert {f.path: f.source.read_bytes() for f in scan(one).files} == tree


@settings(max_examples=30)
@given(trees, trees)
def test_other_content_has_another_digest(
    tmp_path_factory: pytest.TempPathFactory, first: dict[str, bytes], second: dict[str, bytes]
) -> None:
    one = scan(fill(tmp_path_factory.mktemp("one"), first))
    other = scan(fill(tmp_path_factory.mktemp("other"), second))
    assert (one.digest == other.digest) == (first == second)


def test_moving_bytes_between_name_and_content_or_files_changes_the_digest(tmp_path: Path) -> None:
    trees = (
        {"ab": b"c"},
        {"a": b"bc"},
        {"a": b"b", "c": b""},
        {"a": b"", "c": b"b"},
        {"a/b": b"c"},
    )
    digests = {scan(fill(tmp_path / str(number), tree)).digest for number, tree in enumerate(trees)}
    assert len(digests) == len(trees)


def test_files_come_sorted_and_folders_without_files_do_not_come(tmp_path: Path) -> None:
    fill(tmp_path, {"b/2": b"22", "b/1": b"1", "a b/ü.txt": b"333", "b.txt": b""})
    (tmp_path / "empty/inner").mkdir(parents=True)
    snapshot = scan(tmp_path)
    assert [(f.path, f.size) for f in snapshot.files] == [
        ("a b/ü.txt", 3),
        ("b.txt", 0),
        ("b/1", 1),
        ("b/2", 2),
    ]
    assert snapshot.size == 6
    assert not snapshot.is_file


def test_one_file(tmp_path: Path) -> None:
    fill(tmp_path, {"iris.csv": b"1,2", ".gitignore": b"*.csv"})
    snapshot = scan(tmp_path / "iris.csv")
    assert [f.path for f in snapshot.files] == ["iris.csv"]
    assert snapshot.is_file


def test_links_inside_count_as_what_they_lead_to(tmp_path: Path) -> None:
    fill(tmp_path, {"real/data": b"x", "main": b"y"})
    (tmp_path / "alias").symlink_to("real/data")
    (tmp_path / "folder").symlink_to(tmp_path / "real", target_is_directory=True)
    copy = Path(shutil.copytree(tmp_path, tmp_path.with_name("copy"), symlinks=False))
    assert [f.path for f in scan(tmp_path).files] == ["alias", "folder/data", "main", "real/data"]
    assert scan(tmp_path).digest == scan(copy).digest


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../outside", "points outside the folder"),
        ("nowhere", "is broken"),
        (".", "points to one of its parent folders"),
        ("../inside", "points to one of its parent folders"),
        ("link", "is broken"),
    ],
)
def test_a_link_that_means_something_else_elsewhere_is_refused(
    tmp_path: Path, target: str, message: str
) -> None:
    folder = fill(tmp_path / "inside", {"main.py": b""})
    (tmp_path / "outside").write_bytes(b"secret")
    (folder / "link").symlink_to(target)
    with pytest.raises(ValidationError, match=message):
        scan(folder)
    (folder / ".amlignore").write_text("link")
    assert [f.path for f in scan(folder).files] == ["main.py"]


def test_two_links_that_lead_to_each_other_are_refused(tmp_path: Path) -> None:
    fill(tmp_path, {"a/x": b"", "b/y": b""})
    (tmp_path / "a/b").symlink_to("../b")
    (tmp_path / "b/a").symlink_to("../a")
    with pytest.raises(ValidationError, match="points to one of its parent folders"):
        scan(tmp_path)


@pytest.mark.parametrize("name", [b"a\nb", b"a\\b", b"a\xffb", b"\x7f"])
def test_a_name_that_would_not_come_back_is_refused(tmp_path: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"")
    with pytest.raises(ValidationError, match="rename the file") as raised:
        scan(tmp_path)
    str(raised.value).encode()


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(ValidationError, match="pipe: neither a file nor a folder"):
            scan(path)


@pytest.mark.parametrize("inside", [[], ["empty"], ["__pycache__"]])
def test_nothing_to_upload(tmp_path: Path, inside: list[str]) -> None:
    for name in inside:
        (tmp_path / name).mkdir()
    with pytest.raises(ValidationError, match="nothing to upload"):
        scan(tmp_path)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="missing"):
        scan(tmp_path / "missing")


@pytest.mark.slow
def test_five_thousand_files_take_less_than_two_seconds(tmp_path: Path) -> None:
    for number in range(5000):
        path = tmp_path / f"d{number % 50}" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%d" % number)
    (tmp_path / ".gitignore").write_text("*.log\nbuild/\n.venv\n")
    start = time.process_time()
    assert len(scan(tmp_path).files) == 5001
    assert time.process_time() - start < 2


def test_a_device_or_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/null")):
        with pytest.raises(ValidationError, match="neither a file nor a folder"):
            scan(path)


@pytest.mark.slow
def test_folders_deeper_than_a_name_can_be_are_refused(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(600):
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    with pytest.raises(ValidationError, match="too long for a blob name"):
        scan(tmp_path)


@pytest.mark.parametrize("path", ["~no such user/x", "a\0b", "missing"])
def test_a_path_that_leads_nowhere_is_refused_by_name(path: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(path.replace("\0", "\\x00"))):
        scan(path)


def test_a_pipe_in_the_place_of_ignore_rules_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    os.mkfifo(tmp_path / ".gitignore")
    with pytest.raises(ValidationError, match="gitignore: a pipe"):
        scan(tmp_path)
