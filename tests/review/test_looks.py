"""How the page looks in a real browser: on every screen, with hard articles, and to those who do not see it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from newsclaims.schema import Document

from .acting import Open, journal, press, select
from .conftest import Served
from .synthetic import write_run


@pytest.mark.parametrize(("width", "height"), [(1360, 850), (700, 450), (640, 400)])
def test_wide_screens_show_article_and_claim_side_by_side_and_scroll_within(
    served: Served, tab: Open, width: int, height: int
) -> None:
    page = tab(served.address, viewport={"width": width, "height": height})
    for key in ("j", "1", "l"):
        press(page, key)
    expect(page.locator("#position")).to_contain_text("Claim 7")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    for side in (".reader", ".claims"):
        assert page.locator(side).evaluate("side => side.scrollWidth <= side.clientWidth")
    expect(page.locator("#text .sentence").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Accept")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(1360, 500), (700, 450), (400, 800)])
def test_an_address_opens_at_its_claim(served: Served, tab: Open, width: int, height: int) -> None:
    page = tab(served.address, viewport={"width": width, "height": height})
    expect(page.locator(".chosen")).to_be_in_viewport()
    expect(page.locator("#q")).to_be_in_viewport()
    page.locator(".cards li").last.locator("a").click()
    expect(page.locator("#position")).to_have_text("Claim 6 of 24")
    page = tab(page.url, viewport={"width": width, "height": height})
    expect(page.locator("#position")).to_have_text("Claim 6 of 24")
    expect(page.locator("#text .trigger").first).to_be_in_viewport()
    expect(page.locator(".chosen")).to_be_in_viewport()


def spanned(text: str, fillers: dict[str, str]) -> dict[str, Any]:
    """The slots of a claim, each filled by the first place of its words."""
    places = {slot: text.index(filler) for slot, filler in fillers.items()}
    return {
        slot: {"start": start, "end": start + len(fillers[slot]), "text": fillers[slot]}
        for slot, start in places.items()
    }


def hostile_run(folder: Path) -> tuple[Path, str]:
    """A run whose article tries to break out, with astral and right-to-left characters before a name."""
    words = "<script>window.hurt = 1</script> \"it's\" & <img src=x onerror='window.hurt=1'> 🎺🎺 שלום עולם"
    text = f"{words}\r\n\r\n{words} Mara Quill left Northlight."
    document = Document(
        id="<b>one</b>", title=words, text=text, sha256=hashlib.sha256(text.encode()).hexdigest()
    )
    row: dict[str, Any] = {"id": "c1", "type": "move", "doc": document.id, "confidence": 0.5, "rule": "r"}
    sentence = "Mara Quill left Northlight."
    row |= spanned(text, {"trigger": "left", "sentence": sentence, "person": "Mara Quill"})
    return write_run(folder / "hostile", [(document, [row])]), text


def long_lead(folder: Path) -> Path:
    """A run of an article of one long line, which is shown as a headline, with a claim that marks much of it."""
    text = (
        "Mara Quill, the deputy head of digital typography at Northlight, joined Bexley & Stroud Capital Partners"
        " as chief operating officer in January."
    )
    fillers = {
        "trigger": "joined",
        "sentence": text,
        "person": "Mara Quill",
        "former_role": "deputy head of digital typography",
        "origin": "Northlight",
        "destination": "Bexley & Stroud Capital Partners",
        "role": "chief operating officer",
        "date": "in January",
    }
    document = Document(id="one", text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
    row = {"id": "c1", "type": "move", "doc": "one", "confidence": 0.5, "rule": "r"} | spanned(text, fillers)
    return write_run(folder / "lead", [(document, [row])])


BOXES = """() => [...document.querySelectorAll(".headline [class]")].map(span => {
    const last = document.createRange(), node = span.lastChild;
    last.setStart(node, node.data.length - 1);
    last.setEnd(node, node.data.length);
    const plain = ({top, bottom}) => ({top, bottom});
    return {
        text: node.data,
        label: span.dataset.label,
        lines: [...span.getClientRects()].map(plain),
        last: plain(last.getBoundingClientRect()),
    };
})"""
"""Upper and lower ends of the boxes of each mark, one a line, and of its last letter."""


@pytest.fixture
def led(tmp_path: Path) -> Iterator[Served]:
    served = Served(long_lead(tmp_path))
    yield served
    served.kill()


WIDTHS = range(320, 720, 40)


def test_the_marks_of_a_line_leave_the_line_above_to_be_seen(led: Served, tab: Open) -> None:
    page = tab(led.address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        boxes = [line for span in page.evaluate(BOXES) for line in span["lines"]]
        assert len(boxes) >= 8
        for one, other in itertools.product(boxes, boxes):
            middle = (one["top"] + one["bottom"]) / 2
            assert other["top"] <= middle or other["top"] >= one["bottom"], width


def test_a_tag_stands_on_the_line_of_the_last_word_it_names(led: Served, tab: Open) -> None:
    page = tab(led.address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        tagged = [span for span in page.evaluate(BOXES) if span["label"]]
        assert len(tagged) == 7
        assert [
            span["text"] for span in tagged if span["lines"][-1]["top"] > span["last"]["bottom"] - 2
        ] == []


def test_markup_and_right_to_left_text_show_as_text_with_right_offsets(tmp_path: Path, tab: Open) -> None:
    run, text = hostile_run(tmp_path)
    served = Served(run)
    try:
        page = tab(served.address)
        shown = page.locator("#text").text_content() or ""
        assert '<script>window.hurt = 1</script> "it\'s"' in shown
        assert page.evaluate("window.hurt") is None
        assert page.locator("#text script, #text img").count() == 0
        select(page, "Northlight")
        press(page, "2", "Mended")
        origin = journal(run)[-1]["edited"]["origin"]
        assert origin["start"] == text.index("Northlight")
        assert origin["text"] == "Northlight"
        select(page, "שלום עולם")
        press(page, "6", "Mended")
        assert journal(run)[-1]["edited"]["agent"]["text"] == "שלום עולם"
    finally:
        served.kill()


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1360, "height": 850}},
    "dark": {"viewport": {"width": 1360, "height": 850}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 400, "height": 800}},
    "narrow dark": {"viewport": {"width": 400, "height": 800}, "color_scheme": "dark"},
    "zoomed to 200%": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_fault(served: Served, tab: Open, look: str) -> None:
    page = tab(served.address, **LOOKS[look])
    press(page, "a", "Accepted")
    expect(page.locator("#said.seen")).to_have_count(0)
    for prepare in ("", "f", "?", "v", "e", "c"):
        if prepare:
            page.keyboard.press(prepare)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found] == [], prepare
        page.keyboard.press("Escape")
    select(page, "harbour")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_the_keyboard_reaches_everything_and_focus_is_seen(served: Served, tab: Open) -> None:
    page = tab(served.address)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        facts = page.evaluate(
            """() => {
                const here = document.activeElement;
                const words = here.textContent.trim().replace(/\\s+/g, " ");
                const style = getComputedStyle(here);
                return [words || here.getAttribute("aria-label") || here.id, style.outlineStyle];
            }"""
        )
        seen.add(facts[0])
        if facts[0] and page.evaluate("document.activeElement !== document.body"):
            assert facts[1] == "solid", facts
    assert {"A Accept", "R Reject", "U Unsure", "Z Undo", "T Type", "E Mend", "C Comment"} <= seen
