from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsclaims.rulebook.bench import Bench

BenchOf = Callable[..., Bench]


@pytest.fixture(scope="session")
def bench() -> Bench:
    """A bench with the built-in rules alone; it takes seconds to make."""
    return Bench()


@pytest.fixture
def bench_of(bench: Bench, tmp_path: Path) -> BenchOf:
    """Makes a bench with a rule file of this content, on the same pipeline."""
    from copy import copy

    from newsclaims.claims.component import Claims
    from newsclaims.claims.rulereader import load

    def make(content: str) -> Bench:
        file = tmp_path / "own.toml"
        file.write_text(content, encoding="utf-8")
        other = copy(bench)
        other.component = Claims(load([file]))
        return other

    return make
