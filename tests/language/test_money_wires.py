"""Figures of the wires: dealers' quotes, and rows of results, which leave out the currency."""

from __future__ import annotations

import pytest

import newsclaims.language.money.component  # noqa: F401  registers the factory
from newsclaims.language.money import find_money
from newsclaims.language.money.amounts import find_figures
from newsclaims.language.money.currencies import currencies


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("The dollar stood at 1.8230/40 marks.", 1.823, 1.824, "DEM"),
        ("The dollar stood at 1.8195-05 marks.", 1.8195, 1.8205, "DEM"),
        ("The dollar stood at 147.90/148.00 yen.", 147.9, 148.0, "JPY"),
    ],
)
def test_a_quote_is_a_rate_to_buy_and_one_to_sell(text: str, low: float, high: float, currency: str) -> None:
    (amount,) = find_money(text)
    assert (amount.min, amount.max, amount.currency) == (low, high, currency)


def test_a_quote_without_its_currency_has_that_of_a_like_rate() -> None:
    found = find_money("It opened at 6.0640/70 marks and 142.10/20 yen, and closed at 6.0710/40.")
    assert [(figure.min, figure.currency) for figure in found][2:] == [(6.071, "DEM")]
    assert find_money("The 2005/06 season had odds of 3.50/4.00.") == []


ROWS = """Shr 54 cts vs 27 cts

Net 7,065,000 vs loss 812,000

Revs 14.7 mln vs 11.0 mln

Avg shrs 3,372,970 vs 3,425,400"""
LISTED = "\n".join(f"- {row}" for row in ROWS.split("\n\n"))


@pytest.mark.parametrize("rows", [ROWS, LISTED, ROWS.replace("\n\n", "\n    "), ROWS.replace("\n\n", ". ")])
def test_rows_of_results_leave_out_the_currency(rows: str) -> None:
    found = {figure.text: figure.min for figure in find_money(rows)}
    assert found == {
        "54 cts": 0.54,
        "27 cts": 0.27,
        "7,065,000": 7_065_000,
        "812,000": 812_000,
        "14.7 mln": 14.7e6,
        "11.0 mln": 11e6,
    }


def test_a_line_over_rows_says_their_period() -> None:
    text = "Shr 54 cts vs 27 cts\n\nNine mths\n\nShr 99 cts vs 81 cts\n\nAssets 1.2 billion vs 1.1 billion"
    figures = find_figures(text, currencies())
    periods = [text[slice(*figure.period)] if figure.period else "" for figure in figures]
    assert periods == ["", "", "Nine mths", "Nine mths", "", ""]


def test_a_row_gives_its_figures_the_currency_of_the_article() -> None:
    found = find_money("Pretax profit 24.1 mln stg vs 16.4 mln\n\nTurnover 140.8 mln vs 96.5")
    assert [(figure.min, figure.currency) for figure in found] == [
        (24.1e6, "GBP"),
        (16.4e6, "GBP"),
        (140.8e6, "GBP"),
        (96.5e6, "GBP"),
    ]


@pytest.mark.parametrize(
    "row", ["United 3 vs 4", "Output 1,200,000 vs 1,300,000 tonnes", "Margin 10.5 pct vs 9.8 pct"]
)
def test_other_comparisons_are_no_rows_of_money(row: str) -> None:
    assert [figure.text for figure in find_money(f"Shr 54 cts\n\n{row}")] == ["54 cts"]
