"""Currencies of a user's own: words, signs and minor units, and what a fault in their table says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import spacy

from newsclaims.claims.currencyfile import currencies_of
from newsclaims.claims.rulereader import load
from newsclaims.errors import RuleError
from newsclaims.language.money import find_money
from newsclaims.language.money.currencies import use_currencies
from newsclaims.pipeline import build

THALER = """\
[[currency]]
code = "RUD"
names = ["thaler", "thalers", "Ruritanian dollar", "Ruritanian dollars"]
symbols = ["Ŧ", "R₮"]
minor = ["heller", "hellers"]
parts = 1000
"""
AUSTRALIAN = '[[currency]]\ncode = "AUD"\nsymbols = ["$"]\nnames = ["dollarydoos"]\n'

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_one(content: str) -> Path:
        file = tmp_path / "money.toml"
        file.write_text(content, encoding="utf-8")
        return file

    return write_one


@pytest.fixture
def using(write: Write) -> Iterator[Callable[[str], None]]:
    """Puts the currencies of a file in force, for the length of a test."""
    yield lambda content: use_currencies(currencies_of([write(content)]))
    use_currencies(())


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("Acme paid 5 million thalers.", 5e6, 5e6, "RUD"),
        ("Acme paid 30 Ruritanian dollars.", 30, 30, "RUD"),
        ("Acme paid Ŧ500,000.", 5e5, 5e5, "RUD"),
        ("Acme paid R₮ 5.5bn.", 5.5e9, 5.5e9, "RUD"),
        ("Acme paid 6m Ŧ.", 6e6, 6e6, "RUD"),
        ("Acme paid RUD 7 million.", 7e6, 7e6, "RUD"),
        ("Acme paid 20 hellers.", 0.02, 0.02, "RUD"),
        ("Acme paid five to seven hellers.", 0.005, 0.007, "RUD"),
        ("Acme paid up to 10 million thalers.", None, 1e7, "RUD"),
        ("Acme paid 10-12 million thalers.", 1e7, 1.2e7, "RUD"),
        ("Acme signed a billion-thaler deal.", 1e9, None, "RUD"),
    ],
)
def test_a_currency_of_ones_own_is_read_in_every_way_of_writing_money(
    using: Callable[[str], None], text: str, low: float | None, high: float | None, currency: str
) -> None:
    assert find_money(text) == []
    using(THALER)
    (amount,) = find_money(text)
    assert (amount.min, amount.max, amount.currency) == (low, high, currency)


def test_a_sign_may_be_given_another_meaning_and_adjectives_still_tell(using: Callable[[str], None]) -> None:
    using(AUSTRALIAN)
    found = find_money("It raised $5m, then C$3m, 4m Canadian dollars and 20 dollarydoos.")
    assert [amount.currency for amount in found] == ["AUD", "CAD", "CAD", "AUD"]


def test_a_component_keeps_the_currencies_it_was_made_with(using: Callable[[str], None]) -> None:
    using(THALER)
    nlp = spacy.blank("en")
    nlp.add_pipe("newsclaims_money")
    use_currencies(())
    assert [figure.amount.currency for figure in nlp("Acme paid 5 million thalers.")._.money] == ["RUD"]
    assert find_money("Acme paid 5 million thalers.") == []


def test_a_pipeline_reads_the_currencies_of_its_rule_files(write: Write) -> None:
    doc = build(rules=[write(THALER)])("Harrow Bank bought Globex Capital for 5 million thalers.")
    (deal,) = [claim for claim in doc._.claims if claim.type == "deal"]
    assert (deal.amount.text, deal.amount.currency) == ("5 million thalers", "RUD")
    assert build()("Harrow Bank bought Globex Capital for 5 million thalers.")._.money == []


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (THALER.replace("names", "name"), ":3: currency RUD: name", "no 'name'; do you mean 'names'?"),
        (THALER.replace("symbols", "symbol"), ":4: currency RUD: symbol", "do you mean 'symbols'?"),
        (THALER.replace('code = "RUD"\n', ""), ":1: currency 1: code", "it is missing"),
        (THALER.replace('"RUD"', '"rud"'), ":2: currency rud: code", "three capitals"),
        (THALER.replace("1000", "0"), ":6: currency RUD: parts", "a whole number above 1"),
        (THALER.replace("1000", '"100"'), ":6: currency RUD: parts", "a whole number above 1"),
        (THALER.replace('"thaler"', "1"), ":3: currency RUD: names", "a list of texts"),
        (THALER.replace('"Ŧ"', '"T1"'), ":4: currency RUD: symbols", "has a digit"),
        (THALER.replace('"thaler"', '""'), ":3: currency RUD: names", "is empty"),
        (THALER.replace('"thaler"', '"$"'), ":3: currency RUD: names", "under symbols"),
        (THALER.replace('"heller"', '"grand"'), ":5: currency RUD: minor", "'grand' is a number already"),
        ('[[currency]]\ncode = "RUD"\nparts = 10\n', ":3: currency RUD: parts", "the minor unit has no word"),
        (THALER + "\n" + AUSTRALIAN.replace("symbols", "sybols"), ":10: currency AUD: sybols", "'symbols'?"),
        ('[currency.RUD]\nnouns = ["thaler"]\n', ":1: currency", "under [[currency]]"),
        ('[[currencies]]\ncode = "RUD"\n', ":1: currencies", "no 'currencies'; do you mean 'currency'?"),
    ],
)
def test_a_fault_names_file_line_currency_key_and_the_way_out(
    write: Write, content: str, place: str, words: str
) -> None:
    with pytest.raises(RuleError) as fault:
        load([write(content)])
    assert f"money.toml{place}" in str(fault.value)
    assert words in str(fault.value)
