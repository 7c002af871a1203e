"""Which of several places belongs to which of several people."""

from __future__ import annotations

import pytest

from fixtures import Read
from newsclaims.claims.matcher import Matcher, multiplied
from newsclaims.claims.rulereader import load
from newsclaims.language.mentions import mentions


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        (
            "Tolvane hired Neel Orme from Microsoft and Tom Hale from Google.",
            {("Neel Orme", "Microsoft"), ("Tom Hale", "Google")},
        ),
        (
            "Tolvane hired Neel Orme, Tom Hale and Ann Roe from Microsoft, Google and Samsung, respectively.",
            {("Neel Orme", "Microsoft"), ("Tom Hale", "Google"), ("Ann Roe", "Samsung")},
        ),
        (
            "Tolvane hired Neel Orme and Tom Hale from Microsoft and Google.",
            {(who, where) for who in ("Neel Orme", "Tom Hale") for where in ("Microsoft", "Google")},
        ),
    ],
)
def test_who_comes_from_where(read: Read, text: str, origins: set[tuple[str, str]]) -> None:
    frames = [f for f in Matcher(load()).frames(read(text)) if not any(f.reading) and "origin" in f.slots]
    hired = [f for f in frames if f.rule.id in ("move.hire", "move.and-from")]
    assert {(f.slots["person"].text, f.slots["origin"].text) for f in hired} == origins


def test_who_has_no_place_of_his_own_is_hired_all_the_same(read: Read) -> None:
    doc = read("Tolvane hired Ann Roe, Neel Orme from Microsoft and Tom Hale from Google.")
    by_text = {m.text: m for m in mentions(doc)}
    rule = next(rule for rule in load().rules if rule.id == "move.hire")
    taken = {
        "person": ([by_text[name] for name in ("Ann Roe", "Neel Orme", "Tom Hale")], "obj:PERSON"),
        "origin": ([by_text[name] for name in ("Microsoft", "Google")], "from:ORG"),
    }
    frames = multiplied(rule, next(t for t in doc if t.text == "hired"), taken)
    assert [{slot: m.text for slot, m in f.slots.items()} for f in frames] == [
        {"person": "Ann Roe"},
        {"person": "Neel Orme", "origin": "Microsoft"},
        {"person": "Tom Hale", "origin": "Google"},
    ]
