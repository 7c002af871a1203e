"""Who is credited for what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from newsclaims.language.attribution import Report, report_on

Read = Callable[[str], Doc]


def credited(doc: Doc, word: str) -> str | None:
    report: Report | None = report_on(next(t for t in doc if t.text == word))
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
    ],
)
def test_a_reporting_clause_credits_its_subject(read: Read, text: str, source: str | None) -> None:
    assert credited(read(text), "left") == source


def test_i_is_whoever_is_quoted(read: Read) -> None:
    doc = read('"I think the board left it too late," said Jane Orme.')
    assert credited(doc, "left") == "Jane Orme"


def test_words_in_curly_quotation_marks_are_quoted(read: Read) -> None:
    doc = read("She called it “a giant offer” on Monday.")
    assert [doc[i].text for i in sorted(doc._.quoted)] == ["a", "giant", "offer"]
