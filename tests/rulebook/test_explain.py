"""Explaining: what was seen, what was tried, and what became of each frame."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from newsclaims.rulebook.bench import Bench
from newsclaims.rulebook.explain import Sentence, explain

from .conftest import BenchOf

CORPUS = Path(__file__).parents[2] / "corpus"
OWN = """\
[[types]]
name = "praise"
slots = ["who", "whom"]
key = ["who", "whom"]

[[rule]]
id = "own.praise"
type = "praise"
trigger = ["praise"]
who = "subj:ORG"
whom = "obj:PERSON"
"""


def explained(bench: Bench, text: str) -> list[Sentence]:
    (doc,) = bench.read([text])
    return list(explain(bench, doc))


def test_mentions_are_shown_with_the_name_they_stand_for(bench: Bench) -> None:
    _, second = explained(bench, "Jane Doe joined Harrow Bank in May. She praised it for $5 million.")
    seen = {mention.text: (mention.label, mention.entity) for mention in second.mentions}
    assert seen["She"] == ("PERSON", "Jane Doe")
    assert seen["$5 million"] == ("MONEY", "5 million US dollars")


def test_paths_tried_and_missing_slots_are_shown(bench_of: BenchOf) -> None:
    (sentence,) = explained(bench_of(OWN), "Harrow Bank praised the weather.")
    (tried,) = [t for t in sentence.tried if t.rule == "own.praise"]
    assert tried.paths == {"who": "subj:ORG -> ORG Harrow Bank", "whom": "nothing"}
    assert tried.missing == "whom"
    assert not [f for f in sentence.frames if f.rule == "own.praise"]


def test_a_claim_shows_how_its_slots_were_found(bench_of: BenchOf) -> None:
    (sentence,) = explained(bench_of(OWN), "Harrow Bank praised Jane Doe.")
    (frame,) = [f for f in sentence.frames if f.rule == "own.praise"]
    assert frame.slots == {"who": "Harrow Bank", "whom": "Jane Doe"}
    assert frame.how == {"who": "subj:ORG", "whom": "obj:PERSON"}
    assert frame.fate == "claim"


def test_two_rules_that_say_the_same_make_one_claim(bench_of: BenchOf) -> None:
    twin = OWN.replace("own.praise", "own.twin").partition("[[rule]]")[2]
    (sentence,) = explained(bench_of(f"{OWN}\n[[rule]]{twin}"), "Harrow Bank praised Jane Doe.")
    fates = {f.rule: f.fate for f in sentence.frames if f.type == "praise"}
    assert fates == {
        "own.praise": "claim",
        "own.twin": "says what own.praise says at 'praised', and is merged into it",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Acme paid up to $300 million.", "up to 300 million US dollars"),
        ("Acme paid more than £2,500.", "at least 2,500 pounds"),
        ("Acme paid about $10 million to $20 million.", "about 10 million to 20 million US dollars"),
        ("Acme paid 5 cents.", "0.05 US dollars"),
    ],
)
def test_bounds_are_said_in_words(bench: Bench, text: str, words: str) -> None:
    (sentence,) = explained(bench, text)
    assert [mention.entity for mention in sentence.mentions if mention.label == "MONEY"] == [words]


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("Harrow Bank has hired Jane Doe from Acme Foods, Omar Siddiqui said.", "Omar Siddiqui (said)"),
        ("According to Globex Capital, Harrow Bank paid $5 million for Acme.", "Globex Capital (According)"),
        (
            "Sources close to the firm say that Jane Doe has joined Harrow Bank.",
            "Sources close to the firm (say)",
        ),
        ("Jane Doe joined Harrow Bank in May.", None),
    ],
)
def test_whom_a_claim_credits_is_whom_its_explanation_credits(
    bench: Bench, text: str, credited: str | None
) -> None:
    (sentence,) = explained(bench, text)
    assert {f.credited for f in sentence.frames if f.fate == "claim"} == {credited}
    assert sentence.credited == ([credited] if credited else [])
    claims = bench.nlp(text)._.claims
    assert {c.attribution.source.name if c.attribution else None for c in claims} == {
        credited.partition(" (")[0] if credited else None
    }


@pytest.fixture(scope="module")
def fates(bench: Bench) -> set[str]:
    """What became of the frames of twenty articles."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((CORPUS / "modern").glob("*.txt"))[:20]]
    return {f.fate for text in texts for sentence in explained(bench, text) for f in sentence.frames}


def test_an_employment_that_a_move_says_already_is_dropped_for_that_reason(fates: set[str]) -> None:
    reason = re.compile(r"the move that move\.[\w-]+ finds at '.+' says it already")
    assert any(reason.fullmatch(fate) for fate in fates)


def test_of_two_guesses_for_one_place_the_better_one_is_named(fates: set[str]) -> None:
    assert any("fills the guessed origin with more confidence" in fate for fate in fates)


def test_a_claim_is_explained_as_it_is_made(bench: Bench) -> None:
    text = "Jane Doe, finance director of Harrow Bank, left it for Acme Foods in May, for $5 million a year."
    explanations = [f for sentence in explained(bench, text) for f in sentence.frames if f.fate == "claim"]
    made = [(c.rule, {slot: v.text for slot, v in c.arguments().items()}) for c in bench.nlp(text)._.claims]
    assert [(f.rule, f.slots) for f in explanations] == made


def test_a_rule_that_two_of_its_triggers_set_off_is_shown_once(bench: Bench) -> None:
    _, sentence = explained(bench, "Acme Foods is shrinking. Departures include Jane Doe, a designer.")
    assert len([f for f in sentence.frames if f.rule == "move.among-leavers"]) == 1


def test_words_are_shown_as_the_article_writes_them(bench: Bench) -> None:
    text = (
        "“Jane Doe quit O’Brien Foods,” Omar D’Souza said. She had joined\u00a0it from O’Brien Foods’ rival."
    )
    first, second = explained(bench, text)
    assert first.text == "“Jane Doe quit O’Brien Foods,” Omar D’Souza said."
    assert first.credited == ["Omar D’Souza (said)"]
    names = {
        said
        for mention in (*first.mentions, *second.mentions)
        for said in (mention.text, mention.entity)
        if said
    }
    assert {"O’Brien Foods", "Omar D’Souza"} <= names
    slots = {
        filler for sentence in (first, second) for frame in sentence.frames for filler in frame.slots.values()
    }
    assert "O’Brien Foods" in slots
    led = {path for tried in (*first.tried, *second.tried) for path in tried.paths.values()}
    assert "obj:ORG -> ORG O’Brien Foods" in led
    assert not [said for said in names | slots | led if "'" in said]


def test_a_sentence_is_plain_data(bench: Bench) -> None:
    (sentence,) = explained(bench, "Jane Doe quit Harrow Bank.")
    assert json.loads(json.dumps(sentence.row()))["text"] == "Jane Doe quit Harrow Bank."
