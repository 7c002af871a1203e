"""Formats of linked data and graphs, each read by a library that knows the format and not newsclaims."""

from __future__ import annotations

import json
from collections import Counter, defaultdict

import networkx as nx
import pytest
from pyld import jsonld

from newsclaims.export.cypher import literal

from .conftest import MONEY, MOVES, spans_of

OA = "http://www.w3.org/ns/oa#"
ANNOTATION_CONTEXT = {
    # Those terms of the W3C's context for Web Annotation that our annotations use, as it defines them.
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation",
    "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "Software": "as:Application",
    "describing": "oa:describing",
    "tagging": "oa:tagging",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "generator": {"@id": "as:generator", "@type": "@id"},
    "value": "rdf:value",
    "format": "dc:format",
    "name": "foaf:name",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}


def offline(url, options):
    """A loader that knows one context and fetches nothing."""
    assert url == "http://www.w3.org/ns/anno.jsonld"
    document = {"@context": ANNOTATION_CONTEXT}
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
        "contentType": "application/ld+json",
    }


def refuse(url, options):
    raise AssertionError(f"nothing should be fetched, but {url} was asked for")


def values(node, key):
    return [item.get("@value", item.get("@id")) for item in node.get(key, [])]


def test_web_annotations_expand_to_the_terms_of_the_w3c(exported, claims):
    texts = {"talent/moves.txt": MOVES.text, "money.jsonl:7": MONEY.text}
    for line, claim in zip(exported("webannotation").lines(), claims, strict=True):
        (annotation,) = jsonld.expand(line, {"documentLoader": offline})
        assert annotation["@type"] == [f"{OA}Annotation"]
        assert values(annotation, f"{OA}motivatedBy") == [f"{OA}describing"]
        assert set(values(annotation[f"{OA}hasBody"][1], f"{OA}hasPurpose")) == {f"{OA}tagging"}
        marked = set()
        for target in annotation[f"{OA}hasTarget"]:
            position, quote = target[f"{OA}hasSelector"]
            ((start,), (end,), (exact,)) = (
                values(position, f"{OA}start"),
                values(position, f"{OA}end"),
                values(quote, f"{OA}exact"),
            )
            text = texts[claim.doc]
            (prefix,), (suffix,) = values(quote, f"{OA}prefix"), values(quote, f"{OA}suffix")
            assert text[:start].endswith(prefix)
            assert text[end:].startswith(suffix)
            marked.add((start, end, exact))
        assert marked == spans_of(claim)
        assert annotation["urn:newsclaims:claim"][0]["@value"] == claim.row()


def test_schema_org_data_needs_no_network_and_tells_who_works_where(exported, claims):
    document = json.loads(exported("jsonld").text)
    nodes = jsonld.flatten(document, None, {"documentLoader": refuse})
    graph = {node["@id"]: node for node in nodes}
    schema = "http://schema.org/"

    told = {}
    for node in nodes:
        if node.get("@type") == [f"{schema}Claim"]:
            spans = [graph[ref["@id"]] for ref in node["urn:newsclaims:span"]]
            found = {tuple(values(s, f"{OA}{k}")[0] for k in ("start", "end", "exact")) for s in spans}
            told[values(node, f"{schema}identifier")[0]] = found
            (article,) = values(node, f"{schema}appearance")
            assert graph[article]["@type"] == [f"{schema}NewsArticle"]
    assert told == {claim.id: spans_of(claim) for claim in claims}

    (tom,) = (n for n in nodes if values(n, f"{schema}name") == ["Tom O'Neil-Ash\\Vane"])
    (post,) = values(tom, f"{schema}worksFor")
    assert values(graph[post], f"{schema}roleName") == ["writer"]
    (employer,) = values(graph[post], f"{schema}worksFor")
    assert values(graph[employer], f"{schema}name") == ["Gazette"]


def test_a_denied_or_planned_job_gives_nobody_an_employer(exported):
    nodes = jsonld.flatten(json.loads(exported("jsonld", types=["employment"], min_confidence=0).text))
    people = [n for n in nodes if values(n, "http://schema.org/name") == ["Jane Orme"]]

    assert people
    assert not any("http://schema.org/worksFor" in person for person in people)


def entities(exported, **choice):
    model = pytest.importorskip("followthemoney").model
    found = defaultdict(list)
    for line in exported("ftm", "entities.ftm.json", **choice).lines():
        proxy = model.get_proxy(line, cleaned=False)
        proxy.schema.validate(line)
        found[proxy.schema.name].append(proxy)
    return found


def test_followthemoney_accepts_every_entity_and_each_claim_is_told(exported, claims):
    found = entities(exported)
    proxies = {proxy.id: proxy for group in found.values() for proxy in group}

    told = defaultdict(set)
    for proxy in proxies.values():
        for prop, value in proxy.itervalues():
            assert prop.type.name != "entity" or proxies[value].schema.is_a(prop.range)
        for name in proxy.schema.required:
            assert proxy.get(name), f"{proxy} lacks {name}"
        if "claim" in proxy.context:
            told[proxy.context["claim"]] |= {
                (span["start"], span["end"], span["text"]) for span in proxy.context["spans"]
            }
    assert told == {claim.id: spans_of(claim) for claim in claims}


def test_followthemoney_merges_a_person_within_an_article_only(exported):
    found = entities(exported)

    assert Counter(p.first("name") for p in found["Person"])["Jane Orme"] == 2  # one in each of two articles
    posts = {(p.schema.name, p.first("role"), *sorted(p.get("status"))) for p in found["Employment"]}
    assert ("Employment", "finance chief", "left") in posts
    assert [p.first("role") for p in found["Directorship"]] == ["chair our board"]
    paid = {p.first("recordId"): p for p in found["Payment"]}
    assert paid["claim8"].first("amount") == "9000"
    assert not paid["claim3"].has("amount")  # "up to $3 million" is no single number
    (bought,) = found["Ownership"]
    assert bought.first("sharesCurrency") == "EUR"
    assert {note.context["claim"] for note in found["Note"]} == {"claim2", "claim5", "claim6"}


def test_followthemoney_ids_stay_the_same(exported, run):
    again = [line["id"] for line in exported("ftm", "again").lines()]

    assert again == [line["id"] for line in exported("ftm", "first").lines()]
    assert len(again) == len(set(again))


def test_what_followthemoney_cannot_hold_is_said(exported):
    notes = exported("ftm").notes

    assert any(note.startswith("ftm: 3 claims fit no schema") for note in notes)
    assert any(note.startswith("ftm: 2 amounts are ranges or approximate") for note in notes)


def test_networkx_reads_the_graph_of_people_organisations_and_claims(exported, claims):
    graph = nx.read_graphml(exported("graphml", "claims.graphml").path, force_multigraph=True)
    nodes = dict(graph.nodes(data=True))

    told = {n["claim_id"]: n for n in nodes.values() if n.get("node_type") == "claim"}
    assert set(told) == {claim.id for claim in claims}
    for claim in claims:
        spans = json.loads(told[claim.id]["spans"])
        assert {(s["start"], s["end"], s["text"]) for s in spans} == spans_of(claim)
        assert told[claim.id]["confidence"] == claim.confidence
    ties = {
        (nodes[a]["name"], data["edge_type"], nodes[b]["name"])
        for a, b, data in graph.edges(data=True)
        if "claim" in data
    }
    assert ties == {
        ("Jane Orme", "left", "Halcyon"),
        ("Jane Orme", "joined", "Brightwater"),
        ("Jane Orme", "works_for", "Brightwater"),
        ("at least 14 engineers", "left", "Halcyon"),
        ("Brightwater", "pays", "Jane Orme"),
        ("Brightwater", "buys", "Cinder Labs"),
        ("Tom O'Neil-Ash\\Vane", "works_for", "Gazette"),
        ("Halcyon", "pays", "Tom O'Neil-Ash\\Vane"),
    }


def run_cypher(text):
    graph = pytest.importorskip("kglite").KnowledgeGraph()
    for statement in text.split(";\n"):
        if statement.strip():
            graph.cypher(statement)
    return graph


def test_a_cypher_engine_runs_the_statements_twice_to_one_graph(exported, claims):
    text = exported("cypher").text
    graph = run_cypher(text + text)

    told = list(
        graph.cypher("MATCH (c:Claim) RETURN c.claim AS id, c.spans AS spans, c.sentence AS sentence")
    )
    assert {row["id"] for row in told} == {claim.id for claim in claims}
    assert len(told) == len(claims)
    for claim in claims:
        (row,) = (row for row in told if row["id"] == claim.id)
        assert row["sentence"] == claim.sentence.text
        assert {(s["start"], s["end"], s["text"]) for s in json.loads(row["spans"])} == spans_of(claim)
    joined = graph.cypher(
        "MATCH (p:Person)-[r:JOINED]->(o:Organisation) RETURN p.name AS who, o.name AS where_to"
    )
    assert [(row["who"], row["where_to"]) for row in joined] == [("Jane Orme", "Brightwater")]


@pytest.mark.parametrize(
    "text", ["it's", "\\", "\\'", "a\nb\r\tc", "'}) MATCH (n) DETACH DELETE n //", "🚀\u2028"]
)
def test_no_text_breaks_out_of_a_cypher_string(text):
    graph = pytest.importorskip("kglite").KnowledgeGraph()
    graph.cypher(f"CREATE (n:Probe {{id: 'x', said: {literal(text)}}})")

    assert [row["said"] for row in graph.cypher("MATCH (n:Probe) RETURN n.said AS said")] == [text]
