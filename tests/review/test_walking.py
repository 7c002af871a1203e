"""Filters, orders and search over the claims of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclaims.review.columns import ORDERS
from newsclaims.review.desk import Desk
from newsclaims.review.queries import Filter, Walk, fts
from newsclaims.runs.folder import RunFolder

from .synthetic import many, write_run


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(RunFolder(write_run(tmp_path_factory.mktemp("big") / "run", many(30, 6))), "0.1.0")


def rows(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(line) for line in desk.index.folder.claims.read_text().splitlines()]


def walked(desk: Desk, chosen: Filter) -> list[str]:
    """Ids of the claims that one passes on the way from the first to the last."""
    walk = Walk(desk.index.columns, chosen, desk.index.sets)
    found, seq = [], walk.first()
    while seq is not None:
        found.append(desk.index.db.execute("SELECT id FROM claim WHERE seq = ?", (seq,)).fetchone()[0])
        assert walk.position(seq) == len(found) - 1
        assert walk.step(seq, back=True) is None or len(found) > 1
        seq = walk.step(seq)
    return found


@settings(max_examples=25)
@given(
    kind=st.sampled_from(["", "move", "pay", "lawsuit"]),
    certainty=st.sampled_from(["", "hedged", "planned"]),
    low=st.sampled_from([None, 0.5, 0.9]),
    sort=st.sampled_from(ORDERS),
)
def test_a_walk_passes_every_claim_of_the_filter_once(
    big: Desk, kind: str, certainty: str, low: float | None, sort: str
) -> None:
    expected = {
        row["id"]
        for row in rows(big)
        if (not kind or row["type"] == kind)
        and (not certainty or row["certainty"] == certainty)
        and row["confidence"] >= (low or 0)
    }
    found = walked(big, Filter(type=kind, certainty=certainty, low=low, sort=sort))
    assert len(found) == len(expected)
    assert set(found) == expected


def test_the_queue_puts_the_least_certain_first(big: Desk) -> None:
    confidence = {row["id"]: row["confidence"] for row in rows(big)}
    found = [confidence[identity] for identity in walked(big, Filter(sort="least-certain"))]
    assert found == sorted(found)


@pytest.mark.parametrize("column", ["type", "rule", "certainty"])
def test_claims_that_are_alike_in_what_they_are_sorted_by_stand_as_in_the_text(
    big: Desk, column: str
) -> None:
    facts = {row["id"]: (row[column], row["doc"], row["trigger"]["start"]) for row in rows(big)}
    found = [facts[identity] for identity in walked(big, Filter(sort=column))]
    assert found == sorted(found)


def test_a_walk_goes_on_from_a_claim_that_no_longer_passes(tmp_path: Path) -> None:
    desk = Desk(RunFolder(write_run(tmp_path / "run", many(3, 2))), "0.1.0")
    pending = Filter(state="pending")
    [_, second, third, *_] = walked(desk, pending)
    doc = {row["id"]: row["doc"] for row in rows(desk)}
    assert desk.decide(pending, doc[second], second, "Ann", "rejected").endswith(third)
    assert second not in walked(desk, pending)
    assert walked(desk, Filter(state="rejected")) == [second]


def test_mended_and_added_claims_are_found_by_what_they_say_now(tmp_path: Path) -> None:
    run = RunFolder(write_run(tmp_path / "run", many(2, 6)))
    desk = Desk(run, "0.1.0")
    move = next(row for row in rows(desk) if row["type"] == "move")
    desk.change(move["doc"], move["id"], "Ann", lambda editor, row: editor.rename(row, "person", "Aa Zed"))
    added = desk.add(move["doc"], "figure", 0, 5, "Ann")
    for later in (desk, Desk(run, "0.1.0")):
        assert walked(later, Filter(person="Aa Zed")) == [move["id"]]
        assert walked(later, Filter(sort="person"))[-1] != move["id"]
        assert walked(later, Filter(article=move["doc"], state="unsure")) == [added]
        assert walked(later, Filter(article=move["doc"]))[0] == added  # it stands first in the text
    desk.undo("Ann")
    assert added not in walked(desk, Filter())
    assert len(walked(desk, Filter())) == 12


def test_people_and_organisations_are_found_by_name(big: Desk) -> None:
    found = set(walked(big, Filter(person="Mara Quill")))
    assert found == {
        row["id"]
        for row in rows(big)
        if any(isinstance(v, dict) and v.get("name") == "Mara Quill" and "label" in v for v in row.values())
    }
    assert big.suggest("person", "Mar") == [{"value": "Mara Quill", "label": ""}]
    assert {hit["value"] for hit in big.suggest("organisation", "")} >= {"Northlight", "Copperfen"}


def test_search_finds_sentences_and_whole_articles(big: Desk) -> None:
    sued = {row["id"] for row in rows(big) if row["type"] == "lawsuit"}
    assert set(walked(big, Filter(q="sued harb"))) == sued
    assert set(walked(big, Filter(q='"Harbour Court"'))) == sued
    assert len(walked(big, Filter(q="ferries", scope="article"))) == len(rows(big))
    assert walked(big, Filter(q="ferries")) == []


@pytest.mark.parametrize("typed", ['"', "*", "a AND", "NEAR(", "col:x", "(", "-", "'; DROP TABLE claim"])
def test_no_search_that_one_can_type_fails(big: Desk, typed: str) -> None:
    assert big.view(Filter(q=typed)).total >= 0


def test_words_are_quoted_for_the_search_and_the_last_may_be_a_beginning() -> None:
    assert fts("ferry term") == '"ferry" "term"*'
    assert fts('"ferry terminal"') == '"ferry terminal"'


def test_a_filter_survives_its_address() -> None:
    chosen = Filter(q='a "b"', type="move", low=0.25, sort="rule")
    assert Filter.of(chosen.parameters()) == chosen
    assert Filter.of({"low": "abc", "sort": "nonsense"}) == Filter()


def test_an_article_without_claims_is_passed_unless_there_is_a_filter(tmp_path: Path) -> None:
    articles = list(many(3, 2))
    articles[1] = (articles[1][0], [])
    desk = Desk(RunFolder(write_run(tmp_path / "run", articles)), "0.1.0")
    view = desk.view(Filter(), doc="a00001")
    assert view.links is not None
    assert "a00002" in view.links["next-article"]
    view = desk.view(Filter(certainty="asserted"), doc="a00001")
    assert view.links is not None
    assert "a00003" in view.links["next-article"]
