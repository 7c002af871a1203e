"""``newsclaims show``: what it prints on a terminal, into a file, and where something is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from newsclaims.cli import app
from report.conftest import Story, stories, write_run

LONG = "the deputy head of digital typography"


def show(*words: object, columns: int | None = None) -> Result:
    """What is printed on a terminal of so many columns; into a file if there is none."""
    env = {"COLUMNS": str(columns), "FORCE_COLOR": "1"} if columns else {"COLUMNS": "80"}
    return CliRunner().invoke(app, ["show", *map(str, words)], env=env)


def lines(result: Result) -> list[str]:
    """The printed lines without colours and trailing blanks."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", result.stdout).splitlines()]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", stories())


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A run with a move that fills every slot, in an article with a long id."""
    story = Story("2024-05-06-what-the-agency-wrote.txt", "A long move")
    story.say(
        f"Mara Quill, {LONG} at Northlight, is to join Copperfen Holdings as chief scientist in September."
    )
    story.claim(
        "move", "join", person="Mara Quill", origin="Northlight", destination="Copperfen Holdings",
        role="chief scientist", former_role=LONG, date="in September", certainty="planned",
    )  # fmt: skip
    return write_run(tmp_path / "long", [story])


def test_a_file_gets_each_claim_on_one_line(long: Path) -> None:
    title, head, row, *_ = lines(show(long))
    assert title == "move"
    assert head.startswith("person      origin      destination         role             former role")
    assert re.split("  +", row)[3:6] == ["chief scientist", LONG, "in September"]


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120, 200])
def test_a_terminal_breaks_lines_between_words(long: Path, columns: int) -> None:
    printed = lines(show(long, columns=columns))
    table = printed[: printed.index("")]
    assert max(map(len, table)) <= columns
    words = set(" ".join(table).split())
    assert {"person", "destination", "certainty", "Copperfen", "typography", "September"} <= words


def test_a_long_id_takes_no_room_from_what_is_claimed(long: Path) -> None:
    table = lines(show(long, columns=150))
    assert table[2].startswith("Mara Quill  Northlight  Copperfen Holdings  chief scientist  the deputy")


def test_one_type_is_shown_and_counted_alone(run: Path) -> None:
    printed = lines(show(run, "--type", "move"))
    assert [name for name in ("move", "pay", "deal") if name in printed] == ["move"]
    assert printed[-2] == f"6 claims (6 move) lie in {run / 'claims.jsonl'}"


def test_several_types_may_be_named(run: Path) -> None:
    printed = lines(show(run, "--type", "pay,deal"))
    assert [name for name in ("move", "pay", "deal") if name in printed] == ["pay", "deal"]


def test_claims_are_found_by_a_name_or_a_word_of_their_sentence(run: Path, long: Path) -> None:
    assert lines(show(long, "--find", "COPPERFEN"))[-2].startswith("1 claim (1 move)")
    assert lines(show(long, "--find", "is to join"))[-2].startswith("1 claim (1 move)")
    assert lines(show(long, "--find", "Fernwater")) == [
        f"0 claims lie in {long / 'claims.jsonl'}",
        f"Their articles lie in {long / 'documents.jsonl'}",
    ]


def test_claims_of_little_confidence_may_be_left_out(run: Path) -> None:
    rows = [json.loads(line) for line in (run / "claims.jsonl").open(encoding="utf-8")]
    rows[0]["confidence"] = 0.2
    (run / "claims.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert f"{len(rows):,} claims" in lines(show(run))[-2]
    assert f"{len(rows) - 1:,} claims" in lines(show(run, "--min-confidence", "0.3"))[-2]


def test_claims_may_be_shown_as_reviewers_left_them(run: Path) -> None:
    first = json.loads((run / "claims.jsonl").open(encoding="utf-8").readline())
    decision = {
        "claim": first["id"], "doc": first["doc"], "decision": "accepted", "reviewer": "Ann",
        "time": "2031-04-05T09:30:00+00:00", "version": "0.1.0",
    }  # fmt: skip
    (run / "reviews.jsonl").write_text(json.dumps(decision) + "\n", encoding="utf-8")
    assert lines(show(run, "--reviewed", "accepted"))[-2].startswith(f"1 claim (1 {first['type']})")


def test_whom_the_article_credits_is_shown(tmp_path: Path) -> None:
    story = Story("quill", "A source")
    story.say("Mara Quill has joined Northlight, her agent said.")
    story.claim(
        "move", "joined", person="Mara Quill", destination="Northlight", certainty="asserted", credit="her agent"
    )  # fmt: skip
    _, head, row, *_ = lines(show(write_run(tmp_path / "run", [story])))
    assert head.split() == ["person", "destination", "certainty", "credited", "doc"]
    assert re.split("  +", row)[-2:] == ["her agent", "quill"]


def test_one_claim_lies_where_many_lie(long: Path) -> None:
    assert lines(show(long))[-2] == f"1 claim (1 move) lies in {long / 'claims.jsonl'}"


def test_of_many_claims_the_first_are_shown_and_all_are_counted(run: Path) -> None:
    printed = lines(show(run, "--type", "move", "-n", "2"))
    assert printed[0] == "move: 2 of 6"
    assert printed.index("") == 4
    assert "6 claims (6 move)" in printed[-2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "--type", "foo"), "no claim type 'foo' in this run; it has move, employment, pay,"),
        (("nosuch",), "nosuch is no folder; give the folder that `newsclaims extract -o` wrote"),
        (("run/claims.jsonl",), "run/claims.jsonl is no folder; give the folder that"),
        (("empty",), "empty has no claims.jsonl; make the run with `newsclaims extract INPUT -o empty`"),
    ],
)
def test_what_cannot_be_shown_is_told_with_the_way_out(
    run: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(run.parent)
    Path("empty").mkdir()
    done = show(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_claim_of_a_type_that_the_run_does_not_define_is_told(run: Path) -> None:
    with (run / "claims.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"type": "award", "doc": "moves"}) + "\n")
    done = show(run)
    assert done.exit_code == 2
    assert "a claim has the type 'award', which run.json does not define" in done.stderr


def test_a_run_that_was_stopped_is_said_to_be_incomplete(tmp_path: Path) -> None:
    whole = write_run(tmp_path / "whole", stories())
    part = write_run(tmp_path / "part", stories(), state="stopped")
    assert "not complete" not in show(whole).stdout
    assert "The run is not complete: its state is “stopped”, so articles are missing" in lines(show(part))[-1]


def test_of_a_killed_run_what_is_whole_is_shown(tmp_path: Path) -> None:
    part = write_run(tmp_path / "part", stories(), state="running")
    claims = part / "claims.jsonl"
    whole = claims.read_bytes()
    claims.write_bytes(whole[:-40])
    shown = lines(show(part))
    assert f"{whole.count(b'\n') - 1:,} claims" in shown[-3]
    assert "The run is not complete" in shown[-1]
