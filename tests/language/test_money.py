"""Figures of money: how each way of writing one is read."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

import newsclaims.language.money.component  # noqa: F401  registers the factory
from newsclaims.language.money import find_money
from newsclaims.language.money.currencies import currencies
from newsclaims.schema import Amount


def only(text: str) -> Amount:
    """The one figure of a text."""
    (amount,) = find_money(text)
    assert text[amount.start : amount.end] == amount.text
    return amount


@pytest.mark.parametrize(
    ("text", "figure", "value", "currency"),
    [
        ("It paid $300 million.", "$300 million", 300e6, "USD"),
        ("It paid £42million.", "£42million", 42e6, "GBP"),
        ("It paid US$1.1 billion.", "US$1.1 billion", 1.1e9, "USD"),
        ("It paid A$780,000.", "A$780,000", 780_000, "AUD"),
        ("a C$1.2-billion plant", "C$1.2-billion", 1.2e9, "CAD"),
        ("HK$6.31bn of sales", "HK$6.31bn", 6.31e9, "HKD"),
        ("It paid R$5 million.", "R$5 million", 5e6, "BRL"),
        ("It paid €10 000.", "€10 000", 10_000, "EUR"),
        ("It paid ₹1,150 crore.", "₹1,150 crore", 11.5e9, "INR"),
        ("It paid Rs 2 lakh.", "Rs 2 lakh", 200_000, "INR"),
        ("It paid Rs 1,00,000.", "Rs 1,00,000", 100_000, "INR"),
        ("It paid RM6.162 million.", "RM6.162 million", 6.162e6, "MYR"),
        ("It paid DKr2bn.", "DKr2bn", 2e9, "DKK"),
        ("It paid SFr3m.", "SFr3m", 3e6, "CHF"),
        ("It paid EUR 5m.", "EUR 5m", 5e6, "EUR"),
        ("It paid 5 million SEK.", "5 million SEK", 5e6, "SEK"),
        ("It paid ₩50bn.", "₩50bn", 50e9, "KRW"),
        ("It paid 30bn baht.", "30bn baht", 30e9, "THB"),
        ("It paid 500 mln dlrs.", "500 mln dlrs", 500e6, "USD"),
        ("It paid 500 mln Canadian dlrs.", "500 mln Canadian dlrs", 500e6, "CAD"),
        ("It paid 595.6 mln marks.", "595.6 mln marks", 595.6e6, "DEM"),
        ("The dollar rose to 1.94 marks.", "1.94 marks", 1.94, "DEM"),
        ("It approved aid of 240 mln Ecus.", "240 mln Ecus", 240e6, "XEU"),
        ("It paid 100 mln stg.", "100 mln stg", 100e6, "GBP"),
        ("It paid 12 million Swiss francs.", "12 million Swiss francs", 12e6, "CHF"),
        ("It paid two million pounds.", "two million pounds", 2e6, "GBP"),
        ("It paid half a million euros.", "half a million euros", 500_000, "EUR"),
        ("It paid a million dollars.", "a million dollars", 1e6, "USD"),
        ("It paid a quarter of a million pounds.", "a quarter of a million pounds", 250_000, "GBP"),
        ("It paid one and a half million dollars.", "one and a half million dollars", 1.5e6, "USD"),
        ("It paid a million and a half dollars.", "a million and a half dollars", 1.5e6, "USD"),
        ("It paid one hundred and ten thousand euros.", "one hundred and ten thousand euros", 110_000, "EUR"),
        ("a 5-million-euro fine", "5-million-euro", 5e6, "EUR"),
        ("a $12-million deal", "$12-million", 12e6, "USD"),
        ("It closed at 1-1/8 dlrs.", "1-1/8 dlrs", 1.125, "USD"),
        ("It cost 50 cents.", "50 cents", 0.5, "USD"),
        ("It fetched 64.8 US cents.", "64.8 US cents", 0.648, "USD"),
        ("It closed at 533p.", "533p", 5.33, "GBP"),
        ("It cost four pence.", "four pence", 0.04, "GBP"),
        ("tickets at $1,350 USD", "$1,350 USD", 1350, "USD"),
        ("He was on ninety-five grand plus a car.", "ninety-five grand", 95_000, "USD"),
    ],
)
def test_figures_are_read_with_value_and_currency(
    text: str, figure: str, value: float, currency: str
) -> None:
    amount = only(text)
    assert (amount.text, amount.currency) == (figure, currency)
    assert amount.min == amount.max == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "figure", "low", "high"),
    [
        ("up to $300 million", "$300 million", None, 300e6),
        ("as much as €320 million", "€320 million", None, 320e6),
        ("not to exceed $18 million", "$18 million", None, 18e6),
        ("a little under $69,000", "$69,000", None, 69_000),
        ("£5m or less", "£5m", None, 5e6),
        ("more than $100,000", "$100,000", 100_000, None),
        ("in excess of 400 mln dlrs", "400 mln dlrs", 400e6, None),
        ("at least ₹50 lakh", "₹50 lakh", 5e6, None),
        ("no less than £600,000", "£600,000", 600_000, None),
        ("north of $40 million", "$40 million", 40e6, None),
        ("above the $47 a barrel mark", "$47", 47, None),
        ("revenue has passed $600 million", "$600 million", 600e6, None),
        ("50 billion won or more", "50 billion won", 50e9, None),
        ("a £1m-plus salary", "£1m", 1e6, None),
        ("$10 million to $20 million", "$10 million to $20 million", 10e6, 20e6),
        ("between £4m and £6m", "£4m and £6m", 4e6, 6e6),
        ("between 250 euros (£173) and 600 euros", "250 euros (£173) and 600 euros", 250, 600),
        ("$10-$12 million", "$10-$12 million", 10e6, 12e6),
        ("$10-12 million", "$10-12 million", 10e6, 12e6),
        ("$1.6 – $2.1 billion", "$1.6 – $2.1 billion", 1.6e9, 2.1e9),
        ("$8m to 12m, he said", "$8m to 12m", 8e6, 12e6),
        ("70 to 80 mln marks", "70 to 80 mln marks", 70e6, 80e6),
        ("six to seven billion dlrs", "six to seven billion dlrs", 6e9, 7e9),
        ("two or three million pounds", "two or three million pounds", 2e6, 3e6),
        ("between four and five billion dollars", "four and five billion dollars", 4e9, 5e9),
        ("prices ranging from £19 to £29", "£19 to £29", 19, 29),
        ("a seven-figure salary", "seven-figure", 1e6, 9_999_999),
        ("in the low six figures", "low six figures", 1e5, 999_999),
        ("thousands of dollars", "thousands of dollars", 1e3, None),
        ("hundreds of millions of dollars", "hundreds of millions of dollars", 100e6, None),
        ("millions and millions of pesos", "millions and millions of pesos", 1e6, None),
        ("several million dollars", "several million dollars", 1e6, None),
        ("a billion-dollar deal", "billion-dollar", 1e9, None),
    ],
)
def test_bounds_and_ranges_go_into_min_and_max(
    text: str, figure: str, low: float | None, high: float | None
) -> None:
    amount = only(text)
    assert (amount.text, amount.min, amount.max) == (figure, low, high)


@pytest.mark.parametrize("word", ["about", "nearly", "roughly", "an estimated", "in the region of", "some"])
def test_approximation_leaves_the_value_exact(word: str) -> None:
    amount = only(f"It cost {word} £30m.")
    assert (amount.text, amount.min, amount.max, amount.approximate) == ("£30m", 30e6, 30e6, True)


def test_a_couple_of_million_is_about_two_million() -> None:
    amount = only("He wanted a couple of million dollars.")
    assert (amount.min, amount.max, amount.approximate) == (2e6, 2e6, True)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Oil rose $1.64 to $47.10 a barrel.", ["$1.64", "$47.10"]),
        ("Rents rose by an average of £45 to £610.", ["£45", "£610"]),
        ("Profit fell from £6m to £4m.", ["£6m", "£4m"]),
        ("It raised starting salaries from £58,000 to £71,000.", ["£58,000", "£71,000"]),
        ("It lifted net income by 400m euros to 2.5bn euros.", ["400m euros", "2.5bn euros"]),
        ("Shares lost 18p to 912p.", ["18p", "912p"]),
        ("Acme rose 5p to 310p, Globex 3p to 99p.", ["5p", "310p", "3p", "99p"]),
        ("Fares rose 5p to 310p, and range from 90p to 400p.", ["5p", "310p", "90p to 400p"]),
        ("The gap between £5m and £6m closed.", ["£5m", "£6m"]),
        ("It paid $5m and $6m.", ["$5m", "$6m"]),
        ("Profit rose from last year's 3 mln dlrs to 4 mln dlrs.", ["3 mln dlrs", "4 mln dlrs"]),
        ("Shares are up 4%, or 15 pence to 290p.", ["15 pence", "290p"]),
        ("Costs fall by $4m to $5m.", ["$4m to $5m"]),
    ],
)
def test_a_change_and_its_level_are_two_figures(text: str, figures: list[str]) -> None:
    assert [amount.text for amount in find_money(text)] == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The debt rose to 4.67 billion bolivars from 2.67 billion in 1986.", [4.67e9, 2.67e9]),
        ("It took $5m, $6m and 7m.", [5e6, 6e6, 7e6]),
        ("The rate is 7.50 pesos instead of 4.3.", [7.5, 4.3]),
        ("Net recoveries were six mln dlrs, up from three mln a year earlier.", [6e6, 3e6]),
        ("Sales should reach between 70 and 80 mln marks, from 65 mln in 1986.", [80e6, 65e6]),
        ("Profit was 18 mln stg from 13 mln previously.", [18e6, 13e6]),
        ("It has 4 mln stg.\n\nIts net loss widened to 2.5 mln from 1.5 mln.", [4e6, 2.5e6, 1.5e6]),
        ("It owes $5m. After a loss of 161,000 in May it gave up a bonus of 9,000.", [5e6, 161_000, 9_000]),
        ("Tile shares opened at 512 lire against yesterday's close of 498.", [512, 498]),
        ("It sold $5m of shares to 3 million people.", [5e6]),
        ("It owes $5m.\n\nThe loss of 20,000 jobs hurt, and the profit pleased 3 million people.", [5e6]),
        ("It spent 17 mln dlrs to buy back 2.6 mln of its shares.", [17e6]),
    ],
)
def test_a_number_may_leave_out_the_currency_said_before(text: str, figures: list[float]) -> None:
    assert [amount.max for amount in find_money(text)] == pytest.approx(figures)


@pytest.mark.parametrize(
    ("text", "value"),
    [("She paid a pound for it.", 1), ("Tea is down a penny.", 0.01), ("The pound lost half a cent.", 0.005)],
)
def test_a_unit_may_be_a_sum_by_itself(text: str, value: float) -> None:
    assert only(text).max == value


def test_conversions_in_brackets_are_the_same_money() -> None:
    amount = only("It cost 1.45bn euros (£1bn; $1.9bn).")
    assert amount.text == "1.45bn euros"
    assert [(also.text, also.currency) for also in amount.also] == [("£1bn", "GBP"), ("$1.9bn", "USD")]


def test_a_conversion_shares_the_bound_and_the_range() -> None:
    bounded = only("It may restate earnings by up to $9bn (£4.6bn).")
    assert (bounded.also[0].min, bounded.also[0].max) == (None, 4.6e9)
    ranged = only("profits of between £415m and £425m ($779m-798m)")
    assert (ranged.also[0].min, ranged.also[0].max) == (779e6, 798e6)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("It won A$90 million. It then paid $52 million.", ["AUD", "AUD"]),
        ("WELLINGTON — Her pay is $390,000 (US$224,000), his $2.10.", ["NZD", "NZD"]),
        ("MELBOURNE: Splash Radio lost $23 million. It had $850,000 in Perth.", ["AUD", "AUD"]),
        ("TORONTO — It lost US$41 million and owes $620 million.", ["USD", "CAD"]),
        ("STOCKHOLM, Nov 3 - It paid 40 million crowns for a Norwegian rival.", ["SEK"]),
        ("SINGAPORE, Feb 11 - It paid Singapore's port 21 mln dlrs, a Singapore paper said.", ["USD"]),
        ("Her programme cost $9m, 4 per cent more. The Brisbane centre has a Queensland grant.", ["AUD"]),
        ("It cost A$90 million ($60 million). It paid $5 million.", ["AUD", "USD"]),
        ("It cost $14.99 (CAD $19.99).", ["USD"]),
        ("Manila's police seized 150 pesos.", ["PHP"]),
        ("He was fined 150 pesos in Mexico City.", ["MXN"]),
        ("In 1987 the rate was 7.50 bolivars.", ["VEB"]),
        ("In 2021 the rate was 7.50 bolivars.", ["VES"]),
        ("Cameroon borrowed 1bn CFA francs.", ["XAF"]),
        ("The tax is 60 cents a bag and 5 euros a box.", ["EUR", "EUR"]),
        ("It gained 11c to A$1.34.", ["AUD", "AUD"]),
        ("Guyana owes Guyana's lenders 70 mln dlrs, Guyana's envoy and a Guyana bank said.", ["USD"]),
        ("It lent 30 mln New Zealand dlrs, and 50 mln dlrs to Texas.", ["NZD", "USD"]),
        ("The dividend is 45 kobo.", ["NGN"]),
        ("The London agent wants a seven-figure fee.", ["GBP"]),
        ("She pays her coach 95,000 pounds a year.", ["GBP"]),
        ("The club was fined 20,000 pounds.", ["GBP"]),
    ],
)
def test_the_article_decides_what_a_shared_word_means(text: str, codes: list[str]) -> None:
    assert [amount.currency for amount in find_money(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose 12.5% in 2004, or 5 per cent.",
        "It sold 3.5 million barrels and 14 million shares.",
        "He spent a $1 bill, a £5 note and a 50p coin.",
        "He weighs 200 pounds and lost 15 pounds of fat.",
        "Rapper 50 Cent saw Million Dollar Baby.",
        "The screen shows 1080p video.",
        "He scored 9 marks and the 3 won again.",
        "A grand jury and two Grand Slams.",
        "The dollar fell against the euro; official figures showed so.",
        "Bonds come in denominations of 10,000 dollars.",
        "Denominations are 1,000 and 5,000 dlrs.",
        "It bought back its 1.50 dlr par value stock and 500 franc bonds.",
        "Holders get 30 shares for each 1,000 dlrs of notes or 1,000 dlrs principal amount.",
        "The 12 euro zone countries and two Canadian dollar issues.",
        "It costs the earth: a dollar store, a pound of flesh, and she never saw a penny.",
        "She lost 12 pounds a month.",
        "The whale weighed 95,000 pounds.",
    ],
)
def test_what_is_no_figure_of_money(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    "text", ["a row over £5m in unpaid fees", "He handed over £5m.", "She quit over £5m."]
)
def test_over_is_no_bound_after_a_quarrel_or_in_a_particle_verb(text: str) -> None:
    assert only(text).min == only(text).max == 5e6


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("He would not sell for less than $2m.", 2e6, None),
        ("Nobody is paid more than $2m.", None, 2e6),
        ("It did not say whether it paid more than $2m.", 2e6, None),
        ("She had not been told of more than $2m.", 2e6, None),
    ],
)
def test_a_bound_may_be_turned_round(text: str, low: float | None, high: float | None) -> None:
    assert (only(text).min, only(text).max) == (low, high)


@pytest.mark.parametrize(
    "text", ["Fees edged up to $5.", "Rum dipped as low as $5 a litre.", "the $5 minimum wage"]
)
def test_a_level_that_is_reached_and_a_legal_minimum_are_no_bounds(text: str) -> None:
    assert only(text).min == only(text).max == 5


def test_offsets_count_the_characters_of_the_text_as_given() -> None:
    text = "“That’s £5 million”, she said."
    assert only(text).text == "£5 million"


def test_the_table_knows_at_least_forty_currencies() -> None:
    assert len(currencies().codes) >= 40


SIGNS = {"$": "USD", "£": "GBP", "€": "EUR", "A$": "AUD", "C$": "CAD", "₹": "INR", "RM": "MYR", "CHF ": "CHF"}
WORDS = {
    "euros": "EUR",
    "dollars": "USD",
    "yen": "JPY",
    "baht": "THB",
    "roubles": "RUB",
    "Swiss francs": "CHF",
}
SCALES = {"": 1, "m": 1e6, "bn": 1e9, " million": 1e6, " billion": 1e9, " mln": 1e6, " trillion": 1e12}
BOUNDS = {"": (True, True), "up to ": (False, True), "more than ": (True, False), "about ": (True, True)}

numbers = st.one_of(
    st.integers(1, 999).map(str),
    st.integers(1000, 999_999).map(lambda n: f"{n:,}"),
    st.decimals(1, 999, places=2).map(str),
)


@st.composite
def figures(draw: st.DrawFn) -> tuple[str, float, str]:
    """A figure as written, its value and its currency."""
    number, scale = draw(numbers), draw(st.sampled_from(sorted(SCALES)))
    value = float(number.replace(",", "")) * SCALES[scale]
    if draw(st.booleans()):
        sign = draw(st.sampled_from(sorted(SIGNS)))
        return f"{sign}{number}{scale}", value, SIGNS[sign]
    word = draw(st.sampled_from(sorted(WORDS)))
    return f"{number}{scale} {word}", value, WORDS[word]


@given(figures(), st.sampled_from(sorted(BOUNDS)))
def test_whatever_is_formatted_is_found_with_the_same_bounds(
    figure: tuple[str, float, str], bound: str
) -> None:
    written, value, currency = figure
    amount = only(f"The company said the plan would take {bound}{written}, it was told.")
    assert (amount.text, amount.currency) == (written, currency)
    low, high = BOUNDS[bound]
    assert amount.min == (pytest.approx(value) if low else None)
    assert amount.max == (pytest.approx(value) if high else None)


@given(st.text(alphabet="$£€1250.,-–() mbnktodlrsaeup\n", max_size=120))
def test_any_text_gives_figures_in_order_whose_spans_hold(text: str) -> None:
    end = 0
    for amount in find_money(text):
        assert amount.start >= end
        assert text[amount.start : amount.end] == amount.text
        assert amount.min is None or amount.max is None or amount.min <= amount.max
        end = amount.end


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("They are paid £41,000 and £28,000 a year.", ["a year", "a year"]),
        ("Rents rose from $900 to about $1,400 a month.", ["a month", "a month"]),
        ("They are paid £41,000, £30,000 and £28,000 a year.", ["a year"] * 3),
        ("It costs $5,000 and $40 a month.", [None, "a month"]),
        ("He owes £41,000 and earns £28,000 a year.", [None, "a year"]),
    ],
)
def test_a_period_is_said_once_for_figures_in_one_breath(text: str, rates: list[str | None]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("newsclaims_money")
    assert [figure.period.text if figure.period else None for figure in nlp(text)._.money] == rates


def test_the_component_sets_figures_with_their_period_and_unit() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("newsclaims_money")
    doc = nlp("It pays £120,000 a week over four years. Oil rose $1.64 to $47.10 a barrel (€36).")
    pay, change, price = doc._.money
    assert (pay.span.text, pay.period.text) == ("£120,000", "a week over four years")
    assert (change.motion, price.motion, price.per.text) == ("change", "level", "a barrel")
    assert [also.text for also in price.amount.also] == ["€36"]


def test_a_rate_may_stand_before_what_it_came_from_and_a_bound_before_a_level() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("newsclaims_money")
    doc = nlp("Pay rose to £12.60 an hour from £12.21. Bitcoin slipped below $58,000.")
    pay, before, level = doc._.money
    assert pay.period.text == "an hour"
    assert (pay.motion, before.motion, level.motion) == ("level", "from", "level")
    assert (level.amount.min, level.amount.max) == (None, 58_000)
