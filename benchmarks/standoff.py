"""Annotations of articles that are not ours to give away: claims by their places in the text, without the text.

    python -m benchmarks.standoff strip GOLD.jsonl... -o STANDOFF.jsonl
    python -m benchmarks.standoff join STANDOFF.jsonl ARTICLES.jsonl[.gz]... -o GOLD.jsonl

``strip`` keeps of each article its id, the SHA-256 of its text, and its claims, with every piece of the text as its first
and last place in code points. ``join`` puts the text back where an article of the same text is at hand; the others are told
of and left out. The articles of ``corpus/standoff/`` are of two public collections of news, the BBC's of 2004 and 2005
and Reuters-21578; their ids tell which.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.gold import read, write

Row = dict[str, Any]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def strip(article: Row) -> Row:
    """An article with its claims, as it stands in a stand-off file.

    Raises:
        ValueError: a claim quotes what does not stand in the text.
    """
    text = article["text"]

    def place(piece: str, start: int = 0) -> list[int]:
        at = text.find(piece, start)
        if at < 0:
            raise ValueError(f"{article['id']}: not in the text: {piece!r}")
        return [at, at + len(piece)]

    claims = []
    for claim in article["claims"]:
        evidence = place(claim["evidence"])
        claims.append(changed(claim, lambda piece, at=evidence[0]: near(place, piece, at)))
    return {"id": article["id"], "sha256": digest(text), "claims": claims}


def near(place: Callable[[str, int], list[int]], piece: str, start: int) -> list[int]:
    """Where a piece stands, at its evidence or behind it if it can be, else anywhere."""
    try:
        return place(piece, start)
    except ValueError:
        return place(piece, 0)


def join(row: Row, text: str) -> Row:
    """An article of a stand-off file with its text and all pieces of it."""
    claims = [changed(claim, lambda place: text[place[0] : place[1]]) for claim in row["claims"]]
    return {"id": row["id"], "text": text, "claims": claims}


def changed(claim: Row, change: Callable[[Any], Any]) -> Row:
    """A claim with each piece of the text changed, into its place or back."""
    out = {
        **claim,
        "evidence": change(claim["evidence"]),
        "args": {slot: [change(piece) for piece in pieces] for slot, pieces in claim["args"].items()},
        "attribution": [change(piece) for piece in claim["attribution"]],
    }
    if amount := claim.get("amount"):
        also = [{**other, "text": change(other["text"])} for other in amount.get("also") or ()]
        out["amount"] = {**amount, "text": change(amount["text"]), "also": also}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=("strip", "join"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    if options.action == "strip":
        found = [strip(article) for file in options.files for article in read(file)]
    else:
        wanted, *sources = options.files
        texts = {digest(article["text"]): article["text"] for file in sources for article in read(file)}
        stripped = read(wanted)
        found = [join(row, texts[row["sha256"]]) for row in stripped if row["sha256"] in texts]
        print(f"{len(found)} of {len(stripped)} articles are at hand", file=sys.stderr)
    write(options.output, found)


if __name__ == "__main__":
    main()
