"""Reads gold files, claims files and the claim types of a run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from newsclaims.errors import InputError
from newsclaims.evaluate.facts import Row
from newsclaims.review.gold import Count, gold_articles
from newsclaims.runs.folder import read_about
from newsclaims.runs.kinds import Kinds
from newsclaims.runs.run import Run
from newsclaims.schema import ClaimType


def read_gold(path: Path, kinds: Mapping[str, ClaimType]) -> Iterator[Row]:
    """Gold articles, checked as far as the evaluation relies on them.

    Raises:
        InputError: a line is no gold article; the message names the file and the line.
    """
    for number, row in _rows(path):
        where = f"{path}:{number}"
        if not isinstance(row.get("text"), str) or "id" not in row or not isinstance(row.get("claims"), list):
            raise InputError(f"{where}: a gold article has an id, a text and a list of claims")
        for fact in row["claims"]:
            if not isinstance(fact, dict) or fact.get("type") not in kinds:
                given = fact.get("type") if isinstance(fact, dict) else fact
                raise InputError(f"{where}: {given!r} is no claim type of this run ({', '.join(kinds)})")
        yield row


def reviewed_gold(folder: Path) -> Iterator[Row]:
    """Gold articles from the reviews of a run.

    Raises:
        InputError: the folder holds no run or a damaged one, or no article's review is finished.
    """
    count = Count()
    yield from gold_articles(Run(folder), count)
    if not count.gold:
        raise InputError(
            f"{folder}: no article is reviewed to its end; go on with `newsclaims review {folder}`"
        )


def read_claims(path: Path, *, broken_off: bool = False) -> Iterator[Row]:
    """Claims as rows; of a run that was broken off, without a last line that is not whole.

    Raises:
        InputError: a line is no claim; the message names the file and the line.
    """
    for number, row in _rows(path, torn=broken_off):
        if "type" not in row or "doc" not in row:
            raise InputError(f"{path}:{number}: a claim has a type and a doc")
        yield row


def check_overlap(gold: Path, articles: Set[str], claims: Path, docs: Set[str]) -> None:
    """See to it that something was measured.

    Args:
        gold: where the gold articles come from.
        articles: their ids.
        claims: the claims file. The ``documents.jsonl`` beside it, if there is one, names articles without claims.
        docs: ids of the articles that the claims are of.

    Raises:
        InputError: there is no gold article, or the claims are of none of them.
    """
    if not articles:
        raise InputError(f"{gold} holds no gold article")
    if not articles.isdisjoint(docs) or any(id in articles for id in _documents(claims)):
        return
    raise InputError(
        f"{claims} has no claim of an article in {gold}; a claim's doc must be the id of its gold article"
    )


def _documents(claims: Path) -> Iterator[str]:
    documents = claims.parent / "documents.jsonl"
    return (str(row.get("id")) for _, row in _rows(documents)) if documents.is_file() else iter(())


def claim_types(run: Path) -> dict[str, ClaimType]:
    """The built-in claim types, and those that ``run.json`` tells of where there is one.

    Raises:
        InputError: it cannot be read, or tells of a run in another format than this version reads.
    """
    return Kinds.of(read_about(run), str(run)).types


def _rows(path: Path, *, torn: bool = False) -> Iterator[tuple[int, Row]]:
    try:
        with path.open("rb") as file:  # decoded line by line, to know which one cannot be
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise InputError(f"{path}:{number}: is no JSON object")
                yield number, row
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        if torn and not line.endswith(b"\n"):
            return
        raise InputError(f"{path}:{number}: is no JSON ({error})") from None
