"""What goes in and what comes out: articles, spans, claims, reviews and failures.

This is the ground floor of the package: every other module may import it, and it imports none of them, nor
spaCy. Offsets everywhere are Unicode code points into ``Article.text``, end exclusive, so that
``article.text[span.start:span.end] == span.text`` holds for every span of every claim.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model, model_validator

SCHEMA_VERSION = "1"
"""Version of the JSON that this package writes; it changes when a field changes its name or its meaning."""

Certainty = Literal["asserted", "hedged", "planned", "negated"]


class Model(BaseModel):
    """Base of all rows: unknown fields are an error, and empty ones are left out of the JSON."""

    model_config = ConfigDict(extra="forbid")

    def row(self) -> dict[str, Any]:
        """The model as plain data for one JSON line: optional fields that hold nothing are left out."""
        return self.model_dump(mode="json", exclude_none=True)


class Article(Model):
    """One article, as a reader yields it and as ``documents.jsonl`` keeps it."""

    id: str = Field(min_length=1)
    text: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    source: str | None = None

    def digest(self) -> str:
        """Hex digest of the text in UTF-8: what decides whether an article has changed."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class Document(Article):
    """A line of ``documents.jsonl``: an article with the digest of its text."""

    sha256: str

    @classmethod
    def of(cls, article: Article) -> Document:
        return cls(**article.model_dump(), sha256=article.digest())


class Failure(Model):
    """A line of ``failures.jsonl``: an input that gave no article, and why, in a sentence for a person."""

    source: str
    error: str
    message: str
    line: int | None = None

    def told(self) -> str:
        """The failure as a line for a person: where, and why."""
        source = "standard input" if self.source == "-" else self.source
        return f"{source}:{self.line}: {self.message}" if self.line else f"{source}: {self.message}"


class Span(Model):
    """A stretch of the article's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str

    @model_validator(mode="after")
    def _lengths_agree(self) -> Span:
        if self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}-{self.end} is not as long as its text {self.text!r}")
        return self

    @property
    def called(self) -> str:
        """The fullest name that the article gives it, where there is one, or what stands in the text."""
        return self.text


class Argument(Span):
    """A slot's filler: what stands in the text, its label, and the fullest name the article gives it."""

    label: str | None = None
    name: str | None = None

    @property
    def called(self) -> str:
        return self.name or self.text


class Money(Span):
    """A figure of money: bounds are numbers in units of ``currency`` (ISO 4217), ``None`` where open."""

    min: float | None = None
    max: float | None = None
    currency: str
    approximate: bool = False


class Amount(Money):
    """The figure a claim is about, with conversions of the same money that stand in brackets after it."""

    label: Literal["MONEY"] = "MONEY"
    also: list[Money] = []

    def row(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


class Source(Span):
    """Who is credited with a claim."""

    name: str | None = None

    @property
    def called(self) -> str:
        return self.name or self.text


class Attribution(Model):
    """Whom the article credits, by which reporting word, and whether the claim stands in quotation marks."""

    source: Source | None = None
    cue: Span | None = None
    quoted: bool = False


class Claim(Model):
    """What all claims have in common. Subclasses add the slots and attributes of their type."""

    slots: ClassVar[tuple[str, ...]] = ()
    """Names of the arguments, the key first."""
    key: ClassVar[tuple[str, ...]] = ()
    """Slots without which there is no claim."""
    attributes: ClassVar[tuple[str, ...]] = ()

    id: str
    type: str
    doc: str
    certainty: Certainty = "asserted"
    trigger: Span
    sentence: Span
    attribution: Attribution | None = None
    confidence: float = Field(ge=0, le=1)
    rule: str

    def arguments(self) -> dict[str, Argument | Amount]:
        """The filled slots, in the order of the type."""
        return {slot: value for slot in self.slots if (value := getattr(self, slot)) is not None}

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span of the claim with the name of the place it fills."""
        yield "trigger", self.trigger
        yield "sentence", self.sentence
        for slot, value in self.arguments().items():
            yield slot, value
            if isinstance(value, Amount):
                yield from ((slot, also) for also in value.also)
        if self.attribution and self.attribution.source:
            yield "source", self.attribution.source
        if self.attribution and self.attribution.cue:
            yield "cue", self.attribution.cue

    def __str__(self) -> str:
        """The claim in one line: ``move (planned): person Jane Doe; destination Acme``."""
        marks = [getattr(self, name) for name in self.attributes]
        if self.certainty != "asserted":
            marks.append(self.certainty)
        head = f"{self.type} ({', '.join(marks)})" if marks else self.type
        slots = "; ".join(f"{slot.replace('_', ' ')} {v.called}" for slot, v in self.arguments().items())
        source = self.attribution and self.attribution.source
        credit = f" (according to {source.called})" if source else ""
        return f"{head}: {slots}{credit}"

    def row(self) -> dict[str, Any]:
        row = super().row()
        if isinstance(amount := getattr(self, "amount", None), Amount):
            row["amount"] = amount.row()  # an open bound is said: null, not left out
        return row


class Move(Claim):
    """A person or group leaves, joins or changes employer or post."""

    slots: ClassVar = ("person", "origin", "destination", "role", "former_role", "agent", "date")
    key: ClassVar = ("person",)

    type: Literal["move"] = "move"
    person: Argument
    origin: Argument | None = None
    destination: Argument | None = None
    role: Argument | None = None
    former_role: Argument | None = None
    agent: Argument | None = None
    date: Argument | None = None


class Employment(Claim):
    """A person holds, or held, a job at an employer."""

    slots: ClassVar = ("person", "employer", "role")
    key: ClassVar = ("person", "employer")
    attributes: ClassVar = ("tense",)

    type: Literal["employment"] = "employment"
    tense: Literal["current", "former"] = "current"
    person: Argument
    employer: Argument
    role: Argument | None = None


class Pay(Claim):
    """Money offered, paid or promised to people for their work."""

    slots: ClassVar = ("payer", "recipient", "amount", "period", "date")
    key: ClassVar = ("amount",)
    attributes: ClassVar = ("kind", "status")

    type: Literal["pay"] = "pay"
    kind: Literal["salary", "bonus", "stock", "package", "severance", "other"] = "other"
    status: Literal["offered", "paid", "agreed", "declined", "demanded"] = "paid"
    payer: Argument | None = None
    recipient: Argument | None = None
    amount: Amount
    period: Argument | None = None
    date: Argument | None = None


class Deal(Claim):
    """Money passes, or is to pass, between parties."""

    slots: ClassVar = ("payer", "payee", "target", "amount", "stake", "date")
    key: ClassVar = ("amount",)
    attributes: ClassVar = ("kind",)

    type: Literal["deal"] = "deal"
    kind: Literal["acquisition", "investment", "contract", "loan", "donation", "fine", "other"] = "other"
    payer: Argument | None = None
    payee: Argument | None = None
    target: Argument | None = None
    amount: Amount
    stake: Argument | None = None
    date: Argument | None = None


class Figure(Claim):
    """Any other figure of money: what something is worth, earns, loses, costs or owes."""

    slots: ClassVar = ("subject", "amount", "period", "date")
    key: ClassVar = ("amount",)
    attributes: ClassVar = ("measure",)

    type: Literal["figure"] = "figure"
    measure: Literal[
        "valuation", "revenue", "profit", "loss", "spending", "net_worth", "debt", "price", "other"
    ] = "other"
    subject: Argument | None = None
    amount: Amount
    period: Argument | None = None
    date: Argument | None = None


BUILT_IN: dict[str, type[Claim]] = {
    "move": Move,
    "employment": Employment,
    "pay": Pay,
    "deal": Deal,
    "figure": Figure,
}

AnyClaim = Annotated[Move | Employment | Pay | Deal | Figure, Field(discriminator="type")]
CLAIM: TypeAdapter[Move | Employment | Pay | Deal | Figure] = TypeAdapter(AnyClaim)
"""Reads a built-in claim from data: ``CLAIM.validate_python(row)``, ``CLAIM.json_schema()``."""


class ClaimType(Model):
    """Definition of a claim type, in a user's rule file and in ``run.json``: its slots, which of them are the
    key, and attributes with their permitted values (the first is the default). ``amount`` holds money."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    slots: list[str] = Field(min_length=1)
    key: list[str] = []
    attributes: dict[str, list[str]] = {}
    doc: str = ""

    def model(self) -> type[Claim]:
        """The pydantic model of this type, a subclass of :class:`Claim`."""
        fields: dict[str, Any] = {"type": (Literal[self.name], self.name)}
        for slot in self.slots:
            kind: Any = Amount if slot == "amount" else Argument
            fields[slot] = (kind, ...) if slot in self.key else (kind | None, None)
        for name, values in self.attributes.items():
            fields[name] = (Literal[tuple(values)], values[0])
        model: type[Claim] = create_model(self.name.title(), __base__=Claim, __doc__=self.doc, **fields)
        model.slots, model.key, model.attributes = tuple(self.slots), tuple(self.key), tuple(self.attributes)
        return model

    @classmethod
    def of(cls, model: type[Claim]) -> ClaimType:
        """The definition that a model of a claim type amounts to."""
        attributes = {}
        for name in model.attributes:
            annotation, default = model.model_fields[name].annotation, model.model_fields[name].default
            values = list(getattr(annotation, "__args__", ()))
            attributes[name] = [default, *(v for v in values if v != default)]
        name = model.model_fields["type"].default
        return cls(
            name=name,
            slots=list(model.slots),
            key=list(model.key),
            attributes=attributes,
            doc=(model.__doc__ or "").strip(),
        )


class Review(Model):
    """A line of ``reviews.jsonl``: what a reviewer decided on a claim. ``edited`` is the claim as mended, or
    the whole of a claim that was added by hand."""

    claim: str
    doc: str
    decision: Literal["accepted", "rejected", "unsure", "added", "undone", "comment"]
    edited: dict[str, Any] | None = None
    comment: str | None = None
    reviewer: str
    time: str
    version: str
