"""Placeholders of a command are filled so that a real shell gets each value as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from amlrest_emulator.runner.command_line import fill, placeholders, unknown_placeholders
from amlrest_emulator.runner.shell_text import UnfillableError
from hypothesis import example, given, settings
from hypothesis import strategies as st

SHELLS = [found for name in ("bash", "dash") if (found := shutil.which(name))]
# What a shell would do something with, and any other text.
VALUES = st.text(
    st.sampled_from("$`'\"\\ \t\n*?~#!&|;<>(){}[]=-azEO0{}é漢")
    | st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]),
    max_size=12,
)

# Command with a placeholder, and the arguments of `show` around the value; %s is the value.
CONTEXTS = {
    "bare": ("show a {inputs.x} b", ["a", "%s", "b"]),
    "later spelling": ("show ${{inputs.x}} ${{ inputs.x }}", ["%s", "%s"]),
    "part of a word": ("show --x={inputs.x}/b", ["--x=%s/b"]),
    "twice in a word": ("show {inputs.x}{inputs.x}", ["%s%s"]),
    "after a variable": ('A=v; show $A{inputs.x} "$A{inputs.x}"', ["v%s", "v%s"]),
    "before a name": ('show {inputs.x}a "{inputs.x}a"', ["%sa", "%sa"]),
    "after a dollar": ('show $${{inputs.x}} "$${{inputs.x}}"', ["$%s", "$%s"]),
    "after a backslash": (r'show \{inputs.x} "\{inputs.x}" "\\{inputs.x}"', ["%s", "\\%s", "\\%s"]),
    "double quotes": ('show "a {inputs.x} b"', ["a %s b"]),
    "single quotes": ("show 'a {inputs.x} b'", ["a %s b"]),
    "single in double": ("""show "it's {inputs.x}" {inputs.x}""", ["it's %s", "%s"]),
    "double in single": ("""show 'a" {inputs.x}' {inputs.x}""", ['a" %s', "%s"]),
    "after escaped quotes": (
        r"""show \' {inputs.x} \" {inputs.x} "\"{inputs.x}" """,
        ["'", "%s", '"', "%s", '"%s'],
    ),
    "substitution": ('show "$(printf "%s|" {inputs.x})"', ["%s|"]),
    "quotes in a substitution": (
        """show "$(printf "%s|" "{inputs.x}" '{inputs.x}')" """,
        ["%s|%s|"],
    ),
    "bare substitution": ("show a$(test -n {inputs.x})b", ["ab"]),
    "after a substitution": ('show "$(echo ")") {inputs.x}" {inputs.x}', [") %s", "%s"]),
    "nested": ('show "$(printf "%s|" "$(printf "%s|" "{inputs.x}")")"', ["%s||"]),
    "parentheses": ('show "$( (printf "%s|" {inputs.x}) )" "{inputs.x}"', ["%s|", "%s"]),
    "backticks": ('show "`printf "%s|" {inputs.x}`"', ["%s|"]),
    "quoted in backticks": ("""show "`printf "%s|" '{inputs.x}' "{inputs.x}"`" """, ["%s|%s|"]),
    "escaped quotes in backticks": (
        r'show "`printf \"%s|\" \"{inputs.x}\" {inputs.x}`" ',
        ["%s|%s|"],
    ),
    "nested backticks": (r'show "`printf "%s|" "\`printf "%s|" {inputs.x}\`"`"', ["%s||"]),
    "default of a variable": ('show "${NONE:-{inputs.x}}" ${NONE:-"{inputs.x}"}', ["%s", "%s"]),
    "bare default": ("show ${NONE:-{inputs.x}} ${NONE:-${{inputs.x}}}", ["%s", "%s"]),
    "after a comment": ("true # it's\nshow {inputs.x}", ["%s"]),
    "in a comment": ("show # it's {inputs.x}", []),
    "no comment": ("show a#b' {inputs.x}'", ["a#b %s"]),
    "before a redirection": ("show {inputs.x}>&1", ["%s"]),
    "two lines": ("show a \\\n  {inputs.x}\nshow '{inputs.x}'", ["a", "%s", "%s"]),
    "a script for another shell": (
        "show() { sh -c \"$1\" | tr '\\n' '\\0'; }; show 'echo {inputs.y}'",
        ["1 2"],
    ),
    "a group": ("{ show {inputs.x}; }", ["%s"]),
    "a loop": ("for x in {inputs.x} 'b {inputs.x}'; do show \"$x\"; done", ["%s", "b %s"]),
    "a here-document": (
        'show "$(cat <<EOF; echo .\na "{inputs.x}" \'b\' $${{inputs.x}}\nEOF\n)"',
        ["a \"%s\" 'b' $%s\n."],
    ),
    "a literal here-document": (
        "show \"$(cat <<-'EOF'; echo .\n\ta $HOME {inputs.y}\n\tEOF\n)\"",
        ["a $HOME 1 2\n."],
    ),
    "a here-string": ("show <<< '' {inputs.x}", ["%s"]),
    "ansi quotes": (
        r"show $'a\t\'{inputs.x}\'' $'\{inputs.x}' {inputs.x}",
        ["a\t'%s'", "\\%s", "%s"],
    ),
    "translated quotes": ('show $"a {inputs.x}"', ["a %s"]),
    "braces": ("show {{inputs.x},b}{inputs.y}", ["%s1 2", "b1 2"]),
    "after arithmetic": (
        'show $((1 + (2 * 3))) {inputs.x} "$(( 1 ))" {inputs.x}',
        ["7", "%s", "1", "%s"],
    ),
    "subshell like arithmetic": ('show "$((printf "%s|" {inputs.x}) | cat)"', ["%s|"]),
}
BASH_ONLY = {
    "a here-string",
    "ansi quotes",
    "translated quotes",
    "braces",
    "subshell like arithmetic",
}
SHOW = "show() { for each; do printf '%s\\0' \"$each\"; done; }\n"


def arguments(shell: str, script: str, folder: Path) -> list[str]:
    done = subprocess.run(
        [shell, "-c", script], capture_output=True, check=False, cwd=folder, timeout=30
    )
    assert done.stderr == b"", (script, done.stderr)
    return done.stdout.decode().split("\0")[:-1]


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("shell", SHELLS, ids=lambda path: Path(path).name)
def test_a_value_is_part_of_one_argument(
    shell: str, context: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if context in BASH_ONLY and "bash" not in shell:
        pytest.skip("not in a POSIX shell")
    command, expected = CONTEXTS[context]
    folder = tmp_path_factory.mktemp("empty")

    @given(VALUES)
    @settings(max_examples=15, deadline=None)
    @example("a  b")
    @example("x$(touch run)`touch run`")
    @example("q'q\"; touch run #")
    @example("2")
    @example("-n")
    @example("A=1")
    @example("")
    @example("\n")
    @example("if")
    def check(value: str) -> None:
        values = {"inputs": {"x": value, "y": "1 2"}}
        script = fill(SHOW + command, values)
        wanted = [each.replace("%s", value) for each in expected]
        if "bare substitution" in context and not value:
            return
        assert arguments(shell, script, folder) == wanted
        assert list(folder.iterdir()) == []

    check()


@pytest.mark.parametrize("shell", SHELLS, ids=lambda path: Path(path).name)
def test_numbers_in_arithmetic(shell: str, tmp_path: Path) -> None:
    values = {"search_space": {"n": 16, "m": -2}}
    command = "show $(( ${{search_space.n}} * (2 + {search_space.m}) ))"
    assert arguments(shell, fill(SHOW + command, values), tmp_path) == ["0"]
    with pytest.raises(UnfillableError, match=r"\{inputs.x\} in \$\(\(…\)\) is 'a\[\$\(id\)\]'"):
        fill("echo $(( {inputs.x} ))", {"inputs": {"x": "a[$(id)]"}})


def test_a_value_that_ends_its_here_document_is_refused() -> None:
    with pytest.raises(UnfillableError, match="has the line 'EOF'"):
        fill("cat <<'EOF'\n{inputs.x}\nEOF", {"inputs": {"x": "a\nEOF\ntouch run"}})


@pytest.mark.parametrize("shell", SHELLS, ids=lambda path: Path(path).name)
@given(VALUES)
@settings(max_examples=15, deadline=None)
def test_hyperparameters_without_a_placeholder_are_appended(shell: str, value: str) -> None:
    values = {"search_space": {"lr": value, "--used": 0.5, "-a b": True}}
    script = fill(SHOW + "show {search_space.--used} x\n", values)
    expected = ["0.5", "x", "--lr", value, "-a b", "True"]
    assert arguments(shell, script, Path("/")) == expected


def test_a_command_without_placeholders_is_unchanged() -> None:
    command = "awk '{print $1}' ${FILE:-x} {a,b} ${{github.ref}} {{inputs.x}} # \"\n"
    assert fill(command, {"inputs": {"x": "1"}}) == command
    assert placeholders(command) == set()


def test_values_are_not_variables_of_the_programs_that_run() -> None:
    script = fill("env # {inputs.x}", {"inputs": {"x": "value-of-x"}})
    shown = subprocess.run(["sh", "-c", script], capture_output=True, check=True, text=True)
    assert "value-of-x" not in shown.stdout


def test_unknown_and_malformed_placeholders_are_named() -> None:
    known = {"inputs": {"x"}, "outputs": set[str](), "search_space": {"lr"}}
    good = (
        "a {inputs.x} ${{inputs.x}} ${{ search_space.lr }} ${inputs} {{inputs.no}} ${X:-{inputs.x}}"
    )
    assert unknown_placeholders(good, known) == []
    bad = "{inputs.X} ${{ outputs.x }} ${inputs.x} ${{inputs.x} ${{inputs.x.path}} ${{inputs['x']}}"
    assert unknown_placeholders(bad, known) == sorted(
        [
            "{inputs.X}",
            "${{ outputs.x }}",
            "${inputs.x}",
            "${{inputs.x}",
            "${{inputs.x.path}}",
            "${{inputs['x']}}",
        ]
    )
