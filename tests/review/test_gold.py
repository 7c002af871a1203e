"""``newsclaims gold``: finished reviews become gold articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newsclaims.cli import app
from newsclaims.review.desk import Desk
from newsclaims.review.queries import Filter
from newsclaims.runs.folder import RunFolder


def judge(
    desk: Desk, doc: str, decision: str, reviewer: str = "Ann", but: dict[int, str] | None = None
) -> None:
    """Judge all claims of an article alike, some otherwise by their number."""
    for number, card in enumerate(desk.view(Filter(), doc).cards):
        desk.decide(Filter(), doc, card.id, reviewer, (but or {}).get(number, decision))


def made(run: Path, *options: str) -> tuple[list[dict[str, Any]], str]:
    """Gold rows, and what was said beside them."""
    out = run / "gold.out"
    result = CliRunner().invoke(app, ["gold", str(run), "-o", str(out), *options])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in out.read_text().splitlines()], result.stderr


def test_accepted_claims_of_a_finished_article_become_its_gold(run: Path) -> None:
    desk = Desk(RunFolder(run), "0.1.0")
    judge(desk, "a00002", "accepted", but={0: "rejected"})
    [row], said = made(run, "--licence", "CC0")
    assert (row["id"], row["licence"], len(row["claims"])) == ("a00002", "CC0", 5)
    assert "1 gold article with 5 claims; left out: 3 not begun" in said
    for claim in row["claims"]:
        assert claim["evidence"] in row["text"]
        for names in claim["args"].values():
            assert all(name in row["text"] for name in names)


def test_a_gold_claim_has_the_fields_of_the_gold_format(run: Path) -> None:
    desk = Desk(RunFolder(run), "0.1.0")
    judge(desk, "a00001", "rejected", but={1: "accepted"})  # the second is about pay
    [row], _ = made(run)
    [claim] = row["claims"]
    assert claim["type"] == "pay"
    assert claim["args"]["period"] == ["over four years"]
    assert claim["amount"]["min"] is None
    assert claim["amount"]["max"] > 0
    assert claim["amount"]["also"] == []
    assert claim["attrs"] == {"kind": "package", "status": "offered"}
    assert claim["certainty"] == "hedged"
    assert len(claim["attribution"]) == 1


@pytest.mark.parametrize("doubt", ["unsure", None])
def test_an_article_with_a_claim_still_open_is_left_out(run: Path, doubt: str | None) -> None:
    desk = Desk(RunFolder(run), "0.1.0")
    cards = desk.view(Filter(), "a00001").cards
    for card in cards[1:]:
        desk.decide(Filter(), "a00001", card.id, "Ann", "accepted")
    if doubt:
        desk.decide(Filter(), "a00001", cards[0].id, "Ann", doubt)
    rows, said = made(run)
    assert rows == []
    assert "unfinished: a00001" in said


def test_an_article_under_dispute_is_left_out_unless_one_reviewer_is_asked_for(run: Path) -> None:
    desk = Desk(RunFolder(run), "0.1.0")
    judge(desk, "a00001", "accepted", "Ann")
    judge(desk, "a00001", "accepted", "Ben", but={0: "rejected"})
    rows, said = made(run)
    assert rows == []
    assert "disputed: a00001" in said
    assert [len(row["claims"]) for row in made(run, "--reviewer", "Ann")[0]] == [6]
    assert [len(row["claims"]) for row in made(run, "--reviewer", "Ben")[0]] == [5]


def test_added_and_mended_claims_are_in_the_gold_as_the_reviewer_left_them(run: Path) -> None:
    desk = Desk(RunFolder(run), "0.1.0")
    judge(desk, "a00001", "rejected")
    view = desk.view(Filter(), "a00001")
    assert view.doc
    start = view.doc["text"].index("weather")
    claim = desk.add("a00001", "lawsuit", start, start + 7, "Ann")
    desk.change("a00001", claim, "Ann", lambda e, row: e.fill(row, "plaintiff", start, start + 7))
    desk.change("a00001", claim, "Ann", lambda e, row: e.fill(row, "defendant", start, start + 7))
    desk.change("a00001", claim, "Ann", lambda e, row: e.set(row, "stage", "lost"))
    [row], _ = made(run)
    [fact] = row["claims"]
    assert (fact["type"], fact["attrs"]) == ("lawsuit", {"stage": "lost"})
    assert fact["args"] == {"plaintiff": ["weather"], "defendant": ["weather"]}


def test_an_article_read_to_its_end_without_claims_is_gold_with_none(run: Path) -> None:
    lines = (run / "claims.jsonl").read_text().splitlines(keepends=True)
    (run / "claims.jsonl").write_text("".join(line for line in lines if "a00003" not in line))
    Desk(RunFolder(run), "0.1.0").finish("a00003", "Ann")
    rows, _ = made(run)
    assert [(row["id"], row["claims"]) for row in rows] == [("a00003", [])]


@pytest.mark.parametrize("name", ["claims.jsonl", "documents.jsonl"])
@pytest.mark.parametrize("line", [b"{torn", b"[]", b'{"id": "a00001"}', b'{"id": "\xff"}'])
@pytest.mark.parametrize("arguments", [["gold"], ["evaluate", "--against-reviews"]])
def test_a_damaged_run_is_one_line_that_names_the_place_and_leaves_no_file(
    run: Path, tmp_path: Path, name: str, line: bytes, arguments: list[str]
) -> None:
    judge(Desk(RunFolder(run), "0.1.0"), "a00001", "accepted")
    first, _, *rest = (run / name).read_bytes().splitlines()
    (run / name).write_bytes(b"\n".join([first, line, *rest]) + b"\n")
    output = ["-o", str(tmp_path / "gold.jsonl")] if arguments == ["gold"] else []
    done = CliRunner().invoke(app, [*arguments, str(run), *output])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"newsclaims: {run / name}:2: ")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == [run]
