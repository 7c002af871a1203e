"""Runs that are stopped, repeated and grown."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclaims.batch.pieces import packed
from newsclaims.batch.run import run
from newsclaims.batch.sinks import FolderSink
from newsclaims.batch.worker import Recipe
from newsclaims.errors import NewsclaimsError
from newsclaims.schema import Article, Failure

from .conftest import Runs, articles, results, rows
from .fakes import Here, load

TEXTS = [f"Person{n} joined Acme. {'filler ' * (n % 7)}" for n in range(12)]


@pytest.fixture
def extract(extract: Runs) -> Runs:
    return partial(extract, engine=Here)


def stopped_after(things: list[Article], count: int) -> Iterator[Article]:
    yield from things[:count]
    raise KeyboardInterrupt


VERSIONS = st.lists(st.integers(min_value=0, max_value=5), max_size=6)
"""An input at some time: numbers of articles, one of which the pipeline fails on. The same one may stand twice."""


@settings(max_examples=15)
@given(st.lists(st.tuples(VERSIONS, st.integers(min_value=0, max_value=6)), max_size=4), VERSIONS)
def test_whatever_came_before_a_run_has_the_bytes_of_a_fresh_one(
    history: list[tuple[list[int], int]], last: list[int]
) -> None:
    """``history``: inputs, and after how many articles the run over each was stopped."""
    texts = [*TEXTS[:5], "CRASH"]

    def versions(numbers: list[int]) -> list[Article]:
        return [Article(id=str(number), text=texts[number]) for number in numbers]

    with TemporaryDirectory() as place, patch.object(packed, "__defaults__", (1,)):
        for numbers, stop in history:
            sink = FolderSink(Path(place, "old"), ["in"])
            run(stopped_after(versions(numbers), stop), sink, Recipe(load=load), workers=1, engine=Here)
        for name in ("old", "fresh"):
            sink = FolderSink(Path(place, name), ["in"])
            run(versions(last), sink, Recipe(load=load), workers=1, engine=Here)
        assert results(Path(place, "old")) == results(Path(place, "fresh"))


def test_a_stopped_run_goes_on_to_the_bytes_of_an_unbroken_one(extract: Runs, tmp_path: Path) -> None:
    things = articles(*(text + " filler" * 9_000 for text in TEXTS))
    extract(things, "whole")
    stopped = extract(stopped_after(things, 8), "broken")
    assert not stopped.complete
    assert 0 < stopped.articles < len(things)
    assert json.loads((tmp_path / "broken/run.json").read_text())["state"] == "stopped"
    resumed = extract(things, "broken")
    assert (resumed.kept, resumed.extracted) == (stopped.articles, len(things) - stopped.articles)
    assert results(tmp_path / "whole") == results(tmp_path / "broken")


def test_kills_at_random_moments_change_no_byte(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    texts = ["SLEEP " + TEXTS[n % 12] + " filler" * (n * 997 % 9_000) for n in range(24)]
    texts[5] += " CRASH"
    source.write_text(
        "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts))
    )
    tests = Path(__file__).parent.parent
    command = [sys.executable, "-m", "batch.drive", str(source)]
    subprocess.run([*command, str(tmp_path / "whole")], cwd=tests, check=True)
    chance = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen([*command, str(tmp_path / "killed")], cwd=tests, start_new_session=True)
        time.sleep(chance.uniform(0.5, 2.5))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run([*command, str(tmp_path / "killed")], cwd=tests, check=True)
    assert results(tmp_path / "whole") == results(tmp_path / "killed")


def test_workers_end_when_the_main_process_is_killed(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(json.dumps({"id": str(n), "text": "SLEEP"}) + "\n" for n in range(500)))
    process = subprocess.Popen(
        [sys.executable, "-m", "batch.drive", str(source), str(tmp_path / "out")],
        cwd=Path(__file__).parent.parent,
        start_new_session=True,
    )
    time.sleep(1.5)
    process.kill()
    process.wait()
    for _ in range(100):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("a worker outlived its run by ten seconds")


def test_a_second_run_over_the_same_input_extracts_nothing(extract: Runs, tmp_path: Path) -> None:
    extract(articles(*TEXTS))
    before = results(tmp_path / "out")
    again = extract(articles(*TEXTS))
    assert (again.articles, again.kept, again.extracted, again.claims["move"]) == (12, 12, 0, 12)
    assert results(tmp_path / "out") == before


def test_new_articles_anywhere_are_all_that_is_extracted(extract: Runs, tmp_path: Path) -> None:
    old = articles(*TEXTS)
    new = [Article(id=f"new{n}", text=f"New{n} joined Acme.") for n in range(3)]
    grown = [new[0], *old[:5], new[1], *old[5:], new[2]]
    extract(old)
    tally = extract(grown)
    assert (tally.articles, tally.extracted, tally.kept, tally.removed) == (15, 3, 12, 0)
    extract(grown, "fresh")
    assert results(tmp_path / "out") == results(tmp_path / "fresh")


def test_articles_that_changed_or_went_are_counted_and_taken_out(extract: Runs, tmp_path: Path) -> None:
    old = articles(*TEXTS)
    changed = old[3].model_copy(update={"text": "Zoe joined Bolt."})
    now = [*old[:3], changed, *old[5:]]
    extract(old)
    tally = extract(now)
    assert (tally.articles, tally.extracted, tally.removed) == (11, 1, 2)
    extract(now, "fresh")
    assert results(tmp_path / "out") == results(tmp_path / "fresh")


def test_an_input_that_shrank_at_its_end_leaves_nothing_behind(extract: Runs, tmp_path: Path) -> None:
    extract(articles(*TEXTS))
    tally = extract(articles(*TEXTS[:4]))
    assert (tally.articles, tally.extracted, tally.removed) == (4, 0, 8)
    extract(articles(*TEXTS[:4]), "fresh")
    assert results(tmp_path / "out") == results(tmp_path / "fresh")


def test_a_stop_while_old_results_are_put_in_place_loses_none(extract: Runs, tmp_path: Path) -> None:
    old = articles(*(text + " filler" * 9_000 for text in TEXTS))
    grown = [Article(id="new", text="Zoe joined Acme."), *old]
    extract(old)
    stopped = extract(stopped_after(grown, 9))
    tally = extract(grown)
    assert stopped.extracted + tally.extracted == 1
    assert tally.removed == 0
    extract(grown, "fresh")
    assert results(tmp_path / "out") == results(tmp_path / "fresh")


def test_an_article_the_pipeline_failed_on_is_tried_again_by_the_next_run(
    extract: Runs, tmp_path: Path
) -> None:
    things = articles("Ann joined Acme.", "CRASH", "Bob joined Acme.")
    extract(things)
    tally = extract(things)
    assert (tally.kept, tally.failures["ValueError"]) == (2, 1)
    assert len(rows(tmp_path / "out/failures.jsonl")) == 1


def test_a_failure_to_read_that_is_mended_gives_its_claims(extract: Runs, tmp_path: Path) -> None:
    broken = Failure(source="in/b.txt", error="EmptyError", message="is empty")
    extract([*articles("Ann joined Acme."), broken])
    tally = extract(articles("Ann joined Acme.", "Bob joined Acme."))
    assert (tally.extracted, tally.kept) == (1, 1)
    assert rows(tmp_path / "out/failures.jsonl") == []


@pytest.mark.parametrize(
    ("recipe", "options", "named"),
    [
        (Recipe(load=load, min_confidence=0.5), {}, r"min_confidence \(was 0.0, now 0.5\)"),
        (Recipe(load=load, types=frozenset({"pay"})), {}, r"types \(was all, now pay\)"),
        (Recipe(load=load), {"text_field": "body"}, r"text_field \(was None, now body\)"),
    ],
)
def test_a_run_with_other_options_is_refused(
    extract: Runs, tmp_path: Path, recipe: Recipe, options: dict[str, str], named: str
) -> None:
    extract(articles(*TEXTS))
    before = results(tmp_path / "out")
    with pytest.raises(NewsclaimsError, match=f"changed: {named}; .*--fresh"):
        extract(articles(*TEXTS), recipe=recipe, read_options=options)
    assert results(tmp_path / "out") == before


def test_other_rules_are_refused_and_fresh_starts_over(extract: Runs, tmp_path: Path) -> None:
    rule = tmp_path / "mine.toml"
    rule.write_text("# first")
    extract(articles(*TEXTS), recipe=Recipe(load=load, rules=(rule,)))
    rule.write_text("# second")
    with pytest.raises(NewsclaimsError, match="changed: rules"):
        extract(articles(*TEXTS), recipe=Recipe(load=load, rules=(rule,)))
    tally = extract(articles(*TEXTS), recipe=Recipe(load=load, rules=(rule,)), fresh=True)
    assert (tally.extracted, tally.kept) == (12, 0)


def test_a_lexicon_of_another_name_is_another_rule(extract: Runs, tmp_path: Path) -> None:
    before, after = tmp_path / "places.txt", tmp_path / "organisations.txt"
    before.write_text("Harrow\n")
    extract(articles(*TEXTS), recipe=Recipe(load=load, rules=(before,)))
    before.rename(after)
    with pytest.raises(NewsclaimsError, match="changed: rules"):
        extract(articles(*TEXTS), recipe=Recipe(load=load, rules=(after,)))


def test_a_folder_that_holds_another_inputs_results_is_refused(extract: Runs) -> None:
    extract(articles(*TEXTS), inputs=("a",))
    with pytest.raises(NewsclaimsError, match=r"holds the results of .*a"):
        extract(articles(*TEXTS), inputs=("b",))
    assert extract(articles(*TEXTS), inputs=("a", "b")).kept == 12


def test_two_runs_into_one_folder_are_refused(tmp_path: Path) -> None:
    first = FolderSink(tmp_path / "out", ["in"])
    with pytest.raises(NewsclaimsError, match="another run is writing"):
        FolderSink(tmp_path / "out", ["in"])
    with pytest.raises(NewsclaimsError, match="another run is writing"):
        FolderSink(tmp_path / "out", ["in"], fresh=True)
    first.close()
    FolderSink(tmp_path / "out", ["in"]).close()


def test_results_of_unknown_origin_are_not_touched(tmp_path: Path, extract: Runs) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/claims.jsonl").write_text("by hand\n")
    with pytest.raises(NewsclaimsError, match="unknown origin"):
        extract(articles(*TEXTS))
    assert (tmp_path / "out/claims.jsonl").read_text() == "by hand\n"


def test_results_that_a_crash_of_the_machine_cut_short_are_made_again(extract: Runs, tmp_path: Path) -> None:
    extract(articles(*TEXTS))
    before = results(tmp_path / "out")
    with (tmp_path / "out/claims.jsonl").open("r+b") as file:
        file.truncate(len(before["claims.jsonl"]) // 2)
    assert extract(articles(*TEXTS)).extracted > 0
    assert results(tmp_path / "out") == before


def test_a_damaged_ledger_says_how_to_start_over(extract: Runs, tmp_path: Path) -> None:
    extract(articles(*TEXTS))
    (tmp_path / "out/.newsclaims/ledger.sqlite").write_bytes(b"no database at all" * 99)
    with pytest.raises(NewsclaimsError, match="--fresh"):
        extract(articles(*TEXTS))
    assert extract(articles(*TEXTS), fresh=True).extracted == 12


def broken(_: Recipe) -> None:
    raise NewsclaimsError("no such model")


def test_a_run_whose_model_does_not_load_leaves_no_folder_that_passes_for_results(
    extract: Runs, tmp_path: Path
) -> None:
    with pytest.raises(NewsclaimsError, match="no such model"):
        extract(articles(*TEXTS), recipe=Recipe(load=broken))
    assert not (tmp_path / "out").exists()
    (tmp_path / "out").mkdir()
    with pytest.raises(NewsclaimsError, match="no such model"):
        extract(articles(*TEXTS), recipe=Recipe(load=broken))
    assert list((tmp_path / "out").iterdir()) == []


def test_starting_over_touches_the_old_results_only_when_the_new_run_begins(
    extract: Runs, tmp_path: Path
) -> None:
    extract(articles(*TEXTS))
    before = results(tmp_path / "out")
    with pytest.raises(NewsclaimsError, match="no such model"):
        extract(articles(*TEXTS), recipe=Recipe(load=broken), fresh=True)
    assert results(tmp_path / "out") == before
    assert extract(articles(*TEXTS)).extracted == 0


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    texts = (f"Person{n} joined Acme. {'filler ' * 5_000}" for n in range(30))
    source.write_text("".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)))
    tests = Path(__file__).parent.parent
    command = [sys.executable, "-m", "batch.drive", str(source)]
    subprocess.run([*command, str(tmp_path / "whole")], cwd=tests, check=True)
    cramped = ["sh", "-c", 'ulimit -f 500; exec "$@"', "sh", *command, str(tmp_path / "cramped")]
    done = subprocess.run(cramped, cwd=tests, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1].endswith(
        "cramped cannot be written (File too large); make room, and give the same command again to go on from here"
    )
    ids = [row["id"] for row in rows(tmp_path / "cramped/documents.jsonl")]
    assert ids  # whole lines, and of the same articles as the claims
    assert {row["doc"] for row in rows(tmp_path / "cramped/claims.jsonl")} == set(ids)
    subprocess.run([*command, str(tmp_path / "cramped")], cwd=tests, check=True)
    assert results(tmp_path / "whole") == results(tmp_path / "cramped")


def test_a_ledger_that_cannot_be_written_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def read_only(path: Path, **options: Any) -> sqlite3.Connection:
        return sqlite3.Connection(f"file:{path}?mode=ro", uri=True, **options)

    FolderSink(tmp_path / "out", ["in"]).close()
    monkeypatch.setattr("newsclaims.batch.ledger.sqlite3.connect", read_only)
    with pytest.raises(NewsclaimsError, match=r"out cannot be written \(.*\); choose another"):
        FolderSink(tmp_path / "out", ["in"])
