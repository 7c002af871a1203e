"""``newsclaims review`` from the command line."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.responses import PlainTextResponse
from typer.testing import CliRunner

from newsclaims.cli import app
from newsclaims.review.opening import Opening
from newsclaims.review.serve import page_address

from .conftest import SERVE, Served


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SERVE, "review", *arguments, "--no-open", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_ctrl_c_ends_it_without_a_complaint(served: Served) -> None:
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(timeout=20) == 0


def test_another_address_comes_with_a_token_that_is_made_up(run: Path) -> None:
    server = started(str(run), "--host", "0.0.0.0")
    try:
        assert server.stdout
        address = server.stdout.readline().split()[-1]
        assert "/?token=" in address
        assert httpx.get(address.split("?")[0]).status_code == 401
        with httpx.Client() as visitor:
            assert visitor.get(address).status_code == 303
            assert visitor.get(address.split("?")[0]).status_code in (
                200,
                503,
            )  # 503: not indexed yet
    finally:
        server.kill()
        server.communicate()


def test_an_account_without_a_name_can_review(monkeypatch: pytest.MonkeyPatch, run: Path) -> None:
    served: list[str] = []

    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4242")

    monkeypatch.setattr("getpass.getuser", nameless)
    monkeypatch.setattr("newsclaims.review.serve.serve", lambda _open, _rest, who, *_: served.append(who))
    assert CliRunner().invoke(app, ["review", str(run), "--no-open"]).exit_code == 0
    assert served == ["reviewer"]


def test_a_spoilt_run_ends_the_server_with_the_line_that_is_at_fault(run: Path) -> None:
    (run / "claims.jsonl").write_text("not json\n")
    server = started(str(run))
    _, said = server.communicate(timeout=60)
    assert server.returncode == 2
    assert said.startswith("newsclaims: ")
    assert "claims.jsonl, line 1" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("::1", "http://[::1]:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/?token=t"),
    ],
)
def test_the_address_to_open(host: str, address: str) -> None:
    assert page_address(host, 80, "t" if host == "0.0.0.0" else None) == address


def test_until_the_page_is_there_a_notice_is_shown_that_looks_again_by_itself() -> None:
    opening = Opening("127.0.0.1", None)
    transport = httpx.ASGITransport(opening)

    async def look() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as visitor:
            return await visitor.get("/")

    answer = anyio.run(look)
    assert (answer.status_code, answer.headers["refresh"]) == (503, "1")
    assert not opening.looked_at.is_set()
    opening.page = PlainTextResponse("the page")
    assert anyio.run(look).text == "the page"
    assert opening.looked_at.is_set()
