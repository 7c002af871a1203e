"""A whole review in a real browser: Chromium, headless, driven by Playwright."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from newsclaims.review.desk import Desk
from newsclaims.runs.folder import RunFolder

from .acting import Open, chosen, journal, press, select
from .conftest import Served, Site
from .synthetic import many, write_run


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
