"""Where one process spends its time: the extractor beside the bare model, and component by component.

Run with ``python -m benchmarks.profiling [ARTICLES.jsonl[.gz]]``. The two are measured in turn on the same
small batches, so that a busy machine slows both alike; only their ratio counts.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import gold
from newsclaims.extraction import Extractor
from newsclaims.language.model import load_model
from newsclaims.schema import Article

ROOT = Path(__file__).parent.parent
TURN = 30
"""Articles of one turn of either side."""


def read(source: Path | None, count: int) -> list[Article]:
    """Articles spread evenly over a JSON lines file, or the project's own over and over."""
    if source is None:
        files = sorted((ROOT / "corpus/articles").glob("*.txt"))
        texts = [file.read_text(encoding="utf-8") for file in files]
        texts *= count // len(texts) + 1
    else:
        texts = [row["text"] for row in gold.read(source)]
        texts = texts[:: max(1, len(texts) // count)]
    return [Article(id=str(number), text=text) for number, text in enumerate(texts[:count])]


def seconds(action: Callable[[], Iterable[object]]) -> float:
    """CPU seconds of this process for going through what an action gives."""
    started = time.process_time()
    for _ in action():
        pass
    return time.process_time() - started


class Timed:
    """A pipeline component that adds up its own CPU seconds in ``spent``."""

    def __init__(self, name: str, component: Any, spent: Counter[str]) -> None:
        self.name, self.component, self.spent = name, component, spent

    def pipe(self, docs: Iterable[Any], **options: Any) -> Iterator[Any]:
        waiting = list(docs)
        started = time.process_time()
        if hasattr(self.component, "pipe"):
            waiting = list(self.component.pipe(iter(waiting), **options))
        else:
            waiting = [self.component(doc) for doc in waiting]
        self.spent[self.name] += int(1e6 * (time.process_time() - started))
        yield from waiting


def by_component(extractor: Extractor, articles: list[Article]) -> None:
    """Print the share of each component."""
    nlp: Any = extractor.nlp
    spent: Counter[str] = Counter()
    plain = nlp._components
    nlp._components = [(name, Timed(name, component, spent)) for name, component in plain]
    whole = seconds(lambda: extractor.extract(articles))
    nlp._components = plain
    for name, microseconds in [
        *spent.most_common(),
        ("tokenizer and the rest", int(1e6 * whole) - spent.total()),
    ]:
        print(f"{name:26} {microseconds / 1e6:6.2f} s {microseconds / 1e4 / whole:5.1f}%")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--model", default=None)
    parser.add_argument("--full-parse", action="store_true")
    parser.add_argument("--calls", type=int, default=0, help="list so many functions by the time they take")
    options = parser.parse_args()
    articles = read(options.source, options.articles)
    bare = load_model(options.model)
    extractor = Extractor(options.model, full_parse=options.full_parse)
    words = sum(len(article.text.split()) for article in articles)
    texts = [article.text for article in articles]

    def plainly(batch: slice) -> float:
        with bare.memory_zone():
            return seconds(lambda: bare.pipe(texts[batch]))

    def ours(batch: slice) -> float:
        return seconds(lambda: extractor.extract(articles[batch]))

    first = slice(0, 4)  # tables and lexicons are read at first use
    plainly(first), ours(first)
    gc.freeze()  # as the workers do
    turns = [slice(start, start + TURN) for start in range(0, len(articles), TURN)]
    times = [(plainly(turn), ours(turn)) for turn in turns]
    theirs, own = (sum(column) for column in zip(*times, strict=True))
    print(f"{len(articles)} articles, {words:,} words; words a second of CPU time:")
    print(f"bare {words / theirs:,.0f}, newsclaims {words / own:,.0f}, ratio {theirs / own:.2f}")
    by_component(extractor, articles)
    if options.calls:
        profile = cProfile.Profile()
        profile.runcall(seconds, lambda: extractor.extract(articles))
        pstats.Stats(profile).sort_stats("tottime").print_stats(options.calls)


if __name__ == "__main__":
    main()
