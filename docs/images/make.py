"""Makes the pictures of the README and the manual from the claims that the program finds in ``corpus/articles``.

Run with ``python docs/images/make.py`` from a checkout; it needs Chromium and the development dependencies.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from newsclaims import __version__
from newsclaims.cli import app
from newsclaims.listening import listen
from newsclaims.review.app import make_app
from newsclaims.review.desk import Desk
from newsclaims.review.queries import Filter
from newsclaims.runs.folder import RunFolder

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ARTICLES = Path("corpus", "articles")
"""Where the articles lie in the checkout; the pictures show this path."""
WIDE = {"width": 1360, "height": 850}
NARROW = {"width": 400, "height": 800}


def newsclaims(*arguments: str | Path) -> None:
    """The command line, in this process."""
    app([str(argument) for argument in arguments], standalone_mode=False)


def telling(run: Path) -> str:
    """Address of the claim on pay that fills the most slots, and of these the surest."""
    rows = [json.loads(line) for line in (run / "claims.jsonl").open(encoding="utf-8")]
    pay = [row for row in rows if row["type"] == "pay" and row.get("payer") and row.get("recipient")]

    def worth(row: dict[str, Any]) -> tuple[int, float]:
        parts = sum(isinstance(value, dict) for value in row.values())
        return parts + bool((row.get("attribution") or {}).get("source")), row["confidence"]

    best = max(pay, key=worth)
    return Filter().address(doc=best["doc"], claim=best["id"])


def page(browser: Browser, address: str, scheme: str, size: dict[str, int]) -> Page:
    tab = browser.new_page(color_scheme=scheme, viewport=size)  # type: ignore[arg-type]
    tab.goto(address)
    tab.wait_for_timeout(500)
    return tab


def review(browser: Browser, run: Path) -> None:
    desk = Desk(RunFolder(run), __version__)
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(make_app(desk, "Ann"), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}{telling(run)}"
    for name, scheme, size in (
        ("light", "light", WIDE), ("dark", "dark", WIDE), ("narrow", "light", NARROW)
    ):  # fmt: skip
        page(browser, address, scheme, size).screenshot(path=HERE / f"review-{name}.png")
    server.should_exit = True
    thread.join()
    desk.index.close()


def report(browser: Browser, run: Path) -> None:
    path = run / "report.html"
    newsclaims("report", run, "-o", path)
    for scheme in ("light", "dark"):
        tab = page(browser, path.as_uri(), scheme, WIDE)
        for part in ("moves", "money"):
            picture = tab.locator(f"#{part} svg.wide").first
            picture.screenshot(path=HERE / f"report-{part}-{scheme}.png")
    page(browser, path.as_uri(), "light", NARROW).screenshot(path=HERE / "report-narrow.png")


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed (apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = Path(folder) / "demo"
        with contextlib.chdir(ROOT):
            newsclaims("extract", ARTICLES, "-o", run, "--quiet")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        review(browser, run)
        report(browser, run)
        browser.close()


if __name__ == "__main__":
    main()
