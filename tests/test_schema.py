"""The JSON Schemas: current in the repository, 2020-12, and true of every line that the program writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from export.conftest import LAWSUIT, MONEY, MOVES, QUIET, rows, write_lines
from newsclaims.cli import app
from newsclaims.json_schema import NAMES, as_text, schema
from newsclaims.schema import SCHEMA_VERSION, Document, Failure, Review

REPOSITORY = Path(__file__).parent.parent


def valid(name, line, types=()):
    return Draft202012Validator(schema(name, types)).is_valid(line)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_in_the_repository_is_current(name):
    kept = (REPOSITORY / "schema" / f"{name}.schema.json").read_text(encoding="utf-8")

    assert kept == as_text(schema(name)), "run: newsclaims schema -o schema"


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_itself_valid_and_names_its_version(name):
    content = schema(name)

    Draft202012Validator.check_schema(content)
    assert content["$schema"].endswith("2020-12/schema")
    assert f":{SCHEMA_VERSION}:" in content["$id"]


def test_claims_of_every_type_are_valid():
    for row in rows():
        claim = (LAWSUIT.model() if row["type"] == "lawsuit" else None, row)
        assert valid("claim", row, [claim[0]] if claim[0] else ()), row["type"]


def test_a_claim_type_of_a_user_is_valid_only_with_its_definition():
    lawsuit = next(row for row in rows() if row["type"] == "lawsuit")

    assert not valid("claim", lawsuit)
    assert valid("claim", lawsuit, [LAWSUIT.model()])
    assert not valid("claim", {**lawsuit, "stage": "won"}, [LAWSUIT.model()])


def test_documents_failures_and_reviews_are_valid():
    for article in (MOVES, MONEY, QUIET):
        assert valid("document", Document.of(article).row())
    assert valid("failure", Failure(source="a.txt", error="EmptyError", message="has no text").row())
    review = Review(claim="c", doc="d", decision="accepted", reviewer="ann", time="2031-03-05", version="1")
    assert valid("review", review.row())
    assert not valid("review", {**review.row(), "decision": "maybe"})


def test_every_line_of_a_run_is_valid(tmp_path):
    """From articles on the disk to the files of a run, by the command itself."""
    articles = tmp_path / "articles"
    articles.mkdir()
    corpus = sorted((REPOSITORY / "corpus" / "articles").glob("*.txt"))[:4]
    for path in corpus:
        (articles / path.name).write_bytes(path.read_bytes())
    (articles / "empty.txt").write_bytes(b"")

    result = CliRunner().invoke(
        app, ["extract", str(articles), "-o", str(tmp_path / "run"), "--workers", "1"]
    )

    assert result.exit_code == 1, result.output  # one input failed
    files = {"claims": "claim", "documents": "document", "failures": "failure"}
    for file, name in files.items():
        lines = (tmp_path / "run" / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
        assert lines, file
        validator = Draft202012Validator(schema(name))
        for line in lines:
            validator.validate(json.loads(line))
    about = json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))
    assert about["schema_version"] == SCHEMA_VERSION


def test_the_command_prints_one_schema_or_all():
    run = CliRunner().invoke

    assert json.loads(run(app, ["schema", "claim"]).output)["title"] == "Claim"
    assert set(json.loads(run(app, ["schema"]).output)) == set(NAMES)
    wrong = run(app, ["schema", "claims"])
    assert wrong.exit_code == 2
    assert re.search("no schema 'claims'; there are claim, document", wrong.stderr)


def test_the_command_adds_the_claim_types_of_a_run(tmp_path):
    write_lines(tmp_path / "claims.jsonl", [])
    write_lines(tmp_path / "documents.jsonl", [])
    (tmp_path / "run.json").write_text(json.dumps({"claim_types": [LAWSUIT.row()]}), encoding="utf-8")

    printed = CliRunner().invoke(app, ["schema", "claim", "--run", str(tmp_path)]).output

    assert "lawsuit" in json.loads(printed)["discriminator"]["mapping"]
