"""How the names of an article stand to each other, and how that bears on their labels."""

from __future__ import annotations

import spacy

from fixtures import Read
from newsclaims.judges import likeliest
from newsclaims.language.name_labels import fitted, gather, labelled
from newsclaims.language.name_relations import Relations, among, relations
from newsclaims.language.recognised import Candidate


def related(text: str, *names: str) -> Relations:
    doc = spacy.blank("en")(text)
    found = []
    for name in names:
        start = text.index(name)
        span = doc.char_span(start, start + len(name))
        assert span is not None
        found.append(Candidate(span.start, span.end, None))
    return relations(doc, found)


def test_names_with_few_words_between_them_stand_beside_each_other() -> None:
    said = related(
        "Jane Orme, Tom Hale and Sinclair met far from old Harrow.", "Jane Orme", "Tom Hale", "Sinclair"
    )
    assert said["tom hale"] == {("previous:,", "jane orme"), ("next:and", "sinclair")}
    assert said["jane orme"] == {("next:,", "tom hale")}


def test_names_far_from_each_other_do_not() -> None:
    said = related("Sinclair met nobody who was from Harrow.", "Sinclair", "Harrow")
    assert said == {"sinclair": set(), "harrow": set()}


def test_first_and_last_words_and_first_letters_are_short_for_a_name() -> None:
    text = (
        "The Royal Institute of Harbour Masters spoke. So did RIHM and Royal. Then the Harbour Masters left."
    )
    said = related(text, "Royal Institute of Harbour Masters", "RIHM", "Royal", "Harbour Masters")
    whole = "royal institute of harbour masters"
    assert ("stands for", whole) in said["rihm"]
    assert ("begins", whole) in said["royal"]
    assert ("ends", whole) in said["harbour masters"]
    assert {relation for relation, _ in said[whole]} >= {"shortened to", "begun by", "ended by"}


def test_the_same_name_twice_stands_beside_nobody() -> None:
    doc = spacy.blank("en")("Harrow and Harrow")
    assert relations(doc, [Candidate(0, 1, None), Candidate(2, 3, None)]) == {"harrow": set()}


def test_of_several_others_in_one_relation_the_surest_counts() -> None:
    sure, unsure = {"ORG": 0.9, "PERSON": 0.1}, {"ORG": 0.4, "PERSON": 0.6}
    said = {"a": unsure, "b": sure, "c": unsure}
    found = among("a", {"a": {("next:and", "b"), ("next:and", "c")}}, said)
    assert "own.PERSON>0.3" in found
    assert {f for f in found if f.startswith("next:and.ORG")} == {
        "next:and.ORG>-1.5",
        "next:and.ORG>0",
        "next:and.ORG>1.5",
    }


def test_who_is_listed_with_people_is_a_person(read: Read) -> None:
    doc = read("They were Jane Orme, Milan Rovere and Tom Hale, as before.")
    starts = [token.i for token in doc if token.text in ("Jane", "Milan", "Tom")]
    recogniser = zip(starts, ("PERSON", "PLACE", "PERSON"), strict=True)
    found = [Candidate(start, start + 2, label) for start, label in recogniser]
    (alone,) = fitted()["alone"].probabilities([gather(doc, found)["milan rovere"]])
    assert likeliest(alone) == "PLACE"
    assert labelled(doc, found)["milan rovere"].label == "PERSON"
