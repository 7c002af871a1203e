"""A claim taken apart, as several formats need it: spans by role, and entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from newsclaims.schema import Amount, Argument, Claim, Money, Span

EntityKind = Literal["person", "organisation", "group", "party"]
"""``party`` is somebody or something that pays, is paid or is spoken of, of no stated kind."""

_BY_LABEL: dict[str, EntityKind] = {"PERSON": "person", "ORG": "organisation", "GROUP": "group"}
_BY_SLOT: dict[str, EntityKind] = {
    "person": "person",
    "origin": "organisation",
    "destination": "organisation",
    "employer": "organisation",
    "agent": "party",
    "payer": "party",
    "recipient": "party",
    "payee": "party",
    "target": "party",
    "subject": "party",
}


def spans(claim: Claim) -> Iterator[tuple[str, Span]]:
    """Every span of the claim with its role: ``trigger``, ``sentence``, a slot, ``source``, ``cue``, or
    ``also`` for a conversion of the amount."""
    for role, span in claim.spans():
        yield ("also" if type(span) is Money else role), span


def span_row(role: str, span: Span) -> dict[str, Any]:
    """A span as plain data under its role, empty fields left out."""
    return {"role": role, **span.model_dump(mode="json", exclude_none=True, exclude={"also"})}


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that fills a slot; mentions of the same kind and name are one entity."""

    kind: EntityKind
    name: str
    slot: str
    span: Argument

    @property
    def key(self) -> str:
        """The name without the accidents of case and spacing."""
        return " ".join(self.name.casefold().split())


def entities(claim: Claim) -> Iterator[Entity]:
    """The people, organisations, groups and parties of a claim; roles, dates and amounts are none."""
    for slot, value in claim.arguments().items():
        if isinstance(value, Amount):
            continue
        kind = _BY_LABEL.get(value.label or "") or _BY_SLOT.get(slot)
        if kind and (name := value.called).strip():
            yield Entity(kind, name, slot, value)
