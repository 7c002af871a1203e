from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from newsclaims.batch import items, pieces
from newsclaims.batch.items import Item, joined, parts
from newsclaims.batch.run import run
from newsclaims.batch.sinks import FolderSink, Sink
from newsclaims.batch.worker import Found, Recipe, extract
from newsclaims.errors import NewsclaimsError
from newsclaims.schema import Article, Failure

from .conftest import Runs, articles, results, rows
from .fakes import Fake, load, load_once_deadly, load_stillborn, load_without_its_library

NAMES = ["Ann", "Bob", "Cy", "Dee", "Eve", "Flo", "Gus", "Hal", "Ida", "Jon"]


def many(count: int) -> list[Article]:
    """Articles of very different lengths, so that they are done in another order than they came in."""
    return articles(
        *(
            f"{NAMES[n % 10]} joined Acme. " + "Filler words. " * (n * 37 % 101) * (n * 7 % 43)
            for n in range(count)
        )
    )


def test_claims_and_documents_lie_in_the_folder_in_input_order(extract: Runs, tmp_path: Path) -> None:
    tally = extract(articles("Ann joined Acme.", "Nothing here.", "Bob joined Bolt. Cy joined Acme."))
    claims = rows(tmp_path / "out/claims.jsonl")
    assert [(row["doc"], row["person"]["text"]) for row in claims] == [
        ("0.txt", "Ann"),
        ("2.txt", "Bob"),
        ("2.txt", "Cy"),
    ]
    documents = rows(tmp_path / "out/documents.jsonl")
    assert [row["id"] for row in documents] == ["0.txt", "1.txt", "2.txt"]
    assert (tally.articles, tally.claims["move"], tally.complete) == (3, 3, True)


def test_what_could_not_be_read_is_a_row_of_failures_and_the_rest_goes_on(
    extract: Runs, tmp_path: Path
) -> None:
    broken = Failure(source="in/b.txt", error="EmptyError", message="is empty")
    tally = extract([*articles("Ann joined Acme."), broken])
    assert rows(tmp_path / "out/failures.jsonl") == [broken.row()]
    assert (tally.articles, tally.failures["EmptyError"]) == (1, 1)


@pytest.mark.parametrize(("workers", "batch"), [(1, 12_000), (3, 12_000), (2, 1_000), (3, 1)])
def test_the_bytes_are_the_same_for_any_number_of_workers_and_any_batch_size(
    extract: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, batch: int
) -> None:
    extract(many(60), "plain")
    monkeypatch.setattr(pieces.packed, "__defaults__", (batch,))
    extract(many(60), "other", workers=workers)
    assert results(tmp_path / "plain") == results(tmp_path / "other")


def test_an_article_the_pipeline_fails_on_costs_nobody_else(extract: Runs, tmp_path: Path) -> None:
    tally = extract(articles("Ann joined Acme.", "CRASH", "Bob joined Acme."))
    assert [row["person"]["text"] for row in rows(tmp_path / "out/claims.jsonl")] == ["Ann", "Bob"]
    (failure,) = rows(tmp_path / "out/failures.jsonl")
    assert failure["source"] == "in/1.txt"
    assert failure["error"] == "ValueError"
    assert "told to crash" in failure["message"]
    assert tally.articles == 2


def test_an_article_that_kills_every_worker_becomes_one_failure(extract: Runs, tmp_path: Path) -> None:
    tally = extract(articles("Ann joined Acme.", "EXIT", "Bob joined Acme."), workers=2)
    assert [row["person"]["text"] for row in rows(tmp_path / "out/claims.jsonl")] == ["Ann", "Bob"]
    (failure,) = rows(tmp_path / "out/failures.jsonl")
    assert (failure["source"], failure["error"]) == ("in/1.txt", "WorkerDied")
    assert "exit status 9" in failure["message"]
    assert tally.failures["WorkerDied"] == 1


def test_a_worker_that_dies_once_costs_a_retry_and_nothing_more(extract: Runs, tmp_path: Path) -> None:
    recipe = Recipe(load=load_once_deadly, model=str(tmp_path / "mark"))
    tally = extract(articles("Ann joined Acme.", "EXIT Bob joined Acme."), recipe=recipe)
    assert [row["person"]["text"] for row in rows(tmp_path / "out/claims.jsonl")] == ["Ann", "Bob"]
    assert not tally.failures
    assert (tmp_path / "mark").exists()


def test_workers_that_cannot_start_end_the_run_with_advice(extract: Runs) -> None:
    with pytest.raises(NewsclaimsError, match="--workers"):
        extract(articles("Ann joined Acme."), recipe=Recipe(load=load_stillborn))


def test_a_library_that_is_missing_where_a_worker_starts_is_named_in_one_line(
    extract: Runs, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(NewsclaimsError, match=r"No module named 'abacus'.*pip install"):
        extract(articles("Ann joined Acme."), recipe=Recipe(load=load_without_its_library))
    assert capfd.readouterr() == ("", "")


def test_types_and_confidence_decide_what_is_kept(extract: Runs, tmp_path: Path) -> None:
    texts = articles("Ann joined Acme. Bob joined Bolt.")
    extract(texts, "sure", recipe=Recipe(load=load, min_confidence=0.5))
    extract(texts, "pay", recipe=Recipe(load=load, types=frozenset({"pay"})))
    assert [row["person"]["text"] for row in rows(tmp_path / "sure/claims.jsonl")] == ["Ann"]
    assert rows(tmp_path / "pay/claims.jsonl") == []


def test_a_giant_article_is_done_in_pieces_whose_claims_stand_at_their_place(
    extract: Runs, tmp_path: Path
) -> None:
    text = "\n\n".join(f"{NAMES[n % 10]} joined Acme. " + "x " * 35_000 for n in range(9))
    extract(articles("Ann joined Acme.", text, "Bob joined Acme."), workers=2)
    claims = [row for row in rows(tmp_path / "out/claims.jsonl") if row["doc"] == "1.txt"]
    assert [row["person"]["text"] for row in claims] == NAMES[:9]
    for row in claims:
        for span in (row["person"], row["trigger"], row["sentence"], row["destination"]):
            assert text[span["start"] : span["end"]] == span["text"]
    assert len({row["id"] for row in claims}) == 9
    assert all(a["person"]["start"] < b["person"]["start"] for a, b in pairwise(claims))


def test_a_giant_article_that_fails_in_one_piece_fails_once(extract: Runs, tmp_path: Path) -> None:
    text = "Ann joined Acme. " + "x " * 45_000 + "\n\nCRASH " + "y " * 45_000 + "\n\nBob joined Acme."
    extract(articles(text))
    assert rows(tmp_path / "out/claims.jsonl") == []
    assert len(rows(tmp_path / "out/failures.jsonl")) == 1


def test_a_text_that_cannot_be_written_is_a_failure(extract: Runs, tmp_path: Path) -> None:
    extract([Article(id="a", text="half \ud800 of a character", source="a.txt")])
    (failure,) = rows(tmp_path / "out/failures.jsonl")
    assert (failure["source"], failure["error"]) == ("a.txt", "EncodingError")


def test_results_that_lie_in_the_input_are_not_read(tmp_path: Path) -> None:
    inside = Article(id="out/claims.jsonl", text="x", source=str(tmp_path / "out/claims.jsonl"))
    beside = Article(id="outer.txt", text="x", source=str(tmp_path / "outer.txt"))
    assert list(items.without([inside, beside], tmp_path / "out")) == [beside]


class Notes(Sink):
    """A sink that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def write(self, item: Item, found: Found) -> None:  # noqa: ARG002
        self.told.append(str(item.number))

    def rest(self) -> None:
        self.told.append("rest")


def test_the_sink_rests_when_a_batch_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces.packed, "__defaults__", (12,))
    giant = "Ann joined Acme. " + "x " * 60_000
    sink = Notes()
    run(articles("a few words", "and more", giant, "the end"), sink, Recipe(load=load), workers=2)
    assert sink.told == ["0", "1", "rest", "rest", "2", "rest", "3", "rest"]


def test_what_is_written_is_lasting_once_the_sink_rests(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path, ["in"], commit_every=0)
    sink.begin({})
    found = Found(b"{}\n")
    for number, article in enumerate(articles("one", "two")):
        sink.write(Item.of(number, article), found)
    assert results(tmp_path)["claims.jsonl"] == b""
    sink.rest()
    assert results(tmp_path)["claims.jsonl"] == b"{}\n" * 2
    sink.close()
    again = FolderSink(tmp_path, ["in"])
    assert again.begin({}) == 2
    again.close()


def test_parts_of_an_item_join_to_its_whole_result() -> None:
    item = Item.of(0, articles("a " * 150_000)[0])
    cut = list(parts(item, None))
    assert [part.last for part in cut] == [False] * (len(cut) - 1) + [True]
    answers = [(part, Found(lines=b"%d\n" % n, words=1)) for n, part in enumerate(cut)]
    ((whole, found),) = joined(answers)
    assert whole is item
    assert found.lines == b"".join(b"%d\n" % n for n in range(len(cut)))
    assert found.words == len(cut)


def test_one_failed_text_is_told_apart_from_its_neighbours_in_a_batch() -> None:
    texts = [items.Piece(article) for article in articles("Ann joined Acme.", "CRASH", "Bob joined Acme.")]
    assert [found.error for found in extract(Recipe(load=load), Fake(), texts)] == [None, "ValueError", None]
