"""Two articles of one text in a run, as an agency's story is in two papers: no format mixes up their claims."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

import networkx as nx
import pandas as pd
import pytest

from newsclaims.errors import InputError
from newsclaims.export import export, names
from newsclaims.runs import Run, Selection
from newsclaims.schema import SCHEMA_VERSION, Article, Document

from .conftest import installed, rows, write_lines
from .test_linked import run_cypher

TEXT = "Jane Orme left Halcyon to join Brightwater as chief executive, for $2 million a year.\n"
TWINS = [Article(id=name, text=TEXT, source=name) for name in ("gazette.txt", "post.txt")]


@pytest.fixture
def run(tmp_path, extractor):
    """The run of the twins, in the place of the one that other tests export."""
    path = tmp_path / "twins"
    path.mkdir()
    claims = [claim.row() for _, found in extractor.extract(TWINS) for claim in found]
    write_lines(path / "claims.jsonl", claims)
    write_lines(path / "documents.jsonl", [Document.of(article).row() for article in TWINS])
    (path / "run.json").write_text(json.dumps({"version": "0.1.0", "schema_version": SCHEMA_VERSION}))
    return Run(path)


def test_twins_tell_the_same_each_under_ids_of_its_own(claims):
    assert len(claims) >= 4
    assert len({claim.id for claim in claims}) == len(claims)
    assert set(Counter((claim.type, claim.trigger.start) for claim in claims).values()) == {2}


@pytest.mark.parametrize("name", names())
def test_every_format_takes_them(exported, name):
    made = exported(name).path

    assert made.stat().st_size > 0


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_a_database_has_a_row_for_each_claim(exported, claims, name):
    path = exported(name).path
    if name == "sqlite":
        found = sqlite3.connect(path).execute("SELECT id, doc FROM claims").fetchall()
    else:
        import duckdb

        found = duckdb.connect(str(path)).execute("SELECT id, doc FROM claims").fetchall()

    assert set(found) == {(claim.id, claim.doc) for claim in claims}


@pytest.mark.parametrize("name", ["csv", "tsv", "parquet"])
def test_a_table_has_a_row_for_each_claim(exported, claims, name):
    path = exported(name).path
    frame = (
        pd.read_parquet(path) if name == "parquet" else pd.read_csv(path, sep={"csv": ",", "tsv": "\t"}[name])
    )

    assert frame["id"].is_unique
    assert set(zip(frame["id"], frame["doc"], strict=True)) == {(claim.id, claim.doc) for claim in claims}


def test_a_graph_has_a_node_for_each_claim_in_its_own_article(exported, claims):
    graph = nx.read_graphml(exported("graphml").path, force_multigraph=True)

    stated = [(a, b) for a, b, told in graph.edges(data=True) if told["edge_type"] == "stated_in"]
    assert sorted(stated) == sorted((f"claim:{claim.id}", f"article:{claim.doc}") for claim in claims)


def test_a_cypher_engine_merges_no_two_of_their_claims(exported, claims):
    graph = run_cypher(exported("cypher").text)

    told = graph.cypher("MATCH (c:Claim)-[:STATED_IN]->(a:Article) RETURN c.claim AS id, a.id AS article")
    assert {(row["id"], row["article"]) for row in told} == {(c.id, f"article:{c.doc}") for c in claims}


def test_annotations_and_linked_data_have_an_id_for_each_claim(exported, claims):
    wanted = {f"urn:newsclaims:claim:{claim.id}" for claim in claims}
    annotations = [line["id"] for line in exported("webannotation", "annotations").lines()]
    nodes = json.loads(exported("jsonld", "linked").text)["@graph"]

    assert Counter(annotations) == dict.fromkeys(wanted, 1)
    assert Counter(node["@id"] for node in nodes if node.get("@type") == "Claim") == dict.fromkeys(wanted, 1)


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_a_run_with_an_id_twice_is_refused_in_one_line(folder, tmp_path, name):
    form = installed(name)
    write_lines(folder / "claims.jsonl", [{**row, "id": "same"} for row in rows()])

    with pytest.raises(
        InputError, match=r"run has two articles or two claims of one id .*; extract again with --fresh$"
    ):
        export(Selection(Run(folder)), form, tmp_path / "out")
    assert not (tmp_path / "out").exists()
