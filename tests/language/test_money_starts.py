"""Figures are tried only where one can begin, and none is missed for it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclaims.language.money.atoms import _pattern, _starts
from newsclaims.language.money.currencies import currencies

PARTS = (
    "$ £ € US$ A$ EUR Rs zł R 5 1.5 ½ .5 1,000 m bn million billions grand dollars pounds euro cents p a an half "
    "quarter couple few several many two Fifty-five hundred dozens of tens multi multi- seven low mid high to figure "
    "figures six-figure the single penny Multimillion - , . x USD"
).split()


@settings(max_examples=300)
@given(parts=st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(["", " ", "-"])), max_size=12))
def test_every_match_of_the_whole_expression_begins_where_one_is_tried(parts: list[tuple[str, str]]) -> None:
    text = "".join(part + joint for part, joint in parts)
    table = currencies()
    tried = {match.start() for match in _starts(table).finditer(text)}
    assert {match.start() for match in _pattern(table).finditer(text)} <= tried
