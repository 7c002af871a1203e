"""Names of people and organisations: labels, bounds, and which mentions are the same."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.mentions import DATE, ORG, PERSON, PLACE, ROLE, Mention, mentions
from newsclaims.language.name_candidates import key_of


def found(doc: Doc, text: str) -> Mention:
    return next(m for m in mentions(doc) if m.text == text and m.source in ("ner", "run"))


def test_a_possessive_parts_two_names(read: Read) -> None:
    doc = read("Helga Brandt’s Quillmark has hired three engineers.")
    assert found(doc, "Helga Brandt").label == PERSON
    assert found(doc, "Quillmark").label == ORG


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Orme left Microsoft for Google.", ["Microsoft", "Google"]),
        ("Jane Orme has left Halcyon for Brightmoor.", ["Halcyon", "Brightmoor"]),
        (
            "Talk links Tom Hale with a move from Arsenal to Real Madrid after a prank.",
            ["Arsenal", "Real Madrid"],
        ),
    ],
)
def test_a_preposition_of_the_verb_parts_two_names(read: Read, text: str, names: list[str]) -> None:
    assert [m.text for m in mentions(read(text)) if m.label == ORG] == names


@pytest.mark.parametrize(
    ("names", "organisations"),
    [
        ("DeepMind and Inflection", ["DeepMind", "Inflection"]),
        ("Marks and Spencer", ["Marks and Spencer"]),
    ],
)
def test_a_well_known_organisation_and_another_are_two(
    read: Read, names: str, organisations: list[str]
) -> None:
    doc = read(f"Microsoft hired Jane Orme, the co-founder of {names}, to run its labs.")
    assert [m.text for m in mentions(doc) if m.label == ORG and m.source != "pronoun"] == [
        "Microsoft",
        *organisations,
    ]


def test_an_honorific_is_no_part_of_a_name(read: Read) -> None:
    assert found(read("Dr Jane Orme joined the hospital on Monday."), "Jane Orme").label == PERSON


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tolvane plc said profits had risen.", "Tolvane plc"),
        ("She is an analyst at research firm Brightmoor.", "Brightmoor"),
        ("The University of Northgate has a new dean.", "University of Northgate"),
        ("She had been poached from the broker Nordhus.", "Nordhus"),
        ("Parselab founder Tom Hale will stay.", "Parselab"),
        ("The contract went to Kilnbrook Lane, a firm owned by his deputy.", "Kilnbrook Lane"),
        ("Oak Hollow, whose managing partner Tom Hale called it a farce, has sold its shares.", "Oak Hollow"),
        ("She works for ex-Brightmoor Capital traders.", "Brightmoor Capital"),
        ("BBC Radio 1 presenter Jane Orme resigned.", "BBC Radio 1"),
        ('"Perhaps so," central bank president Jane Orme said.', "central bank"),
        ("Jane Orme is a dealer at Tolvane Hale and Co Ltd in Zurich.", "Tolvane Hale and Co Ltd"),
        ("Eli Wachter of Moor, Stone and Co was emphatic.", "Moor, Stone and Co"),
        ("She is out as president of 9Tolvanes, the software firm.", "9Tolvanes"),
        ("Her agent is Tom Hale of the agency sixtolvane.", "sixtolvane"),
    ],
)
def test_what_stands_around_a_name_makes_it_an_organisation(read: Read, text: str, name: str) -> None:
    assert found(read(text), name).label == ORG


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The sacking of Sheffield Wednesday manager Tom Hale was unjust.", "Sheffield Wednesday"),
        ("Home Office Minister Tom Hale says people are checked.", "Home Office"),
        (
            "She was at the Massachusetts Institute of Technology until May.",
            "Massachusetts Institute of Technology",
        ),
    ],
)
def test_a_known_organisation_of_several_words_is_one_name(read: Read, text: str, name: str) -> None:
    assert found(read(text), name).label == ORG


def test_a_known_organisation_is_no_place_unless_it_has_the_name_of_one(read: Read) -> None:
    doc = read("Shares in Yukos fell after Tom Hale had died at his home in Watford.")
    labels = {m.text: m.label for m in mentions(doc) if m.text in ("Yukos", "Watford")}
    assert labels == {"Yukos": ORG, "Watford": PLACE}


def test_a_day_of_the_week_in_the_name_of_a_club_is_no_date(read: Read) -> None:
    doc = read("Sheffield Wednesday will play on Friday.")
    assert [m.text for m in mentions(doc) if m.label == DATE] == ["Friday"]


def test_a_known_name_within_a_longer_one_leaves_it_whole(read: Read) -> None:
    assert found(read("She runs the Bank of England Museum in London."), "Bank of England Museum")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rovers midfielder Dean Holt has signed.", "Dean Holt"),
        ("Dean Jane Orme of the law school has resigned.", "Jane Orme"),
    ],
)
def test_a_given_name_that_is_also_a_title_begins_the_name_of_one_surname(
    read: Read, text: str, name: str
) -> None:
    assert found(read(text), name).label == PERSON


@pytest.mark.parametrize("title", ["Dr.", "Dame", "Lord", "Sen.", "Canon"])
def test_an_honorific_alone_is_no_name(read: Read, title: str) -> None:
    doc = read(f"Tolvane's chairman, {title} Jane Orme, resigned.")
    assert title not in [m.text for m in mentions(doc)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("At Tolvane, Jun-seo Orme is promoted to chairman.", "Jun-seo Orme"),
        ("Dr. Hyun-woo Orme, the founder of Tolvane, resigned.", "Hyun-woo Orme"),
        ("Jane Orme QC quit the panel in May.", "Jane Orme"),
        ("Tom Hale MP has left Labour.", "Tom Hale"),
        ("Tory Jane Orme said her party was ready.", "Jane Orme"),
        ("Bank of Northgate governor Park Sung-sang disagreed.", "Park Sung-sang"),
        ("The comments are about Tolvane CEO Shou Zi Cheng.", "Shou Zi Cheng"),
        ("His duties pass to Chief Financial Officer Lucia Okonkwo-Vale.", "Lucia Okonkwo-Vale"),
        ("Iestyn Vaughan-Orme has joined Tolvane.", "Iestyn Vaughan-Orme"),
        ('Chief Executive Ravindra "Ravi" Mahadevan has left Tolvane.', 'Ravindra "Ravi" Mahadevan'),
        ("Craig Orme-Adeleke left. At Tolvane, Orme-Adeleke was payroll manager.", "Orme-Adeleke"),
    ],
)
def test_a_name_has_all_of_its_parts_and_no_letters_behind_it(read: Read, text: str, name: str) -> None:
    assert found(read(text), name).label == PERSON


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Orme resigned from the Reagan administration in May.", "Reagan administration"),
        ("Liberal Democrat health spokesman Tom Hale said so.", "Liberal Democrat"),
    ],
)
def test_a_name_takes_the_noun_that_makes_it_an_organisation(read: Read, text: str, name: str) -> None:
    assert found(read(text), name).label == ORG


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jo Orme left the Centre for Northern Studies in May.", "Centre for Northern Studies"),
        ("Jo Orme has quit the Campaign for Better Bread.", "Campaign for Better Bread"),
        ("Foreign ministry spokesman Jo Orme agreed.", "Foreign ministry"),
    ],
)
def test_the_name_of_a_body_says_what_it_is_for(read: Read, text: str, name: str) -> None:
    assert found(read(text), name).label == ORG


@pytest.mark.parametrize(
    "text", ["Interior Minister Jo Orme has quit.", "Shadow home secretary Jo Orme agreed."]
)
def test_the_first_word_of_a_title_is_no_name(read: Read, text: str) -> None:
    doc = read(text)
    assert {m.label for m in mentions(doc)} == {PERSON, ROLE}


def test_a_nationality_before_a_name_is_no_part_of_it(read: Read) -> None:
    assert found(read("Tolvane has signed Frenchman Luc Orme."), "Luc Orme").label == PERSON


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The new boss of Tolvane Air is Annelore Stavenhagen.", "Annelore Stavenhagen"),
        ("Last month Baek Do-yun, a 34-year-old engineer, was invited to lunch.", "Baek Do-yun"),
        ("Counsel Tobin Hale and supply chain head Min-seo Callaway would get $300,000.", "Min-seo Callaway"),
    ],
)
def test_a_name_that_the_recogniser_took_apart_is_whole(read: Read, text: str, name: str) -> None:
    assert found(read(text), name).label == PERSON


def test_a_word_of_titles_may_begin_the_name_of_a_firm(read: Read) -> None:
    assert found(read("Jane Orme has joined Partner Track as head of sales."), "Partner Track").label == ORG


def test_a_name_in_small_letters_is_known_by_what_explains_it(read: Read) -> None:
    doc = read("Jane Orme, formerly counsel of dayrate, an energy platform, has been appointed chairman.")
    assert found(doc, "dayrate").label == ORG


def test_a_surname_finds_its_full_name(read: Read) -> None:
    doc = read("Jane Orme runs Tolvane. Orme, 52, said she would stay.")
    assert found(doc, "Orme").name == "Jane Orme"


def test_an_acronym_finds_its_full_name(read: Read) -> None:
    doc = read("The Northern Wool Council met on Monday. NWC chairman Tom Hale was there.")
    assert found(doc, "NWC").name == "Northern Wool Council"


@pytest.mark.parametrize(
    ("text", "short", "name"),
    [
        ("Halden City beat Leeds 2-1. City have signed Jane Orme.", "City", "Halden City"),
        ("The Halden Gazette hired Jane Orme. She left the Gazette in May.", "Gazette", "Halden Gazette"),
        ("Halden Marine Inc. (HMI) hired Jane Orme. HMI said so.", "HMI", "Halden Marine Inc."),
        ("Stability AI lost Jane Orme. Stability's board met.", "Stability", "Stability AI"),
    ],
)
def test_a_short_form_finds_its_full_name(read: Read, text: str, short: str, name: str) -> None:
    assert found(read(text), short).name.removeprefix("The ") == name


def test_two_people_of_one_surname_are_not_mixed_up(read: Read) -> None:
    doc = read("Jane Orme and her brother Paul Orme own the firm. Orme said so.")
    assert found(doc, "Orme").name == "Orme"


@pytest.mark.parametrize("text", ["Tolvane", "Tolvane plc", "the Tolvane Group", "TOLVANE"])
def test_case_article_and_suffix_do_not_make_another_name(text: str) -> None:
    assert key_of(text) == "tolvane"


@pytest.mark.parametrize(
    ("text", "employer"),
    [
        ("Festival director Jane Orme said tickets had sold out.", ["Festival"]),
        ("The plan is wrong, charity boss Jane Orme said.", ["charity"]),
        ("The Harbour Trust's charity boss Jane Orme resigned.", []),
        ("The charity gave Jane Orme a prize.", []),
    ],
)
def test_a_common_noun_before_a_title_is_an_organisation(read: Read, text: str, employer: list[str]) -> None:
    assert [m.text for m in mentions(read(text)) if m.text.lower() in ("festival", "charity")] == employer


def test_a_time_of_day_is_no_name(read: Read) -> None:
    assert not any(m.text == "09:05" for m in mentions(read("09:05 - Harrow Bank has sold a branch.")))


def test_a_figure_of_money_is_no_part_of_a_name(read: Read) -> None:
    doc = read("Telecoms watchdog Telcom on Wednesday fined Brightwave $75 million for failures.")
    assert found(doc, "Brightwave").label == ORG
