"""Seats on a board and second posts: who takes one leaves no post for it, and what is told beside the name still holds."""

from __future__ import annotations

from collections.abc import Sequence

from newsclaims.claims.frames import PATTERN, Frame
from newsclaims.claims.functions import functions
from newsclaims.language.mentions import Mention
from newsclaims.language.sentences import sentence_start

BOARD = "board"
SEATS = (
    "board member",
    "independent director",
    "non-executive director",
    "nonexecutive director",
    "observer",
    "outside director",
    "trustee",
)
"""Ends of the titles of those who sit on a board and work elsewhere."""
SECOND = frozenset(("double", "moonlight"))
"""Verbs of who takes a second post."""
LEFT_BEHIND = ("origin", "former_role")
BESIDE = ("attached", "tagged", "job")
"""Beginnings of the paths to what stands beside somebody's name."""


def takes_seat(frame: Frame) -> bool:
    """Whether a move is to a place on a board, or to a second post beside the first."""
    role, arguments = frame.slots.get("role"), functions(frame.trigger)
    return (
        frame.trigger.lemma_ in SECOND
        or is_board(frame.slots.get("destination"))
        or (role is not None and role.text.lower().endswith(SEATS))
        or any(t.lower_ == BOARD for name in ("obj", "to", "on") for t in arguments.get(name, ()))
    )


def is_board(place: Mention | None) -> bool:
    """Whether a place is a board, or named as what has one: "*Acme*'s board", "the board of *Acme*"."""
    if place is None:
        return False
    root = place.span.root
    return BOARD in (root.lower_, root.head.lower_, root.head.head.lower_)


def keep_posts(frames: Sequence[Frame]) -> None:
    """Take the post beside somebody's name out of frames that end none, and leave out those that tell nothing else."""
    moves = [frame for frame in frames if frame.rule.type == "move"]
    seats = [frame for frame in moves if takes_seat(frame)]
    for frame in seats:
        for slot in LEFT_BEHIND:
            if slot in frame.slots and frame.how[slot].startswith(BESIDE) and frame.may_lose(slot):
                del frame.slots[slot]
    seated = set(map(told_of, seats))
    for frame in moves:
        told_beside = frame.how.get("former_role") == PATTERN and told_of(frame) in seated
        if told_beside and frame not in seats:
            frame.dropped = "who takes a seat on a board keeps the post beside the name"


def told_of(frame: Frame) -> tuple[int, int]:
    """The sentence in which a move is told, and the person of whom."""
    return sentence_start(frame.trigger), frame.slots["person"].start
