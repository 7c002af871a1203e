"""Judging, mending and adding at the desk; what survives crashes, colleagues and new extractions."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsclaims.errors import InputError
from newsclaims.review.cards import Card
from newsclaims.review.desk import Desk, MissingError
from newsclaims.review.editing import EditError
from newsclaims.review.queries import Filter
from newsclaims.review.view import View
from newsclaims.runs.folder import RunFolder, line_at
from newsclaims.runs.journal import Journal
from newsclaims.schema import Document

from .synthetic import article, many, write_run

ALL = Filter()


def at(desk: Desk) -> tuple[str, str]:
    """Article and claim that the desk shows first."""
    view = desk.view(ALL)
    assert view.doc
    assert view.chosen
    return view.doc["id"], view.chosen.id


def chosen(desk: Desk, doc: str, claim: str) -> Card:
    card = desk.view(ALL, doc, claim).chosen
    assert card
    return card


def state(desk: Desk, doc: str, claim: str) -> str:
    return chosen(desk, doc, claim).state


def reopened(desk: Desk) -> Desk:
    """The same run as a server started later finds it."""
    return Desk(RunFolder(desk.index.folder.path), "0.1.0")


def select(view: View, words: str) -> tuple[int, int]:
    assert view.doc
    start = view.doc["text"].index(words)
    return start, start + len(words)


def test_a_decision_is_in_the_file_before_the_next_claim_is_shown(desk: Desk) -> None:
    doc, claim = at(desk)
    onward = desk.decide(ALL, doc, claim, "Ann", "accepted")
    [review] = desk.index.journal.reviews()
    assert (review.doc, review.claim, review.decision, review.reviewer) == (doc, claim, "accepted", "Ann")
    assert review.version == "0.1.0"
    assert review.edited is None
    assert claim not in onward


def test_after_a_decision_comes_the_next_claim_that_is_still_to_be_judged(desk: Desk) -> None:
    cards = desk.view(ALL).cards
    doc = cards[0].row["doc"]
    desk.decide(ALL, doc, cards[1].id, "Ben", "rejected")
    assert desk.decide(ALL, doc, cards[0].id, "Ann", "accepted").endswith(cards[2].id)


def test_undo_goes_back_through_ones_own_decisions_only(desk: Desk) -> None:
    first, second = desk.view(ALL).cards[:2]
    doc = first.row["doc"]
    desk.decide(ALL, doc, first.id, "Ann", "accepted")
    desk.decide(ALL, doc, second.id, "Ann", "rejected")
    desk.decide(ALL, doc, second.id, "Ben", "accepted")
    assert desk.undo("Ann") == (doc, second.id)
    assert state(desk, doc, second.id) == "accepted"
    assert desk.undo("Ann") == (doc, first.id)
    assert state(desk, doc, first.id) == "pending"
    assert desk.undo("Ann") is None


def test_a_mended_claim_is_accepted_with_its_content(desk: Desk) -> None:
    doc, claim = at(desk)
    view = desk.view(ALL, doc, claim)
    start, end = select(view, "weather")
    desk.change(doc, claim, "Ann", lambda editor, row: editor.fill(row, "role", start, end))
    card = chosen(desk, doc, claim)
    assert (card.state, card.edited) == ("accepted", True)
    assert card.row["role"]["text"] == "weather"
    desk.undo("Ann")
    card = chosen(desk, doc, claim)
    assert (card.state, card.edited) == ("pending", False)


def test_a_claim_that_lacks_a_key_slot_is_unsure_and_cannot_be_accepted(desk: Desk) -> None:
    doc, _ = at(desk)
    view = desk.view(ALL, doc)
    claim = desk.add(doc, "lawsuit", *select(view, "weather"), "Ann")
    assert state(desk, doc, claim) == "unsure"
    with pytest.raises(EditError, match="fill plaintiff and defendant first"):
        desk.decide(ALL, doc, claim, "Ann", "accepted")


def test_a_missed_claim_is_added_once_its_key_slots_are_filled(desk: Desk) -> None:
    doc, _ = at(desk)
    view = desk.view(ALL, doc)
    claim = desk.add(doc, "lawsuit", *select(view, "weather"), "Ann")
    for slot, words in (("plaintiff", "harbour"), ("defendant", "ferries")):
        start, end = select(view, words)
        desk.change(doc, claim, "Ann", lambda e, row, s=slot, b=start, f=end: e.fill(row, s, b, f))
    *_, last = desk.index.journal.reviews()
    assert last.decision == "added"
    assert last.edited
    assert last.edited["defendant"]["text"] == "ferries"
    assert state(reopened(desk), doc, claim) == "accepted"
    for _ in range(3):
        desk.undo("Ann")
    with pytest.raises(MissingError):
        desk.view(ALL, doc, claim)


def test_two_servers_on_one_run_see_each_others_marks(desk: Desk) -> None:
    doc, claim = at(desk)
    other = reopened(desk)
    pulse = other.pulse()
    desk.decide(ALL, doc, claim, "Ann", "accepted")
    assert other.pulse() != pulse
    other.decide(ALL, doc, claim, "Ben", "rejected")
    card = chosen(desk, doc, claim)
    assert card.verdict.by == {"Ann": "accepted", "Ben": "rejected"}
    assert desk.view(Filter(state="disputed")).total == 1


def test_a_deleted_or_spoilt_index_is_built_again_from_the_run_and_its_reviews(desk: Desk) -> None:
    doc, claim = at(desk)
    desk.decide(ALL, doc, claim, "Ann", "rejected")
    desk.index.close()
    desk.index.folder.index.write_bytes(b"this is no database, whatever its name says" * 50)
    assert state(reopened(desk), doc, claim) == "rejected"


def test_a_journal_that_was_replaced_is_read_anew(desk: Desk) -> None:
    doc, claim = at(desk)
    desk.decide(ALL, doc, claim, "Ann", "rejected")
    lines = desk.index.folder.reviews.read_text()
    desk.index.folder.reviews.write_text(lines.replace('"Ann"', '"Zoe"').replace("rejected", "unsure"))
    card = chosen(desk, doc, claim)
    assert card.verdict.by == {"Zoe": "unsure"}


def test_a_new_extraction_keeps_decisions_by_id_and_shows_the_stale_ones(desk: Desk) -> None:
    doc, kept = at(desk)
    lost = desk.view(ALL, doc).cards[1]
    desk.decide(ALL, doc, kept, "Ann", "accepted")
    desk.decide(ALL, doc, lost.id, "Ben", "accepted")
    folder = desk.index.folder
    lines = folder.claims.read_text().splitlines(keepends=True)
    folder.claims.write_text("".join(line for line in lines if lost.id not in line))
    for later in (desk, reopened(desk)):
        view = later.view(ALL, doc)
        assert state(later, doc, kept) == "accepted"
        [stale] = view.stale
        assert (stale.claim, stale.state, stale.by) == (lost.id, "accepted", "Ben")
        assert stale.text == lost.row["sentence"]["text"]
        assert sum(view.progress.values()) == 23


def test_an_added_claim_is_stale_once_its_article_reads_otherwise(run: Path) -> None:
    desk = Desk(RunFolder(run), "0.1.0")
    view = desk.view(ALL, "a00001")
    claim = desk.add("a00001", "figure", *select(view, "weather"), "Ann")
    document, rows = article(1, 6)
    changed = document.model_copy(update={"text": "New. " + document.text})
    write_run(run, [(changed, []), *list(many(4, 6))[1:]])
    view = desk.view(ALL, "a00001")
    assert [stale.claim for stale in view.stale] == [claim]
    assert view.cards == ()
    assert rows


def test_a_large_run_is_judged_before_its_index_is_whole(tmp_path: Path) -> None:
    folder = RunFolder(write_run(tmp_path / "run", many(40, 6)))
    desk = Desk(folder, "0.1.0", beginning=5_000)
    few = desk.view(ALL).total
    assert 0 < few < 240
    assert few % 6 == 0  # articles have all of their claims
    assert "rest is being indexed" in desk.notes()[0]
    doc, claim = at(desk)
    desk.decide(ALL, doc, claim, "Ann", "accepted")
    pulse = desk.pulse()

    desk.complete()
    view = desk.view(ALL, doc, claim)
    assert view.total == 240
    assert view.chosen
    assert view.chosen.state == "accepted"
    assert desk.notes() == []
    assert desk.pulse() != pulse  # open pages look again
    assert desk.undo("Ann") == (doc, claim)
    assert Desk(folder, "0.1.0", beginning=5_000).notes() == []  # the index is there now


@pytest.mark.parametrize(
    "look",
    [
        lambda desk: desk.view(ALL),
        lambda desk: desk.notes(),
        lambda desk: desk.has("a00001", "none such"),
        lambda desk: desk.choices(),
        lambda desk: desk.suggest("person", "J"),
        lambda desk: desk.pulse(),
    ],
)
def test_nobody_looks_while_the_whole_index_takes_the_place_of_the_first(
    desk: Desk, look: Callable[[Desk], object]
) -> None:
    looked = threading.Event()
    thread = threading.Thread(target=lambda: (look(desk), looked.set()))
    with desk.index.lock:
        thread.start()
        assert not looked.wait(0.1)
    thread.join()
    assert looked.is_set()


def test_a_decision_on_an_article_whose_index_is_not_there_yet_is_not_lost(tmp_path: Path) -> None:
    folder = RunFolder(write_run(tmp_path / "run", many(40, 6)))
    whole = Desk(folder, "0.1.0")
    last = whole.view(ALL, "a00040").cards[0]
    whole.decide(ALL, "a00040", last.id, "Ben", "rejected")
    whole.index.close()
    folder.index.unlink()
    desk = Desk(folder, "0.1.0", beginning=5_000)
    with pytest.raises(MissingError):
        desk.view(ALL, "a00040", last.id)
    desk.complete()
    assert state(desk, "a00040", last.id) == "rejected"


@pytest.mark.parametrize(
    ("title", "text", "heading"),
    [
        ("Quiet week", "It rained.", "Quiet week"),
        (None, "Quiet week\n\nIt rained.", "Quiet week"),
        (None, "It rained. " * 50, "a1"),
        (None, "", "a1"),
    ],
)
def test_an_article_is_headed_by_its_title_or_a_short_first_line(
    tmp_path: Path, title: str | None, text: str, heading: str
) -> None:
    document = Document(id="a1", title=title, text=text, sha256="0" * 64)
    desk = Desk(RunFolder(write_run(tmp_path / "run", [(document, [])])), "0.1.0")
    assert desk.view(ALL).heading == heading


def test_a_torn_last_line_of_a_stopped_run_is_left_out(run: Path) -> None:
    with (run / "claims.jsonl").open("a") as file:
        file.write('{"id": "torn", "ty')
    assert Desk(RunFolder(run), "0.1.0").view(ALL).total == 24


def test_a_faulty_line_is_named(run: Path) -> None:
    lines = (run / "claims.jsonl").read_text().splitlines()
    lines[2] = '{"id": 3}'
    (run / "claims.jsonl").write_text("\n".join(lines) + "\n")
    with pytest.raises(InputError, match=r"claims\.jsonl, line 3"):
        Desk(RunFolder(run), "0.1.0")


def test_no_file_of_the_run_may_lead_out_of_it(run: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.jsonl").write_text("")
    (run / "reviews.jsonl").symlink_to(tmp_path / "elsewhere.jsonl")
    with pytest.raises(InputError, match="leads out of the run folder"):
        RunFolder(run)


def test_a_folder_without_a_run_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="newsclaims extract"):
        RunFolder(tmp_path)


def test_claim_types_of_the_run_bring_their_own_slots(desk: Desk) -> None:
    view = desk.view(Filter(type="lawsuit"))
    assert view.chosen
    assert [slot.slot for slot in view.chosen.slots] == ["plaintiff", "defendant", "court", "amount"]
    assert view.chosen.attributes == {"stage": "filed"}


def test_a_claim_of_a_type_that_the_run_does_not_define_is_a_clear_error(run: Path) -> None:
    about: dict[str, Any] = json.loads((run / "run.json").read_text())
    about["claim_types"] = []
    (run / "run.json").write_text(json.dumps(about))
    with pytest.raises(InputError, match=r"'lawsuit', which run\.json does not define"):
        Desk(RunFolder(run), "0.1.0").view(Filter(type="lawsuit"))


def test_comments_are_kept_without_a_decision(desk: Desk) -> None:
    doc, claim = at(desk)
    desk.comment(doc, claim, "Ann", " see the headline ")
    card = chosen(desk, doc, claim)
    assert card.state == "pending"
    assert [remark.comment for remark in card.verdict.comments] == ["see the headline"]
    assert [r.decision for r in Journal(desk.index.folder.reviews).reviews()] == ["comment"]


def test_a_line_that_is_no_longer_at_its_place_asks_to_look_again(run: Path) -> None:
    with pytest.raises(InputError, match=r"claims\.jsonl was written anew just now; look again"):
        line_at(run / "claims.jsonl", 1, 10)
