"""What a person sees of a run."""

from __future__ import annotations

from collections import Counter

import pytest
from rich.console import Console

from newsclaims.batch.display import summary
from newsclaims.batch.tally import Tally


@pytest.mark.parametrize(("words", "said"), [(38, ""), (60_000, "2,000 a second")])
def test_the_speed_is_told_once_starting_takes_little_of_the_time(words: int, said: str) -> None:
    console = Console(width=80)
    with console.capture() as printed:
        console.print(summary(Tally(articles=1, claims=Counter(), words=words, seconds=30.0)))
    (line,) = [line for line in printed.get().splitlines() if line.startswith("words")]
    assert " ".join(line.split()) == f"words {words:,} {said}".strip()
