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


def test_an_employer_that_was_taken_for_a_place_may_be_an_organisation_elsewhere(bench: Bench) -> None:
    (doc,) = bench.read(["Paris has snapped up Jane Doe."])
    assert [entity.label_ for entity in doc.ents] == ["GPE", "PERSON"]
    suggestion = suggest(bench, doc.text, "move", {"person": "Jane Doe", "destination": "Paris"})
    assert str(suggestion.paths["destination"]) == "subj:ORG,PLACE"


@pytest.mark.parametrize(
    ("sentence", "slots", "trigger", "paths"),
    [
        (
            "Jane Doe was shown the door by Acme Foods.",
            {"person": "Jane Doe", "origin": "Acme Foods"},
            "show door",
            {"person": "obj:PERSON", "origin": "by:ORG"},
        ),
        (
            "Acme Foods has a new face at the helm, Jane Doe.",
            {"person": "Jane Doe", "destination": "Acme Foods"},
            "have face",
            {"person": "at:PERSON", "destination": "subj:ORG"},
        ),
        (
            "After nine years at Acme Foods, Jane Doe has hung up her boots.",
            {"person": "Jane Doe", "origin": "Acme Foods"},
            "hang up",
            {"person": "subj:PERSON", "origin": "before:ORG"},
        ),
        (
            "Jane Doe swapped Harrow Bank for Acme Foods.",
            {"person": "Jane Doe", "origin": "Harrow Bank", "destination": "Acme Foods"},
            "swap",
            {"person": "subj:PERSON", "origin": "obj:ORG", "destination": "for:ORG"},
        ),
    ],
)
def test_a_verb_that_says_too_little_takes_a_noun_along(
    bench: Bench, sentence: str, slots: dict[str, str], trigger: str, paths: dict[str, str]
) -> None:
    suggestion = suggest(bench, sentence, "move", slots)
    assert suggestion.trigger == trigger
    assert {slot: str(path) for slot, path in suggestion.paths.items()} == paths
    rule = suggestion.rule(bench)
    assert not check(bench.trying(rule), [rule])


def test_a_path_to_a_group_leads_to_a_person_as_well(bench: Bench) -> None:
    slots = {"person": "three engineers", "destination": "Acme Foods"}
    suggestion = suggest(bench, "Acme Foods snaffled three engineers.", "move", slots)
    assert str(suggestion.paths["person"]) == "obj:PERSON,GROUP"


def test_a_rule_sets_the_attributes_that_it_is_told(bench: Bench) -> None:
    sentence = "Acme Foods sweetened Jane Doe's deal with $2 million."
    slots = {"payer": "Acme Foods", "recipient": "Jane Doe", "amount": "$2 million"}
    suggestion = suggest(bench, sentence, "pay", slots, {"kind": "bonus"})
    (rule,) = tomllib.loads(suggestion.toml())["rule"]
    assert rule["set"] == {"kind": "bonus"}
    assert rule["match"][0]["kind"] == "bonus"
    made = suggestion.rule(bench)
    assert not check(bench.trying(made), [made])


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"knid": "bonus"}, "--set: no 'knid'; do you mean 'kind'?"),
        ({"kind": "bonsu"}, "--set kind: no 'bonsu'; do you mean 'bonus'?"),
    ],
)
def test_an_attribute_that_is_not_known_is_told(
    bench: Bench, attributes: dict[str, str], message: str
) -> None:
    with pytest.raises(NewsclaimsError) as fault:
        suggest(bench, "Acme paid Jane Doe $2 million.", "pay", {"amount": "$2 million"}, attributes)
    assert str(fault.value) == message


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
