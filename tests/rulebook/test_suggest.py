"""From a missed sentence to a rule."""

from __future__ import annotations

import tomllib

import pytest

from newsclaims.errors import NewsclaimsError
from newsclaims.rulebook.bench import Bench
from newsclaims.rulebook.examples import check
from newsclaims.rulebook.suggest import hits, suggest

SENTENCE = "Harrow Bank snaffled Jane Doe from Globex Capital."
SLOTS = {"person": "Jane Doe", "destination": "Harrow Bank", "origin": "Globex Capital"}


def test_trigger_and_paths_are_read_off_the_parse(bench: Bench) -> None:
    suggestion = suggest(bench, SENTENCE, "move", SLOTS)
    (rule,) = tomllib.loads(suggestion.toml())["rule"]
    assert rule["trigger"] == ["snaffle"]
    paths = {slot: rule[slot] for slot in SLOTS}
    assert paths == {"person": "obj:PERSON", "destination": "subj:ORG", "origin": "from:ORG"}
    assert rule["match"] == [{"text": SENTENCE, **SLOTS}]


def test_a_particle_belongs_to_the_trigger(bench: Bench) -> None:
    suggestion = suggest(
        bench,
        "Harrow Bank snapped up Jane Doe.",
        "move",
        {"person": "Jane Doe", "destination": "Harrow Bank"},
    )
    assert suggestion.trigger == "snap up"


def test_the_suggested_rule_finds_its_sentence_and_others(bench: Bench) -> None:
    suggestion = suggest(bench, SENTENCE, "move", SLOTS)
    rule = suggestion.rule(bench)
    trial = bench.trying(rule)
    assert not check(trial, [rule])
    others = [("a", "Vane Partners snaffled Omar Siddiqui."), ("b", "Vane Partners praised Omar Siddiqui.")]
    (hit,) = hits(trial, rule.id, others)
    assert (hit.article, hit.found) == ("a", "person 'Omar Siddiqui', destination 'Vane Partners'")


def test_words_that_are_not_seen_as_a_name_get_a_path_for_other_sentences(bench: Bench) -> None:
    slots = {"person": "three Globex engineers", "destination": "Acme", "origin": "Globex"}
    suggestion = suggest(bench, "Acme snapped up three Globex engineers", "move", slots)
    assert str(suggestion.paths["origin"]) == "obj.compound:ORG"
    assert ("origin" in suggestion.unseen) is ("origin" not in suggestion.slots)


@pytest.mark.parametrize(
    ("kind", "slots", "message"),
    [
        ("moves", SLOTS, "do you mean 'move'?"),
        ("move", {"persn": "Jane Doe"}, "do you mean 'person'?"),
        ("move", {"person": "Joan Doe"}, "'Joan Doe' does not stand in the sentence"),
        ("move", {"origin": "Globex Capital"}, "no word of the sentence leads to"),
    ],
)
def test_what_cannot_be_suggested_is_said(
    bench: Bench, kind: str, slots: dict[str, str], message: str
) -> None:
    with pytest.raises(NewsclaimsError) as fault:
        suggest(bench, SENTENCE, kind, slots)
    assert message in str(fault.value)
