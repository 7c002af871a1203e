"""The runs that the other tests are made on: valid claims of every type, at the right places."""

from __future__ import annotations

from newsclaims.runs.kinds import Kinds
from newsclaims.schema import BUILT_IN

from .synthetic import LAWSUIT, many


def test_every_claim_is_valid_and_its_spans_stand_in_the_text() -> None:
    kinds, seen = Kinds([LAWSUIT]), set()
    for document, rows in many(12, 6):
        assert document.sha256 == document.digest()
        for row in rows:
            claim = kinds.read(row)
            seen.add(claim.type)
            for place, span in claim.spans():
                assert document.text[span.start : span.end] == span.text, place
    assert seen == {*BUILT_IN, "lawsuit"}
