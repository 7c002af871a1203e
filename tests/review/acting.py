"""What a reviewer does on the page, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from .conftest import PATIENCE

Open = Callable[..., Page]
"""Opens a page: the fixture ``tab``."""

expect.set_options(timeout=PATIENCE)


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
