"""What the article said before, to fill what a sentence omits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from newsclaims.claims.careers import Careers
from newsclaims.claims.frames import Frame
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.memory import Memory, SoFar
from newsclaims.claims.rulereader import load
from newsclaims.claims.selection import judged
from newsclaims.language.mentions import ORG, ROLE, Entity, Mention, mentions

Reads = Callable[[str], Doc]

BEFORE = "Harrow Bank's chairman, Tom Hale, has had enough."


def frame(doc: Doc, rule: str) -> Frame:
    """The first reading of a rule's firing, with all that its paths led to."""
    return next(f for f in Matcher(load()).frames(doc) if f.rule.id == rule and not any(f.reading))


@pytest.mark.parametrize(
    "sentence",
    [
        "Jane Orme will succeed Tom Hale in May.",
        "Jane Orme takes over from Tom Hale in May.",
        "Tom Hale will be succeeded by Jane Orme in May.",
    ],
)
def test_who_succeeds_somebody_has_the_title_and_the_employer_of_that_person(
    read: Reads, sentence: str
) -> None:
    found = frame(read(f"{BEFORE} {sentence}"), "move.take-over")
    assert (found.slots["person"].name, found.slots["role"].text) == ("Jane Orme", "chairman")
    assert (found.slots["destination"].name, found.how["role"]) == ("Harrow Bank", "predecessor:ROLE")


@pytest.mark.parametrize("sentence", ["His successor is Jane Orme.", "His successor, Jane Orme, is 41."])
def test_a_successor_has_the_title_and_the_employer_of_whose_successor_it_is(
    read: Reads, sentence: str
) -> None:
    found = frame(read(f"{BEFORE} {sentence}"), "move.successor")
    assert (found.slots["person"].name, found.slots["role"].text) == ("Jane Orme", "chairman")
    assert (found.slots["destination"].name, found.how["role"]) == ("Harrow Bank", "whose:ROLE")


@pytest.mark.parametrize(
    "text",
    [
        "Jane Orme was appointed chairman of Harrow Bank. She succeeds Tom Hale, who is retiring.",
        "Harrow Bank named Jane Orme chairman, replacing Tom Hale.",
    ],
)
def test_who_is_succeeded_loses_the_post_that_the_successor_got(read: Reads, text: str) -> None:
    found = frame(read(text), "move.succeeded")
    assert (found.slots["person"].name, found.slots["former_role"].text) == ("Tom Hale", "chairman")
    assert (found.slots["origin"].name, found.how["former_role"]) == ("Harrow Bank", "gained:ROLE")


def test_a_job_told_by_a_verb_is_remembered_too(read: Reads) -> None:
    doc = read("Jane Orme, who has worked at Harrow Bank for years, is leaving for Globex Capital.")
    found = frame(doc, "move.leave-for")
    assert (found.slots["origin"].name, found.how["origin"]) == ("Harrow Bank", "job:ORG")


def test_a_deputy_works_where_the_chief_does(read: Reads) -> None:
    frames = Matcher(load()).frames(read(f"{BEFORE} His deputy, Jane Orme, agreed."))
    found = next(f for f in frames if f.slots["role"].text == "deputy")
    assert (found.slots["employer"].name, found.how["employer"]) == ("Harrow Bank", "whose:ORG")


def test_colleagues_work_where_somebody_does_with_whom_they_are_named(read: Reads) -> None:
    found = frame(
        read(f"{BEFORE} Tom Hale and colleagues Jane Orme and Ann Roe have left."), "employment.colleagues"
    )
    assert (found.slots["employer"].name, found.how["employer"]) == ("Harrow Bank", "whose:ORG")


def test_a_job_told_before_is_remembered(read: Reads) -> None:
    found = frame(read(f"{BEFORE} Hale resigned on Monday."), "move.leave")
    assert (found.slots["former_role"].text, found.how["former_role"]) == ("chairman", "job:ROLE")


def test_each_of_several_people_has_the_title_beside_the_own_name(read: Reads) -> None:
    doc = read(
        "Harrow Bank has lost many. Departures include Jane Orme, a lawyer, Tom Hale, and Ruth Penn, the finance director."
    )
    titles = {
        f.slots["person"].name: f.slots["former_role"].text if "former_role" in f.slots else None
        for f in Matcher(load()).frames(doc)
        if f.rule.id == "move.among-leavers" and not any(f.reading)
    }
    assert titles == {"Jane Orme": "lawyer", "Tom Hale": None, "Ruth Penn": "finance director"}


def test_what_opens_the_next_sentence_is_not_yet_a_topic(read: Reads) -> None:
    doc = read("Jane Orme has resigned as chairman. Harrow Bank opened a branch.")
    assert "origin" not in frame(doc, "move.leave").slots


def test_what_the_claims_about_people_say_is_remembered_where_figures_are_read(read: Reads) -> None:
    doc = read(f"{BEFORE} Jane Orme earned more than Hale, who gets $3 million a year.")
    store = mentions(doc)
    careers = Careers(Memory(doc, store), Matcher(load()).frames(doc))
    (title,) = careers.ask("job", (ROLE,), doc[-1], next(m for m in store if m.text == "Hale"))
    assert title.text == "chairman"


def test_where_figures_are_read_it_is_known_what_a_place_is_to_somebody(read: Reads) -> None:
    doc = read(f"{BEFORE} Jane Orme left Google for Microsoft in May. She was offered $9 million.")
    store = mentions(doc)
    careers = Careers(Memory(doc, store), judged(Matcher(load()).frames(doc)))
    person = next(m for m in store if m.text == "She")
    places = {m.text: m for m in store if m.label == ORG}
    assert careers.standing(person, places["Microsoft"]) == "destination"
    assert careers.standing(person, places["Google"]) == "origin"
    assert careers.standing(person, places["Harrow Bank"]) == ""
    offered = careers.ask("employer", (ORG,), doc[-1], person)
    assert [place.text for place in offered] == ["Microsoft", "Google"]


@pytest.mark.parametrize(
    ("sentence", "club"),
    [
        ("Harrow Town striker Jane Orme has joined Microsoft.", "Harrow Town"),
        ("Harrow Town's new striker, Jane Orme, has joined Microsoft.", "Harrow Town"),
        ("Jane Orme, a striker with Harrow Town, has joined Microsoft.", "Harrow Town"),
        ("Jane Orme, Harrow Town's striker, has joined Microsoft.", "Harrow Town"),
        ("Former Harrow Town striker Jane Orme has joined Microsoft.", None),
        ("Jane Orme, a former Harrow Town striker, has joined Microsoft.", None),
        ("France striker Jane Orme has joined Microsoft.", None),
    ],
)
def test_who_is_called_by_an_organisation_may_come_from_there(
    read: Reads, sentence: str, club: str | None
) -> None:
    origin = frame(read(sentence), "move.join").slots.get("origin")
    assert (origin.text if origin else None) == club


def test_a_former_title_is_not_the_one_that_somebody_gets(read: Reads) -> None:
    doc = read("Microsoft has named former prosecutor Jane Orme to lead its legal team.")
    moves = [frame for frame in Matcher(load()).frames(doc) if frame.rule.type == "move"]
    assert moves
    assert not any("role" in move.slots for move in moves)


def test_what_was_mentioned_most_and_last_is_known_at_every_word() -> None:
    doc = Doc(spacy.blank("en").vocab, words="A B A C D".split())
    entities = {word: Entity(ORG, word) for word in "ABCD"}
    orgs = [Mention(doc, i, i + 1, ORG, entity=entities[token.text]) for i, token in enumerate(doc)]
    so_far = SoFar(orgs, [1, 2, 1, 1, 9])

    def names(keys: list[int]) -> str:
        return "".join(name for key in keys for name, entity in entities.items() if id(entity) == key)

    assert [names(so_far.heaviest(end)) for end in range(6)] == ["", "A", "BA", "AB", "AB", "DA"]
    assert ["".join(m.text for m in so_far.latest(here)) for here in range(5)] == [
        "A",
        "BA",
        "AB",
        "CAB",
        "DCA",
    ]
    assert [so_far.last(id(entities["A"]), here).start for here in (1, 2, 4)] == [0, 2, 2]
    assert so_far.last(id(entities["D"]), 0).start == 4  # named only later in the sentence


def test_the_name_right_before_a_title_is_nearer_than_one_behind_it(read: Reads) -> None:
    found = frame(
        read("Harrow Bank chairman Tom Hale, a Microsoft veteran, spoke."), "employment.role-person-near"
    )
    assert found.slots["employer"].name == "Harrow Bank"


def test_others_come_from_where_the_group_before_them_does(read: Reads) -> None:
    doc = read("Three Google engineers went to Globex Capital, while others joined Microsoft.")
    frames = [f for f in Matcher(load()).frames(doc) if f.trigger.text == "joined"]
    found = next(f for f in frames if f.slots["person"].text == "others")
    assert (found.slots["origin"].text, found.how["origin"]) == ("Google", "inside:ORG")
