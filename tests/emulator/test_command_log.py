"""Log of a command: whole lines of several ranks, long lines, limits, errors."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from amlrest_emulator.runner.command_log import CommandLog, LogFiles
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator.full_disk import full_disk

LARGE = 1 << 30


def log_files(folder: Path) -> LogFiles:
    return LogFiles(folder / "std_log.txt", folder / "stdout.txt", folder / "stderr.txt")


def logged(
    folder: Path, limit: int, write: Callable[[CommandLog], Awaitable[None]]
) -> tuple[bytes, bytes, bytes]:
    """Return the contents of the combined log, standard output and error."""
    files = log_files(folder)
    for path in files.all():
        path.write_bytes(b"")

    async def go() -> None:
        log = CommandLog(files, limit)
        await write(log)
        log.close()

    asyncio.run(go())
    combined, stdout, stderr = (path.read_bytes() for path in files.all())
    return combined, stdout, stderr


Event = tuple[int, bytes | None]
TEXT = st.lists(st.sampled_from([b"a", b"bc", b"\n", b"\r", b"\r\n"]), max_size=6).map(b"".join)
EVENTS = st.lists(st.tuples(st.integers(0, 2), st.one_of(st.none(), TEXT)), max_size=40)


@settings(max_examples=50)
@given(events=EVENTS)
def test_every_line_has_the_prefix_of_its_rank_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    """``None`` is a pause, after which what is held of a line is written."""

    async def write(log: CommandLog) -> None:
        ranks = [log.streams(f"[{rank}]".encode())[0] for rank in range(3)]
        for rank, data in events:
            if data is None:
                ranks[rank].flush()
            else:
                ranks[rank].write(data)
        for stream in ranks:
            stream.finish()

    combined, stdout, _ = logged(tmp_path_factory.mktemp("log"), LARGE, write)
    assert stdout == b"".join(data for _, data in events if data)
    lines = combined.split(b"\n")
    assert lines.pop() == b""
    assert all(re.match(rb"\[[012]\]", line) for line in lines)
    for rank in range(3):
        prefix = f"[{rank}]".encode()
        own = b"".join(line.removeprefix(prefix) for line in lines if line.startswith(prefix))
        said = b"".join(data for at, data in events if data and at == rank)
        assert own == said.replace(b"\n", b"")


@settings(max_examples=50)
@given(events=EVENTS)
def test_lines_stay_whole_without_pauses(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    async def write(log: CommandLog) -> None:
        ranks = [log.streams(f"[{rank}]".encode())[0] for rank in range(3)]
        for rank, data in events:
            ranks[rank].write((data or b"").replace(b"\r", b""))
        for stream in ranks:
            stream.finish()

    combined, *_ = logged(tmp_path_factory.mktemp("log"), LARGE, write)
    for rank in range(3):
        said = b"".join(data or b"" for at, data in events if at == rank).replace(b"\r", b"")
        ended = said if not said or said.endswith(b"\n") else said + b"\n"
        prefix = f"[{rank}]".encode()
        own = [line for line in combined.splitlines(keepends=True) if line.startswith(prefix)]
        assert b"".join(line.removeprefix(prefix) for line in own) == ended


def test_without_prefix_the_bytes_are_copied_as_they_come(tmp_path: Path) -> None:
    async def write(log: CommandLog) -> None:
        output, errors = log.streams()
        output.write(b"half a ")
        errors.write(b"\xffbar\r")
        output.write(b"line\n")

    assert logged(tmp_path, LARGE, write) == (
        b"half a \xffbar\rline\n",
        b"half a line\n",
        b"\xffbar\r",
    )


def test_a_long_line_is_written_while_it_grows_and_little_of_it_is_held(tmp_path: Path) -> None:
    """What is held is copied with each piece, so its bound keeps the time linear."""

    async def write(log: CommandLog) -> None:
        output, _ = log.streams(b"[0] ")
        for _ in range(200):
            output.write(b"x" * 1000)
            assert len(output.held) <= 8 * 1024
        output.finish()

    combined, stdout, _ = logged(tmp_path, LARGE, write)
    assert combined == b"[0] " + b"x" * 200_000 + b"\n"
    assert stdout == b"x" * 200_000


@pytest.mark.parametrize("prefix", [b"", b"[0] "])
def test_a_log_keeps_its_beginning_up_to_the_limit(tmp_path: Path, prefix: bytes) -> None:
    async def write(log: CommandLog) -> None:
        output, errors = log.streams(prefix)
        for number in range(1000):
            output.write(b"%06d\n" % number)
        errors.write(b"error\n")
        assert errors.tail == "error"

    combined, stdout, stderr = logged(tmp_path, 100, write)
    note = b"\nThe log has reached its limit of 100 bytes; the rest is not kept.\n"
    for content in (combined, stdout):
        assert content.endswith(note)
        assert len(content) == 100 + len(note)
    assert stdout.startswith(b"000000\n000001\n")
    assert stderr == b"error\n"


def test_a_log_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    async def write(log: CommandLog) -> None:
        output, _ = log.streams()
        with full_disk():
            output.write(b"too much")
        assert "could not be written: File too large; free some space" in str(log.broken.result())
        output.write(b"discarded")

    assert logged(tmp_path, LARGE, write)[1] == b"t"


def test_one_file_is_kept_of_two_equal_logs(tmp_path: Path) -> None:
    files = log_files(tmp_path)
    for content, same in (((b"a\n", b"a\n", b""), True), ((b"a\nb", b"a\n", b"b"), False)):
        for path, text in zip(files.all(), content, strict=True):
            path.unlink(missing_ok=True)
            path.write_bytes(text)
        files.share()
        assert files.combined.samefile(files.stdout) is same
        assert tuple(path.read_bytes() for path in files.all()) == content
