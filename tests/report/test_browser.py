"""The page in a real browser: Chromium, headless, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from newsclaims.report.page import write
from newsclaims.runs import Run, Selection

from .conftest import Story, accept_first, stories, write_run

Open = Callable[..., Page]


@pytest.fixture
def tab(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the report of some articles in a fresh profile without network. A fault in a script, a breach of
    the policy or a request for anything else fails the test."""
    faults: list[str] = []
    contexts = []

    def open_page(
        told: list[Story] | None = None, place: str = "", reviewed: bool = False, **options: Any
    ) -> Page:
        run = write_run(tmp_path / "run", told or stories())
        if reviewed:
            accept_first(run)
        write(Selection(Run(run)), tmp_path / "report.html")
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.on("dialog", lambda dialog: faults.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: request.url.startswith("file:") or faults.append(request.url))
        page.goto(f"file://{tmp_path / 'report.html'}{place}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def numbers(page: Page) -> list[str]:
    return page.locator("#table td.number").all_inner_texts()


def test_a_click_on_a_flow_opens_the_sentences_behind_it(tab: Open) -> None:
    page = tab()
    sentence = page.locator("#flow-1").get_by_text("Quill took 3 engineers from Northlight to Halcyon Labs.")
    expect(sentence).to_be_hidden()
    page.locator("#moves svg.wide").get_by_label("Northlight → Halcyon Labs: 2 people or groups").first.click(
        force=True
    )
    expect(sentence).to_be_visible()


def test_a_click_on_an_amount_shows_its_claim_in_the_table(tab: Open) -> None:
    page = tab()
    page.locator("#money svg.wide").get_by_label("figure, price: about 50 US dollars").click()
    expect(page.locator("#table tbody tr")).to_have_count(1)
    expect(page.locator("#table tbody tr")).to_contain_text("A subscription to the paper costs about $50.")
    page.get_by_role("button", name="Show all again").click()
    expect(page.locator("#table tbody tr")).to_have_count(12)


def test_the_table_sorts_by_amount_within_a_currency_and_empty_ones_come_last(tab: Open) -> None:
    page = tab()
    amount = page.get_by_role("button", name="Amount")
    amount.click()
    amounts = ["USD\u00a050", "USD\u00a07M", "USD\u00a010M–20M", "USD\u00a0≤ 300M", "USD\u00a0≥ 2B"]
    assert page.locator("#table td.money").all_inner_texts()[:6] == [*amounts, ""]
    amount.click()
    assert page.locator("#table td.money").all_inner_texts()[:6] == [*reversed(amounts), ""]
    expect(page.locator("#table th[aria-sort=descending]")).to_have_text("Amount")


def test_search_looks_in_claims_sentences_credits_and_titles(tab: Open) -> None:
    page = tab()
    search = page.get_by_label("Search")
    search.fill("colleagues venn")
    assert numbers(page) == ["3"]
    search.fill("what halcyon labs PAYS")
    assert len(numbers(page)) == 5
    search.fill("walrus")
    expect(page.get_by_role("status")).to_have_text("No claim is like this.")


def test_filters_by_type_and_certainty_go_together(tab: Open) -> None:
    page = tab()
    page.locator("#tools select[name=type]").select_option("move")
    page.locator("#tools select[name=certainty]").select_option("planned")
    assert numbers(page) == ["5"]


@pytest.mark.parametrize("width", [1000, 1100, 1200])
def test_what_a_reviewer_said_stands_apart_from_the_confidence(tab: Open, width: int) -> None:
    page = tab(reviewed=True, viewport={"width": width, "height": 900})
    row = page.locator("#table tbody tr").first
    expect(row.locator(".review")).to_have_text("accepted")
    gap = row.evaluate(
        """row => {
            const box = kind => {
                const words = document.createRange();
                words.selectNodeContents(row.querySelector(kind));
                return words.getBoundingClientRect();
            };
            return box(".review").left - box(".trust").right;
        }"""
    )
    assert gap >= 8


def test_a_long_table_has_pages(tab: Open) -> None:
    story = Story("long", "A long list")
    for number in range(120):
        story.say(f"Jane Doe{number} joined Acme.").claim(
            "move", "joined", person=f"Jane Doe{number}", destination="Acme"
        )
    page = tab([story])
    expect(page.get_by_role("status")).to_have_text("1–50 of 120 claims")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("status")).to_have_text("101–120 of 120 claims")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()


def test_a_link_to_a_claim_opens_its_article(tab: Open) -> None:
    page = tab(place="#claim-7")
    expect(page.locator("#claim-7")).to_be_visible()
    expect(page.locator("#claim-12")).to_be_hidden()


def test_a_claim_lights_up_in_the_text_under_the_pointer(tab: Open) -> None:
    page = tab()
    page.locator("#claim-3").hover()
    lit = page.locator("#article-1 mark.lit").all_inner_texts()
    assert lit == ["Tobias Venn", "leave", "Northlight", "Halcyon Labs", "two colleagues"]


def test_without_scripts_all_but_the_table_is_there(tab: Open) -> None:
    page = tab(java_script_enabled=False)
    page.locator("summary", has_text="Northlight → Halcyon Labs: 2 people").first.click()
    expect(page.locator("#flow-1")).to_be_visible()
    expect(page.get_by_text("The table needs scripts, which are off here")).to_be_visible()
    expect(page.locator("#table")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_nothing_serious(tab: Open, scheme: str, width: int) -> None:
    page = tab(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    found = Axe().run(page).response["violations"]
    grave = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in grave] == []


@pytest.mark.parametrize("width", [400, 640, 900, 1280])
def test_nothing_runs_out_of_the_page_sideways(tab: Open, width: int) -> None:
    page = tab(viewport={"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_follows_the_system(tab: Open) -> None:
    page = tab(color_scheme="dark")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(19, 21, 25)"


def test_on_paper_all_that_is_folded_is_open_and_the_ground_is_white(tab: Open, tmp_path: Path) -> None:
    page = tab(color_scheme="dark")
    page.pdf(path=tmp_path / "report.pdf", format="A4", print_background=True)
    printed = " ".join(leaf.extract_text() for leaf in PdfReader(tmp_path / "report.pdf").pages)
    text = " ".join(normalize("NFKC", printed).split())  # some fonts join letters: "oﬀered"
    assert "Quill took 3 engineers from Northlight to Halcyon Labs." in text
    assert "Halcyon Labs offered researchers up to $300 million over four years" in text
    assert text.count("A subscription to the paper costs") == 2  # in its article and in the table
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(29, 32, 38)"


def test_on_a_telephone_each_certainty_stands_beside_its_meaning(tab: Open) -> None:
    page = tab(viewport={"width": 390, "height": 844})
    for entry in page.locator(".legend div").all():
        word, meaning = entry.locator("dt").bounding_box(), entry.locator("dd").bounding_box()
        assert word
        assert meaning
        assert meaning["y"] < word["y"] + word["height"]
