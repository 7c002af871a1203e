"""Claims about money: every figure is claimed once, with what it means and who pays whom."""

from __future__ import annotations

import pytest

from newsclaims.claims.meaning import Lexicon, from_figures
from newsclaims.claims.rulereader import load
from newsclaims.extraction import Extractor
from newsclaims.schema import Article, Claim, Deal, Pay


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def claims_of(extractor: Extractor, text: str) -> list[Claim]:
    ((_, claims),) = extractor.extract([Article(id="a", text=text)])
    return [claim for claim in claims if "amount" in claim.slots]


def told(claim: Claim) -> dict[str, str]:
    """The type, the kind or measure, and the text of every slot."""
    kind = getattr(claim, "kind", None) or getattr(claim, "measure", "")
    slots = {slot: value.text for slot, value in claim.arguments().items()}
    return {"meaning": f"{claim.type}.{kind}", **slots}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Acme bought Globex for $3 billion.",
            {"meaning": "deal.acquisition", "payer": "Acme", "target": "Globex", "amount": "$3 billion"},
        ),
        (
            "Jane Doe donated $5 million to Carrick University.",
            {
                "meaning": "deal.donation",
                "payer": "Jane Doe",
                "payee": "Carrick University",
                "amount": "$5 million",
            },
        ),
        (
            "The regulator fined Acme $5 million.",
            {"meaning": "deal.fine", "payer": "Acme", "payee": "The regulator", "amount": "$5 million"},
        ),
        (
            "Acme paid Jane Doe $3 million a year.",
            {
                "meaning": "pay.salary",
                "recipient": "Jane Doe",
                "payer": "Acme",
                "period": "a year",
                "amount": "$3 million",
            },
        ),
        (
            "Acme posted a loss of $90 million.",
            {"meaning": "figure.loss", "subject": "Acme", "amount": "$90 million"},
        ),
        (
            "Acme shares closed at $41.20 on Friday.",
            {"meaning": "figure.price", "subject": "Acme shares", "date": "Friday", "amount": "$41.20"},
        ),
    ],
)
def test_a_plain_sentence_gives_its_parties(extractor: Extractor, text: str, wanted: dict[str, str]) -> None:
    (claim,) = claims_of(extractor, text)
    found = told(claim)
    assert {slot: found.get(slot) for slot in wanted} == wanted


def test_every_figure_is_claimed_and_none_twice(extractor: Extractor) -> None:
    text = "Acme made $2 million on sales of $9 million, owes $4 million and paid Jane Doe $1 million."
    amounts = [claim.arguments()["amount"].text for claim in claims_of(extractor, text)]
    assert sorted(amounts) == ["$1 million", "$2 million", "$4 million", "$9 million"]


def test_a_conversion_makes_no_claim_of_its_own(extractor: Extractor) -> None:
    (claim,) = claims_of(extractor, "Acme bought Globex for $11bn (£5.7bn).")
    assert [also["text"] for also in claim.model_dump()["amount"]["also"]] == ["£5.7bn"]


def test_a_change_and_its_level_are_claimed_apart(extractor: Extractor) -> None:
    found = [told(claim) for claim in claims_of(extractor, "Oil rose $1.64 to $47.10 a barrel on Thursday.")]
    assert {claim["amount"]: claim["meaning"] for claim in found} == {
        "$1.64": "figure.other",
        "$47.10": "figure.price",
    }


@pytest.mark.parametrize(
    ("text", "slot", "wanted"),
    [
        (
            "Apple earned $36bn, Shell $14bn and Exxon $9bn.",
            "subject",
            {"$36bn": "Apple", "$14bn": "Shell", "$9bn": "Exxon"},
        ),
        (
            "The regulator fined Acme $5m, Globex $3m and Initech $1m.",
            "payer",
            {"$5m": "Acme", "$3m": "Globex", "$1m": "Initech"},
        ),
        (
            "Jane Doe made £90,000 last year, John Roe £70,000 and Ann Cole about £60,000.",
            "recipient",
            {"£90,000": "Jane Doe", "£70,000": "John Roe", "£60,000": "Ann Cole"},
        ),
        (
            "Acme shares closed at $5, Globex at $3 and Initech at $1.",
            "subject",
            {"$5": "Acme shares", "$3": "Globex", "$1": "Initech"},
        ),
        ("The bank lost £36m, its rival £14m.", "subject", {"£36m": "The bank", "£14m": "its rival"}),
        (
            "Wheat closed at $6.10 a bushel, barley at $4 and rye at $3.",
            "subject",
            {"$6.10": "Wheat", "$4": "barley", "$3": "rye"},
        ),
        (
            "Partners at Acme earn £850,000 a year; associates, £120,000.",
            "recipient",
            {"£850,000": "Partners", "£120,000": "associates"},
        ),
        ("Acme earned $5m, compared with Globex's $3m.", "subject", {"$5m": "Acme", "$3m": "Globex"}),
        (
            "Germany will give €20m to the programme, France €15m and Italy €8m.",
            "payee",
            dict.fromkeys(("€20m", "€15m", "€8m"), "the programme"),
        ),
        (
            "Jane Doe won £400, full-back John Roe £200 and the runner-up, Ann Cole, £100.",
            "payee",
            {"£400": "Jane Doe", "£200": "John Roe", "£100": "Ann Cole"},
        ),
        (
            "Acme was fined $4m and Globex $3m by the regulator.",
            "payer",
            {"$4m": "Acme", "$3m": "Globex"},
        ),
    ],
)
def test_each_item_of_a_list_that_says_its_verb_once_has_its_own_party(
    extractor: Extractor, text: str, slot: str, wanted: dict[str, str]
) -> None:
    found = [told(claim) for claim in claims_of(extractor, text)]
    assert {claim["amount"]: claim.get(slot) for claim in found} == wanted
    assert len({claim["meaning"] for claim in found}) == 1


def test_an_item_that_says_what_it_means_has_its_own_meaning(extractor: Extractor) -> None:
    found = [told(claim) for claim in claims_of(extractor, "Sales rose to $42m and profit to $6m.")]
    assert {claim["amount"]: claim["meaning"] for claim in found} == {
        "$42m": "figure.revenue",
        "$6m": "figure.profit",
    }


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("Acme bought 15% for $40m.", "15%"),
        ("John Roe sold his 40 per cent to Globex for $15m.", "40 per cent"),
        ("Acme bought a 30% stake in Globex for $40m.", "30%"),
        ("Acme bought Globex for $40m, 10% more than it had offered.", None),
        ("Acme sold its 7% bonds to Globex for $40m.", None),
    ],
)
def test_a_share_of_a_company_may_be_a_bare_percentage(
    extractor: Extractor, text: str, stake: str | None
) -> None:
    (claim,) = claims_of(extractor, text)
    assert told(claim).get("stake") == stake


def test_the_rate_of_a_list_is_said_once(extractor: Extractor) -> None:
    found = claims_of(extractor, "Tom Hale earns £40,000 a year, Jane Doe £38,000.")
    assert [told(claim)["period"] for claim in found] == ["a year", "a year"]


@pytest.mark.parametrize(
    "text",
    [
        "Acme raised $5m from Globex and Initech at a $9m valuation.",
        "Acme earned $5m from Globex, and an extra $9m.",
    ],
)
def test_a_figure_that_qualifies_a_noun_or_adds_to_another_is_no_item(
    extractor: Extractor, text: str
) -> None:
    parties = [told(claim) for claim in claims_of(extractor, text)]
    assert [claim["amount"] for claim in parties] == ["$5m", "$9m"]
    assert all("Initech" not in (claim.get("payee"), claim.get("subject")) for claim in parties)
    assert all("an extra" not in claim.values() for claim in parties)


def test_a_name_before_a_verb_of_its_own_is_no_item_of_a_list(extractor: Extractor) -> None:
    found = [
        told(claim) for claim in claims_of(extractor, "Acme bought Globex for $5m and Initech lost $3m.")
    ]
    assert {claim["amount"]: claim["meaning"] for claim in found} == {
        "$5m": "deal.acquisition",
        "$3m": "figure.loss",
    }


@pytest.mark.parametrize(
    ("text", "slot", "wanted"),
    [
        ("The country has a record trade deficit of $9m.", "subject", "a record trade deficit"),
        ("The increase in rail fares cost commuters $9m.", "subject", "The increase in rail fares"),
        ("Acme bought 81,000 Globex shares for $9m.", "target", "81,000 Globex shares"),
        ("Acme sold all of its sheep farms to Globex for $9m.", "target", "all of its sheep farms"),
        ("The dollar fell to a low of 1.80 marks.", "subject", "The dollar"),
        ("The rise in rail fares cost $9m.", "subject", "The rise in rail fares"),
        ("Tuition at the college costs $9,000.", "subject", "Tuition at the college"),
        ("Repairs to the bridge cost $9m.", "subject", "Repairs to the bridge"),
        ("Earnings per share: $1.22", "subject", "Earnings per share"),
        ("A £20 (€23) ticket is cheap.", "subject", "ticket"),
        ("Acme bought a third of Globex for $9m.", "stake", "a third"),
    ],
)
def test_a_party_may_be_a_noun_with_what_it_is_about(
    extractor: Extractor, text: str, slot: str, wanted: str
) -> None:
    (claim,) = claims_of(extractor, text)
    assert told(claim).get(slot) == wanted


def test_a_time_that_belongs_to_another_figure_is_taken_by_no_other(extractor: Extractor) -> None:
    now, then = claims_of(extractor, "Acme's profit rose to $6m from $4m a year earlier.")
    assert not {"period", "date"} & told(now).keys()
    assert told(then)["date"] == "a year earlier"


@pytest.mark.parametrize(
    ("text", "slot", "time"),
    [
        ("Acme paid Jane Doe $3 million over four years.", "period", "over four years"),
        ("Acme paid Jane Doe a bonus of $3 million in May.", "date", "May"),
        ("Acme paid Jane Doe a bonus of $3 million last year.", "date", "last year"),
        ("Acme had revenue of $9m last year.", "period", "last year"),
        ("Acme made a profit of $9m in the year to March.", "period", "the year to March"),
        ("Acme's sales were $9m in the 12 weeks to 3 January.", "period", "the 12 weeks to 3 January"),
        ("Acme's sales were $9m in the 52 weeks to 28 May 2021.", "period", "the 52 weeks to 28 May 2021"),
        ("Acme's fund today manages $9m.", "date", "today"),
    ],
)
def test_a_range_of_time_is_a_period_and_a_point_of_time_a_date(
    extractor: Extractor, text: str, slot: str, time: str
) -> None:
    (claim,) = claims_of(extractor, text)
    assert told(claim)[slot].removeprefix("in ") == time
    assert len({"period", "date"} & told(claim).keys()) == 1


def test_who_is_gone_has_done_what_it_did(extractor: Extractor) -> None:
    (claim,) = claims_of(extractor, "Acme Foods, which raised $9m in 2021, collapsed on Monday.")
    assert claim.certainty == "asserted"
    (claim,) = claims_of(extractor, "Talks over a $9m merger of Acme and Globex collapsed.")
    assert claim.certainty == "negated"


def test_each_claim_names_a_rule_of_its_type(extractor: Extractor) -> None:
    for claim in claims_of(extractor, "Acme paid $5 million for Globex, which lost $2 million last year."):
        assert claim.rule.startswith(f"{claim.type}.")
        assert 0 < claim.confidence <= 1


def test_a_plan_is_planned(extractor: Extractor) -> None:
    (claim,) = claims_of(extractor, "Acme will acquire Globex from Initech for $3 billion.")
    assert claim.certainty == "planned"


OWN = """
[[rule]]
id = "own.bonus"
type = "pay"
pos = ["NOUN"]
trigger = ["bonus"]
recipient = "clause.subj:PERSON"
set = { kind = "bonus", status = "demanded" }
certainty = "hedged"
confidence = 0.42

[[rule]]
id = "own.levy"
type = "deal"
pos = ["NOUN"]
trigger = ["fine"]
payer = "clause.subj:ORG"
set = { kind = "fine" }
needs = ["payer"]

[[rule]]
id = "own.danegeld"
type = "deal"
pos = ["NOUN"]
trigger = ["danegeld"]
payer = "clause.subj:ORG"
set = { kind = "loan" }
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Extractor:
    file = tmp_path_factory.mktemp("rules") / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    return Extractor(rules=[file])


def test_what_a_users_rule_states_holds_whatever_is_fitted(own: Extractor) -> None:
    (claim,) = claims_of(own, "Jane Doe received a bonus of $500,000 from Acme.")
    assert isinstance(claim, Pay)
    assert (claim.rule, claim.kind, claim.status) == ("own.bonus", "bonus", "demanded")
    assert (claim.certainty, claim.confidence) == ("hedged", 0.42)


def test_a_word_that_a_user_adds_gives_the_kind_that_its_rule_states(own: Extractor) -> None:
    (claim,) = claims_of(own, "Harrow Bank may owe Globex Capital a danegeld of $5 million.")
    assert isinstance(claim, Deal)
    assert (claim.rule, claim.kind) == ("own.danegeld", "loan")
    assert claim.certainty == "hedged"  # of which the rule says nothing


def test_where_a_users_rule_lacks_what_it_needs_the_next_rule_has_the_figure(own: Extractor) -> None:
    (claim,) = claims_of(own, "Harrow Bank paid a fine of $5 million.")
    assert (claim.rule, "payer" in claim.arguments()) == ("own.levy", True)
    (claim,) = claims_of(own, "The fine was $5 million.")
    assert (claim.rule, "payer" in claim.arguments()) == ("deal.fine", False)


def test_each_lexicon_finds_its_own_rules_at_a_word(own: Extractor) -> None:
    doc = own.nlp("Harrow Bank paid a fine.")
    rules = from_figures(load())
    everything, loans = Lexicon(rules), Lexicon([rule for rule in rules if rule.id.startswith("deal.loan")])
    assert "deal.fine" in {rule.id for rule in everything.rules(doc[4])}
    assert loans.rules(doc[4]) == []
    assert "deal.fine" in {rule.id for rule in everything.rules(doc[4])}
