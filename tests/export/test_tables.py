"""Formats that are tables: each loads with the library that people load it with, one row a claim."""

from __future__ import annotations

import csv
import json
import sqlite3

import pandas as pd
import pyarrow.parquet as pq
import pytest

from newsclaims.export.delimited import safe
from newsclaims.export.tables import claim_columns
from newsclaims.schema import ClaimType

from .conftest import spans_of


def spans_in(row, claim):
    """The spans that a flat row tells of, as its columns name them."""
    found = set()
    for role in ("trigger", "sentence", "source", "cue", *claim.slots):
        if not pd.isna(row[role]):
            found.add((int(row[f"{role}_start"]), int(row[f"{role}_end"]), row[role]))
    if "amount" in claim.slots and not pd.isna(row["amount_also"]):
        found |= {(also["start"], also["end"], also["text"]) for also in json.loads(row["amount_also"])}
    return found


@pytest.mark.parametrize(("name", "separator"), [("csv", ","), ("tsv", "\t")])
def test_pandas_reads_every_claim_and_span_of_a_delimited_file(exported, claims, name, separator):
    frame = pd.read_csv(exported(name, f"claims.{name}").path, sep=separator, dtype=object)

    assert list(frame["id"]) == [claim.id for claim in claims]
    for (_, row), claim in zip(frame.iterrows(), claims, strict=True):
        plain = {(start, end, text.removeprefix("'")) for start, end, text in spans_in(row, claim)}
        assert plain == spans_of(claim)
    offer = frame.set_index("id").loc["claim3"]
    assert (offer["kind"], offer["status"], offer["recipient_name"]) == ("package", "offered", "Jane Orme")
    assert pd.isna(offer["amount_min"])
    assert float(offer["amount_max"]) == 3_000_000


def test_a_sheet_has_a_column_for_each_thing_a_person_reads_and_opens_in_excel(exported, claims):
    made = exported("sheet", "claims.csv")
    assert made.path.read_bytes().startswith(b"\xef\xbb\xbftype,person,")
    frame = pd.read_csv(made.path, dtype=object, encoding="utf-8-sig")

    assert list(frame["id"]) == [claim.id for claim in claims]
    assert not [name for name in frame.columns if name.endswith(("_start", "_end", "_label"))]
    offer = frame.set_index("id").loc["claim3"]
    assert (offer["recipient"], offer["status"], offer["amount_currency"]) == ("Jane Orme", "offered", "USD")
    assert float(offer["amount_max"]) == 3_000_000


def test_no_cell_of_a_csv_begins_like_a_formula(exported):
    made = exported("csv")
    with made.path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]

    assert "'@Orme" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any("apostrophe" in note for note in made.notes)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1"])
def test_an_apostrophe_stands_before_whatever_a_spreadsheet_would_run(text):
    assert safe(text) == f"'{text}"


def test_numbers_and_plain_text_stay_as_they_are():
    assert [safe(value) for value in (-1.5, None, "a=b", "Jane", True)] == [-1.5, None, "a=b", "Jane", "true"]


def test_parquet_keeps_types_and_nests_the_spans(exported, claims):
    table = pq.read_table(exported("parquet").path)

    assert table.schema.field("amount_max").type == "double"
    assert table.schema.field("person_start").type == "int64"
    for row, claim in zip(table.to_pylist(), claims, strict=True):
        assert row["id"] == claim.id
        assert {(s["start"], s["end"], s["text"]) for s in row["spans"]} == spans_of(claim)
        assert {(s["start"], s["end"], s["text"]) for s in row["spans"] if s["role"] == "sentence"} == {
            (row["sentence_start"], row["sentence_end"], row["sentence"])
        }


def test_sqlite_answers_questions_about_moves_pay_and_text(exported, claims):
    database = sqlite3.connect(exported("sqlite", "claims.db").path)

    moves = database.execute(
        "SELECT person, origin, destination, certainty FROM moves ORDER BY id"
    ).fetchall()
    assert moves == [
        ("Jane Orme", "Halcyon", "Brightwater", "asserted"),
        ("at least 14 engineers", "Halcyon", None, "negated"),
    ]
    assert database.execute("SELECT recipient, amount_max FROM pay WHERE status = 'offered'").fetchall() == [
        ("Jane Orme", 3_000_000.0)
    ]
    assert database.execute("SELECT plaintiff, stage FROM lawsuits").fetchall() == [("Jane Orme", "filed")]
    search = "SELECT documents.id FROM documents_fts JOIN documents ON documents.rowid = documents_fts.rowid"
    assert database.execute(f"{search} WHERE documents_fts MATCH 'rained'").fetchall() == [("quiet.txt",)]
    for claim in claims:
        rows = database.execute('SELECT start, "end", text FROM spans WHERE claim = ?', [claim.id])
        assert set(rows) == spans_of(claim)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_offsets_in_the_database_count_in_its_own_text(exported):
    database = sqlite3.connect(exported("sqlite").path)

    wrong = database.execute(
        "SELECT count(*) FROM spans JOIN documents ON doc = id"
        ' WHERE substr(documents.text, start + 1, "end" - start) <> spans.text'
    )
    assert wrong.fetchone() == (0,)


def test_duckdb_has_the_tables_and_views_of_the_sqlite_file(exported, claims):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(exported("duckdb", "claims.duckdb").path), read_only=True) as database:
        ids = database.execute("SELECT id FROM claims ORDER BY id").fetchall()
        by_type = dict(database.execute("SELECT type, count(*) FROM claims GROUP BY type").fetchall())
        wrong = database.execute(
            "SELECT count(*) FROM spans JOIN documents ON doc = id"
            ' WHERE documents.text[start + 1:"end"] <> spans.text'
        ).fetchone()
        spans = database.execute('SELECT claim, start, "end", text FROM spans').fetchall()
        sums = database.execute("SELECT sum(amount_max) FROM pay WHERE amount_currency = 'USD'").fetchone()

    assert ids == [(claim.id,) for claim in claims]
    assert by_type == {"move": 2, "employment": 2, "pay": 2, "deal": 1, "figure": 1, "lawsuit": 1}
    assert wrong == (0,)
    assert set(spans) == {(claim.id, *span) for claim in claims for span in spans_of(claim)}
    assert sums == (3_009_000.0,)


def test_columns_follow_from_the_selected_types_alone(exported):
    header = exported("csv", types=["move"]).text.splitlines()[0].split(",")

    assert "former_role" in header
    assert "amount" not in header


def test_a_slot_that_would_hide_a_column_is_refused():
    odd = ClaimType(name="leak", slots=["source", "sentence"])

    with pytest.raises(Exception, match="'leak' would give a table a second column 'source'"):
        claim_columns([odd])
