"""What a word costs in longer and longer sentences and articles: CPU milliseconds, the least of a few rounds.

Run with ``python -m benchmarks.lengths``. The articles are those of ``corpus/desks``, so many behind each other; the
sentences name ever more figures, people who share a fate, or the same figure over and over. Where a row grows, some part
goes through the whole of a text for each thing in it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from newsclaims.extraction import Extractor
from newsclaims.schema import Article

ROOT = Path(__file__).parent.parent
GIVEN = "Ann Ben Carl Dora Emma Finn Gwen Hugo Iris Jack Kate Liam Mary Noah Olga Paul Ruth Sean Tess Vera".split()
FAMILY = (
    "Abbott Barlow Carter Dalton Ellis Farrow Garner Hobday Irving Jessop Kerr Lowell Marsh Norris".split()
)
DOUBLINGS = 4


def people(count: int) -> Iterator[str]:
    """Names, none twice until all are used up."""
    names = [f"{given} {family}" for family, given in product(FAMILY, GIVEN)]
    return (names[number % len(names)] for number in range(count))


def payments(count: int) -> str:
    paid = (f"${number} million to {name}" for number, name in enumerate(people(count), 3))
    return f"Acme paid {', '.join(paid)}."


def leavers(count: int) -> str:
    return f"{', '.join(people(count))} and Xena York have left Acme to join Globex."


def fives(count: int) -> str:
    return "$5 " * count


def article(words: int) -> str:
    """Articles behind each other until there are so many words."""
    texts, found = [], 0
    for file in sorted((ROOT / "corpus" / "desks").glob("*.txt")):
        if found >= words:
            break
        texts.append(file.read_text(encoding="utf-8"))
        found += len(texts[-1].split())
    return "\n\n".join(texts)


KINDS: dict[str, tuple[Callable[[int], str], int]] = {
    "articles, words": (article, 2000),
    "payments in a sentence": (payments, 25),
    "people who leave": (leavers, 25),
    "the same figure": (fives, 125),
}
"""What is measured -> what makes the text, and the smallest size."""


def milliseconds(extractor: Extractor, text: str, rounds: int) -> float:
    """CPU milliseconds of a word of a text."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        list(extractor.extract([Article(id="long", text=text)]))
        times.append(time.process_time() - started)
    return 1000 * min(times) / len(text.split())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds: int = parser.parse_args().rounds
    extractor = Extractor()
    extractor.warm_up()
    for name, (made, size) in KINDS.items():
        sizes = [size << doubling for doubling in range(DOUBLINGS)]
        costs = [milliseconds(extractor, made(size), rounds) for size in sizes]
        print(f"{name:24}", *(f"{size:6}: {cost:.2f}" for size, cost in zip(sizes, costs, strict=True)))


if __name__ == "__main__":
    main()
