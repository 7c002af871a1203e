"""What the page says, read as a reader without scripts reads it."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from typer.testing import CliRunner

from newsclaims.cli import app
from newsclaims.errors import NewsclaimsError
from newsclaims.report.page import Limits, write
from newsclaims.runs import Run, Selection

from .conftest import Report, Story, accept_first, stories, write_run


def words(html: str, place: str) -> str:
    """The text of an element, on one line."""
    return " ".join(lxml.html.fromstring(html).cssselect(place)[0].text_content().split())


def table(html: str) -> list[list[Any]]:
    return json.loads(lxml.html.fromstring(html).get_element_by_id("rows").text)


def test_the_head_says_what_was_extracted_from_what_when_and_by_which_version(report: Report) -> None:
    head = words(report(), "header")
    assert "12 claims in 4 articles" in head
    assert (
        "from articles on 2031-04-05 at 06:07 UTC by newsclaims 0.1.0 with the model demo_model 1.0" in head
    )
    assert "rules c0ffeec0ffee." in head
    assert "nobody has reviewed them" in head
    assert "1 input could not be read" in head
    assert "/home/ann" not in head


def test_an_unfinished_run_is_called_unfinished(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", stories(), state="stopped")
    write(Selection(Run(run)), tmp_path / "report.html")
    head = words((tmp_path / "report.html").read_text(), "header")
    assert "The run is not complete: its state is “stopped”" in head


def test_totals_count_each_type_by_certainty_with_types_of_ones_own(report: Report) -> None:
    totals = words(report(), ".totals")
    assert "6 move 3 asserted, 1 hedged, 1 planned, 1 negated" in totals
    assert "1 lawsuit 1 asserted" in totals


def test_a_flow_counts_people_and_opens_the_sentences_behind_it(report: Report) -> None:
    page = lxml.html.fromstring(report())
    flow = page.get_element_by_id("flow-1")
    summary = " ".join(flow.getparent().text_content().split())
    assert summary.startswith("Northlight → Halcyon Labs: 2 people or groups 2 claims")
    assert "Mara Quill, Northlight's chief scientist, left for Halcyon Labs in May." in flow.text_content()
    assert "Quill took 3 engineers from Northlight to Halcyon Labs." in flow.text_content()
    links = page.cssselect("#moves svg.wide a[href='#flow-1']")
    assert [link.get("aria-label") for link in links] == ["Northlight → Halcyon Labs: 2 people or groups"]


def test_a_hedged_move_is_a_flow_of_its_own_and_drawn_otherwise(report: Report) -> None:
    page = lxml.html.fromstring(report())
    firm, hedged = (page.cssselect(f"#moves svg.wide a[href='#flow-{n}'] path")[0] for n in (1, 2))
    assert "Tobias Venn" in page.get_element_by_id("flow-2").text_content()
    assert hedged.get("stroke-dasharray") == "4,3"
    assert firm.get("stroke-dasharray") != "4,3"
    assert float(hedged.get("fill-opacity")) < float(firm.get("fill-opacity"))


def test_a_denied_move_is_no_flow_but_listed_as_denied(report: Report) -> None:
    page = lxml.html.fromstring(report())
    assert "Odile Harrow" not in "".join(part.text_content() for part in page.cssselect("#moves .folds"))
    assert "Denied or called off negated Odile Harrow from Northlight" in words(report(), "#moves")


def test_an_end_that_no_claim_states_is_called_not_stated(report: Report) -> None:
    assert "not stated → Copperfen: 1 person or group, planned" in words(report(), "#moves")


def test_moves_between_employers_stand_before_changes_of_job_within_one(tmp_path: Path) -> None:
    story = Story("moves", "Moves")
    for name, origin, destination in (
        ("Ann", "Acme", "Acme"),
        ("Ben", "Acme", "Acme"),
        ("Cy", "Acme", "Zed"),
    ):
        story.say(f"{name} left {origin} for {destination}.").claim(
            "move", "left", person=name, origin=origin, destination=destination
        )
    write(Selection(Run(write_run(tmp_path / "run", [story]))), tmp_path / "report.html")
    page = lxml.html.fromstring((tmp_path / "report.html").read_text())
    said = [" ".join(fold.text_content().split()) for fold in page.cssselect("#moves summary")]
    assert [line.partition(":")[0] for line in said] == ["Acme → Zed", "Acme → Acme"]


def test_people_stand_with_their_jobs_and_moves_under_their_fullest_name(report: Report) -> None:
    people = lxml.html.fromstring(report()).cssselect("#people li")
    venn = next(item for item in people if item.cssselect("h3")[0].text_content() == "Tobias Venn")
    lines = [" ".join(line.text_content().split()) for line in venn.cssselect(".statement")]
    assert lines == [
        "employment former at Copperfen as editor 6",
        "move hedged from Northlight to Halcyon Labs credited to two colleagues 3",
    ]
    assert all("3 engineers" not in item.text_content() for item in people)


def test_pay_stands_under_its_payer_and_keeps_its_open_bound(report: Report) -> None:
    pay = words(report(), "#pay")
    assert "Halcyon Labs package offered to researchers, up to 300 million US dollars, over four years" in pay


def test_bounds_are_bars_and_open_bounds_are_open(report: Report) -> None:
    page = lxml.html.fromstring(report())
    marks = {
        link.get("aria-label"): link.cssselect("path")[0].get("d")
        for link in page.cssselect("#money svg.wide a")
    }
    assert set(marks) == {
        "pay, package: up to 300 million US dollars",
        "deal, investment: at least 2 billion US dollars",
        "figure, spending, planned: 10 million to 20 million US dollars",
        "figure, price: about 50 US dollars",
        "lawsuit, filed: 7 million US dollars",
    }
    assert re.search(r"H-\d", marks["pay, package: up to 300 million US dollars"])
    assert re.search(r"H\d", marks["deal, investment: at least 2 billion US dollars"])


def test_who_is_credited_is_counted(report: Report) -> None:
    html = report()
    credit = words(html, "#credit")
    assert "9 claims are the articles’ own, 3 are credited to 3 sources." in credit
    last = lxml.html.fromstring(html).cssselect("#credit tbody tr")[-1]
    cells = [cell.text_content().strip() for cell in last]
    assert cells == ["two colleagues", "", "1", "", "1", "", ""]  # one claim, hedged


def test_articles_show_their_claims_marked_and_nothing_is_lost_of_the_text(report: Report) -> None:
    page = lxml.html.fromstring(report())
    article = page.get_element_by_id("article-1")
    for note in article.cssselect("sup"):
        note.drop_tree()
    text = "\n\n".join(p.text_content() for p in article.cssselect(".text p:not(.fine)")) + "\n\n"
    assert text == stories()[0].text
    marks = {mark.text_content(): mark for mark in article.cssselect("mark")}
    assert marks["Mara Quill"].get("title") == "1: person"
    assert marks["left"].get("class") == "move asserted trigger"
    assert marks["Tobias Venn"].get("class") == "move hedged"


def test_nothing_of_an_article_becomes_markup(report: Report) -> None:
    html = report()
    page = lxml.html.fromstring(html)
    assert [s.get("type") for s in page.cssselect("script")] == ["application/json", None]
    assert page.cssselect("img, b b, [onerror]") == []
    assert not [link for link in page.cssselect("a") if link.get("href").startswith("javascript:")]
    assert table(html)[-1][9] == "<script>alert('title')</script>"
    assert "alert('title')" not in page.cssselect("script")[1].text_content()
    assert '<img src=x onerror="alert(1)">' in page.get_element_by_id("article-3").text_content()


def test_the_page_asks_for_nothing_from_elsewhere(report: Report) -> None:
    page = lxml.html.fromstring(report())
    policy = page.cssselect("meta[http-equiv='Content-Security-Policy']")[0].get("content")
    assert policy.startswith("default-src 'none'")
    assert page.cssselect("link, iframe, object, [src], [srcset]") == []
    outside = [a.get("href") for a in page.cssselect("a") if not a.get("href").startswith("#")]
    assert outside == ["https://gazette.example/moves"]


def test_the_table_holds_every_claim_with_its_sentence(report: Report) -> None:
    rows = table(report())
    assert [row[0] for row in rows] == list(range(1, 13))
    assert rows[6][3:8] == [
        ["package", "offered"],
        [
            ["", "Halcyon Labs"],
            ["to", "researchers"],
            ["", "up to 300 million US dollars"],
            ["", "over four years"],
        ],
        "asserted",
        "one recruiter",
        "Halcyon Labs offered researchers up to $300 million over four years, one recruiter said.",
    ]


def test_limits_leave_out_and_say_so(report: Report) -> None:
    html = report(limits=Limits(articles=1, people=2, claims=5))
    assert len(table(html)) == 5
    assert "The first 5 of 12 claims; the others are left out." in words(html, "#all")
    assert "The first 1 of 3 articles with claims are shown." in words(html, "#articles")
    assert "The 2 most named of" in words(html, "#people")
    assert "12 claims" in words(html, "h1")


def test_a_selection_says_what_it_keeps(report: Report) -> None:
    html = report(types=["pay"], min_confidence=0.5)
    assert words(html, "h1") == "1 claim in 4 articles"
    assert "Only claims of these types are in this report: pay." in words(html, "header")
    assert "Claims of a confidence below 0.5 are left out." in words(html, "header")


def test_a_reviewed_report_shows_the_claims_as_reviewers_left_them(run: Path, report: Report) -> None:
    accept_first(run)
    html = report(reviewed=["accepted"])
    assert words(html, "h1").startswith("1 claim ")
    assert "as reviewers left them, in these states: accepted." in words(html, "header")
    assert table(html)[0][14] == "accepted"
    assert "reviewers have decided on 1 of them" in words(report(), "header")


def test_a_run_without_claims_makes_a_page_that_says_so(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run", [story for story in stories() if not story.rows])
    write(Selection(Run(run)), tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text()
    assert words(html, "h1") == "0 claims in 1 article"
    assert "No claim of a move." in words(html, "#moves")
    assert "No claim holds an amount." in words(html, "#money")


def test_the_same_run_gives_the_same_bytes(report: Report) -> None:
    assert report() == report()


def test_without_the_drawing_library_one_line_says_what_to_install(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    done = CliRunner().invoke(app, ["report", str(run), "-o", str(tmp_path / "report.html")])
    assert done.exit_code == 2
    assert done.stderr == "newsclaims: pictures need vl-convert: pip install 'newsclaims[report]'\n"
    assert not (tmp_path / "report.html").exists()


def test_the_command_writes_the_page_and_counts_claims(run: Path, tmp_path: Path) -> None:
    target = tmp_path / "moves.html"
    done = CliRunner().invoke(
        app, ["report", str(run), "-o", str(target), "--type", "move", "--articles", "1"]
    )
    assert done.exit_code == 0, done.stderr
    assert done.stderr == f"{target}: 6 claims\n"
    assert words(target.read_text(), "h1") == "6 claims in 4 articles"


def test_a_page_that_cannot_be_written_is_one_line(run: Path, tmp_path: Path) -> None:
    with pytest.raises(NewsclaimsError, match="cannot be written"):
        write(Selection(Run(run)), tmp_path / "missing" / "report.html")


def test_a_page_that_fails_half_way_leaves_the_old_one(run: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")
    with (run / "claims.jsonl").open("a") as claims:
        claims.write("{broken\n")
    with pytest.raises(NewsclaimsError, match=r"claims\.jsonl:13"):
        write(Selection(Run(run)), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
