"""Mending a claim: each change takes the claim's row and gives the row as changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from newsclaims.errors import NewsclaimsError
from newsclaims.review.amounts import read_amount
from newsclaims.runs.kinds import Kinds
from newsclaims.schema import Certainty

CERTAINTIES: tuple[str, ...] = get_args(Certainty)
ADDED_RULE = "review"
"""The rule of a claim that a reviewer added."""

Row = dict[str, Any]

_FULL_STOP = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")


class EditError(NewsclaimsError):
    """A change that cannot be made; the message is for the reviewer."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Changes claims of one article.

    Args:
        kinds: the claim types of the run.
        text: the article's text, which all offsets count in.
        others: the rows of the article's claims: a name that they know is taken over.
    """

    kinds: Kinds
    text: str
    others: tuple[Row, ...] = ()

    def fill(self, row: Row, slot: str, start: int, end: int) -> Row:
        """Put the text from ``start`` to ``end`` into a slot; ``trigger`` and ``source`` are places too."""
        start, end = self._trim(start, end)
        words = self.text[start:end]
        span = {"start": start, "end": end, "text": words}
        if slot == "trigger":
            return {**row, "trigger": span, "sentence": self.sentence(start, end)}
        if slot == "source":
            known = self._known(words, "source")
            attribution = {
                **(row.get("attribution") or {"quoted": False}),
                "source": {**span, "name": known[1]},
            }
            return {**row, "attribution": attribution}
        self._check_slot(row, slot)
        if slot == "amount":
            return {**row, "amount": read_amount(self.text, start, end)}
        label, name = self._known(words, slot)
        old = row.get(slot) or {}
        filled = {**span, "label": label or old.get("label"), "name": name}
        return {**row, slot: {key: value for key, value in filled.items() if value is not None}}

    def clear(self, row: Row, slot: str) -> Row:
        """Empty a slot."""
        if slot == "source":
            return {key: value for key, value in row.items() if key != "attribution"}
        self._check_slot(row, slot)
        return {key: value for key, value in row.items() if key != slot}

    def rename(self, row: Row, slot: str, name: str) -> Row:
        """Give the fullest name of what fills a slot."""
        self._check_slot(row, slot)
        if not row.get(slot):
            raise EditError(f"{_words(slot)} is empty: select its text first")
        if slot == "amount":
            raise EditError("an amount has no name")
        return {**row, slot: {**row[slot], "name": name.strip() or row[slot]["text"]}}

    def retype(self, row: Row, name: str) -> Row:
        """Make the claim another type; slots and attributes that both types have are kept."""
        if name not in self.kinds:
            raise EditError(f"there is no claim type {name!r} in this run")
        old, new = self.kinds[row["type"]], self.kinds[name]
        gone = {*old.slots, *old.attributes} - set(new.slots)
        kept = {key: value for key, value in row.items() if key not in gone}
        defaults = {
            key: row[key] if row.get(key) in values else values[0] for key, values in new.attributes.items()
        }
        return {**kept, "type": name, **defaults}

    def set(self, row: Row, field: str, value: str) -> Row:
        """Give the certainty or an attribute another of its values."""
        allowed = CERTAINTIES if field == "certainty" else self.kinds[row["type"]].attributes.get(field, ())
        if value not in allowed:
            raise EditError(
                f"{_words(field)} cannot be {value!r}; it is one of {', '.join(allowed) or 'none'}"
            )
        return {**row, field: value}

    def bounds(self, row: Row, low: str, high: str, currency: str, approximate: bool) -> Row:
        """Put the bounds and the currency of the amount right; an empty bound is open."""
        if not row.get("amount"):
            raise EditError("amount is empty: select its text first")
        least, most = _number(low), _number(high)
        if least is not None and most is not None and least > most:
            raise EditError("the lower bound of the amount is above the upper one")
        if not re.fullmatch(r"[A-Z]{3}", currency.strip().upper()):
            raise EditError(f"{currency!r} is no currency code; give three letters, such as USD")
        changed = {
            "min": least,
            "max": most,
            "currency": currency.strip().upper(),
            "approximate": approximate,
        }
        return {**row, "amount": {**row["amount"], **changed}}

    def new(self, identity: str, doc: str, kind: str, start: int, end: int) -> Row:
        """A claim that the extraction missed, around the words that say it; its slots are still empty."""
        if kind not in self.kinds:
            raise EditError(f"there is no claim type {kind!r} in this run")
        start, end = self._trim(start, end)
        row: Row = {
            "id": identity, "type": kind, "doc": doc, "certainty": "asserted",
            "trigger": {"start": start, "end": end, "text": self.text[start:end]},
            "sentence": self.sentence(start, end), "confidence": 1.0, "rule": ADDED_RULE,
        }  # fmt: skip
        return {**row, **{name: values[0] for name, values in self.kinds[kind].attributes.items()}}

    def sentence(self, start: int, end: int) -> Row:
        """The sentence around a span: one that a claim of the article stands in, or cut at full stops."""
        for other in self.others:
            if other["sentence"]["start"] <= start and end <= other["sentence"]["end"]:
                return dict(other["sentence"])
        begin = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop
        for full_stop in _FULL_STOP.finditer(self.text, begin, stop):
            if full_stop.end() <= start:
                begin = full_stop.end()
            elif full_stop.start() >= end - 1:
                stop = full_stop.start() + len(full_stop.group().rstrip())
                break
        return {"start": begin, "end": stop, "text": self.text[begin:stop]}

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        if not 0 <= start < end <= len(self.text):
            raise EditError("select some text of the article first")
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:
            raise EditError("the selection holds only spaces")
        return start, end

    def _check_slot(self, row: Row, slot: str) -> None:
        if slot not in self.kinds[row["type"]].slots:
            raise EditError(f"a {_words(row['type'])} claim has no slot {slot!r}")

    def _known(self, text: str, slot: str) -> tuple[str | None, str]:
        """Label and fullest name of the text, as the other claims have it, of the same slot first."""
        found: list[tuple[bool, str | None, str]] = []
        for other in self.others:
            places = {**other, "source": (other.get("attribution") or {}).get("source")}
            found += [
                (key != slot, value.get("label"), value.get("name") or text)
                for key, value in places.items()
                if isinstance(value, dict)
                and value.get("text") == text
                and key not in ("trigger", "sentence")
            ]
        best = min(found, key=lambda item: (item[0], -len(item[2])), default=(True, None, text))
        return best[1], best[2]


def changed(before: Row | None, after: Row, fields: Iterable[str]) -> list[str]:
    """Which of the fields differ between a claim as extracted and as mended."""
    return [] if before is None else [name for name in fields if before.get(name) != after.get(name)]


def _words(name: str) -> str:
    return name.replace("_", " ")


def _number(given: str) -> float | None:
    given = given.replace(",", "").strip()
    if not given:
        return None
    try:
        value = float(given)
    except ValueError:
        raise EditError(f"{given!r} is no number") from None
    if not 0 <= value < 1e18:
        raise EditError(f"{given!r} is no amount of money")
    return value
