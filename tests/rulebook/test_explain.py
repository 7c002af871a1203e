"""Explaining: what was seen, what was tried, and what became of each frame."""

from __future__ import annotations

import json

from newsclaims.rulebook.bench import Bench
from newsclaims.rulebook.explain import Sentence, explain

from .conftest import BenchOf

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
    assert seen["$5 million"] == ("MONEY", "5,000,000 USD")


def test_paths_tried_and_missing_slots_are_shown(bench_of: BenchOf) -> None:
    (sentence,) = explained(bench_of(OWN), "Harrow Bank praised the weather.")
    (tried,) = [t for t in sentence.tried if t.rule == "own.praise"]
    assert tried.paths == {"who": "subj:ORG -> [<ORG 'Harrow Bank'>]", "whom": "nothing"}
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
    fates = [f.fate for f in sentence.frames if f.type == "praise"]
    assert sorted(fates) == ["claim", "says the same as a frame with more confidence, and is merged into it"]


def test_a_sentence_is_plain_data(bench: Bench) -> None:
    (sentence,) = explained(bench, "Jane Doe quit Harrow Bank.")
    assert json.loads(json.dumps(sentence.row()))["text"] == "Jane Doe quit Harrow Bank."
