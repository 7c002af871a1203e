"""What the lines of ``reviews.jsonl`` amount to."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from newsclaims.runs.decisions import fold, verdicts
from newsclaims.schema import Review


def line(decision: Any, reviewer: str = "Ann", **more: Any) -> Review:
    facts = {"claim": "c1", "doc": "a1", "time": "2031-01-01T00:00:00Z", "version": "0.1.0"}
    return Review(decision=decision, reviewer=reviewer, **{**facts, **more})


def test_a_claim_that_nobody_judged_is_pending() -> None:
    assert fold([]).state == "pending"


def test_the_newest_decision_stands() -> None:
    assert fold([line("accepted"), line("rejected")]).state == "rejected"


def test_undoing_brings_back_what_stood_before() -> None:
    assert fold([line("accepted"), line("rejected"), line("undone")]).state == "accepted"


def test_undoing_takes_back_only_what_the_same_reviewer_decided() -> None:
    verdict = fold([line("accepted", "Ann"), line("rejected", "Ben"), line("undone", "Ann")])
    assert verdict.by == {"Ben": "rejected"}


def test_two_reviewers_who_disagree_dispute_the_claim() -> None:
    verdict = fold([line("accepted", "Ann"), line("rejected", "Ben")])
    assert verdict.disputed
    assert verdict.state == "rejected"
    assert not fold([line("accepted", "Ann"), line("accepted", "Ben")]).disputed


def test_a_comment_decides_nothing() -> None:
    verdict = fold([line("accepted"), line("comment", comment="see the next sentence")])
    assert verdict.state == "accepted"
    assert [review.comment for review in verdict.comments] == ["see the next sentence"]


def test_a_mended_claim_carries_its_content_and_undoing_drops_it() -> None:
    lines = [line("accepted", edited={"id": "c1"})]
    assert fold(lines).edited == {"id": "c1"}
    assert fold([*lines, line("undone")]).edited is None


def test_verdicts_are_by_article_and_claim() -> None:
    # The same text in two articles may give the same claim id.
    found = verdicts([line("accepted", doc="a1"), line("rejected", doc="a2")])
    assert found["a1", "c1"].state == "accepted"
    assert found["a2", "c1"].state == "rejected"


_DECISIONS = st.lists(
    st.tuples(st.sampled_from(["accepted", "rejected", "unsure", "undone"]), st.sampled_from(["Ann", "Ben"])),
    max_size=12,
)


@given(_DECISIONS, st.sampled_from(["accepted", "rejected", "unsure"]), st.sampled_from(["Ann", "Ben"]))
def test_undoing_a_decision_at_once_changes_nothing(
    earlier: list[tuple[str, str]], decision: str, reviewer: str
) -> None:
    lines = [line(*item) for item in earlier]
    after = fold([*lines, line(decision, reviewer), line("undone", reviewer)])
    assert (after.state, after.by) == (fold(lines).state, fold(lines).by)
