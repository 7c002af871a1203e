"""How long the report of a large run takes to make, how large it is, and how long a browser takes with it.

Run with ``python benchmarks/report_speed.py [ARTICLES] [CLAIMS_EACH]`` (20,000 and 10 without); it prints a
Markdown table. The browser is Chromium, without a network, driven by Playwright.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.review.synthetic import many, write_run

MAKE = "from newsclaims.cli import app; app()"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

Rows = list[tuple[str, str]]


def make(run: Path, page: Path) -> Rows:
    """The report, written by the command in a process of its own."""
    begun = time.perf_counter()
    process = os.posix_spawn(
        sys.executable, [sys.executable, "-c", MAKE, "report", str(run), "-o", str(page)], os.environ
    )
    _, status, used = os.wait4(process, 0)
    if status:
        sys.exit("the report could not be made")
    return [
        ("write the report", f"{time.perf_counter() - begun:.1f} s"),
        ("processor time of it", f"{used.ru_utime + used.ru_stime:.1f} s"),
        ("most memory of it", f"{used.ru_maxrss / 1024:.0f} MB"),
        ("size of the page", f"{page.stat().st_size / 1e6:.1f} MB"),
    ]


def look(path: Path) -> Rows:
    """The page in a browser: until it is open, and what each way of asking its table takes."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page()
        begun = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("#table tbody tr")
        opened = time.perf_counter() - begun
        heap = page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        rows = [
            ("open it in Chromium, table filled", f"{opened:.2f} s"),
            ("memory of its scripts", f"{heap:.0f} MB"),
            ("search its table", asked(page, "search('copperfen labs')")),
            ("sort its table", asked(page, "document.querySelectorAll('#table th button')[2].click()")),
            (
                "open all articles",
                asked(page, "document.querySelectorAll('details').forEach(d => d.open = true)"),
            ),
        ]
        browser.close()
    return rows


def asked(page: Page, action: str) -> str:
    """Milliseconds until an action is done and laid out."""
    taken = page.evaluate(
        """action => {
            const search = words => {
                const field = document.querySelector("#tools [name=words]");
                field.value = words;
                field.dispatchEvent(new Event("input", {bubbles: true}));
            };
            const begun = performance.now();
            new Function("search", action)(search);
            document.documentElement.getBoundingClientRect();
            return performance.now() - begun;
        }""",
        action,
    )
    return f"{taken:.0f} ms"


def main() -> None:
    articles, each = (int(value) for value in [*sys.argv[1:], "20000", "10"][:2])
    with tempfile.TemporaryDirectory() as folder:
        run = write_run(Path(folder) / "run", many(articles, each, padding=4))
        page = Path(folder) / "report.html"
        rows = make(run, page) + look(page)
    print(f"{articles * each:,} claims in {articles:,} articles; {platform.machine()}, ", end="")
    print(f"Python {platform.python_version()}\n\n| what | measured |\n| --- | --- |")
    for what, value in rows:
        print(f"| {what} | {value} |")


if __name__ == "__main__":
    main()
