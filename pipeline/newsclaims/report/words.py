"""A claim said slot by slot, in the article's own names: nothing is added that the claim does not hold."""

from __future__ import annotations

from typing import NamedTuple

from newsclaims.marks import shown
from newsclaims.schema import Amount, Claim
from newsclaims.wording import amount_words

_BEFORE = {
    "origin": "from", "destination": "to", "role": "as", "former_role": "having been", "agent": "by",
    "employer": "at", "recipient": "to", "payee": "to", "target": "for", "stake": "a stake of",
    "period": "", "date": "", "amount": "",
}  # fmt: skip
"""Small words before what fills a slot that is not the first; other slots go by their own name."""

CERTAINTIES = {
    "asserted": "stated as fact, by the article or by a source",
    "hedged": "reported, alleged, possible",
    "planned": "to happen, agreed or expected",
    "negated": "denied, declined or called off",
}
"""The degrees of certainty, with what they mean."""


class Part(NamedTuple):
    """One filled slot: a small word before it, and what fills it."""

    before: str
    text: str
    slot: str


def parts(claim: Claim) -> list[Part]:
    """The filled slots of a claim in the order of its type; the first one has no word before it."""
    found: list[Part] = []
    for slot, value in claim.arguments().items():
        text = amount_words(value) if isinstance(value, Amount) else value.called
        before = _BEFORE.get(slot, slot.replace("_", " ") + ":") if found else ""
        found.append(Part(before, one_line(text), slot))
    return found


def attributes(claim: Claim) -> list[str]:
    """What kind of claim it is, as far as that is said: ``["package", "offered"]``."""
    values = [str(getattr(claim, name)) for name in claim.attributes]
    return [value.replace("_", " ") for value in values if value not in ("other", "current")]


def credited(claim: Claim) -> str:
    """Whom the article credits with the claim; empty where it speaks for itself."""
    source = claim.attribution.source if claim.attribution else None
    return one_line(source.called) if source else ""


def one_line(text: str) -> str:
    """Text on one line, with the pictures of control characters in their place."""
    line = " ".join(text.split())
    return line if line.isprintable() else shown(line)


def same(name: str) -> str:
    """What two writings of one name have in common: no case, no spacing, no article before it."""
    key = " ".join(name.casefold().split()).removesuffix("’s").removesuffix("'s")
    return key.removeprefix("the ") or key
