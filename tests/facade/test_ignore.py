"""Ignored files, compared with git's own result."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from amlrest._files.gitignore import decide, parse
from amlrest._files.snapshot import scan
from amlrest.errors import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "HOME": os.devnull}

names = st.sampled_from(["a", "b", "ab", "a.log", "b.tmp", "build", "x y", "#a", "!b", "a[b"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)
wild = st.sampled_from(
    [
        *("*", "?", "**", "***", "*.log", "a*", "a**", "**b", "**/a", "a/**", "*/b", "**/*.log"),
        *("[ab]", "[!a]*", "[a", "[a-]*", "[]a]", "*[!/]b", "[b-a]", "[c-ab]", "[^[:digit:]-]*"),
        *("[[:alpha:]]*", "[[:none:]]", "\\*", "a\\"),
    ]
)
rules = st.builds(
    lambda sign, root, middle, tail: f"{sign}{root}{middle}{tail}",
    st.sampled_from(["", "", "", "!", "#", "\\!"]),
    st.sampled_from(["", "", "/"]),
    st.one_of(names, wild, paths),
    st.sampled_from(["", "", "/", " ", "/**", "\\ "]),
)
rule_files = st.lists(rules, max_size=4).map("\n".join)


def write(root: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def sent(root: Path) -> set[str]:
    try:
        return {file.path for file in scan(root).files}
    except ValidationError as error:
        assert "nothing to upload" in str(error)  # noqa: PT017
        return set()


def kept_by_git(repository: Path, folder: Path) -> set[str]:
    """What `git ls-files` would track below a folder."""
    subprocess.run(["git", "init", "-q", str(repository)], check=True, env=os.environ | GIT)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--others", "--exclude-per-directory=.gitignore", "."],
        check=True,
        cwd=folder,
        env=os.environ | GIT,
        stdout=subprocess.PIPE,
    )
    return {name.decode() for name in listed.stdout.split(b"\0") if name}


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.sets(paths, min_size=1, max_size=12),
    rule_files,
    st.dictionaries(names, rule_files, max_size=2),
)
@example({"a"}, "a\n!a/**", {})
@example({"a/b", "b"}, "/**\n!/a", {"a": "!**"})
@example({"a"}, "a**/**\n![!a]*", {})
def test_the_rules_say_what_git_says(tree: set[str], top: str, nested: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        write(root, {f"{path}/file": path for path in tree} | {".gitignore": top})
        write(root, {f"{f}/.gitignore": text for f, text in nested.items()})
        assert sent(root) == kept_by_git(root, root)


signs = st.sampled_from(list("abzA0-][!^\\/*?:=.#~ \t\x0b"))
brackets = st.sampled_from(
    [
        *("[!", "[^", "[]", "[^]", "[a-z]", "-[", "[:", ":]", "[=", "[.", "**", "[[:", ":]]"),
        *(
            f"[:{name}:]"
            for name in ["alpha", "digit", "alnum", "punct", "space", "blank", "cntrl", "ALPHA"]
        ),
        *(f"[:{name}:]" for name in ["graph", "print", "upper", "lower", "xdigit", "none"]),
    ]
)
patterns = st.lists(st.one_of(signs, brackets), min_size=1, max_size=7).map("".join)
NAMES = [
    *"abzA0-][!^\\*?:=~ \t\x0b\x7f_`{",
    "ab",
    "a-",
    "[a",
    "a]",
    "\\a",
    "a\\",
    "!a",
    "a ",
    "#a",
]


def decided_by_git(repository: Path, texts: list[str]) -> dict[tuple[int, str], bool | None]:
    """What `git check-ignore` says of each name in a folder whose ignore file is that text."""
    for number, text in enumerate(texts):
        write(repository, {f"{number}/.gitignore": f"{text}\n"})
    asked = "".join(f"{number}/{name}\0" for number in range(len(texts)) for name in NAMES)
    subprocess.run(["git", "init", "-q", str(repository)], check=True, env=os.environ | GIT)
    said = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "-v", "-n", "--stdin"],
        check=False,
        cwd=repository,
        env=os.environ | GIT,
        input=asked.encode(),
        stdout=subprocess.PIPE,
    )
    fields = said.stdout.decode().split("\0")[:-1]
    found: dict[tuple[int, str], bool | None] = {}
    for rule, path in zip(fields[2::4], fields[3::4], strict=True):
        folder, _, name = path.partition("/")
        found[int(folder), name] = not rule.startswith("!") if rule else None
    return found


@pytest.mark.slow
@settings(max_examples=25)
@given(st.lists(patterns, min_size=20, max_size=60))
@example(["[^]", "[!]", "[:[:blank:]", "[!a[:space:]a", "[=-[:lower:]", "[]-a]", "[[:space:]]"])
def test_a_pattern_means_what_git_takes_it_for(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        expected = decided_by_git(Path(place), texts)
    assert len(expected) == len(texts) * len(NAMES)
    rules = [parse(text) for text in texts]
    decided = {(n, name): decide(rules[n], name, is_folder=False) for n, name in expected}
    assert {
        texts[n]: name for (n, name), said in expected.items() if decided[n, name] != said
    } == {}


def test_a_question_mark_is_one_character_where_git_means_one_byte(tmp_path: Path) -> None:
    write(tmp_path, {".amlignore": "?\nü*", "é": "", "übung/a": "", "日本": ""})
    assert sent(tmp_path) == {"日本"}


def test_rules_of_the_folders_above_count_up_to_the_repository(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".gitignore": "*",
            "repository/.gitignore": "*.log\n/team/src/data/\n",
            "repository/team/.gitignore": "*.tmp\n!keep.log\n",
            "repository/team/src/main.py": "",
            "repository/team/src/a.log": "",
            "repository/team/src/a.tmp": "",
            "repository/team/src/keep.log": "",
            "repository/team/src/data/x": "",
        },
    )
    folder = tmp_path / "repository/team/src"
    expected = kept_by_git(tmp_path / "repository", folder)
    assert sent(folder) == expected == {"main.py", "keep.log"}


def test_without_a_repository_the_folders_above_do_not_count(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "*.log", "src/a.log": ""})
    assert sent(tmp_path / "src") == {"a.log"}


def test_a_folder_that_is_ignored_as_a_whole_is_meant_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, {".gitignore": "outputs/\n*.bin", "outputs/a.bin": "", "outputs/deep/b": ""})
    assert sent(tmp_path / "outputs") == {"a.bin", "deep/b"}
    assert sent(tmp_path / "outputs/deep") == {"b"}


def test_amlignore_replaces_every_gitignore(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(
        tmp_path,
        {
            ".gitignore": "*.csv",
            "src/.gitignore": "*.py",
            "src/.amlignore": "*.log",
            "src/in/.amlignore": "!keep.log\nlocal",
            "src/main.py": "",
            "src/a.csv": "",
            "src/a.log": "",
            "src/in/keep.log": "",
            "src/in/local": "",
        },
    )
    assert sent(tmp_path / "src") == {".gitignore", "main.py", "a.csv", "in/keep.log"}


def test_caches_and_version_control_stay_at_home(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".git/config": "",
            "in/.git": "gitdir: elsewhere",
            "__pycache__/main.pyc": "",
            "in/__pycache__/x.pyc": "",
            ".ipynb_checkpoints/n.ipynb": "",
            "in/.DS_Store": "",
            "main.py": "",
        },
    )
    assert sent(tmp_path) == {"main.py"}


def test_a_rule_can_bring_back_a_cache_but_not_git(tmp_path: Path) -> None:
    write(tmp_path, {".amlignore": "!__pycache__/\n!.git", "__pycache__/a": "", ".git/b": ""})
    assert sent(tmp_path) == {"__pycache__/a"}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_and_a_byte_order_mark_make_no_difference(tmp_path: Path, ending: str) -> None:
    (tmp_path / ".amlignore").write_bytes(b"\xef\xbb\xbf*.log" + ending.encode() + b"*.tmp")
    write(tmp_path, {"a.log": "", "a.tmp": "", "a": ""})
    assert sent(tmp_path) == {"a"}
