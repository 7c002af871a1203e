"""Who takes a seat on a board, or a second post, keeps the first."""

from __future__ import annotations

import pytest

from fixtures import Says
from newsclaims.schema import Claim


def told(claims: list[Claim], kind: str) -> dict[str, str]:
    """Slot -> its text, of the only claim of a type."""
    (claim,) = (claim for claim in claims if claim.type == kind)
    return {slot: value.text for slot, value in claim.arguments().items()}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Roe, a director of Halden Bank, has been named to the board of Acme Foods.",
        "Ann Roe, chief executive of Halden Bank, was appointed a non-executive director of Acme Foods.",
        "Mette Rosen, a managing partner at Tallgrass Capital, has joined Quillmark's board of directors.",
    ],
)
def test_a_seat_on_a_board_ends_no_job(says: Says, text: str) -> None:
    assert not told(says(text), "move").keys() & {"origin", "former_role"}


def test_the_job_that_is_kept_is_told_as_one(says: Says) -> None:
    claims = says("Ann Roe, a director of Halden Bank, has been named to the board of Acme Foods.")
    assert told(claims, "employment")["employer"] == "Halden Bank"


def test_who_doubles_as_something_keeps_the_post(says: Says) -> None:
    claims = says("General counsel Jane Orme will double as compliance chief of Halden Bank.")
    assert told(claims, "move")["role"] == "compliance chief"
    assert "former_role" not in told(claims, "move")


def test_another_job_ends_the_one_beside_the_name(says: Says) -> None:
    move = told(says("Ann Roe, finance chief of Halden Bank, has joined Acme Foods."), "move")
    assert (move["former_role"], move["origin"]) == ("finance chief", "Halden Bank")
