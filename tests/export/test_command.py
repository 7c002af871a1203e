"""``newsclaims export`` on the command line: streams, exit status, what is said."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from newsclaims.cli import app
from newsclaims.export import names

PROGRAM = [sys.executable, "-c", "from newsclaims.cli import app; app()", "export"]


def run(*arguments):
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def test_an_export_writes_the_file_and_says_what_it_could_not_hold(folder, tmp_path):
    pytest.importorskip("followthemoney")
    result = run(folder, "--to", "ftm", "-o", tmp_path / "entities.json")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "ftm: 3 claims fit no schema of FollowTheMoney" in result.stderr
    assert (tmp_path / "entities.json").exists()


def test_text_goes_to_standard_output_and_notes_do_not(folder):
    result = run(folder, "--to", "csv", "--type", "pay, lawsuit", "--min-confidence", "0.6")

    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["id"] for row in rows] == ["claim3", "claim8"]
    assert "apostrophe" in result.stderr


def test_a_reader_that_has_seen_enough_is_no_error(folder):
    command = subprocess.Popen(
        [*PROGRAM, str(folder), "--to", "jsonld"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    command.stdout.close()

    assert b"Traceback" not in command.stderr.read()
    command.stderr.close()
    assert command.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "xml"], "no export format 'xml'"),
        (["--to", "csv", "--type", "merger"], "no claim type 'merger'"),
        (["--to", "csv", "--reviewed", "good"], "no state 'good'; there are pending, accepted"),
        (["--to", "sqlite"], "name a file with -o"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(folder, arguments, message):
    result = run(folder, *arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["export", "--to", "csv"], ["report"], ["gold"]])
@pytest.mark.parametrize(
    "name", ["claims.jsonl", "documents.jsonl", "failures.jsonl", "run.json", ".newsclaims/ledger.sqlite"]
)
def test_a_file_of_a_run_is_never_replaced(folder, tmp_path, command, name):
    before = (folder / "claims.jsonl").read_bytes()
    link = tmp_path / "link"
    link.symlink_to(folder)

    for path in (folder / name, link / name):
        result = CliRunner().invoke(app, [command[0], str(folder), *command[1:], "-o", str(path)])
        assert result.exit_code == 2
        assert result.stderr == (
            f"newsclaims: {path} is a file of a run, which must not be replaced; choose another with -o\n"
        )
    assert (folder / "claims.jsonl").read_bytes() == before


def test_an_export_may_lie_beside_the_files_of_its_run(folder):
    assert run(folder, "--to", "csv", "-o", folder / "claims.csv").exit_code == 0


def test_a_folder_without_a_run_is_one_line(tmp_path):
    result = run(tmp_path, "--to", "csv")

    assert result.exit_code == 2
    assert "newsclaims extract" in result.stderr


def test_the_formats_are_listed_each_with_what_it_is_for(folder):
    lines = run("--formats").stdout.splitlines()

    assert [line.split()[0] for line in lines] == names()
    assert all(len(line.split()) > 3 for line in lines)
