"""``reviews.jsonl``: nothing that was decided is lost."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from newsclaims.runs.journal import Journal
from newsclaims.schema import Review


def review(claim: str) -> Review:
    return Review(claim=claim, doc="a1", decision="accepted", reviewer="Ann", time="now", version="0.1.0")


def test_decisions_are_read_in_the_order_they_were_taken(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "reviews.jsonl")
    for claim in ("c1", "c2"):
        journal.append(review(claim))
    assert [r.claim for r in journal.reviews()] == ["c1", "c2"]


def test_a_line_torn_by_a_crash_costs_only_itself(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "reviews.jsonl")
    journal.append(review("c1"))
    with journal.path.open("ab") as file:
        file.write(b'{"claim": "c2", "do')  # the power went
    assert [r.claim for r in journal.reviews()] == ["c1"]
    journal.append(review("c3"))
    assert [r.claim for r in journal.reviews()] == ["c1", "c3"]


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "reviews.jsonl")
    journal.append(review("c1"))
    [(offset, _)] = journal.read()
    journal.append(review("c2"))
    assert [r.claim for _, r in journal.read(offset) if r] == ["c2"]


def _append_many(path: str, who: str) -> None:
    journal = Journal(Path(path))
    for number in range(50):
        journal.append(review(f"{who}{number}"))


def test_two_servers_that_write_at_once_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_append_many, args=(str(path), who)) for who in "ab"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({r.claim for r in Journal(path).reviews()}) == 100
