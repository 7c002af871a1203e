"""``labelstudio``: a JSON list of tasks whose predictions mark every span, and the labelling setup for
them.

Each span is a region labelled with its role; the trigger's label is the claim type. A relation runs from
the trigger to each other span. Offsets are code points, as Label Studio counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.parts import spans
from newsclaims.export.tables import to_json
from newsclaims.runs import Selection
from newsclaims.schema import Claim

_COLOURS = (
    *("#4C78A8", "#F58518", "#54A24B", "#E45756", "#72B7B2", "#B279A2"),
    *("#EECA3B", "#FF9DA6", "#9D755D", "#8C6D31", "#637939", "#7B4173"),
)


def _regions(claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
    for claim in claims:
        trigger = f"{claim.id}-0"
        for number, (role, span) in enumerate(spans(claim)):
            label = claim.type if role == "trigger" else role
            yield {
                "id": f"{claim.id}-{number}",
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "origin": "prediction",
                "score": claim.confidence,
                "value": {"start": span.start, "end": span.end, "text": span.text, "labels": [label]},
                "meta": {"claim": [claim.id]},
            }
            if number:
                yield {
                    "from_id": trigger,
                    "to_id": f"{claim.id}-{number}",
                    "type": "relation",
                    "direction": "right",
                    "labels": [role],
                }


def _tasks(selection: Selection, notes: Notes) -> Iterator[str]:
    version = f"newsclaims {selection.run.about.get('version', '')}".strip()
    before = "[\n"
    for document, claims in selection.articles():
        confidences = [claim.confidence for claim in claims]
        prediction = {
            "model_version": version,
            "score": min(confidences, default=1.0),
            "result": list(_regions(claims)),
        }
        data: dict[str, Any] = document.row()
        data["claims"] = [claim.row() for claim in claims]
        yield before + to_json({"data": data, "predictions": [prediction]})
        before = ",\n"
        if "\r" in document.text:
            notes.add("{n} articles hold carriage returns, which Label Studio's page counts as line breaks")
    yield "[]\n" if before == "[\n" else "\n]\n"


def labels(selection: Selection) -> list[str]:
    """Every label that a region may have: claim types, slots, and what all claims have."""
    kinds = selection.kinds
    slots = dict.fromkeys(slot for kind in kinds for slot in kind.slots)
    return [*dict.fromkeys([*(kind.name for kind in kinds), *slots, "also", "source", "cue", "sentence"])]


def _config(selection: Selection, _notes: Notes) -> Iterator[str]:
    names = labels(selection)
    yield '<View>\n  <Header value="$title"/>\n  <Relations>\n'
    yield from (f"    <Relation value={quoteattr(name)}/>\n" for name in names)
    yield '  </Relations>\n  <Labels name="label" toName="text" allowEmpty="true">\n'
    for number, name in enumerate(names):
        colour = _COLOURS[number % len(_COLOURS)]
        yield f'    <Label value={quoteattr(name)} background="{colour}"/>\n'
    yield '  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'


TASKS = TextFormat("labelstudio", "Label Studio: tasks with predictions and relations", _tasks)
CONFIG = TextFormat("labelstudio-config", "Label Studio: the labelling setup for those tasks (XML)", _config)
