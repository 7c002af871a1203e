"""Every block of code in the pages about rules is run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newsclaims.claims.rulereader import load
from newsclaims.cli import app

ROOT = Path(__file__).parent.parent.parent
PAGES = ["rules", "examples-lawsuit", "examples-poaching"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    return [content for found, content in BLOCK.findall(text) if found == language]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the files that the page names, the examples, and an article."""
    for page in PAGES:
        for content in blocks(page, "toml"):
            if named := re.match(r"# (\S+\.toml)\n", content):
                (tmp_path / named[1]).write_text(content, encoding="utf-8")
    (tmp_path / "newsclaims.toml").rename(tmp_path / "settings.toml")
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "given_names.txt").write_text("Zorana\n", encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text("Harrow Bank has snaffled Jane Doe.\n", encoding="utf-8")
    shutil.copytree(ROOT / "models" / "examples", tmp_path / "models" / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_it_says(folder: Path, page: str) -> None:
    for content in blocks(page, "console"):
        for command, expected in re.findall(r"^\$ newsclaims (.*)\n((?:(?!\$).*\n)*)", content, re.M):
            done = CliRunner().invoke(app, shlex.split(command))
            assert done.exit_code in (
                0,
                1 if "wrong.toml" in command else 2 if "faulty.toml" in command else 0,
            )
            assert expected in done.output, command


def test_every_rule_file_of_the_page_loads_and_its_settings_name_them(folder: Path) -> None:
    files = [folder / f"{name}.toml" for name in ("signings", "mainstays", "awards", "quiet")]
    ids = {rule.id for rule in load(files).rules}
    assert {"signings.snaffle", "mainstays.of", "awards.win"} <= ids
    assert "move.contract" not in ids
    (folder / "settings.toml").rename(folder / "newsclaims.toml")
    done = CliRunner().invoke(app, ["rules", "list", "--json"])
    assert '"signings.snaffle"' in done.output


@pytest.mark.parametrize("name", ["signings", "mainstays", "awards"])
def test_the_examples_on_the_page_hold(folder: Path, name: str) -> None:
    done = CliRunner().invoke(app, ["rules", "check", f"{name}.toml"])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("page", ["examples-lawsuit", "examples-poaching"])
def test_rules_quoted_on_an_examples_page_are_rules(tmp_path: Path, page: str) -> None:
    (content,) = blocks(page, "toml")
    file = tmp_path / "quoted.toml"
    file.write_text(content, encoding="utf-8")
    assert load([file])


def test_the_entry_point_on_the_page_is_one_of_the_group() -> None:
    (content,) = [block for block in blocks("rules", "toml") if "entry-points" in block]
    assert tomllib.loads(content)["project"]["entry-points"]["newsclaims.rules"]


def measured(name: str, kind: str, *options: str) -> dict[str, Any]:
    """The figures of a worked example's articles, extracted into ``out`` with these options."""
    made = ["extract", f"models/examples/{name}", "-o", "out", "--type", kind, "-q", *options]
    done = CliRunner().invoke(app, made)
    assert done.exit_code == 0, done.output
    done = CliRunner().invoke(app, ["evaluate", f"models/examples/{name}.gold.jsonl", "out", "--json"])
    figures: dict[str, Any] = json.loads(done.output)
    return figures


def test_the_worked_example_of_lawsuits_finds_what_its_page_says(folder: Path) -> None:
    """All six, none that is wrong, and nearly all of their slots; every command knows the type."""
    figures = measured("lawsuit", "lawsuit", "--rules", "models/examples/lawsuit.toml")
    assert [figures["claim"][count] for count in ("tp", "fn", "fp")] == [6, 0, 0]
    assert figures["slot"]["f1"] > 0.9
    types = {t["name"]: t for t in json.loads((folder / "out" / "run.json").read_text())["claim_types"]}
    assert types["lawsuit"]["slots"][:2] == ["plaintiff", "defendant"]
    schema = CliRunner().invoke(app, ["schema", "claim", "--run", "out"])
    assert "plaintiff" in schema.output


def test_the_worked_example_of_poaching_finds_what_its_page_says(folder: Path) -> None:
    """Nearly all of the six, none that is wrong."""
    claim = measured("poaching", "move", "--rules", "models/examples/poaching.toml")["claim"]
    assert claim["tp"] >= 5
    assert claim["tp"] + claim["fn"] == 6
    assert claim["fp"] == 0


def test_without_its_rules_the_worked_example_of_poaching_finds_fewer_than_half(folder: Path) -> None:
    assert measured("poaching", "move")["claim"]["tp"] < 3
