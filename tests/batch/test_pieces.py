from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsclaims.batch.pieces import cut, packed, shifted

TEXTS = st.text(alphabet="ab. \n", max_size=300)


@given(TEXTS, st.integers(min_value=2, max_value=50))
def test_pieces_together_are_the_text_and_none_is_too_long(text: str, limit: int) -> None:
    bounds = list(cut(text, limit))
    assert "".join(text[start:end] for start, end in bounds) == text
    assert all(end - start <= limit for start, end in bounds)
    assert [start for start, _ in bounds[1:]] == [end for _, end in bounds[:-1]]


def test_an_article_is_cut_after_a_paragraph() -> None:
    text = "First paragraph.\n\nSecond one. It goes on.\n\nThird."
    assert [text[start:end] for start, end in cut(text, 30)] == [
        "First paragraph.\n\n",
        "Second one. It goes on.\n\n",
        "Third.",
    ]


def test_a_paragraph_that_is_too_long_is_cut_after_a_sentence_and_then_a_word() -> None:
    text = "One short sentence. " + "word " * 8
    assert [text[start:end] for start, end in cut(text, 25)][:2] == [
        "One short sentence. ",
        "word word word word word ",
    ]


def test_a_text_that_fits_is_one_piece() -> None:
    assert list(cut("short", 100)) == [(0, 5)]
    assert list(cut("", 100)) == [(0, 0)]


def test_shifting_moves_every_span_and_nothing_else() -> None:
    row = {
        "id": "abcd",
        "person": {"start": 1, "end": 4, "text": "Ann"},
        "amount": {
            "start": 5,
            "end": 7,
            "text": "$5",
            "min": 5,
            "also": [{"start": 8, "end": 10, "text": "£4"}],
        },
        "attribution": {"source": {"start": 0, "end": 1, "text": "X"}, "quoted": False},
        "confidence": 0.5,
    }
    moved = shifted(row, 100)
    assert moved["person"] == {"start": 101, "end": 104, "text": "Ann"}
    assert moved["amount"]["also"] == [{"start": 108, "end": 110, "text": "£4"}]
    assert moved["amount"]["min"] == 5
    assert moved["attribution"] == {"source": {"start": 100, "end": 101, "text": "X"}, "quoted": False}


def test_the_same_claim_in_two_pieces_has_two_ids_that_stay_the_same() -> None:
    row = {"id": "abcd"}
    assert shifted(row, 10)["id"] == shifted(row, 10)["id"]
    assert len({shifted(row, by)["id"] for by in (10, 20)} | {"abcd"}) == 3


@given(st.lists(st.integers(min_value=0, max_value=40)))
def test_batches_keep_the_order_and_are_full_but_for_the_last(sizes: list[int]) -> None:
    batches = list(packed(sizes, lambda size: size, full=50))
    assert [size for batch in batches for size in batch] == sizes
    assert all(50 <= sum(batch) < 90 for batch in batches[:-1])
