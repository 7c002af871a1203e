from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from newsclaims.listening import listen
from newsclaims.review.app import make_app
from newsclaims.review.desk import Desk
from newsclaims.runs.folder import RunFolder

from .synthetic import many, write_run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 20_000
"""Milliseconds that a test waits for the page, on a machine that does other things too."""
SERVE = "from newsclaims.cli import app; app()"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of four articles with six claims each, one of every type."""
    return write_run(tmp_path / "run", many(4, 6))


@pytest.fixture
def desk(run: Path) -> Iterator[Desk]:
    desk = Desk(RunFolder(run), "0.1.0")
    yield desk
    desk.index.close()


class Site:
    """The page on a port of this machine, served from a thread."""

    def __init__(self, desk: Desk, host: str = "127.0.0.1", token: str | None = None) -> None:
        self.desk = desk
        self.socket = listen("127.0.0.1", 0)
        self.port = self.socket.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        app = make_app(desk, "Ann", host, token)
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]})
        self.thread.start()
        self.client = httpx.Client(base_url=self.origin, headers={"Origin": self.origin})

    def close(self) -> None:
        self.client.close()
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()


@pytest.fixture
def site(desk: Desk) -> Iterator[Site]:
    site = Site(desk)
    yield site
    site.close()


class Served:
    """``newsclaims review`` in a process of its own, which can be killed and started again."""

    def __init__(self, run: Path, reviewer: str = "Ann") -> None:
        self.run, self.reviewer = run, reviewer
        self.start()

    def start(self, port: int = 0) -> None:
        command = [sys.executable, "-c", SERVE, "review", str(self.run), "--no-open", "--port", str(port)]
        self.process = subprocess.Popen(
            [*command, "--reviewer", self.reviewer], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, f"the server said {line!r}"
        self.address, self.port = found[0], int(found[1])
        for _ in range(200):
            if httpx.get(self.address).status_code == 200:  # until then, it says how far the index is
                return
            time.sleep(0.05)
        raise AssertionError("the index was not built within ten seconds")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def served(run: Path) -> Iterator[Served]:
    served = Served(run)
    yield served
    served.kill()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
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
