"""``ftm``: FollowTheMoney entities, one a line, in the data model that newsrooms' databases load.

An article is an Article; its people and organisations are one entity each within it, however often the
article names them, with a Mention for each place. Who works where is an Employment (a Directorship for
seats on a board), what is paid a Payment, what is bought an Ownership. The model states facts: a claim that
the article denies, pay that was declined, or a claim that lacks a side which FollowTheMoney requires, is a
Note on the article, in words. Every entity that says what a claim says keeps the claim's id and spans in
its context, and the article as its ``proof``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newsclaims.export.formats import Needs, Notes, TextFormat
from newsclaims.export.parts import Entity, entities, span_row, spans
from newsclaims.export.tables import to_json
from newsclaims.runs import Selection
from newsclaims.schema import Amount, Claim, Document

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

_BOARD = re.compile(
    r"\b(board|trustee|chair(man|woman|person)?|chair|non-executive director)\b|^director$", re.IGNORECASE
)
_SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "group": "LegalEntity",
    "party": "LegalEntity",
}


class _Case:
    """The entities of one article, merged as they come."""

    def __init__(self, document: Document, notes: Notes) -> None:
        self.document = document
        self.notes = notes
        self.found: dict[str, EntityProxy] = {}
        self.article = self._make("Article", "article")
        self.article.add("title", document.title)
        self.article.add("sourceUrl", document.url)
        self.article.add("publishedAt", document.date)
        self.article.add("fileName", document.source)
        self.article.add("bodyText", document.text, cleaned=True)

    def _make(self, schema: str, *key: str, **context: Any) -> EntityProxy:
        """A new entity, or the one that has this key already, which becomes the narrower of both schemata."""
        from followthemoney import model

        proxy = model.make_entity(schema)
        proxy.make_id("newsclaims", self.document.id, *key)
        proxy.context = context
        assert proxy.id is not None
        if proxy.id in self.found:
            self.found[proxy.id].schema = model.common_schema(self.found[proxy.id].schema, proxy.schema)
        return self.found.setdefault(proxy.id, proxy)

    def party(self, entity: Entity, schema: str | None = None) -> EntityProxy:
        """Who fills a slot, with a Mention of the place."""
        sort = "person" if entity.kind == "person" else "group" if entity.kind == "group" else "body"
        proxy = self._make(schema or _SCHEMATA[entity.kind], sort, entity.key)
        proxy.add("name", entity.name)
        proxy.add("proof", self.article)
        span = entity.span
        mention = self._make(
            "Mention",
            "mention",
            str(proxy.id),
            str(span.start),
            str(span.end),
            span=span_row(entity.slot, span),
        )
        mention.add("document", self.article)
        mention.add("resolved", proxy)
        mention.add("name", span.text)
        mention.add("detectedSchema", proxy.schema.name)
        return proxy

    def fact(self, schema: str, claim: Claim, part: str = "") -> EntityProxy:
        """An entity that says what a claim says, with where it says so."""
        told = [span_row(role, span) for role, span in spans(claim)]
        proxy = self._make(schema, "claim", claim.id, part, claim=claim.id, spans=told)
        proxy.add("proof", self.article)
        proxy.add("summary", claim.sentence.text)
        proxy.add("description", str(claim))
        proxy.add("sourceUrl", self.document.url)
        if schema != "Note":
            proxy.add("recordId", claim.id)
            proxy.add("date", _slot(claim, "date"))
        return proxy

    def add(self, claim: Claim) -> None:
        who = {entity.slot: entity for entity in entities(claim)}
        made = False
        if claim.certainty != "negated":
            if claim.type == "move":
                made = self._move(claim, who)
            elif claim.type == "employment":
                made = self._post(claim, who, "employer", "role", getattr(claim, "tense", "current"))
            elif claim.type == "pay" and getattr(claim, "status", "") != "declined":
                made = self._payment(claim, who.get("payer"), who.get("recipient"))
            elif claim.type == "deal":
                made = self._payment(claim, who.get("payer"), who.get("payee")) or self._purchase(claim, who)
        if not made:
            self._note(claim, who.values())

    def _move(self, claim: Claim, who: dict[str, Entity]) -> bool:
        left = self._post(claim, who, "origin", "former_role", "left")
        joined = self._post(claim, who, "destination", "role", "joined")
        return left or joined

    def _post(self, claim: Claim, who: dict[str, Entity], slot: str, role_slot: str, status: str) -> bool:
        person, employer = who.get("person"), who.get(slot)
        if not (person and employer and person.kind == "person" and employer.kind == "organisation"):
            return False
        role = _slot(claim, role_slot)
        on_board = bool(role and _BOARD.search(role))
        fact = self.fact("Directorship" if on_board else "Employment", claim, slot)
        fact.add("director" if on_board else "employee", self.party(person))
        fact.add("organization" if on_board else "employer", self.party(employer))
        fact.add("role", role)
        fact.add("status", [status, *([] if claim.certainty == "asserted" else [claim.certainty])])
        return True

    def _payment(self, claim: Claim, payer: Entity | None, payee: Entity | None) -> bool:
        if payer is None or payee is None:
            return False
        fact = self.fact("Payment", claim)
        fact.add("payer", self.party(payer))
        fact.add("beneficiary", self.party(payee))
        marks = [getattr(claim, name) for name in claim.attributes]
        fact.add("purpose", ", ".join([claim.type, *marks, claim.certainty]))
        self._amount(claim, fact, "amount", "currency")
        return True

    def _purchase(self, claim: Claim, who: dict[str, Entity]) -> bool:
        payer, target = who.get("payer"), who.get("target")
        if getattr(claim, "kind", "") not in ("acquisition", "investment") or not payer or not target:
            return False
        if target.kind != "organisation":
            return False
        fact = self.fact("Ownership", claim)
        fact.add("owner", self.party(payer))
        fact.add("asset", self.party(target, "Company"))
        fact.add("percentage", _slot(claim, "stake"))
        fact.add("status", claim.certainty)
        self._amount(claim, fact, "sharesValue", "sharesCurrency")
        return True

    def _amount(self, claim: Claim, fact: EntityProxy, value: str, currency: str) -> None:
        amount = getattr(claim, "amount", None)
        if not isinstance(amount, Amount):
            return
        fact.add(currency, amount.currency)
        if amount.min is not None and amount.min == amount.max and not amount.approximate:
            fact.add(value, f"{amount.min:.15g}" if amount.min % 1 else f"{amount.min:.0f}")
        else:
            self.notes.add("{n} amounts are ranges or approximate; they stand in description, not as number")

    def _note(self, claim: Claim, who: Iterable[Entity]) -> None:
        note = self.fact("Note", claim)
        note.add("entity", [self.article, *(self.party(entity) for entity in who)])
        self.notes.add(
            "{n} claims fit no schema of FollowTheMoney (denied, of another type, or a side missing); they are Notes"
        )


def _slot(claim: Claim, slot: str) -> str | None:
    value = claim.arguments().get(slot)
    return value.called if value else None


def _text(selection: Selection, notes: Notes) -> Iterator[str]:
    for document, claims in selection.articles():
        case = _Case(document, notes)
        for claim in claims:
            case.add(claim)
        for proxy in case.found.values():
            row = proxy.to_dict()
            properties = row["properties"]
            row["properties"] = {name: sorted(values) for name, values in sorted(properties.items())}
            yield to_json(row) + "\n"


FTM = TextFormat(
    "ftm",
    "FollowTheMoney entities, for Aleph, OpenSanctions tools and other newsroom databases",
    _text,
    needs=(Needs("followthemoney", "ftm"),),
)
