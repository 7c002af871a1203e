"""Claims as the page shows them: cards with their slots, and the marks they leave in the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsclaims.marks import Mark, shown
from newsclaims.review.editing import changed
from newsclaims.runs.decisions import Verdict
from newsclaims.runs.kinds import Kinds
from newsclaims.schema import ClaimType, Money
from newsclaims.wording import amount_words

STYLES = 9
"""Slot looks in the style sheet; a type with more slots uses them again."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a card: ``key`` is the key that fills it."""

    slot: str
    style: str
    key: str
    text: str = ""
    name: str = ""
    words: str = ""
    """An amount in plain words."""
    amount: dict[str, Any] | None = None
    needed: bool = False
    changed: bool = False

    @property
    def label(self) -> str:
        return self.slot.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Card:
    """A claim with what its reviewers say of it."""

    id: str
    kind: ClaimType
    row: dict[str, Any]
    slots: tuple[Slot, ...]
    attributes: dict[str, str]
    source: str
    cue: str
    quoted: bool
    verdict: Verdict
    lacking: tuple[str, ...]
    edited: bool

    @property
    def state(self) -> str:
        return self.verdict.state

    @property
    def filled(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.text]

    @property
    def percent(self) -> int:
        return round(100 * float(self.row["confidence"]))


def card(row: dict[str, Any], original: dict[str, Any] | None, verdict: Verdict, kinds: Kinds) -> Card:
    """The card of a claim as it stands.

    Raises:
        InputError: the claim is of a type that the run does not define.
    """
    kind = kinds.of_row(row)
    differs = set(changed(original, row, [*kind.slots, *kind.attributes, "type", "certainty", "attribution"]))
    attribution = row.get("attribution") or {}
    source = attribution.get("source") or {}
    return Card(
        id=row["id"],
        kind=kind,
        row=row,
        slots=tuple(
            _slot(row, kind, number, slot, slot in differs) for number, slot in enumerate(kind.slots)
        ),
        attributes={name: str(row.get(name) or values[0]) for name, values in kind.attributes.items()},
        source=shown(source.get("name") or source.get("text") or ""),
        cue=shown((attribution.get("cue") or {}).get("text") or ""),
        quoted=bool(attribution.get("quoted")),
        verdict=verdict,
        lacking=tuple(kinds.lacking(row)),
        edited=bool(differs),
    )


def _slot(row: dict[str, Any], kind: ClaimType, number: int, slot: str, differs: bool) -> Slot:
    look = style(kind, slot)
    key, needed = str(number + 1) if number < 9 else "", slot in kind.key
    value = row.get(slot)
    if not value:
        return Slot(slot, look, key, needed=needed, changed=differs)
    text, amount, words = value["text"], None, ""
    if slot == "amount":
        amount = {name: value.get(name) for name in ("min", "max", "currency", "approximate")}
        money = {"start": value["start"], "end": value["end"], "text": text, **amount}
        words = amount_words(Money.model_validate(money))
    return Slot(
        slot, look, key, shown(text), shown(value.get("name") or text), words, amount, needed, differs
    )


def style(kind: ClaimType, slot: str) -> str:
    """The look of a slot, by its place in the type."""
    return f"slot-{kind.slots.index(slot) % STYLES + 1}"


def marks(card: Card) -> list[Mark]:
    """All spans of a claim: sentence, trigger, slots, conversions of the amount, and who is credited."""
    row = card.row
    found = [Mark(row["sentence"]["start"], row["sentence"]["end"], "sentence")]
    found.append(Mark(row["trigger"]["start"], row["trigger"]["end"], "trigger", "says it"))
    for slot in card.slots:
        if value := row.get(slot.slot):
            found.append(Mark(value["start"], value["end"], slot.style, slot.label))
            for also in value.get("also") or ():
                found.append(Mark(also["start"], also["end"], slot.style, "same amount"))
    attribution = row.get("attribution") or {}
    for place, label in (("source", "credited"), ("cue", "cue")):
        if value := attribution.get(place):
            found.append(Mark(value["start"], value["end"], place, label))
    return found


def faint_mark(card: Card) -> Mark:
    """The trigger of a claim that is not chosen: a way to it from the article."""
    trigger = card.row["trigger"]
    return Mark(trigger["start"], trigger["end"], "other", claim=card.id)
