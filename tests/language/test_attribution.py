"""Who is credited for what."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.credit import Credits, Statement


def credited(doc: Doc, word: str, kind: str = "move") -> str | None:
    """Who is credited with what a word tells."""
    place = next(t for t in doc if t.text == word)
    (report,) = Credits(doc).choose([Statement(place, kind)])
    if report is None:
        return None
    return report.mention.name if report.mention else report.source.text if report.source else None


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Jane Orme left in May, Microsoft said.", "Microsoft"),
        ("Microsoft said Jane Orme left in May.", "Microsoft"),
        ("Jane Orme left in May, according to people close to the matter.", "people close to the matter"),
        ("Reports suggest that Jane Orme left in May.", "Reports"),
        ("Jane Orme left in May.", None),
        ("Jane Orme left in May. Microsoft said that sales had risen.", None),
        ("Microsoft, which Jane Orme left in May, said that sales had risen.", None),
    ],
)
def test_a_reporting_clause_credits_its_subject(read: Read, text: str, source: str | None) -> None:
    assert credited(read(text), "left") == source


def sources(doc: Doc) -> list[str]:
    """Who reports something."""
    return [r.mention.name if r.mention else r.source.text if r.source else "" for r in doc._.reports]


def test_a_deal_that_values_something_says_nothing(read: Read) -> None:
    assert sources(read("The deal values Microsoft at £9,000.")) == []
    assert sources(read("Analysts value Microsoft at £9,000.")) == ["Analysts"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("One, Jane Orme, said she would leave.", "Jane Orme"),
        ("One of them, Kuapa Trading, says that it lost £9m.", "Kuapa Trading"),
        ("A survey found losses of £9m.", "A survey"),
        ("Its last set of accounts shows sales of £9m.", "Its last set of accounts"),
        ("Jane Orme, who owns a bar, said losses had cost her £9m.", "Jane Orme"),
        ("Jane Orme, who owns a bar, said she lost.", "Jane Orme"),
        ("Jane Orme will leave, one of them said.", "one of them"),
        ("Jane Orme, who announced that she would leave, is 54.", "Jane Orme"),
        ("The inquest was told that it cost £9,000.", "The inquest"),
        ("It went for what one dealer calls a bargain $9,000.", "one dealer"),
    ],
)
def test_who_says_it_need_not_be_a_plain_subject(read: Read, text: str, source: str) -> None:
    assert sources(read(text)) == [source]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The hotel cost £9m, records kept by the council show.", "records kept by the council"),
        ("She has paid £9m, bankers briefed on the plan said.", "bankers briefed on the plan"),
        ("Papers lodged with the council show that it cost £9m.", "Papers lodged with the council"),
        ("She gets £9m if the hotel opens, a filing shows.", "a filing"),
        ("She gets £9m, a filing shows, and a car.", "a filing"),
        ("The fee, bankers at Harrow reckon, was £9m.", "bankers at Harrow"),
        ("The price, two people who saw the bill say, was £9m.", "two people who saw the bill"),
        ("She will get £9m, say friends, against the £5m she drew before.", "friends"),
        ("It failed, said the receiver of the slate works, Tom Hale of Harrow.", "Tom Hale"),
        ("If nobody helps him he goes home, where he has a house, his agent, Tom Hale, said.", "Tom Hale"),
    ],
)
def test_a_source_that_the_parser_lost_is_found_by_where_it_stands(
    read: Read, text: str, source: str
) -> None:
    assert sources(read(text)) == [source]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("In a letter seen by Brenta, Harrow's founder, Tom Hale, said that it cost £9m.", "Tom Hale"),
        (
            "The gas company, Brenta Co, is raising £9m, Harrow Partners Ltd said as arranger.",
            "Harrow Partners Ltd",
        ),
        ("The academic denies taking £9,000 from a student.", "The academic"),
        ("Brenta Corp <BRN.L> said it will raise £9m.", "Brenta Corp"),
        ("The fund will raise £9m, <Brenta Bank Bhd> (BBB) said.", "Brenta Bank Bhd"),
        ("It cost £9m, as first reported by Brenta.", "Brenta"),
        ("It cost £9m, per two people with knowledge of the deal.", "two people with knowledge of the deal"),
    ],
)
def test_a_source_may_stand_beside_its_verb_or_behind_a_preposition(
    read: Read, text: str, source: str
) -> None:
    assert sources(read(text)) == [source]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Orme, said to be earning £9m, has left.",
        "Harrow will pay £9m, it is understood.",
        "Harrow said no to an offer of £9m.",
        "Harrow is recalling 500 cars at a cost of £9m.",
        "Jane Orme has put her name to a deal worth £9m.",
        "Harrow pays £9 per student, or up to £30 per family.",
        "The £9 phone was described by Tom Hale as the best.",
        "Its shares added 60 cents.",
        "Harrow countered with an offer of £9m.",
        "Jane Orme has put in £9m.",
        "The insurer wrote premiums of £9m.",
        "It values the company at £9m.",
        "Profit from Asia showed a rise, to £9m.",
        "The company, a police report and a bill for £9m were lost.",
    ],
)
def test_a_verb_of_saying_may_say_nothing(read: Read, text: str) -> None:
    assert sources(read(text)) == []


@pytest.mark.parametrize(
    "text", ["He left the theatre, one of the best shows.", "The boss rose and left the room."]
)
def test_a_noun_at_the_end_of_a_sentence_reports_nothing(read: Read, text: str) -> None:
    assert sources(read(text)) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Sources: Jane Orme to leave Microsoft", "Sources"),
        ("Jane Orme to leave Microsoft - memo", "memo"),
        ("Jane Orme to leave Microsoft: report\nIt rained.", "report"),
        ("Brenta want the striker Tom Hale. (Evening Post)", "Evening Post"),
        ("Brenta want the striker Tom Hale. (Evening Post - in Spanish)", "Evening Post"),
    ],
)
def test_a_source_may_be_noted_without_a_verb(read: Read, text: str, source: str) -> None:
    assert sources(read(text)) in ([source], ["Brenta", source])


@pytest.mark.parametrize(
    "text",
    [
        "The report: a history",
        "NOTE: The report is late",
        "Tom Hale joined a bank (Harrow).",
        "It cost $9 - a lot",
    ],
)
def test_not_all_marks_and_brackets_note_a_source(read: Read, text: str) -> None:
    assert sources(read(text)) == []


@pytest.mark.parametrize(
    "dateline",
    [
        "LEEDS, May 4 - ",
        "ST. PAUL, Minn. (Wire) -- ",
        "PORT HALE — ",
        "LEEDS, May 4, 2024 (Wire) – ",
        "LEEDS, Utah, May 4, 2024 /Firmwire/ -- ",
        "LEEDS--(FIRM WIRE)--",
    ],
)
def test_the_place_of_a_dateline_says_nothing(read: Read, dateline: str) -> None:
    doc = read(f"{dateline}Steel maker Brenta Inc said on Monday Jane Orme left in May.")
    assert credited(doc, "left") == "Brenta Inc"


def test_a_name_in_capitals_is_no_dateline(read: Read) -> None:
    assert len(list(read("KBM - the carmaker - said Jane Orme left in May.").sents)) == 1


def test_a_quotation_may_go_on_over_several_sentences(read: Read) -> None:
    doc = read('"Sales have been poor," said Tom Hale, an analyst. "They lost $40m last year."')
    assert credited(doc, "lost", "figure") == "Tom Hale"


def test_i_is_whoever_is_quoted(read: Read) -> None:
    doc = read('"I think the board lost $40m," said Jane Orme.')
    assert credited(doc, "lost", "figure") == "Jane Orme"


def test_words_in_curly_quotation_marks_are_quoted(read: Read) -> None:
    doc = read("She called it “a giant offer” on Monday.")
    assert [doc[i].text for i in sorted(doc._.quoted)] == ["a", "giant", "offer"]


@pytest.mark.parametrize("end", ["", "\n", "\nIt rained."])
def test_a_quotation_that_nothing_closes_ends_with_its_paragraph(read: Read, end: str) -> None:
    doc = read(f'The boss said: "I will leave.{end}')
    assert [doc[i].text for i in sorted(doc._.quoted)] == ["I", "will", "leave", "."]
