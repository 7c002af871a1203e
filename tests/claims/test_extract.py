"""From a sentence to claims: the whole way, one kind of sentence a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from fixtures import Says
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.rulereader import load
from newsclaims.schema import Claim, Employment, Move


def names(claim: Claim) -> dict[str, str]:
    """Slot -> the fullest name of its filler."""
    return {slot: getattr(value, "name", None) or value.text for slot, value in claim.arguments().items()}


def only(claims: list[Claim], kind: str) -> Claim:
    found = [c for c in claims if c.type == kind]
    assert len(found) == 1, found
    return found[0]


def test_somebody_leaves_one_place_for_another(says: Says) -> None:
    move = only(says("Jane Orme left Microsoft for Google in May."), "move")
    assert names(move) == {
        "person": "Jane Orme",
        "origin": "Microsoft",
        "destination": "Google",
        "date": "May",
    }
    assert move.certainty == "asserted"


def test_a_passive_says_the_same(says: Says) -> None:
    move = only(says("Jane Orme was hired by Google from Microsoft."), "move")
    assert names(move) | {"person": "Jane Orme", "origin": "Microsoft", "destination": "Google"} == names(
        move
    )


def test_coordination_multiplies(says: Says) -> None:
    claims = says("Jane Orme, Tom Hale and Ruth Penn have joined Google.")
    assert sorted(names(c)["person"] for c in claims if c.type == "move") == [
        "Jane Orme",
        "Ruth Penn",
        "Tom Hale",
    ]


def test_those_who_are_coordinated_are_equally_sure(says: Says) -> None:
    claims = says("Jane Orme, Tom Hale and Ruth Penn have joined Google.")
    assert len({c.confidence for c in claims if c.type == "move"}) == 1


def test_a_title_that_grammar_gives_at_one_place_is_not_guessed_at_another(says: Says) -> None:
    claims = says("Ann Roe, who worked nearly ten years at Meta, will be chief design officer at Google.")
    held, gained = only(claims, "employment"), only(claims, "move")
    assert names(held) == {"person": "Ann Roe", "employer": "Meta"}
    assert (names(gained)["destination"], names(gained)["role"]) == ("Google", "chief design officer")


def test_a_title_told_elsewhere_in_the_article_is_the_post_left(says: Says) -> None:
    claims = says("Microsoft's finance chief, Jane Orme, is under fire.\n\nOrme quit Microsoft on Monday.")
    (move,) = [c for c in claims if c.type == "move"]
    assert names(move)["former_role"] == "finance chief"


def test_a_replacement_is_two_moves(says: Says) -> None:
    moves = [
        c
        for c in says("Jane Orme will succeed Tom Hale as chief executive of Microsoft.")
        if c.type == "move"
    ]
    people = {names(m)["person"]: m for m in moves}
    assert set(people) == {"Jane Orme", "Tom Hale"}
    assert names(people["Jane Orme"])["role"] == "chief executive"
    assert names(people["Tom Hale"])["former_role"] == "chief executive"
    assert {m.certainty for m in moves} == {"planned"}


def test_a_job_beside_a_name_is_an_employment(says: Says) -> None:
    job = only(says("Microsoft's chief executive, Jane Orme, said sales rose."), "employment")
    assert isinstance(job, Employment)
    assert names(job) == {"person": "Jane Orme", "employer": "Microsoft", "role": "chief executive"}
    assert job.tense == "current"


def test_a_rank_before_the_name_is_not_the_title(says: Says) -> None:
    job = only(says('"Nobody ran," said Harrow Bank\'s president, Captain Tom Hale.'), "employment")
    assert names(job) == {"person": "Tom Hale", "employer": "Harrow Bank", "role": "president"}


def test_an_acronym_in_brackets_does_not_part_a_title_from_the_name(says: Says) -> None:
    job = only(says("The new chair of the Harrow Task Force (HTF), Jane Orme, spoke."), "employment")
    assert names(job) == {"person": "Jane Orme", "employer": "Harrow Task Force", "role": "chair"}


def test_of_two_jobs_before_a_name_both_are_told(says: Says) -> None:
    claims = says("Sky Sports presenter and former Everton defender Tom Hale has written a book.")
    jobs = {(c.employer.text, c.role.text) for c in claims if c.type == "employment"}
    assert jobs == {("Sky Sports", "presenter"), ("Everton", "defender")}


def test_going_to_do_something_goes_nowhere(says: Says) -> None:
    claims = says("Jane Orme, the finance director of Google, said: I am going to write a book.")
    assert "move" not in {c.type for c in claims}


def test_a_former_job_is_told_from_a_current_one(says: Says) -> None:
    job = only(says("Tom Hale, a former director of Microsoft, welcomed the offer."), "employment")
    assert isinstance(job, Employment)
    assert job.tense == "former"


def test_a_plain_sentence_alone_is_enough(says: Says) -> None:
    move = only(says("Jane Orme joined Microsoft in May."), "move")
    assert isinstance(move, Move)
    assert (move.person.text, move.destination and move.destination.text) == ("Jane Orme", "Microsoft")


def test_a_country_is_no_employer(says: Says) -> None:
    assert not [c for c in says("French President Luc Moreau said so on Monday.") if c.type == "employment"]


def test_a_move_is_not_repeated_as_an_employment(says: Says) -> None:
    claims = says("Jane Orme, Microsoft's finance chief, left Microsoft on Monday.")
    assert [c.type for c in claims] == ["move"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ms. Orme most recently served as operating chief of Harrow Medical.", "employment"),
        ("Jane Orme will serve as operating chief of Harrow Medical.", "move"),
    ],
)
def test_serving_in_a_post_is_a_move_only_where_it_is_still_to_come(says: Says, text: str, kind: str) -> None:
    (claim,) = says(text)
    assert claim.type == kind


def test_one_comes_in_exchange_for_another(says: Says) -> None:
    claims = says("Microsoft has replaced its chief executive, Tom Hale, with Jane Orme.")
    assert {names(c)["person"] for c in claims if c.type == "move"} == {"Tom Hale", "Jane Orme"}


def test_a_spell_in_a_job_is_a_job_held(says: Says) -> None:
    claims = says("Jane Orme was appointed in May after eight years as head of nursing at Hartley Hospital.")
    job = only(claims, "employment")
    assert names(job) == {"person": "Jane Orme", "employer": "Hartley Hospital", "role": "head of nursing"}
    assert isinstance(job, Employment)
    assert job.tense == "former"


def test_the_names_behind_a_number_of_people_are_those_who_move(says: Says) -> None:
    claims = says("The other two, Jane Orme and Tom Hale, are off to Orrery Capital.")
    assert {names(c)["person"] for c in claims if c.type == "move"} == {"Jane Orme", "Tom Hale"}


def test_letters_behind_a_name_do_not_part_it_from_its_title(says: Says) -> None:
    job = only(says("Jane Orme, PhD, chief scientist at Microsoft, agreed."), "employment")
    assert names(job) == {"person": "Jane Orme", "employer": "Microsoft", "role": "chief scientist"}


def test_a_group_moves_from_the_place_inside_its_name(says: Says) -> None:
    move = only(says("At least 14 Google engineers have departed for Microsoft since January."), "move")
    assert names(move) | {"origin": "Google", "destination": "Microsoft"} == names(move)


def test_an_offer_of_pay_has_payer_recipient_amount_and_period(says: Says) -> None:
    text = "Microsoft offered Jane Orme a package of up to $300 million over four years."
    pay = only(says(text), "pay").row()
    assert (pay["payer"]["name"], pay["recipient"]["name"]) == ("Microsoft", "Jane Orme")
    assert (pay["amount"]["text"], pay["amount"]["min"], pay["amount"]["max"]) == (
        "$300 million",
        None,
        300e6,
    )
    assert pay["period"]["text"] == "over four years"
    assert (pay["kind"], pay["status"]) == ("package", "offered")


def test_a_takeover_is_a_deal(says: Says) -> None:
    deal = only(says("Microsoft has agreed to buy the games studio Tolvane for $2bn."), "deal").row()
    assert deal["kind"] == "acquisition"
    assert (deal["payer"]["name"], deal["amount"]["max"]) == ("Microsoft", 2e9)


def test_every_figure_of_money_stands_in_a_claim(says: Says) -> None:
    claims = says("Revenue rose by $2bn to $14bn, while debt stood at £300m.")
    assert sorted(c.row()["amount"]["text"] for c in claims) == ["$14bn", "$2bn", "£300m"]


PIECES = st.lists(
    st.sampled_from(
        ["Jane Orme left Microsoft for Google. ", "“Up to £3m,” she said.\n", "He’s to join the B.B.C. as editor; ",
         "\u00a0", "👩‍💻 ", "A bonus of $5\u00a0million (€4\u202fmillion). ",
         "Acme Inc. paid $2m – $3m (€1.8m). ", "\n\n• ", "The company’s boss, Tom Hale, 52, quit. ",
         "é̂", "… "]
    ),
    max_size=6,
).map("".join)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=PIECES)
def test_every_span_is_exactly_what_stands_there(says: Says, text: str) -> None:
    for claim in says(text):
        for place, span in claim.spans():
            assert text[span.start : span.end] == span.text, place


def test_the_same_text_gives_the_same_bytes(says: Says) -> None:
    text = "Jane Orme left Microsoft for Google. Tom Hale, its chairman, was paid £3m."
    assert [c.model_dump_json() for c in says(text)] == [c.model_dump_json() for c in says(text)]


ODD = [
    "",
    " \n ",
    "🙂",
    "$",
    "the",
    "\u200b\u00a0",
    "EX",
    "The boss met EX",
    "²",
    "\ud800",
    f"It paid ${'9' * 400}.",
]


@pytest.mark.parametrize("text", [*ODD, "The firm cut 40³ jobs.", "He left in 201²."])
def test_a_text_without_words_gives_no_claims(says: Says, text: str) -> None:
    assert says(text) == []


def test_an_identifier_depends_on_what_is_said_and_where(says: Says) -> None:
    first = only(says("Jane Orme left Microsoft."), "move")
    later = only(says("It rained. Jane Orme left Microsoft."), "move")
    assert isinstance(first, Move)
    assert first.id == only(says("Jane Orme left Microsoft."), "move").id
    assert first.id != later.id


def test_a_move_has_the_year_though_the_recogniser_saw_a_number(says: Says) -> None:
    move = only(says("Zeke Marchetti, chairman of Harrow Bank, retired in 2023."), "move")
    assert names(move)["date"] == "2023"


def test_what_hangs_on_a_verb_has_its_date(says: Says) -> None:
    claims = says("Jane Orme leaves Harrow Bank in May to become chairman of Acme Foods.")
    assert {names(c).get("date") for c in claims if c.type == "move"} == {"May"}


def test_of_two_readings_the_one_with_both_places_stays(says: Says) -> None:
    move = only(says("Jane Orme joined Brightwater from Halcyon."), "move")
    assert (names(move)["origin"], names(move)["destination"]) == ("Halcyon", "Brightwater")


def test_a_move_that_the_next_sentence_says_of_another_is_told_by_both(says: Says) -> None:
    claims = {
        c.person.text: c.sentence.text
        for c in says("Ann Roe has left Harrow Bank. So has Omar Siddiqui.")
        if isinstance(c, Move)
    }
    assert claims["Ann Roe"] == "Ann Roe has left Harrow Bank."
    assert claims["Omar Siddiqui"] == "Ann Roe has left Harrow Bank. So has Omar Siddiqui."


def test_a_rule_fires_once_at_a_word_whatever_triggers_it_has_there(read: Callable[[str], Doc]) -> None:
    doc = read("Jane Orme will walk out of Harrow Bank.")
    fired = [f for f in Matcher(load()).frames(doc) if f.rule.id == "move.leave"]
    assert len({f.firing for f in fired}) == 1


def test_the_job_that_a_promotion_ends_is_told_by_the_move(says: Says) -> None:
    (move,) = says("Microsoft trading chief Jane Orme has been appointed finance director.")
    assert names(move) == {
        "person": "Jane Orme",
        "destination": "Microsoft",
        "role": "finance director",
        "former_role": "trading chief",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Orr & Vale has poached Ingrid Sloot from Bellhook as creative director.",
        "Ingrid Sloot joins Orr & Vale from Sky as creative director.",
        "Ingrid Sloot arrived at Orr & Vale from Sky last year as creative director.",
    ],
)
def test_the_job_taken_may_stand_behind_the_place_left(says: Says, text: str) -> None:
    assert names(only(says(text), "move"))["role"] == "creative director"


def test_each_of_two_who_resign_has_the_title_beside_the_name(says: Says) -> None:
    claims = says(
        "It led to the resignation of the chairman, Sir Tom Hale, and production chief Walter Dunn."
    )
    former = {names(claim)["person"]: names(claim)["former_role"] for claim in claims}
    assert former == {"Tom Hale": "chairman", "Walter Dunn": "production chief"}


@pytest.mark.parametrize("opening", ["Prior to joining", "Before joining"])
def test_the_job_before_a_move_is_not_the_one_taken(says: Says, opening: str) -> None:
    claims = says(f"{opening} Acme Foods, Jane Orme was finance director of Halden Bank.")
    assert names(only(claims, "employment"))["employer"] == "Halden Bank"
    move = names(only(claims, "move"))
    assert move["destination"] == "Acme Foods"
    assert "role" not in move


def test_where_somebody_spent_years_is_where_the_move_comes_from(says: Says) -> None:
    move = names(only(says("Jane Orme joined Google after spending ten years at Halden Bank."), "move"))
    assert (move["origin"], move["destination"]) == ("Halden Bank", "Google")


@pytest.mark.parametrize(
    "sentence",
    [
        "Jane Orme has signed a new three-year contract with Microsoft.",
        "Jane Orme signed a two-year extension with Microsoft on Sunday.",
        "Jane Orme has turned down a new deal at Microsoft.",
    ],
)
def test_whose_terms_are_renewed_goes_nowhere(read: Callable[[str], Doc], sentence: str) -> None:
    assert not [f for f in Matcher(load()).frames(read(sentence)) if f.rule.type == "move"]


def test_a_verb_without_object_appoints_nobody_to_the_title_before_it(read: Callable[[str], Doc]) -> None:
    doc = read("They include crime correspondent Jane Orme, who is moving to Channel North.")
    assert "move.appoint" not in {f.rule.id for f in Matcher(load()).frames(doc)}


def test_a_clause_about_several_people_is_about_each(says: Says) -> None:
    claims = says("Jane Orme and Omar Siddiqui, who run Harrow Foods, disagreed.")
    assert {names(c)["person"] for c in claims if c.type == "employment"} == {"Jane Orme", "Omar Siddiqui"}


def test_of_a_clause_about_one_the_last_of_several_is_meant(says: Says) -> None:
    claims = says("Jane Orme and Omar Siddiqui, who runs Harrow Foods, disagreed.")
    assert [names(c)["person"] for c in claims if c.type == "employment"] == ["Omar Siddiqui"]


def test_who_has_a_place_alone_does_not_share_that_of_the_list(says: Says) -> None:
    claims = says("Harrow Foods' Jane Orme and Omar Siddiqui of Brent Systems disagreed.")
    jobs = [names(c) for c in claims if c.type == "employment"]
    assert [(job["person"], job["employer"]) for job in jobs] == [
        ("Jane Orme", "Harrow Foods"),
        ("Omar Siddiqui", "Brent Systems"),
    ]


def test_a_predicate_noun_stands_for_its_subject(says: Says) -> None:
    claim = only(says("Microsoft is a software maker run by Jane Orme."), "employment")
    assert names(claim) == {"person": "Jane Orme", "employer": "Microsoft"}


@pytest.mark.parametrize("verb", ["ran", "has run", "headed"])
def test_what_somebody_did_is_a_job_and_no_move(says: Says, verb: str) -> None:
    claims = says(f"Jane Orme, who {verb} Microsoft for ten years, has died.")
    assert [claim.type for claim in claims] == ["employment"]


def test_what_somebody_currently_is_is_no_move(says: Says) -> None:
    assert [claim.type for claim in says("Jane Orme is currently chairman of Microsoft.")] == ["employment"]


def test_terms_that_are_extended_are_no_move(says: Says) -> None:
    claims = says("Jane Orme has extended her contract with Microsoft until 2031.")
    assert [claim.type for claim in claims] == ["employment"]


def test_the_place_in_a_peers_title_is_no_employer(says: Says) -> None:
    claim = only(says("Lord Orme of Harrow, the chairman of Microsoft, disagreed."), "employment")
    assert names(claim)["employer"] == "Microsoft"


@pytest.mark.parametrize(
    ("text", "person", "employer"),
    [
        (
            "Jane Orme, who founded the software start-up Nestkey in 2014, still owns it.",
            "Jane Orme",
            "Nestkey",
        ),
        ("Jane Orme is a former Google trader who runs Harrow Bank.", "Jane Orme", "Harrow Bank"),
        ("Jane Orme sits on Harrow Bank's board.", "Jane Orme", "Harrow Bank"),
        ("Jane Orme worked as an adviser to Harrow Bank.", "Jane Orme", "Harrow Bank"),
        (
            "Harrow Bank, the lender, is closing. Jane Orme, boss of the lender Harrow Bank, wept.",
            "Jane Orme",
            "Harrow Bank",
        ),
    ],
)
def test_a_job_is_found_however_the_place_is_told(says: Says, text: str, person: str, employer: str) -> None:
    jobs = {(c.person.name, c.employer.name) for c in says(text) if c.type == "employment"}
    assert (person, employer) in jobs


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("Jane Orme, head of sales at Google rival Harrow Systems, disagreed.", "Harrow Systems"),
        ("Jane Orme, who works for Google and drives a Ferrari, disagreed.", "Google"),
    ],
)
def test_what_only_tells_whose_rival_or_what_make_it_is_employs_nobody(
    says: Says, text: str, employer: str
) -> None:
    assert {c.employer.name for c in says(text) if c.type == "employment"} == {employer}
