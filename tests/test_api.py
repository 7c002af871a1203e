"""``import newsclaims``: what Python programs and notebooks use."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from itertools import count, islice
from pathlib import Path

import pytest

import newsclaims
from export.conftest import LAWSUIT, MONEY, MOVES, rows
from newsclaims.errors import RuleError
from newsclaims.notebook import marked
from newsclaims.runs import Run
from newsclaims.runs.kinds import Kinds
from newsclaims.schema import Article, Document
from report.conftest import stories, write_run

DOCS = Path(__file__).parent.parent / "docs"
TEXT = "Jane Orme, Halcyon’s finance chief, left for Brightwater in March, the Gazette reported."


def test_importing_the_package_loads_nothing_heavy():
    code = "import newsclaims, sys; print([m for m in ('spacy', 'pydantic', 'numpy') if m in sys.modules])"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


def test_every_name_that_the_package_offers_is_there():
    assert all(getattr(newsclaims, name) for name in newsclaims.__all__)
    assert set(newsclaims.__all__) <= set(dir(newsclaims))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = newsclaims.nothing


def test_extract_gives_typed_claims_with_exact_spans():
    claims = newsclaims.extract(TEXT)

    (move,) = (claim for claim in claims if isinstance(claim, newsclaims.Move))
    assert move.person.name == "Jane Orme"
    assert move.destination is not None
    assert move.destination.text == "Brightwater"
    assert all(TEXT[span.start : span.end] == span.text for claim in claims for _, span in claim.spans())


def test_a_text_has_the_same_id_every_time():
    first, second = newsclaims.extract(TEXT), newsclaims.extract(TEXT)

    assert first.article.id == second.article.id
    assert [claim.row() for claim in first] == [claim.row() for claim in second]


def test_extract_many_keeps_the_order_and_takes_texts_articles_and_fields():
    given = [TEXT, Article(id="a", text="It rained."), {"id": "b", "text": TEXT}]

    found = list(newsclaims.extract_many(given))

    assert [claims.article.id for claims in found][1:] == ["a", "b"]
    assert [len(claims) for claims in found] == [len(found[0]), 0, len(found[0])]
    assert {claim.doc for claim in found[2]} == {"b"}


@pytest.mark.parametrize("given", [None, 5, b"Jane Orme left.", Path("article.txt"), ["Jane Orme left."]])
def test_what_is_no_article_is_refused_with_what_is_one(given):
    with pytest.raises(
        TypeError, match="an article is a text, an Article or a dict of its fields, not a value"
    ):
        newsclaims.extract(given)
    if not isinstance(given, list):
        with pytest.raises(TypeError, match="an article is a text"):
            next(newsclaims.extract_many([given]))


def test_fields_may_lack_an_id_and_be_those_of_a_run():
    assert newsclaims.extract({"id": None, "text": TEXT}).article == newsclaims.extract(TEXT).article
    row = Document.of(Article(id="b", text=TEXT)).model_dump()
    assert newsclaims.extract(row).article.id == "b"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"id": "a"}, "an article's text is a str, not a value of type NoneType"),
        ({"id": "a", "text": None}, "an article's text is a str, not a value of type NoneType"),
        ({"body": TEXT}, "an article has no field 'body'; there are id, text, title, date, url, source"),
    ],
)
def test_fields_that_make_no_article_are_told(given, said):
    with pytest.raises(TypeError, match=said):
        newsclaims.extract(given)


@pytest.mark.parametrize("given", [TEXT, {"id": "b", "text": TEXT}, Article(id="b", text=TEXT), None])
def test_one_article_is_not_taken_for_many(given):
    with pytest.raises(TypeError, match="extract takes a single one"):
        newsclaims.extract_many(given)


RULE = """\
[[rule]]
id = "own.waft"
type = "move"
trigger = ["waft"]
person = "subj:PERSON"
destination = "to:ORG"
"""


def test_one_rule_file_may_be_named_by_itself(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(RULE)
    text = "Jane Orme wafted to Brightwater."

    for rules in (str(file), file, [file]):
        assert "own.waft" in [claim.rule for claim in newsclaims.extract(text, rules=rules)]
    nlp = newsclaims.load(rules=str(file))
    assert "own.waft" in [claim.rule for claim in nlp(text)._.claims]


def test_a_rule_file_that_was_mended_is_read_anew(tmp_path):
    file = tmp_path / "own.toml"
    for verb in ("waft", "drift"):
        file.write_text(RULE.replace("waft", verb))
        assert f"own.{verb}" in {
            claim.rule for claim in newsclaims.extract(f"Jane Orme {verb}ed to Brightwater.", rules=tmp_path)
        }


def test_a_rule_file_that_is_not_there_is_named():
    with pytest.raises(RuleError, match=r"nope\.toml"):
        newsclaims.extract(TEXT, rules="nope.toml")


def test_a_run_is_named_by_a_text_or_a_path(tmp_path):
    run = write_run(tmp_path / "run", stories())

    assert [document.id for document, _ in Run(str(run)).articles()] == [
        document.id for document, _ in Run(run).articles()
    ]


def test_extract_many_reads_no_further_than_it_must():
    endless = ({"id": str(number), "text": "It rained."} for number in count())

    first = next(islice(newsclaims.extract_many(endless), 0, 1))
    assert first.article.id == "0"
    assert int(next(endless)["id"]) <= 64


def test_extract_may_be_called_while_extract_many_is_under_way():
    many = newsclaims.extract_many([TEXT, TEXT])

    for claims in many:
        assert [c.row() for c in newsclaims.extract(claims.article)] == [c.row() for c in claims]


def test_load_gives_a_spacy_pipeline_that_sets_claims():
    nlp = newsclaims.load()

    doc = nlp(TEXT)
    assert [claim.type for claim in doc._.claims] == [claim.type for claim in newsclaims.extract(TEXT)]
    assert "newsclaims_money" in nlp.pipe_names


def claims_of(article):
    read = Kinds([LAWSUIT]).read
    return newsclaims.Claims(article, [read(row) for row in rows() if row["doc"] == article.id])


@pytest.mark.parametrize("article", [MOVES, MONEY])
def test_a_notebook_shows_the_text_with_every_span_marked(article):
    claims = claims_of(article)
    page = claims._repr_html_()

    for claim in claims:
        for role, span in claim.spans():
            if role != "sentence":
                assert re.search(rf'title="[^"]*\b{claim.type if role == "trigger" else role}\b', page)
                first_line = span.text.split("\n")[0]
                plain = re.sub(r"<sub>.*?</sub>|<[^>]+>", "", page)
                assert first_line.replace("'", "&#x27;") in plain
    assert page.count("<tr>") == len(claims) + 1


def test_a_claim_prints_as_one_line():
    claims = newsclaims.extract("Ann Roe plans to leave Halcyon for Brightwater, Halcyon said.")
    [move] = [str(claim) for claim in claims if claim.type == "move"]
    assert (
        move
        == "move (planned): person Ann Roe; origin Halcyon; destination Brightwater (according to Halcyon)"
    )


def test_nothing_in_an_article_becomes_markup():
    article = Article(id="x", text="<script>alert('x')</script> & more", title="<b>")

    assert "<script>" not in marked(article, [])
    assert "<b>" not in newsclaims.Claims(article)._repr_html_()


@pytest.mark.parametrize("page", ["python.md"])
def test_the_examples_of_the_docs_run(page):
    text = (DOCS / page).read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"```pycon\n(.*?)```", text, re.S))
    test = doctest.DocTestParser().get_doctest(examples, {}, page, page, 0)
    assert test.examples

    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    report = []
    runner = doctest.DocTestRunner(optionflags=flags)
    runner.run(test, out=report.append)

    assert runner.failures == 0, "".join(report)
