"""A whole review in a real browser: Chromium, headless, driven by Playwright."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from newsclaims.review.desk import Desk
from newsclaims.review.folder import RunFolder
from newsclaims.schema import Document

from .conftest import Served, Site
from .synthetic import many, write_run

PATIENCE = 20_000
"""Milliseconds that a test waits for the page, on a machine that does other things too."""

expect.set_options(timeout=PATIENCE)
Open = Callable[..., Page]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Open]:
    """Opens a page in a fresh profile; a fault in a script, or a breach of the policy, fails the test."""
    faults: list[str] = []
    contexts = []

    def open_page(address: str, **options: Any) -> Page:
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def select(page: Page, words: str) -> None:
    """Select words of the article, as a mouse would, wherever segments cut them."""
    page.evaluate(
        """words => {
            const text = document.getElementById("text");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            const nodes = [];
            while (walker.nextNode()) nodes.push(walker.currentNode);
            const start = nodes.map(n => n.data).join("").indexOf(words);
            if (start < 0) throw new Error("not in the article: " + words);
            const place = (offset) => {
                for (const node of nodes) {
                    if (offset <= node.data.length) return [node, offset];
                    offset -= node.data.length;
                }
            };
            const range = document.createRange();
            range.setStart(...place(start));
            range.setEnd(...place(start + words.length));
            const selection = getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
        }""",
        words,
    )
    expect(page.locator("#selection")).to_be_visible()


def chosen(page: Page) -> str:
    """Id of the claim on the chosen card."""
    return page.locator(".actions input[name=claim]").first.input_value()


def press(page: Page, key: str, answer: str = "") -> None:
    """Press a key; with ``answer``, wait until the page says so."""
    page.evaluate("document.getElementById('said').textContent = ''")
    page.keyboard.press(key)
    if answer:
        expect(page.locator("#said")).to_contain_text(answer)


def journal(run: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (run / "reviews.jsonl").read_text().splitlines()]


def test_a_whole_review(served: Served, run: Path, tab: Open) -> None:
    page = tab(served.address)
    expect(page.locator(".chosen .type")).to_have_text("employment")

    # Accept by key: the page goes on to the next claim.
    first = chosen(page)
    press(page, "a", "Accepted")
    expect(page.locator(".chosen .type")).to_have_text("pay")
    expect(page.locator("#progress")).to_contain_text("1 of 24 judged")
    assert journal(run)[-1]["claim"] == first

    # Filter by type, through the form.
    press(page, "f")
    page.select_option("#filter-type", "move")
    expect(page.locator(".chips")).to_contain_text("move")
    expect(page.locator("#position")).to_have_text("Claim 1 of 4")

    # Edit a slot by selecting text and pressing the slot's key.
    select(page, "harbour")
    press(page, "5", "Mended")
    expect(page.locator(".chosen .slot", has_text="former role")).to_contain_text("harbour")
    expect(page.locator("#text .slot-5")).to_have_text("harbour")
    edited = journal(run)[-1]
    assert edited["decision"] == "accepted"
    assert edited["edited"]["former_role"]["text"] == "harbour"

    # Clear it again, and undo the clearing.
    press(page, "Shift+5", "Mended")
    expect(page.locator("#text .slot-5")).to_have_count(0)
    press(page, "z", "Undone")
    expect(page.locator("#text .slot-5")).to_have_text("harbour")

    # Add a missed claim from a selection.
    page.goto(served.address)
    select(page, "ferries")
    press(page, "n")
    expect(page.locator("#add-box")).to_be_visible()
    press(page, "6", "Added")
    expect(page.locator(".chosen .type")).to_have_text("lawsuit")
    expect(page.locator(".chosen > header .state")).to_contain_text("unsure")
    press(page, "a", "Fill plaintiff and defendant first")
    for key, words in (("1", "weather"), ("2", "harbour")):
        select(page, words)
        press(page, key, "Mended")
    expect(page.locator(".chosen > header .state")).to_contain_text("accepted")
    added = chosen(page)
    assert journal(run)[-1]["decision"] == "added"

    # Reload: all is there. Kill the server and start it again: nothing is lost.
    page.reload()
    assert chosen(page) == added
    served.kill()
    press(page, "r", "The server does not answer")
    served.start(served.port)
    press(page, "r", "Rejected")
    page.goto(served.address)
    expect(page.locator("#progress")).to_contain_text("3 of 25 judged")
    assert [row["decision"] for row in journal(run)][-2:] == ["added", "rejected"]


def test_two_reviewers_see_each_others_marks(served: Served, run: Path, tab: Open) -> None:
    ann = tab(served.address)
    expect(ann).to_have_url(re.compile("claim="))
    address = ann.url
    ben = tab(address)
    ben.locator(".who").click()
    ben.fill("#reviewer", "Ben")
    ben.get_by_role("button", name="Keep").click()
    expect(ben.locator(".who")).to_contain_text("Ben")
    press(ann, "a", "Accepted")
    expect(ben.locator(".chosen .by")).to_have_text("accepted Ann")  # without touching the page
    press(ben, "r", "Rejected")
    ann.goto(address)
    expect(ann.locator(".chosen .by")).to_have_text(re.compile("accepted Ann, rejected Ben"))
    expect(ann.locator(".chosen .warn")).to_have_text("disputed")


def test_every_key_does_what_the_list_says(served: Served, run: Path, tab: Open) -> None:
    page = tab(served.address)
    press(page, "?")
    expect(page.locator("#help")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#help")).to_be_hidden()
    first = chosen(page)
    page.keyboard.press("j")
    expect(page.locator("#position")).to_have_text("Claim 2 of 24")
    page.keyboard.press("k")
    expect(page.locator("#position")).to_have_text("Claim 1 of 24")
    press(page, "k", "first claim")
    page.keyboard.press("l")
    expect(page.locator(".doc")).to_have_text("a00002")
    page.keyboard.press("h")
    expect(page.locator(".doc")).to_have_text("a00001")
    assert chosen(page) == first
    press(page, "t")
    press(page, "1", "Mended")
    expect(page.locator(".chosen .type")).to_have_text("move")
    press(page, "v")
    press(page, "3", "Mended")
    expect(page.locator(".chosen .tag.press").first).to_have_text("planned")
    press(page, "c")
    page.keyboard.type("odd wording, ask")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comments")).to_contain_text("odd wording, ask")
    press(page, "d", "Marked as read")
    expect(page.locator(".read")).to_contain_text("Ann")
    press(page, "u", "Unsure")
    page.keyboard.press("q")
    expect(page).to_have_url(re.compile("sort=least-certain"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("court")
    page.keyboard.press("Enter")
    expect(page.locator("#position")).to_have_text("Claim 1 of 4")
    decisions = [row["decision"] for row in journal(run)]
    assert decisions == ["accepted", "accepted", "comment", "accepted", "unsure"]


def test_what_opens_by_a_key_closes_by_escape_and_starts_where_it_stands(served: Served, tab: Open) -> None:
    page = tab(served.address)
    press(page, "f")
    expect(page.locator("#filter-type")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("#filters")).to_be_hidden()
    press(page, "t")
    expect(page.locator("#type-box [aria-current]")).to_be_focused()
    press(page, "Escape")
    press(page, "z", "You have nothing to undo")


def test_taking_back_that_an_article_was_read_stays_at_the_claim(served: Served, tab: Open) -> None:
    page = tab(served.address)
    page.keyboard.press("j")
    expect(page.locator("#position")).to_have_text("Claim 2 of 24")
    press(page, "d", "Marked as read")
    press(page, "z", "Undone")
    expect(page.locator(".read")).to_have_count(0)
    expect(page.locator("#position")).to_have_text("Claim 2 of 24")


def test_text_selected_by_dragging_or_by_three_clicks_fills_a_slot(
    served: Served, run: Path, tab: Open
) -> None:
    page = tab(served.address)
    paragraph = page.locator("#text p").nth(1)
    box = paragraph.bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 8, steps=5)
    page.mouse.up()
    expect(page.locator("#selection")).to_be_visible()
    press(page, "2", "Mended")
    dragged = journal(run)[-1]["edited"]["employer"]["text"]
    whole = paragraph.text_content() or ""
    assert dragged
    assert whole.startswith(dragged)
    paragraph.click(click_count=3, position={"x": 300, "y": 8})
    press(page, "2", "Mended")
    assert journal(run)[-1]["edited"]["employer"]["text"] == whole.strip()


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


def test_a_run_whose_index_is_not_whole_is_shown_and_grows_by_itself(run: Path, tab: Open) -> None:
    site = Site(Desk(RunFolder(write_run(run.parent / "large", many(40, 6))), "0.1.0", beginning=5_000))
    try:
        page = tab(site.origin)
        expect(page.locator("#notes")).to_contain_text("The rest is being indexed")
        press(page, "a", "Accepted")
        site.desk.complete()
        expect(page.locator("#position")).to_have_text("Claim 2 of 240")
        expect(page.locator("#notes")).to_be_empty()
        expect(page.locator("#progress")).to_contain_text("1 of 240 judged")
    finally:
        site.close()


def test_mouse_alone_is_enough(served: Served, run: Path, tab: Open) -> None:
    page = tab(served.address)
    page.locator("#text .other").first.click()
    expect(page.locator(".chosen .type")).to_have_text("pay")
    select(page, "harbour")
    page.locator("#selection button", has_text="payer").click()
    expect(page.locator(".chosen .slot", has_text="payer")).to_contain_text("harbour")
    page.get_by_role("button", name="E Mend").click()
    page.get_by_label("at most").fill("7000000")
    page.locator("#mend-box fieldset .button").click()
    expect(page.locator(".chosen .slot", has_text="amount")).to_contain_text("up to 7 million US dollars")
    page.get_by_role("button", name="R Reject").click()
    expect(page.locator("#said")).to_contain_text("Rejected")
    page.get_by_title("Next article").click()
    expect(page.locator(".doc")).to_have_text("a00002")
    page.go_back()
    expect(page.locator(".doc")).to_have_text("a00001")


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
