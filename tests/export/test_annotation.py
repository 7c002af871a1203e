"""Formats of annotation tools: every claim, and every span at its place, as the tool's own rules have it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field
from spacy.tokens import Doc, DocBin

from newsclaims.export.tokens import tokenise

from .conftest import MONEY, MOVES, QUIET, spans_of


def by_article(claims):
    found = {article.id: [] for article in (MOVES, MONEY, QUIET)}
    for claim in claims:
        found[claim.doc].append(claim)
    return found


def test_label_studio_tasks_mark_every_span_with_labels_of_the_setup(exported, claims):
    setup = ElementTree.fromstring(exported("labelstudio-config", "setup.xml").text)
    labels = {label.get("value") for label in setup.iter("Label")}
    relations = {relation.get("value") for relation in setup.iter("Relation")}

    tasks = json.loads(exported("labelstudio", "tasks.json").text)

    assert [task["data"]["id"] for task in tasks] == [MOVES.id, MONEY.id, QUIET.id]
    for task in tasks:
        (prediction,) = task["predictions"]
        regions = {item["id"]: item for item in prediction["result"] if item["type"] == "labels"}
        links = [item for item in prediction["result"] if item["type"] == "relation"]
        marked = defaultdict(set)
        for region in regions.values():
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            assert set(value["labels"]) <= labels
            assert setup.find(f".//Labels[@name='{region['from_name']}']").get("toName") == region["to_name"]
            marked[region["meta"]["claim"][0]].add((value["start"], value["end"], value["text"]))
        assert marked == {claim.id: spans_of(claim) for claim in by_article(claims)[task["data"]["id"]]}
        for link in links:
            assert {link["from_id"], link["to_id"]} <= set(regions)
            assert set(link["labels"]) <= relations


def test_label_studio_own_code_accepts_setup_and_predictions(exported):
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    setup = interface.LabelInterface(exported("labelstudio-config", "setup.xml").text)

    setup.validate()
    for task in json.loads(exported("labelstudio", "tasks.json").text):
        assert setup.validate_prediction(task["predictions"][0], return_errors=True) == []


def test_doccano_lines_have_entities_and_relations_between_them(exported, claims):
    for line in exported("doccano").lines():
        entities = {entity["id"]: entity for entity in line["entities"]}
        assert len(entities) == len(line["entities"])
        assert all(0 <= e["start_offset"] < e["end_offset"] and e["label"] for e in entities.values())
        marked = {
            (e["start_offset"], e["end_offset"], line["text"][e["start_offset"] : e["end_offset"]])
            for e in entities.values()
        }
        assert marked == set().union(*(spans_of(claim) for claim in by_article(claims)[line["document"]]))
        for relation in line["relations"]:
            assert entities[relation["from_id"]]["label"] in {claim.type for claim in claims}
            assert entities[relation["to_id"]]["label"] == relation["type"]
        assert [claim["id"] for claim in line["claims"]] == [
            c.id for c in by_article(claims)[line["document"]]
        ]


def test_prodigy_spans_and_relations_agree_with_the_tokens(exported, claims):
    for line in exported("prodigy").lines():
        tokens = line["tokens"]
        assert "".join(t["text"] + " " * t["ws"] for t in tokens) == line["text"]
        for number, token in enumerate(tokens):
            assert token["id"] == number
            assert line["text"][token["start"] : token["end"]] == token["text"]
        marked = defaultdict(set)
        for span in line["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
            marked[span["claim"]].add((span["start"], span["end"], line["text"][span["start"] : span["end"]]))
        assert marked == {claim.id: spans_of(claim) for claim in by_article(claims)[line["meta"]["document"]]}
        for relation in line["relations"]:
            assert relation["head"] == relation["head_span"]["token_end"]
            assert relation["child"] == relation["child_span"]["token_end"]


class Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class ProdigyToken(Strict):
    text: str = Field(min_length=1)
    start: int
    end: int
    id: int
    ws: bool


class ProdigySpan(Strict):
    start: int
    end: int
    token_start: int
    token_end: int
    label: str = Field(min_length=1)
    text: str = ""
    claim: str = ""  # of our own: Prodigy keeps what it does not know


class ProdigyRelation(Strict):
    head: int
    child: int
    head_span: ProdigySpan
    child_span: ProdigySpan
    label: str = Field(min_length=1)
    claim: str = ""


class ProdigyTask(Strict):
    """A task as Prodigy's manual describes those of ``spans.manual`` and ``rel.manual``."""

    text: str
    tokens: list[ProdigyToken]
    spans: list[ProdigySpan]
    relations: list[ProdigyRelation]
    meta: dict[str, str]
    claims: list[dict[str, Any]]


def test_prodigy_tasks_are_as_its_manual_describes_them_and_spacy_reads_their_spans(exported):
    nlp = spacy.blank("en")
    for line in exported("prodigy").lines():
        task = ProdigyTask.model_validate(line)
        words, spaces = [token.text for token in task.tokens], [token.ws for token in task.tokens]
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
        assert doc.text == task.text
        for span in [
            *task.spans,
            *(end for link in task.relations for end in (link.head_span, link.child_span)),
        ]:
            found = doc.char_span(span.start, span.end, label=span.label)
            assert (found.start, found.end) == (span.token_start, span.token_end + 1)


@given(st.data())
def test_tokens_meet_every_span_of_any_text(data):
    text = data.draw(st.text(st.sampled_from("ab’ \n\t.$🚀é-"), min_size=1, max_size=40))
    place = st.integers(0, len(text) - 1)
    spans = [
        (start, data.draw(st.integers(start + 1, len(text))))
        for start in data.draw(st.lists(place, max_size=5))
    ]

    tokens = tokenise(text, spans)

    assert "".join(w + " " * s for w, s in zip(tokens.words, tokens.spaces, strict=True)) == text
    for start, end in spans:
        first, last = tokens.covering(start, end)
        assert tokens.starts[first] == start
        assert tokens.starts[last] + len(tokens.words[last]) == end


@pytest.mark.parametrize("file", ["claims.spacy", "shards"])
def test_spacy_loads_documents_with_all_spans(exported, claims, file):
    path = exported("spacy", file).path
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    nlp = spacy.blank("en")
    docs = [doc for part in files for doc in DocBin().from_disk(part).get_docs(nlp.vocab)]

    assert [doc.text for doc in docs] == [MOVES.text, MONEY.text, QUIET.text]
    for doc, found in zip(docs, by_article(claims).values(), strict=True):
        marked = defaultdict(set)
        for span in doc.spans["sc"]:
            marked[span.id_].add((span.start_char, span.end_char, span.text))
        assert marked == {claim.id: spans_of(claim) for claim in found}
        kept = json.loads(json.dumps(doc.user_data["newsclaims"]["claims"]))  # lists come back as tuples
        assert kept == [claim.row() for claim in found]


def standoff(path):
    """A brat file as its manual describes it: text-bound annotations, events, attributes and notes."""
    text = path.with_suffix(".txt").open(encoding="utf-8").read()
    marks, events, attributes, notes = {}, {}, [], {}
    for line in path.open(encoding="utf-8"):
        name, body, *rest = line.rstrip("\n").split("\t")
        if name[0] == "T":
            kind, where = body.split(" ", 1)
            pieces = [tuple(map(int, piece.split())) for piece in where.split(";")]
            assert rest == [" ".join(text[start:end] for start, end in pieces)]
            assert not any("\n" in text[start:end] for start, end in pieces)
            marks[name] = (kind, pieces[0][0], pieces[-1][1])
        elif name[0] == "E":
            events[name] = [part.split(":") for part in body.split()]
        elif name[0] == "A":
            attributes.append(body.split(" "))
        else:
            notes[body.split()[1]] = rest[0]
    return text, marks, events, attributes, notes


def test_brat_files_have_an_event_for_each_claim(exported, claims):
    folder = exported("brat").path
    found = {}
    for path in folder.glob("*.ann"):
        _, marks, events, attributes, notes = standoff(path)
        for event, ((kind, trigger), *arguments) in events.items():
            claim = json.loads(notes[trigger])
            assert marks[trigger][0] == kind
            for role, mark in arguments:
                assert marks[mark][0] == re.sub(r"\d+$", "", role)
            found[claim["id"]] = {marks[mark][1:] for mark in (trigger, *(m for _, m in arguments))}
            assert ["Certainty", event, claim["certainty"]] in attributes

    assert found == {claim.id: {span[:2] for span in spans_of(claim)} for claim in claims}


def test_brat_configuration_declares_all_that_the_files_use(exported):
    folder = exported("brat").path
    conf = (folder / "annotation.conf").read_text(encoding="utf-8")
    sections = dict(re.findall(r"\[(\w+)\]\n(.*?)(?=\n\[|\Z)", conf, re.S))
    entities = set(sections["entities"].split())
    events = {line.split("\t")[0]: line for line in sections["events"].splitlines() if line}
    declared = {line.split("\t")[0]: line for line in sections["attributes"].splitlines() if line}

    for path in folder.glob("*.ann"):
        _, marks, happened, attributes, _ = standoff(path)
        assert {kind for kind, _, _ in marks.values()} <= entities | set(events)
        for (kind, _), *arguments in happened.values():
            assert all(
                re.search(rf"\b{re.sub(r'[0-9]+$', '', role)}[?*]?:", events[kind]) for role, _ in arguments
            )
        for name, _, *value in attributes:
            assert not value or re.search(rf"[:|]{value[0]}\b", declared[name])


def test_brat_text_has_no_line_break_but_the_line_feed(exported):
    made = exported("brat")
    texts = [path.read_bytes() for path in made.path.glob("*.txt")]

    assert not [text for text in texts if b"\r" in text]
    assert any("line breaks are written as spaces" in note for note in made.notes)


def test_langextract_lines_hold_every_span_grounded(exported, claims):
    lines = list(exported("langextract").lines())

    assert [line["document_id"] for line in lines] == [MOVES.id, MONEY.id, QUIET.id]
    for line in lines:
        marked = defaultdict(set)
        for extraction in line["extractions"]:
            start, end = extraction["char_interval"]["start_pos"], extraction["char_interval"]["end_pos"]
            assert line["text"][start:end] == extraction["extraction_text"]
            marked[extraction["attributes"]["claim"]].add((start, end, extraction["extraction_text"]))
        assert marked == {claim.id: spans_of(claim) for claim in by_article(claims)[line["document_id"]]}


def test_langextract_own_code_loads_and_shows_them(exported, claims):
    langextract = pytest.importorskip("langextract")
    made = exported("langextract", "claims.jsonl")

    documents = list(langextract.io.load_annotated_documents_jsonl(made.path, show_progress=False))
    page = langextract.visualize(documents[0])

    assert len(documents) == 3
    classes = {extraction.extraction_class for extraction in documents[1].extractions}
    assert {"pay", "deal", "figure", "lawsuit", "amount", "also"} <= classes
    assert "Brightwater" in (page if isinstance(page, str) else page.data)
