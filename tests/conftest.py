"""What all tests may use: one loaded pipeline, a short way to read what it says, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from spacy.language import Language

from fixtures import Read, Says
from newsclaims.extraction import Extractor
from newsclaims.schema import Article, Claim

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("patient", deadline=None)  # the machine does other things too
settings.load_profile("patient")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def nlp(extractor: Extractor) -> Language:
    return extractor.nlp


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    """A text with its mentions, reports and claims."""
    return nlp


@pytest.fixture(scope="session")
def says(extractor: Extractor) -> Says:
    """The claims of a text."""

    def claims(text: str) -> list[Claim]:
        return next(claims for _, claims in extractor.extract([Article(id="test", text=text)]))

    return claims


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, headless, driven by Playwright. It is closed with the module: while it runs, no other event
    loop can."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    flags = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()
