"""Job titles and groups of people as noun phrases."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from fixtures import Read
from newsclaims.language.mentions import GROUP, ROLE, mentions


def texts(doc: Doc, label: str) -> list[str]:
    return [m.text for m in mentions(doc) if m.label == label]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Tolvane's chief financial officer, Jane Orme, resigned.", "chief financial officer"),
        (
            "Jane Orme is the former head of corporate development at Tolvane.",
            "head of corporate development",
        ),
        ("The chairman and chief executive of Tolvane resigned.", "chairman and chief executive"),
        ("Tolvane co-founder Jane Orme resigned.", "co-founder"),
        ("Microsoft forward Jane Orme was fined.", "forward"),
        ("Tom Hale resigned, as did Microsoft pilot Jane Orme.", "pilot"),
        ("Jane Orme, a former regulator at Microsoft, disagreed.", "regulator"),
        ("Jane Orme was a reserve at Microsoft.", "reserve"),
        ("Jane Orme, boss of oil industry analysts Microsoft, resigned.", "boss"),
        ("Tolvane named her vice president of engineering.", "vice president of engineering"),
        ("Tolvane's head of China sales, Jane Orme, resigned.", "head of China sales"),
        ("The union's general secretary Jane Seller resigned.", "general secretary"),
        ("Tolvane director-general for agriculture Jane Orme resigned.", "director-general for agriculture"),
        ("Jane Orme, head of Policy and Research at Harrow Bank, resigned.", "head of Policy and Research"),
        ("The Acme fly-half Tom Hale will start on Saturday.", "fly-half"),
        ("Gloucester centre Tom Hale will start on Saturday.", "centre"),
        ("Tolvane's local government adviser Jane Orme resigned.", "local government adviser"),
        ("Party leader Jane Orme resigned.", "Party leader"),
        ("The plan is wrong, said local government minister Jane Orme.", "local government minister"),
        ("Harrow Bank axes finance chief Jane Orme", "finance chief"),
        ("Jane Orme, chief executive of fashion retailer Harrow Foods, resigned.", "chief executive"),
        ("Budget Director Jane Orme resigned.", "Budget Director"),
        ("Tolvane chairman-designate Jane Orme resigned.", "chairman-designate"),
        ("Ann Roe has been promoted to head of sales at Microsoft.", "head of sales"),
        ("Jane Orme, news and features editor of the Harrow Weekly, resigned.", "news and features editor"),
        ("Labour health and families spokesman Tom Hale resigned.", "health and families spokesman"),
        ("Finance director and chief executive Jane Orme resigned.", "Finance director and chief executive"),
        ("Jane Orme, chief European economist at Harrow Bank, resigned.", "chief European economist"),
        ("Jane Orme, the founder of California's Tolvane studio, resigned.", "founder"),
        ("Jane Orme was named SVP, Drama and Live, at Tolvane.", "SVP, Drama and Live"),
        ("Jane Orme, EVP, Microsoft, resigned.", "EVP"),
    ],
)
def test_a_title_takes_its_modifiers_and_leaves_the_employer(read: Read, text: str, role: str) -> None:
    assert role in texts(read(text), ROLE)


def test_a_title_does_not_swallow_the_organisation_behind_of(read: Read) -> None:
    assert texts(read("She is the president of Microsoft."), ROLE) == ["president"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Microsoft and former chief executive Tom Hale settled.", "chief executive"),
        ("Talks between the club and team manager Tom Hale have ended.", "team manager"),
    ],
)
def test_what_stands_before_and_is_mostly_no_part_of_a_title(read: Read, text: str, role: str) -> None:
    assert role in texts(read(text), ROLE)


@pytest.mark.parametrize(
    "text",
    [
        "Microsoft has elected Jane Orme to its board of directors.",
        "Microsoft brought back Jane Orme.",
        "The shopping centre is closed.",
        "They have a two-goal lead at half-time.",
        "Lord Falconer praised Baroness Cook.",
        "Jane Orme left the Courier in May.",
    ],
)
def test_a_word_that_can_be_a_title_is_none_by_itself(read: Read, text: str) -> None:
    assert texts(read(text), ROLE) == []


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "At least 14 Google researchers and engineers have left.",
            "At least 14 Google researchers and engineers",
        ),
        ("Tolvane has laid off dozens of workers.", "dozens of workers"),
        ("Two of its directors resigned.", "Two of its directors"),
    ],
)
def test_a_group_is_its_noun_phrase_with_count_and_modifiers(read: Read, text: str, group: str) -> None:
    assert group in texts(read(text), GROUP)
