"""What stands around a figure: bounds, the period it is paid by, what it is the price of, changes."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from newsclaims.language.money.figures import Found
from newsclaims.language.money.numbers import amounts_table
from newsclaims.language.money.patterns import BEFORE, patterns

WORD = re.compile(r"\w+")


def read_surroundings(figure: Found, text: str) -> None:
    before = text[max(0, figure.start - BEFORE) : figure.start].rpartition("\n")[2]
    _read_bound_before(figure, before, text)
    end = _read_period(figure, text)
    _read_bound_after(figure, text, figure.end)
    if end != figure.end:
        _read_bound_after(figure, text, end)
    _read_motion(figure, before, text)
    for other in figure.also:
        if figure.low is None or figure.high is None:
            value = other.low if other.low is not None else other.high
            other.low = value if figure.low is not None else None
            other.high = value if figure.high is not None else None


def _read_bound_before(figure: Found, before: str, text: str) -> None:
    expressions = patterns()
    for _ in range(3):
        match = expressions["bound"].search(before)
        if match is None:
            return
        marked = expressions["mark"].match(text, figure.end) or expressions["per"].match(text, figure.end)
        if "the" in match["rest"].split() and not marked:
            return
        if "a" in match["rest"].split() and not match["near"]:
            return
        said = _said(match)
        if _reached(said, before[: match.start()]):
            return
        if match["near"]:
            figure.approximate = True
        elif match["min"] and _quarrel(match["min"], before[: match.start()]):
            return
        elif figure.exact:
            below = bool(match["max"]) != _turned(said, before[: match.start()])
            figure.low, figure.high = (None, figure.high) if below else (figure.low, None)
            return
        else:
            return
        before = before[: match.start()]


def _said(match: re.Match[str]) -> str:
    """The bound that a match is, in small letters; empty where it says "about"."""
    return (match["min"] or match["max"] or "").lower()


def _reached(bound: str, before: str) -> bool:
    """Whether a phrase is no bound but tells what level something reached: "edged up to"."""
    unbound, expressions = amounts_table()["unbound"], patterns()
    if bound not in unbound["bounds"]:
        return False
    going = bound == "up to" and expressions["going"].search(before) is not None
    return going or expressions["climbing"].search(before) is not None


def _turned(bound: str, before: str) -> bool:
    """Whether a bound is turned round: "would not sell for less than"."""
    return bound in amounts_table()["turned"]["bounds"] and patterns()["turned"].search(before) is not None


def _quarrel(bound: str, before: str) -> bool:
    word = re.search(r"([A-Za-z]+),?[ ]$", before)
    return (
        bound.lower() == "over"
        and word is not None
        and word[1].lower() in amounts_table()["quarrel"]["words"]
    )


def _read_bound_after(figure: Found, text: str, end: int) -> None:
    match = patterns()["tail"].match(text, end)
    if match is None or not figure.exact:
        return
    if match["min"] in ("plus", "+") and (match["sep"] and match["min"] == "plus"):
        return  # "£5m plus bonuses"
    legal = _said(match) in amounts_table()["unbound"]["before_noun"]
    if legal and not patterns()["open"].match(text, match.end()):
        return  # "a £5 minimum charge"
    if match["near"]:
        figure.approximate = True
    elif match["max"]:
        figure.low = None
    else:
        figure.high = None


def _read_period(figure: Found, text: str) -> int:
    """Read "a share", "a week", "over four years" after the figure; where the last of them ends."""
    expressions = patterns()
    end = figure.also[-1].end if figure.also else figure.end
    if figure.also and (closing := re.match(r"[ ]?[)\]]", text[end:])):
        end += closing.end()
    starts = [end] if end == figure.end else [figure.end, end]
    last = figure.end
    for start in starts:
        position = start
        for _ in range(3):
            if match := expressions["each"].match(text, position) or expressions["stretch"].match(
                text, position
            ):
                begin = match.start() + len(match[0]) - len(match[0].lstrip(" ,-"))
                figure.period = (figure.period[0] if figure.period else begin, match.end())
            elif (match := expressions["per"].match(text, position)) and figure.per is None:
                figure.per = (match.start() + 1, match.end())
            else:
                break
            position = match.end()
            last = max(last, position)
    return last


JOINT = re.compile(r",?[ ](?:(?:and|or|to)[ ])?(?:(?:about|around|nearly|almost)[ ])?")
"""What stands between two figures that are told in one breath."""
ALIKE = 10.0
"""So many times larger a figure may be than another of the same rate."""


def share_periods(figures: list[Found], text: str) -> None:
    """Give figures the period that is said once, behind the last of them: "from $30 to $35 an hour"."""
    for left, right in reversed(list(pairwise(figures))):
        if left.period or not right.period or not JOINT.fullmatch(text, left.end, right.start):
            continue
        if left.exact and right.exact and 1 / ALIKE < (left.low or 0.0) / (right.low or 1.0) < ALIKE:
            left.period = right.period


@cache
def _movers() -> frozenset[str]:
    """The words without one of which nothing before a figure tells of a motion."""
    change = amounts_table()["change"]
    return frozenset(WORD.findall(" ".join((*change["motion"], *change["transfer"]))))


def _read_motion(figure: Found, before: str, text: str) -> None:
    if _movers().isdisjoint(WORD.findall(before.lower())):
        return
    expressions = patterns()
    by = expressions["by"].search(before) and expressions["moved"].search(before)
    onward = expressions["shifting"].search(before) and expressions["onward"].match(text, figure.end)
    if expressions["reaching"].search(before):
        figure.motion = "level"
    elif by or onward or expressions["moving"].search(before):
        figure.motion = "change"
    elif expressions["moved"].search(before):
        if expressions["from"].search(before):
            figure.motion = "from"
        elif expressions["to"].search(before):
            figure.motion = "level"
