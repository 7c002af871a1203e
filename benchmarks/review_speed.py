"""How fast the review page is on a large run: the index, the first page, each step, each decision, memory.

Run with ``python benchmarks/review_speed.py [ARTICLES] [CLAIMS_EACH]`` (20,000 and 10 without); it prints a
Markdown table. Times are wall-clock of whole HTTP requests to a server in a process of its own.
"""

from __future__ import annotations

import http.client
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.review.synthetic import many, write_run

SERVE = "from newsclaims.cli import app; app()"


class Visitor:
    """A browser's part: one connection, and the links of the page that it last saw."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.connection = http.client.HTTPConnection(self.host)

    def get(self, path: str) -> str:
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]}")
        return body

    def post(self, path: str, **form: str) -> str:
        headers = {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", path, urlencode(form), headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"{path}: {answer.status}")
        return self.get(answer.headers["Location"])


def link(page: str, key: str) -> str:
    """The address behind a key of the page."""
    found = re.search(rf'data-key="{key}" href="([^"]*)"', page)
    if found is None:
        raise RuntimeError(f"no link for the key {key}")
    return found[1].replace("&amp;", "&")


def timed(action: Callable[[], object], times: int = 25) -> str:
    """Median and worst of some repetitions, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - begun))
    return f"{statistics.median(taken):.0f} ms (worst {max(taken):.0f})"


def memory(process: int) -> str:
    status = Path(f"/proc/{process}/status").read_text()
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    return f"{int(peak[1]) / 1024:.0f} MB" if peak else "unknown"


def processor(process: int) -> str:
    """Seconds of processor time that a process has used: what its start takes on a machine that is free."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return f"{(int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK'):.2f} s"


def start(run: Path) -> tuple[subprocess.Popen[str], str, float]:
    begun = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        SERVE,
        "review",
        str(run),
        "--no-open",
        "--port",
        "0",
        "--reviewer",
        "bench",
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    if found is None:
        raise RuntimeError("the server did not start")
    return server, found[0], time.perf_counter() - begun


def page_ready(address: str) -> float:
    """Seconds until the page itself is there, and not the notice that it is coming."""
    begun = time.perf_counter()
    while True:
        connection = http.client.HTTPConnection(urlsplit(address).netloc)
        connection.request("GET", "/")
        if connection.getresponse().status == 200:
            return time.perf_counter() - begun
        time.sleep(0.05)


def steps_until_whole(address: str) -> tuple[float, str]:
    """Seconds until the whole run is indexed, and how long the steps took that were made meanwhile."""
    visitor, taken, begun = Visitor(address), [], time.perf_counter()
    page = visitor.get("/")
    while "is being indexed" in page:
        step = time.perf_counter()
        page = visitor.get(link(page, "j"))
        taken.append(1000 * (time.perf_counter() - step))
        time.sleep(0.1)
    return time.perf_counter() - begun, f"{statistics.median(taken):.0f} ms (worst {max(taken):.0f})"


def measure(run: Path, articles: int) -> list[tuple[str, str]]:
    server, address, seconds = start(run)
    first = seconds + page_ready(address)
    used = processor(server.pid)
    whole, steps = steps_until_whole(address)
    rows = [
        ("first start: first page, of the run's beginning", f"{first:.2f} s"),
        ("processor time until then", used),
        ("next claim, while the rest is indexed", steps),
        ("first start: the whole run is indexed", f"{first + whole:.1f} s"),
    ]
    server.terminate()
    server.wait()
    server, address, seconds = start(run)
    try:
        first = page_ready(address)
        visitor = Visitor(address)
        rows += [
            ("later starts: first page", f"{seconds + first:.2f} s"),
        ]
        for name, query in (
            ("no filter", {}),
            ("least certain first", {"sort": "least-certain"}),
            ("by rule, one type, hedged", {"sort": "rule", "type": "pay", "certainty": "hedged"}),
            ("one person", {"person": "Mara Quill"}),
            ("search: ferry terminal", {"q": "ferry terminal"}),
            ("search whole articles", {"q": "harbour", "scope": "article"}),
            ("rare: confidence 0.3, disputed", {"high": "0.3", "state": "disputed"}),
            ("deep in the run, by state", {"sort": "state", "doc": f"a{articles - 20:05d}"}),
        ):
            path = "/?" + urlencode(query)
            rows.append((f"open, {name}", timed(lambda path=path: visitor.get(path), 5)))  # type: ignore[misc]
            page = visitor.get(path)
            if 'data-key="j" href' not in page:
                continue

            def step() -> None:
                nonlocal page
                page = visitor.get(link(page, "j"))

            rows.append((f"next claim, {name}", timed(step)))
        page = visitor.get("/?sort=least-certain&state=pending")

        def accept() -> None:
            nonlocal page
            place = parse_qs(urlsplit(link(page, "j")).query)
            form = {"doc": place["doc"][0], "claim": place["claim"][0], "decision": "accepted"}
            page = visitor.post("/decide?sort=least-certain&state=pending", **form)

        rows.append(("accept and go on, fsync included", timed(accept)))
        rows.append(("undo", timed(lambda: visitor.post("/undo"), 10)))
        rows.append(("peak memory of the server", memory(server.pid)))
    finally:
        server.terminate()
        server.wait()
    rows.append(("index file", f"{(run / 'review.sqlite').stat().st_size / 1e6:.0f} MB"))
    return rows


def main() -> None:
    articles, each = (int(value) for value in [*sys.argv[1:], "20000", "10"][:2])
    with tempfile.TemporaryDirectory() as folder:
        run = write_run(Path(folder) / "run", many(articles, each, padding=4))
        size = sum(file.stat().st_size for file in run.iterdir()) / 1e6
        rows = measure(run, articles)
    print(
        f"{articles * each:,} claims in {articles:,} articles, {size:,.0f} MB; {platform.machine()}, ", end=""
    )
    print(f"Python {platform.python_version()}\n\n| what | time |\n| --- | --- |")
    for what, value in rows:
        print(f"| {what} | {value} |")


if __name__ == "__main__":
    main()
