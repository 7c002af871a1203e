"""The article in pieces: every character is shown once, at its own offset."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsclaims.marks import Mark, paragraphs, shown, window

_TEXT = st.text(alphabet=st.sampled_from("ab \n\r\t\0<é𝄞\u202e\ud800"), max_size=60)


@given(_TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_segments_hold_the_text_in_order_each_at_its_offset(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, f"slot-{n}", "x") for n, (start, end) in enumerate(spans)]
    for paragraph in paragraphs(text, marks):
        at = paragraph.start
        for segment in paragraph.segments:
            assert segment.start == at
            assert segment.text == shown(text[at : at + len(segment.text)])
            at += len(segment.text)
        assert text[at : at + 1] in ("\n", "")


@given(_TEXT)
def test_what_is_shown_has_as_many_characters_as_the_text(text: str) -> None:
    assert len(shown(text)) == len(text)
    shown(text).encode()  # no lone surrogate is left


def test_overlapping_marks_each_get_their_label_where_they_end() -> None:
    [paragraph] = paragraphs(
        "at least $5 million", [Mark(0, 19, "slot-1", "pay"), Mark(9, 11, "slot-2", "sign")]
    )
    assert [(s.text, s.styles, s.label) for s in paragraph.segments] == [
        ("at least ", ["slot-1", "opens"], ""),
        ("$5", ["slot-2", "opens", "closes"], "sign"),
        (" million", ["slot-1", "closes"], "pay"),
    ]


def test_a_long_text_is_shown_in_part_around_the_claim() -> None:
    text = "A line of the long read.\n" * 10_000
    start, end = window(text, 125_000)
    assert start < 125_000 < end
    assert 50_000 < end - start < 70_000
    assert text[start - 1] == "\n"
    assert window("short", 0) == (0, 5)
