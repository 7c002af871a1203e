"""Articles with marks: every character stays, and only web addresses become links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclaims.marks import shown
from newsclaims.report.facts import title_of
from newsclaims.report.reader import look, marked, safe_url
from newsclaims.report.words import attributes, credited, one_line, parts, same
from newsclaims.schema import CLAIM, Article, Claim, Document, Span

from .conftest import stories


def claims(number: int) -> tuple[Document, list[Claim]]:
    story = stories()[number]
    return story.document(), [CLAIM.validate_python(row) for row in story.rows if row["type"] != "lawsuit"]


def test_a_claim_is_numbered_behind_its_trigger() -> None:
    document, found = claims(0)
    article = marked(1, document, found, first=41)
    behind = [(s.text, s.notes) for p in article.paragraphs for s in p if s.notes]
    assert behind == [
        ("left", [41]),
        ("took", [42]),
        ("leave", [43]),
        ("leave", [44]),
        ("join", [45]),
        ("former", [46]),
    ]
    assert (article.first, article.last) == (41, 46)


@given(
    st.text(alphabet="ab \n\x00\u202eש😀", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=8),
)
def test_marks_that_overlap_lose_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    document = Document.of(Article(id="a", text=text))
    found = []
    for start, length in spans:
        start = min(start, len(text) - 1)
        end = min(start + length, len(text))
        span = Span(start=start, end=end, text=text[start:end])
        person = span.model_dump() | {"label": "PERSON"}
        found.append(
            CLAIM.validate_python({
                "id": "c", "type": "move", "doc": "a", "trigger": span, "sentence": span, "person": person,
                "confidence": 1, "rule": "r",
            })
        )  # fmt: skip
    article = marked(1, document, found, first=1)
    told = "".join(segment.text for paragraph in article.paragraphs for segment in paragraph)
    assert told.replace(" ", "") == shown(text).replace("\n", "").replace(" ", "")
    notes = [note for paragraph in article.paragraphs for segment in paragraph for note in segment.notes]
    shown_triggers = [n for n, claim in enumerate(found, start=1) if claim.trigger.text.strip()]
    assert set(shown_triggers) <= set(notes)


@pytest.mark.parametrize(
    ("title", "text", "called"),
    [
        ("A\n title", "text", "A title"),
        (None, "\n\nFirst line\nsecond", "First line"),
        (" ", "word " * 99, "word " * 23 + "word…"),
        (None, " ", "a.txt"),
    ],
)
def test_an_article_without_a_title_is_called_by_its_first_line(
    title: str | None, text: str, called: str
) -> None:
    assert title_of(Document.of(Article(id="a.txt", title=title, text=text))) == called


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "file:///etc/passwd",
        "http://",
        "http://[",
        None,
    ],
)
def test_other_addresses_than_those_of_the_web_are_no_links(url: str | None) -> None:
    assert safe_url(url) is None


def test_an_address_of_the_web_is_a_link() -> None:
    assert safe_url("https://gazette.example/a?b=1") == "https://gazette.example/a?b=1"


def test_types_of_ones_own_share_a_look() -> None:
    assert (look("move"), look("lawsuit"), look('"><script>')) == ("move", "own", "own")


def test_a_claim_is_said_in_the_names_of_the_article() -> None:
    _, found = claims(0)
    assert " ".join(f"{part.before} {part.text}".strip() for part in parts(found[0])) == (
        "Mara Quill from Northlight to Halcyon Labs having been chief scientist in May"
    )
    assert parts(found[5])[0].text == "Tobias Venn"
    assert attributes(found[5]) == ["former"]
    assert credited(found[2]) == "two colleagues"


def test_one_name_in_two_writings_is_the_same() -> None:
    assert same("The  Harbour\nGazette’s") == same("harbour gazette")
    assert same("The") == "the"


def test_controls_are_shown_as_their_pictures() -> None:
    assert one_line(" a\x00\n b ") == "a␀ b"
