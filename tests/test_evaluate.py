from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from newsclaims.cli import app
from newsclaims.evaluate import Evaluation, evaluate, reliability
from newsclaims.evaluate.facts import align
from newsclaims.evaluate.score import BUILT_IN_TYPES
from newsclaims.evaluate.strings import same, same_bounds, same_money, words
from newsclaims.schema import ClaimType

Row = dict[str, Any]

TEXT = "Jane Doe left Acme for Bolt. Bolt paid $5 million for Crate."


def move(**slots: str | list[str]) -> Row:
    args = {slot: [text] if isinstance(text, str) else text for slot, text in slots.items()}
    return {"type": "move", "evidence": "Jane Doe left Acme for Bolt.", "args": args, "certainty": "asserted"}


def deal(amount: float, **slots: str) -> Row:
    figure = {"text": "$5 million", "min": amount, "max": amount, "currency": "USD", "also": []}
    args = {slot: [text] for slot, text in slots.items()}
    return {
        "type": "deal",
        "evidence": "$5 million",
        "args": args,
        "amount": figure,
        "attrs": {"kind": "acquisition"},
    }


def claim(type: str, **slots: Any) -> Row:
    start = 0 if type == "move" else 29
    sentence = {"start": start, "end": start + 28, "text": TEXT[start : start + 28]}
    return {
        "type": type,
        "doc": "a",
        "confidence": 0.8,
        "certainty": "asserted",
        "sentence": sentence,
        **slots,
    }


def dollars(low: float | None, high: float | None, currency: str = "USD") -> Row:
    return {"text": "$", "min": low, "max": high, "currency": currency}


def measured(facts: list[Row], claims: list[Row]) -> Evaluation:
    return evaluate([{"id": "a", "text": TEXT, "claims": facts}], claims)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Elon Musk", "Musk"),
        ("Meta’s", "Meta"),
        ("the Acme Corp.", "Acme Inc"),
        ("Sir John Smith", "john smith"),
        ("chairman and chief executive", "chief executive"),
        ("at least 14 researchers and engineers", "14 researchers and engineers"),
    ],
)
def test_these_strings_are_the_same(left: str, right: str) -> None:
    assert same(left, right)
    assert same(right, left)


@pytest.mark.parametrize(
    ("left", "right"), [("Elon Reeve Musk", "Elon"), ("Meta", "Bolt"), ("", "the"), ("the", "a")]
)
def test_these_strings_are_not(left: str, right: str) -> None:
    assert not same(left, right)


def test_a_legal_form_alone_is_a_name() -> None:
    assert words("Company") == ("company",)


def test_money_is_the_same_within_a_hundredth_in_one_currency() -> None:
    assert same_money(dollars(100, 100), dollars(100.9, None))
    assert not same_money(dollars(100, 100), dollars(102, 102))
    assert not same_money(dollars(100, 100, "GBP"), dollars(100, 100))
    assert same_money(dollars(100, 100, "GBP"), dollars(130, 130) | {"also": [dollars(100, 100, "GBP")]})


def test_bounds_are_the_same_when_both_are_open_or_close() -> None:
    assert same_bounds(dollars(None, 300), dollars(None, 300))
    assert not same_bounds(dollars(300, 300), dollars(None, 300))


def test_a_move_is_found_by_its_person_and_one_of_its_ends() -> None:
    fact = move(person=["Jane Doe"], origin="Acme", destination="Bolt")
    assert measured([fact], [claim("move", person="Doe", origin="Acme")]).claim.tp == 1
    assert measured([fact], [claim("move", person="Doe", origin="Crate")]).claim.tp == 0
    assert measured([fact], [claim("move", person="Roe", origin="Acme")]).claim.tp == 0


def test_two_claims_of_one_fact_count_once_and_their_slots_together() -> None:
    fact = move(person="Jane Doe", origin="Acme", destination="Bolt")
    halves = [
        claim("move", person="Jane Doe", origin="Acme"),
        claim("move", person="Jane Doe", destination="Bolt"),
    ]
    result = measured([fact], halves)
    assert result.claim.row() == {"p": 1, "r": 1, "f1": 1, "tp": 1, "fp": 0, "fn": 0}
    assert result.slot.row() == {"p": 1, "r": 1, "f1": 1, "tp": 3, "fp": 0, "fn": 0}


def test_each_fact_gets_a_claim_of_its_own_before_any_gets_two() -> None:
    facts = [move(person="Jane Doe", origin="Acme"), move(person="Jane Doe", origin="Acme", role="chair")]
    claims = [claim("move", person="Jane Doe", origin="Acme")] * 2
    assert measured(facts, claims).claim.tp == 2
    assert align(claims, facts, BUILT_IN_TYPES).loose == []


def test_slots_of_missed_facts_and_spurious_claims_are_errors() -> None:
    result = measured(
        [move(person="Jane Doe", origin="Acme")], [claim("deal", amount=dollars(5, 5), payer="Bolt")]
    )
    assert (result.slot.fn, result.slot.fp) == (2, 2)
    assert [miss.kind for miss in result.misses] == ["MISSED", "SPURIOUS"]
    assert "origin='Acme'" in str(result.misses[0])


def test_an_agent_that_is_the_origin_again_is_not_counted() -> None:
    fact = move(person="Jane Doe", origin="Acme")
    result = measured([fact], [claim("move", person="Jane Doe", origin="Acme", agent="Acme")])
    assert result.slot.fp == 0


def test_a_period_may_stand_for_a_date() -> None:
    fact = move(person="Jane Doe", origin="Acme", date="since May")
    claims = [claim("move", person="Jane Doe", origin="Acme", period="since May")]
    assert measured([fact], claims).slot_by_name["move.date"].tp == 1


def test_details_are_those_of_the_best_claim() -> None:
    result = measured(
        [deal(5e6, payer="Bolt") | {"attribution": ["Reports"]}],
        [
            claim("deal", amount=dollars(5e6, 5e6), kind="loan"),
            claim("deal", amount=dollars(None, 5e6), kind="acquisition", payer="Bolt")
            | {"attribution": {"source": {"start": 0, "end": 4, "text": "Jane"}}},
        ],
    )
    row = result.row()
    assert (row["attrs_right"], row["bounds_right"], row["money_covered"], row["grounded"]) == (1, 1, 1, 1)
    assert result.attribution.row() == {"p": 0, "r": 0, "f1": 0, "tp": 0, "fp": 1, "fn": 1}


def test_a_span_that_does_not_hold_its_text_is_counted() -> None:
    bad = claim("move", person={"start": 0, "end": 4, "text": "John"}, origin="Acme")
    result = measured([], [bad])
    assert (result.row()["spans"], result.row()["bad_spans"]) == (2, 1)


def test_a_type_of_ones_own_is_found_by_its_key_slots() -> None:
    kind = ClaimType(name="award", slots=["winner", "prize"], key=["winner"])
    kinds = {"award": kind}
    gold = [
        {
            "id": "a",
            "text": TEXT,
            "claims": [{"type": "award", "args": {"winner": ["Jane Doe"], "prize": ["X"]}}],
        }
    ]
    found = evaluate(gold, [claim("award", winner="Doe", prize="Y")], kinds)
    assert (found.claim.tp, found.slot.tp, found.slot.fp, found.slot.fn) == (1, 1, 1, 1)
    assert evaluate(gold, [claim("award", prize="X")], kinds).claim.tp == 0


NAMES = st.sampled_from(["Jane Doe", "Doe", "Acme", "Bolt Ltd", "the company", "he"])
FACTS = st.builds(move, person=NAMES, origin=NAMES, role=NAMES)


@given(st.lists(FACTS, max_size=5))
def test_gold_given_back_as_claims_is_perfect(facts: list[Row]) -> None:
    claims = [claim("move", **{slot: texts[0] for slot, texts in fact["args"].items()}) for fact in facts]
    row = measured(facts, claims).row()
    assert row["claim"]["fp"] == row["claim"]["fn"] == 0
    assert row["slot"]["fn"] == 0


@given(st.lists(FACTS, max_size=4), st.lists(FACTS, max_size=4))
def test_every_fact_and_every_claim_is_counted_once(facts: list[Row], others: list[Row]) -> None:
    claims = [claim("move", **{slot: texts[0] for slot, texts in fact["args"].items()}) for fact in others]
    result = measured(facts, claims)
    assert result.claim.tp + result.claim.fn == len(facts)
    alignment = align(claims, facts, BUILT_IN_TYPES)
    stated = [c for group in alignment.stated.values() for c in group]
    assert sorted([*stated, *alignment.loose]) == list(range(len(claims)))
    assert len(result.judged) == len(claims)


def test_reliability_sets_confidence_beside_the_share_right() -> None:
    table = reliability([(0.9, True), (0.9, True), (0.9, False), (0.2, False), (1.0, True)])
    assert [(one.low, one.claims, round(one.right, 2)) for one in table.bins] == [(0.2, 1, 0), (0.9, 4, 0.75)]
    assert table.expected_error == pytest.approx((1 * 0.2 + 4 * 0.175) / 5)


def test_reliability_of_nothing_is_empty() -> None:
    assert reliability([]).row() == {"expected_calibration_error": 0, "bins": []}


@pytest.fixture
def gold_and_claims(tmp_path: Path) -> tuple[str, str]:
    gold, claims = tmp_path / "gold.jsonl", tmp_path / "claims.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": TEXT, "claims": [move(person="Jane Doe", origin="Acme")]}))
    claims.write_text(json.dumps(claim("move", person="Doe", origin="Acme")))
    return str(gold), str(claims)


def test_the_command_prints_a_table(gold_and_claims: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["evaluate", *gold_and_claims, "--per-article", "--calibration"])
    assert done.exit_code == 0
    assert "1.000  a  (1 found, 0 missed, 0 spurious)" in done.output
    assert ["claim", "1.000", "1.000", "1.000", "1", "0", "0"] in [
        line.split() for line in done.output.splitlines()
    ]
    assert "expected calibration error 0.200" in done.output
    assert ["attribution", "–", "–", "–", "0", "0", "0"] in [
        line.split() for line in done.output.splitlines()
    ]


def test_the_command_prints_json(gold_and_claims: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["evaluate", *gold_and_claims, "--json"])
    assert json.loads(done.output)["claim"]["f1"] == 1


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_gold_of_other_articles_than_the_claims_is_one_line(
    gold_and_claims: tuple[str, str], options: list[str]
) -> None:
    gold, claims = gold_and_claims
    Path(claims).write_text(json.dumps(claim("move", person="Doe", origin="Acme") | {"doc": "b"}))
    done = CliRunner().invoke(app, ["evaluate", gold, claims, *options])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"newsclaims: {claims} has no claim of an article in {gold}; "
        "a claim's doc must be the id of its gold article\n"
    )


def test_a_run_that_finds_nothing_in_a_gold_article_is_measured(gold_and_claims: tuple[str, str]) -> None:
    gold, claims = gold_and_claims
    Path(claims).write_text("")
    Path(claims).with_name("documents.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}))
    done = CliRunner().invoke(app, ["evaluate", gold, claims, "--json"])
    assert json.loads(done.output)["claim"]["fn"] == 1


def test_a_gold_file_without_an_article_is_one_line(gold_and_claims: tuple[str, str]) -> None:
    gold, claims = gold_and_claims
    Path(gold).write_text("\n")
    done = CliRunner().invoke(app, ["evaluate", gold, claims])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"newsclaims: {gold} holds no gold article\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [('{"id": "a"}', "a gold article has an id, a text"), ("{", "is no JSON"), ("[]", "is no JSON object")],
)
def test_a_broken_gold_line_is_named(gold_and_claims: tuple[str, str], line: str, said: str) -> None:
    gold, claims = gold_and_claims
    Path(gold).write_text(f"\n{line}\n")
    done = CliRunner().invoke(app, ["evaluate", gold, claims])
    assert done.exit_code == 2
    assert f"{gold}:2: {said}" in done.output
