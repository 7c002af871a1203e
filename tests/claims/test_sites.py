"""Where words stand, seen from a figure."""

from __future__ import annotations

import pytest

from fixtures import Read
from newsclaims.claims.sites import aims, sites


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Acme pays her a salary of $5 million in cash.", ["salary", "pays", "cash"]),
        ("Acme agreed to a settlement of $5 million.", ["settlement", "agreed"]),
    ],
)
def test_what_governs_a_figure_comes_nearest_first_and_then_what_hangs_on_it(
    read: Read, text: str, words: list[str]
) -> None:
    (figure,) = read(text)._.money
    direct = [site.token.text for site in sites(figure.span) if "+" not in site.relation]
    assert direct == words


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Acme gave $5 million to the school.", ["school"]),
        ("Acme won a $5 million deal to supply engines.", ["engines"]),
        ("Acme has $5 million to design and build engines.", ["engines"]),
        ("Acme was paid $5 million for cleaning engines.", ["engines"]),
        ("Acme said that it had found $5 million.", []),
    ],
)
def test_what_money_is_to_or_for_or_what_it_is_to_do_is_an_aim(
    read: Read, text: str, nouns: list[str]
) -> None:
    (figure,) = read(text)._.money
    assert [site.token.text for site in aims(sites(figure.span))] == nouns
