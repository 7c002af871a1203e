"""A claim type that a rule file defines goes the whole way: extraction, schema, review, report, exports, evaluation.

The rules, articles and gold claims are those of the worked example in ``docs/examples-lawsuit.md``.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from newsclaims.cli import app
from newsclaims.export import registry
from newsclaims.resources import models_dir

EXAMPLES = models_dir() / "examples"
PLAIN = [name for name in registry.BUILT_IN if name not in ("parquet", "sqlite", "duckdb", "spacy")]


def newsclaims(*words: str | Path) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lawsuits of three articles, extracted by rules of ours."""
    folder = tmp_path_factory.mktemp("lawsuits") / "out"
    rules = EXAMPLES / "lawsuit.toml"
    newsclaims("extract", EXAMPLES / "lawsuit", "-o", folder, "--rules", rules, "--type", "lawsuit", "-q")
    return folder


def claims(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


def test_claims_have_the_slots_and_attributes_of_the_type_and_fit_its_schema(run: Path) -> None:
    schema = json.loads(newsclaims("schema", "claim", "--run", run))
    rows = claims(run)
    for row in rows:
        jsonschema.validate(row, schema)
    assert {row["stage"] for row in rows} == {"filed", "settled"}
    assert ("Nadia Farrow", "Orchard Dairies") in [
        (row["plaintiff"]["text"], row["defendant"]["text"]) for row in rows
    ]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**rows[0], "stage": "appealed"}, schema)


def test_the_table_in_the_terminal_has_a_column_a_slot(run: Path) -> None:
    shown = newsclaims("show", run)
    assert "lawsuit" in shown
    assert "Orchard" in shown


@pytest.mark.parametrize("form", PLAIN)
def test_every_format_holds_its_claims(run: Path, tmp_path: Path, form: str) -> None:
    if form == "ftm":
        pytest.importorskip("followthemoney")
    path = tmp_path / "out"
    newsclaims("export", run, "--to", form, "-o", path)
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files).lower()
    words = ["lawsuit", "plaintiff"] + ["pell transport"] * (form != "labelstudio-config")
    assert [word for word in words if word not in text] == []


def test_tables_of_a_database_and_of_columns_are_named_after_it(run: Path, tmp_path: Path) -> None:
    import duckdb
    import pyarrow.parquet as parquet

    for form in ("sqlite", "duckdb", "parquet", "csv"):
        newsclaims("export", run, "--to", form, "-o", tmp_path / form)
    query = "SELECT plaintiff, amount_min, stage FROM lawsuits WHERE defendant = 'Orchard Dairies' ORDER BY 1"
    wanted = [("Nadia Farrow", 12e6, "filed"), ("Pell Transport", 3e6, "filed")]
    assert sqlite3.connect(tmp_path / "sqlite").execute(query).fetchall() == wanted
    assert duckdb.connect(str(tmp_path / "duckdb"), read_only=True).execute(query).fetchall() == wanted
    table = parquet.read_table(tmp_path / "parquet").to_pylist()
    with (tmp_path / "csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["plaintiff"] for row in rows) == sorted(row["plaintiff"] for row in table)


def test_training_data_for_spacy_has_its_spans(run: Path, tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    newsclaims("export", run, "--to", "spacy", "-o", tmp_path / "spacy")
    (file,) = (tmp_path / "spacy").glob("*.spacy")
    docs = DocBin().from_disk(file).get_docs(spacy.blank("en").vocab)
    labels = {span.label_ for doc in docs for group in doc.spans.values() for span in group}
    assert any("plaintiff" in label.lower() for label in labels)


def test_the_evaluation_measures_its_key_and_its_slots(run: Path) -> None:
    figures = json.loads(newsclaims("evaluate", EXAMPLES / "lawsuit.gold.jsonl", run, "--json"))
    assert figures["claim"]["p"] == 1
    assert figures["claim"]["f1"] >= 0.95
    assert "lawsuit.plaintiff" in newsclaims("evaluate", EXAMPLES / "lawsuit.gold.jsonl", run)


def test_the_report_shows_it_in_a_browser(run: Path, tmp_path: Path, browser: Browser) -> None:
    newsclaims("report", run, "-o", tmp_path / "report.html")
    page = browser.new_page()
    page.goto(f"file://{tmp_path / 'report.html'}")
    expect(page.locator("body")).to_contain_text("lawsuit")
    row = page.locator("#table tr", has_text="Pell Transport")
    expect(row).to_contain_text("Orchard Dairies")
    expect(row).to_contain_text("3 million pounds")
    page.close()


@pytest.fixture
def page(run: Path, browser: Browser) -> Iterator[Page]:
    """The review page of the run, served by the command."""
    command = [sys.executable, "-m", "newsclaims", "review", str(run), "--no-open", "--port", "0"]
    with subprocess.Popen([*command, "--reviewer", "Ann"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert found
        for _ in range(200):
            if httpx.get(found[0]).status_code == 200:
                break
            time.sleep(0.05)
        page = browser.new_page()
        page.set_default_timeout(20_000)
        page.goto(found[0])
        yield page
        page.close()
        server.terminate()


def test_a_review_by_clicks_gives_gold_that_measures_the_claims(
    run: Path, page: Page, tmp_path: Path
) -> None:
    rows = claims(run)
    expect(page.locator(".chosen .type")).to_have_text("lawsuit")
    expect(page.locator(".chosen .slot", has_text="plaintiff")).to_contain_text("Keystone Builders")

    # Another stage, and a slot that the rules left blank, from the text.
    page.locator(".chosen .tag.press", has_text="filed").click()
    page.locator("#facts-box button", has_text="dismissed").click()
    expect(page.locator(".chosen .tag.press", has_text="dismissed")).to_be_visible()
    page.get_by_text("The mayor said").dblclick(position={"x": 40, "y": 8})
    page.locator("#selection button", has_text="court").click()
    expect(page.locator(".chosen .slot", has_text="court")).not_to_contain_text("—")

    # Accept every claim.
    for row in rows:
        expect(page.locator(".actions input[name=claim]").first).to_have_value(row["id"])
        page.get_by_role("button", name="A Accept").click()
        expect(page.locator("#said")).to_contain_text("Accepted")
    reviews = [json.loads(line) for line in (run / "reviews.jsonl").read_text().splitlines()]
    mended = [review["edited"] for review in reviews if review.get("edited")][-1]
    assert (mended["type"], mended["stage"]) == ("lawsuit", "dismissed")
    assert mended["court"]["text"] in "The mayor said the case would be contested."

    newsclaims("gold", run, "-o", tmp_path / "gold.jsonl")
    facts = [
        fact
        for line in (tmp_path / "gold.jsonl").open(encoding="utf-8")
        for fact in json.loads(line)["claims"]
    ]
    assert ["lawsuit"] * len(rows) == [fact["type"] for fact in facts]
    assert facts[0]["attrs"]["stage"] == "dismissed"
    for against in ((tmp_path / "gold.jsonl", run), ("--against-reviews", run)):
        figures = json.loads(newsclaims("evaluate", *against, "--json"))
        assert figures["claim"]["f1"] == 1
        assert figures["slot"]["r"] < 1  # the court that the reviewer added
