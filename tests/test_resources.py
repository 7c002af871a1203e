"""Lexicons: what a user's files add holds for the pipeline that was built with them, and for no other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from spacy.language import Language

import newsclaims
from newsclaims.resources import Lexicons, lexicon
from newsclaims.rulebook.bench import Bench
from newsclaims.rulebook.explain import explain

TEXT = "Jane Orme, the panjandrum of Harrow Bank, has resigned."


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lexicon that knows one title more."""
    file = tmp_path_factory.mktemp("words") / "role_heads.txt"
    file.write_text("# mine\npanjandrum\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def own(words: Path) -> Language:
    return newsclaims.load(rules=[words])


def titles(nlp: Callable[..., object], text: str = TEXT) -> set[str]:
    """The titles that the claims of a text name."""
    fillers = [argument for claim in nlp(text)._.claims for argument in claim.arguments().values()]  # type: ignore[attr-defined]
    return {filler.text for filler in fillers if filler.label == "ROLE"}


def test_a_users_file_adds_entries_while_it_is_in_force(words: Path) -> None:
    with Lexicons([words]).in_force():
        assert {"panjandrum", "chairman"} <= lexicon("role_heads")
        assert lexicon("nations") is Lexicons()["nations"]
    assert "panjandrum" not in lexicon("role_heads")


def test_lexicons_in_force_in_one_thread_are_so_in_no_other(words: Path) -> None:
    with Lexicons([words]).in_force(), ThreadPoolExecutor(1) as pool:
        assert "panjandrum" not in pool.submit(lexicon, "role_heads").result()


def test_each_pipeline_reads_its_own_lexicons_whatever_was_built_or_ran_last(
    nlp: Language, own: Language
) -> None:
    assert titles(own) == {"panjandrum"}
    assert titles(nlp) == set()
    assert titles(own) == {"panjandrum"}


def test_pipelines_that_run_by_turns_do_not_meet(nlp: Language, own: Language) -> None:
    texts = [TEXT] * 3
    by_turns = zip(nlp.pipe(texts), own.pipe(texts), strict=True)
    found = [
        ({c.rule for c in plain._.claims}, {c.rule for c in other._.claims}) for plain, other in by_turns
    ]
    assert found == [({c.rule for c in nlp(TEXT)._.claims}, {c.rule for c in own(TEXT)._.claims})] * 3


def test_extract_with_lexicons_leaves_extract_without_them_alone(words: Path) -> None:
    first = newsclaims.extract(TEXT)
    with_words = newsclaims.extract(TEXT, rules=[words])
    assert [c.row() for c in newsclaims.extract(TEXT)] == [c.row() for c in first]
    assert [c.row() for c in with_words] != [c.row() for c in first]


def test_an_explanation_reads_the_lexicons_of_its_bench(words: Path) -> None:
    bench = Bench([words])
    (sentence,) = explain(bench, *bench.read([TEXT]))
    assert "panjandrum" in {seen.text for seen in sentence.mentions}
