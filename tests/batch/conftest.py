from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from newsclaims.batch.run import run
from newsclaims.batch.sinks import FolderSink
from newsclaims.batch.tally import Tally
from newsclaims.batch.worker import Recipe
from newsclaims.schema import Article, Failure

from .fakes import load

Runs = Callable[..., Tally]


def articles(*texts: str) -> list[Article]:
    return [
        Article(id=f"{number}.txt", text=text, source=f"in/{number}.txt") for number, text in enumerate(texts)
    ]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def results(folder: Path) -> dict[str, bytes]:
    """The files whose bytes a run promises."""
    return {
        name: (folder / name).read_bytes() for name in ("claims.jsonl", "documents.jsonl", "failures.jsonl")
    }


@pytest.fixture
def extract(tmp_path: Path) -> Runs:
    """Runs the engine with the fake extractor into a folder under ``tmp_path``."""

    def extract(
        things: Iterable[Article | Failure],
        folder: str = "out",
        *,
        workers: int = 1,
        recipe: Recipe | None = None,
        inputs: tuple[str, ...] = ("in",),
        fresh: bool = False,
        **options: Any,
    ) -> Tally:
        sink = FolderSink(tmp_path / folder, list(inputs), fresh=fresh)
        return run(things, sink, recipe or Recipe(load=load), workers=workers, **options)

    return extract
