"""What all tests may use: one loaded pipeline, and a short way to read what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.extraction import Extractor
from newsclaims.schema import Article, Claim

Says = Callable[[str], list[Claim]]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def nlp(extractor: Extractor) -> Language:
    return extractor.nlp


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[[str], Doc]:
    """A text with its mentions, reports and claims."""
    return nlp


@pytest.fixture(scope="session")
def says(extractor: Extractor) -> Says:
    """The claims of a text."""

    def claims(text: str) -> list[Claim]:
        return next(claims for _, claims in extractor.extract([Article(id="test", text=text)]))

    return claims
