"""Which claims are exported, how output appears, and what is said about it."""

from __future__ import annotations

import io
import json
import os
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from newsclaims.errors import InputError, NewsclaimsError
from newsclaims.export import TextFormat, export, find, names, registry
from newsclaims.runs import Run, Selection
from newsclaims.schema import Document, Move, Review

from .conftest import MOVES, installed, rows, write_lines


def review(folder, claim, decision, *, doc=None, edited=None, reviewer="ann"):
    doc = doc or next((row["doc"] for row in rows() if row["id"] == claim), MOVES.id)
    line = Review(
        claim=claim,
        doc=doc,
        decision=decision,
        edited=edited,
        reviewer=reviewer,
        time="2031-03-05T10:00:00Z",
        version="0.1.0",
    )
    with (folder / "reviews.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line.row()) + "\n")


def ids(folder, **choice):
    return [claim.id for _, claims in Selection(Run(folder), **choice).articles() for claim in claims]


def test_claims_meet_their_articles_in_one_pass(run):
    assert [(document.id, [claim.id for claim in claims]) for document, claims in run.articles()] == [
        ("talent/moves.txt", ["claim0", "claim1", "claim2"]),
        ("money.jsonl:7", ["claim3", "claim4", "claim5", "claim6", "claim7", "claim8"]),
        ("quiet.txt", []),
    ]


def test_types_and_confidence_choose_claims(folder):
    assert ids(folder, types=["pay", "lawsuit"]) == ["claim3", "claim6", "claim8"]
    assert ids(folder, min_confidence=0.8) == ["claim0", "claim3", "claim4"]


def test_an_unknown_type_is_refused_with_those_that_there_are(run):
    with pytest.raises(NewsclaimsError, match=r"no claim type 'merger'.*move, .*lawsuit"):
        Selection(run, types=["merger"])


def test_the_last_decision_wins_and_undone_takes_it_back(folder):
    review(folder, "claim0", "rejected")
    review(folder, "claim0", "accepted")
    review(folder, "claim1", "accepted")
    review(folder, "claim1", "rejected")
    review(folder, "claim3", "accepted")
    review(folder, "claim3", "undone")
    review(folder, "claim4", "unsure")

    assert ids(folder, reviewed=["accepted"]) == ["claim0"]
    assert ids(folder, reviewed=["rejected", "unsure"]) == ["claim1", "claim4"]


def test_an_edited_claim_replaces_the_extracted_one_and_an_added_one_joins(folder):
    mended = {**rows()[0], "certainty": "hedged"}
    added = {**rows()[0], "id": "by-hand", "rule": "review"}
    review(folder, "claim0", "accepted", edited=mended)
    review(folder, "by-hand", "added", edited=added)

    (first, second) = (
        claim for _, claims in Selection(Run(folder), reviewed=["accepted"]).articles() for claim in claims
    )
    assert (first.id, first.certainty) == ("claim0", "hedged")
    assert isinstance(second, Move)
    assert second.id == "by-hand"


def test_articles_that_nobody_reviewed_are_left_out_unless_pending_claims_are_wanted(folder):
    review(folder, "claim0", "rejected")
    review(folder, "", "accepted", doc="quiet.txt")

    def articles(states):
        return [document.id for document, _ in Selection(Run(folder), reviewed=states).articles()]

    assert articles(["accepted"]) == ["talent/moves.txt", "quiet.txt"]
    assert articles(["accepted", "pending"]) == ["talent/moves.txt", "money.jsonl:7", "quiet.txt"]


def test_tables_tell_the_state_of_each_claim_and_databases_keep_the_reviews(folder, exported):
    import sqlite3

    review(folder, "claim0", "accepted")
    review(folder, "gone", "accepted", doc="gone.txt")
    made = exported("sqlite")

    database = sqlite3.connect(made.path)
    assert database.execute("SELECT review FROM claims WHERE id = 'claim0'").fetchone() == ("accepted",)
    assert database.execute("SELECT claim, reviewer FROM reviews").fetchall() == [("claim0", "ann")]
    assert any("have been reviewed" in note for note in made.notes)


def test_a_claim_without_its_article_is_an_error_that_names_the_line(folder):
    lines = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "documents.jsonl").write_text("".join(lines[1:]), encoding="utf-8")

    with pytest.raises(InputError, match=r"claims\.jsonl:1: claim claim0 .*'talent/moves\.txt'"):
        ids(folder)


def test_a_damaged_line_is_an_error_that_names_it(folder):
    with (folder / "claims.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "claim9", "type": "move"')

    with pytest.raises(InputError, match=r"claims\.jsonl:10: no JSON"):
        ids(folder)


def test_a_run_of_another_schema_version_is_refused(folder):
    (folder / "run.json").write_text('{"schema_version": "99"}', encoding="utf-8")

    with pytest.raises(InputError, match="schema_version 99"):
        Run(folder)


def test_lone_surrogates_become_one_character_each(folder, tmp_path):
    article = MOVES.model_copy(update={"text": MOVES.text + "\ud800"})
    write_lines(folder / "documents.jsonl", [Document.of(article).row()])
    write_lines(folder / "claims.jsonl", rows()[:3])
    notes = []

    export(Selection(Run(folder)), find("langextract"), tmp_path / "out", notes.append)

    line = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    assert line["text"] == MOVES.text + "\ufffd"
    assert any("lone surrogates" in note for note in notes)


@pytest.mark.parametrize("name", names())
def test_a_run_without_claims_gives_a_whole_file_in_every_format(folder, tmp_path, name):
    (folder / "claims.jsonl").write_bytes(b"")
    (folder / "documents.jsonl").write_bytes(b"")

    export(Selection(Run(folder)), installed(name), tmp_path / "out")

    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("name", sorted(set(names()) - {"labelstudio-config"}))
def test_an_export_that_fails_leaves_what_was_there(folder, tmp_path, name):
    with (folder / "claims.jsonl").open("a", encoding="utf-8") as file:
        file.write("{damaged\n")
    before = sorted(tmp_path.iterdir())

    form = installed(name)
    with pytest.raises(InputError):
        export(Selection(Run(folder)), form, tmp_path / "out")

    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("state", "said"), [("stopped", 1), ("running", 1), ("complete", 0)])
def test_a_run_that_did_not_come_to_its_end_is_said_to_be_incomplete(folder, tmp_path, state, said):
    about = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(about | {"state": state}))
    notes = []
    export(Selection(Run(folder)), find("jsonld"), tmp_path / "out", notes.append)

    assert sum("the run is not complete: its state is " in note for note in notes) == said


def test_a_state_that_does_not_exist_is_told(folder):
    with pytest.raises(NewsclaimsError, match=r"no review state 'good'; there are .*accepted"):
        Selection(Run(folder), reviewed=["good"])


@pytest.mark.parametrize("name", ["documents.jsonl", "claims.jsonl"])
def test_of_a_run_that_was_killed_in_a_line_what_is_whole_is_read(folder, name):
    about = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps(about | {"state": "running"}))
    whole = [document.id for document, _ in Run(folder).articles()]
    (folder / name).write_bytes((folder / name).read_bytes()[:-40])
    left = [document.id for document, _ in Run(folder).articles()]
    assert left == (whole[:-1] if name == "documents.jsonl" else whole)


def test_the_same_run_gives_the_same_bytes(exported):
    for name in ("csv", "parquet", "jsonld", "graphml", "spacy"):
        first, second = exported(name, f"{name}.a"), exported(name, f"{name}.b")
        assert first.path.read_bytes() == second.path.read_bytes(), name


def test_text_formats_go_to_standard_output(run, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)

    export(Selection(run), find("csv"), None)

    assert out.getvalue().startswith("id,type,doc,")


def test_a_database_has_no_place_on_standard_output(run):
    with pytest.raises(NewsclaimsError, match="name a file with -o"):
        export(Selection(run), find("sqlite"), None)


def test_a_folder_with_something_in_it_is_not_overwritten(run, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("kept")

    with pytest.raises(NewsclaimsError, match="is there already"):
        export(Selection(run), find("brat"), tmp_path / "out")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser writes anywhere")
def test_a_place_that_cannot_be_written_is_one_clear_line(run, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(NewsclaimsError, match="cannot be written"):
        export(Selection(run), find("csv"), tmp_path / "out")


@pytest.mark.parametrize("name", ["csv", "sqlite", "brat"])
def test_a_folder_that_is_not_there_is_not_made(run, tmp_path, name):
    with pytest.raises(NewsclaimsError, match=r"cannot be written: there is no folder .*missing/sub$"):
        export(Selection(run), find(name), tmp_path / "missing" / "sub" / "out")
    assert not (tmp_path / "missing").exists()


def test_a_misspelt_format_is_met_with_the_nearest_name():
    with pytest.raises(NewsclaimsError, match="did you mean parquet"):
        find("parket")


def test_a_missing_library_is_one_line_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(registry, "find_spec", lambda _: None)

    with pytest.raises(NewsclaimsError, match=r"pip install 'newsclaims\[duckdb\]'"):
        find("duckdb")


def _shout(selection, notes):
    yield from (claim.sentence.text.upper() + "\n" for _, claims in selection.articles() for claim in claims)


SHOUT = TextFormat("shout", "sentences in capitals", _shout)


def test_another_package_brings_a_format_by_entry_point(run, tmp_path, monkeypatch):
    point = EntryPoint("shout", f"{__name__}:SHOUT", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **_: [point])

    export(Selection(run), find("shout"), tmp_path / "out")

    assert "shout" in names()
    assert (tmp_path / "out").read_text(encoding="utf-8").startswith("JANE ORME, HALCYON’S FINANCE CHIEF")


def test_a_broken_format_of_another_package_is_named(monkeypatch):
    point = EntryPoint("odd", "newsclaims:no_such_thing", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda **_: [point])

    with pytest.raises(NewsclaimsError, match=r"'odd' \(newsclaims:no_such_thing\) does not load"):
        find("odd")


def test_memory_does_not_grow_with_the_run(folder, tmp_path):
    import tracemalloc

    def grow(copies):
        lines = (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines()[:3]
        with (tmp_path / "c").open("w") as claims, (tmp_path / "d").open("w") as documents:
            for number in range(copies):
                row = Document.of(MOVES).row() | {"id": f"doc{number}"}
                documents.write(json.dumps(row) + "\n")
                for line in lines:
                    claim = json.loads(line)
                    claims.write(
                        json.dumps(claim | {"id": f"{claim['id']}-{number}", "doc": row["id"]}) + "\n"
                    )
        big = tmp_path / f"run{copies}"
        big.mkdir()
        Path(tmp_path / "c").rename(big / "claims.jsonl")
        Path(tmp_path / "d").rename(big / "documents.jsonl")
        tracemalloc.start()
        for name in ("csv", "graphml", "sqlite"):
            export(Selection(Run(big)), find(name), tmp_path / f"{name}{copies}")
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    grow(10)  # what is loaded once is loaded
    assert grow(300) < grow(30) + 300_000
