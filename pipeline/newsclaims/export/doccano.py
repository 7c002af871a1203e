"""``doccano``: one article a line with entities and relations, for a sequence labelling project with
relations.

Each role of a span is a label and each trigger carries its claim's type; a relation runs from the trigger
to each other span of the claim. Keys that doccano does not know become the example's metadata, so the
claims themselves travel there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.parts import spans
from newsclaims.export.tables import to_json
from newsclaims.runs import Selection
from newsclaims.schema import Claim


def _marks(claims: Iterable[Claim]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Entities, each stretch and label once however many claims share it, and relations."""
    numbers: dict[tuple[int, int, str], int] = {}
    entities: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []

    def number(start: int, end: int, label: str) -> int:
        if (start, end, label) not in numbers:
            numbers[start, end, label] = len(entities) + 1
            entities.append(
                {"id": len(entities) + 1, "label": label, "start_offset": start, "end_offset": end}
            )
        return numbers[start, end, label]

    for claim in claims:
        trigger = number(claim.trigger.start, claim.trigger.end, claim.type)
        for role, span in spans(claim):
            if role != "trigger":
                target = number(span.start, span.end, role)
                relations.append(
                    {"id": len(relations) + 1, "from_id": trigger, "to_id": target, "type": role}
                )
    return entities, relations


def _text(selection: Selection, _notes: Notes) -> Iterator[str]:
    for document, claims in selection.articles():
        entities, relations = _marks(claims)
        line: dict[str, Any] = {"text": document.text, "entities": entities, "relations": relations}
        line |= {"document": document.id, "title": document.title, "url": document.url}
        line["claims"] = [claim.row() for claim in claims]
        yield to_json(line) + "\n"


DOCCANO = TextFormat("doccano", "doccano: one article a line with entities and relations", _text)
