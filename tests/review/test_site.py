"""The page over HTTP: who may speak to it, and that text stays text."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsclaims.review.desk import Desk
from newsclaims.review.guard import Guard
from newsclaims.review.queries import Filter
from newsclaims.review.view import View
from newsclaims.runs.folder import RunFolder
from newsclaims.schema import Document

from .conftest import Site
from .synthetic import article, write_run

EVIL = "</script><script>window.hurt=1</script> \"quoted' & <img src=x onerror=alert(1)> \u202eשלום\r\n\0 end"


def first(site: Site) -> dict[str, str]:
    """The fields of a form that name the article and the claim shown first."""
    page = site.client.get("/").text
    found = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("doc", "claim")}
    return {name: value[1] for name, value in found.items() if value}


def test_the_page_forbids_inline_script_and_framing(site: Site) -> None:
    answer = site.client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert " onclick" not in answer.text


def test_another_host_name_is_not_answered(site: Site) -> None:
    # A name of the attacker's that was made to point here sends its own name along.
    assert site.client.get("/", headers={"Host": f"evil.example:{site.port}"}).status_code == 421
    assert site.client.get("/", headers={"Host": f"localhost:{site.port}"}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://127.0.0.1:1", "http://["])
def test_a_change_from_another_page_is_refused(site: Site, desk: Desk, origin: str) -> None:
    form = {**first(site), "decision": "accepted"}
    assert site.client.post("/decide", data=form, headers={"Origin": origin}).status_code == 403
    assert list(desk.index.journal.reviews()) == []


def test_a_decision_that_the_disk_refuses_is_said_to_be_lost(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int, _line: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("newsclaims.runs.journal.os.write", full)
        answer = site.client.post("/decide", data={**first(site), "decision": "accepted"})
    assert (answer.status_code, answer.text) == (507, "Not kept: No space left on device.\n")
    assert list(desk.index.journal.reviews()) == []


def test_a_page_that_a_decision_overtook_looks_again(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form, view = first(site), desk.view

    def overtaken(*what: Any) -> View:
        seen = view(*what)
        desk.decide(Filter(), form["doc"], form["claim"], "Ben", "rejected")
        return seen

    monkeypatch.setattr(desk, "view", overtaken)
    page = site.client.get("/").text
    assert f'data-pulse="{desk.pulse()}"' not in page
    monkeypatch.undo()
    assert f'data-pulse="{desk.pulse()}"' in site.client.get("/").text


def test_a_decision_answers_with_the_next_claim(site: Site, desk: Desk) -> None:
    form = {**first(site), "decision": "accepted"}
    answer = site.client.post("/decide?sort=least-certain", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/?sort=least-certain&doc=")
    assert [review.reviewer for review in desk.index.journal.reviews()] == ["Ann"]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/decide", {"decision": "perhaps"}),
        ("/decide", {"decision": "accepted", "claim": "none such"}),
        ("/decide", {"decision": "comment", "comment": " "}),
        ("/edit", {"change": "explode"}),
        ("/edit", {"change": "fill", "slot": "person"}),
        ("/edit", {"change": "fill", "slot": "person", "start": "x", "end": "9"}),
        ("/edit", {"change": "fill", "slot": "__class__", "start": "1", "end": "9"}),
        ("/add", {"type": "wedding", "start": "1", "end": "9"}),
        ("/add", {"type": "move", "start": "-1", "end": "9"}),
        ("/reviewer", {"reviewer": "  "}),
        ("/decide", {"decision": "comment", "comment": "x" * 70_000}),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_in_words(
    site: Site, desk: Desk, path: str, form: dict[str, str]
) -> None:
    answer = site.client.post(path, data={**first(site), **form})
    assert answer.status_code in (404, 422)
    assert "Traceback" not in answer.text
    assert list(desk.index.journal.reviews()) == []


@pytest.mark.parametrize("path", ["/../run.json", "/static/../app.py", "/static/%2e%2e/app.py", "/run.json"])
def test_no_path_leads_to_other_files(site: Site, path: str) -> None:
    assert site.client.get(path).status_code == 404


def test_a_name_of_ones_own_is_kept_in_the_browser(site: Site, desk: Desk) -> None:
    place = first(site)
    answer = site.client.post("/reviewer", data={**place, "reviewer": "Zoë <b>"})
    assert "HttpOnly" in answer.headers["set-cookie"]
    page = site.client.get("/").text
    assert "Zoë &lt;b&gt;" in page
    site.client.post("/decide", data={**place, "decision": "rejected"})
    assert [review.reviewer for review in desk.index.journal.reviews()] == ["Zoë <b>"]


@pytest.fixture
def evil_site(tmp_path: Path) -> Iterator[Site]:
    document, rows = article(1, 1)
    text = document.text + EVIL
    evil = Document(
        id=f"id {EVIL}", title=EVIL, text=text, url="javascript:alert(1)", source=EVIL,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    start = text.index(EVIL)
    row: dict[str, Any] = {**rows[0], "doc": evil.id, "rule": EVIL, "id": EVIL}
    row["person"] = {"start": start, "end": start + len(EVIL), "text": EVIL, "label": "PERSON", "name": EVIL}
    site = Site(Desk(RunFolder(write_run(tmp_path / "evil", [(evil, [row])])), "0.1.0"))
    yield site
    site.close()


def test_markup_in_an_article_is_text(evil_site: Site) -> None:
    page = evil_site.client.get("/").text
    assert "<script>window" not in page
    assert "<img src=x" not in page
    assert "javascript:" not in page
    assert "&lt;script&gt;window.hurt=1" in page
    shown = page[page.index('id="text"') : page.index("<footer>")]
    assert "\0" not in shown
    assert "\u2400 end" in shown


def test_beyond_this_machine_there_must_be_a_token() -> None:
    with pytest.raises(ValueError, match="needs a token"):
        Guard(lambda *_: None, "0.0.0.0", None)  # type: ignore[arg-type, return-value]


def test_the_token_is_asked_for_once_and_then_kept_in_a_cookie(desk: Desk) -> None:
    site = Site(desk, "0.0.0.0", "s3cret")
    try:
        assert site.client.get("/").status_code == 401
        assert site.client.get("/static/review.css").status_code == 401
        assert site.client.get("/?token=wrong").status_code == 401
        answer = site.client.get("/?token=s3cret&sort=rule")
        assert (answer.status_code, answer.headers["location"]) == (303, "/?sort=rule")
        assert "s3cret" not in answer.headers["location"]
        assert site.client.get("/").status_code == 200
    finally:
        site.close()
