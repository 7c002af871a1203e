from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsclaims import __version__
from newsclaims.cli import COMMANDS, app
from newsclaims.commands.extract import extract
from newsclaims.sources import ReadOptions
from newsclaims.sources.options import MIB

RUNNER = CliRunner()


def test_the_version_is_told() -> None:
    assert RUNNER.invoke(app, ["--version"]).output == f"newsclaims {__version__}\n"


def test_help_lists_every_command_with_its_line() -> None:
    said = " ".join(RUNNER.invoke(app, ["--help"]).output.split())
    assert all(f"{name} {line}" in said for name, line in COMMANDS.items())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    said = RUNNER.invoke(app, [name, "--help"])
    assert said.exit_code == 0
    assert f"newsclaims {name}" in said.output.split("Options:")[0].split("\n", 1)[1]


def test_an_unknown_command_is_wrong_use() -> None:
    said = RUNNER.invoke(app, ["extrct"])
    assert said.exit_code == 2
    assert "No such command 'extrct'. Do you mean 'extract'?" in said.output
    assert "No such command 'zzz'" in RUNNER.invoke(app, ["zzz"]).output


def test_what_is_explained_into_a_file_has_a_line_for_each_thing_said(tmp_path: Path) -> None:
    article = tmp_path / "note.txt"
    article.write_text("Harrow Bank's chief executive, Jane Doe, " + "and so on, " * 30 + "quit in May.")
    lines = RUNNER.invoke(app, ["explain", str(article)]).output.splitlines()
    assert lines[0].startswith("note.txt ─")
    assert len(lines[0]) <= 100 < len(lines[1])


def test_the_limits_of_extract_are_those_of_the_readers() -> None:
    given = inspect.signature(extract).parameters
    chosen = {name: given[name].default * MIB for name in ("max_article", "max_file")}
    assert ReadOptions(**chosen) == ReadOptions()


def test_what_comes_on_standard_input_is_explained() -> None:
    command = [sys.executable, "-m", "newsclaims", "explain", "-"]
    done = subprocess.run(command, input="Jane Doe has joined Harrow Bank.", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "CLAIM   move  person='Jane Doe'  destination='Harrow Bank'" in done.stdout


def test_an_article_that_cannot_be_read_is_told_and_the_next_one_is_explained(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": "a", "text": 5}\n{"id": "b", "text": "Jane Doe quit Harrow Bank."}\n')
    done = RUNNER.invoke(app, ["explain", str(rows)])
    assert done.exit_code == 1
    assert done.stderr == f'{rows}:1: has a number in the field "text" where text should be\n'
    assert done.stdout.startswith("b ─")
    assert "Jane Doe quit Harrow Bank." in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([""], "nothing to explain: give the path of an article, or a text in quotes"),
        (["gone.txt"], "gone.txt: there is no such file"),
        (["Jane Doe quit.", "--rule", "move.jion"], "--rule: no rule 'move.jion'; do you mean 'move.join'?"),
        (["Jane Doe quit.", "--rule", "nope.*"], "no rule 'nope.*'; newsclaims rules list shows all"),
    ],
)
def test_what_cannot_be_explained_is_told_with_the_way_out(words: list[str], said: str) -> None:
    done = RUNNER.invoke(app, ["explain", *words])
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [["schema"], ["rules", "list"], ["export", "--formats"]])
def test_a_full_disk_is_told_in_a_line(words: list[str]) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "newsclaims", *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (2, "newsclaims: No space left on device\n")
