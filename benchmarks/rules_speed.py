"""What rules cost: loading and compiling all of them, and 1,000 further ones that never fire.

Run with ``python -m benchmarks.rules_speed``. Half of the further rules have a trigger, half a pattern, about
words that no article holds. The share is of the whole extraction, on the articles of ``corpus/articles``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from spacy.tokens import Doc

from newsclaims.claims.matcher import Matcher
from newsclaims.claims.rulereader import load
from newsclaims.claims.rules import RuleSet
from newsclaims.rulebook.bench import Bench

ARTICLES = Path(__file__).parent.parent / "corpus" / "articles"
FURTHER = 1000
ROUNDS = 7


def further() -> str:
    """A file of rules that do not fire."""
    lines = ['type = "move"']
    for number in range(FURTHER // 2):
        lines += [
            f'[[rule]]\nid = "t{number}"\ntrigger = ["zz{number}"]\nperson = "subj:PERSON"',
            f'[[rule]]\nid = "p{number}"\npattern = "person:PERSON ( , )? qq{number} destination:ORG"',
        ]
    return "\n".join(lines)


def median(work: Callable[[], object]) -> float:
    """Median seconds of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def compile_all() -> RuleSet:
    rules = load()
    assert all(rule.pattern.regex for rule in rules.patterns if rule.pattern)
    return rules


def main() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "further.toml"
        file.write_text(further(), encoding="utf-8")
        many = load([file])
    bench = Bench()
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.txt"))[:20]]
    started = time.perf_counter()
    docs: list[Doc] = list(bench.read(texts))
    reading = time.perf_counter() - started

    def match(rules: RuleSet) -> Callable[[], object]:
        matcher = Matcher(rules)
        return lambda: [matcher.frames(doc) for doc in docs]

    few, more = median(match(bench.rules)), median(match(many))
    print(f"load and compile {len(bench.rules.rules)} rules   {median(compile_all) * 1000:6.0f} ms")
    print(f"read {len(docs)} articles                {reading * 1000:6.0f} ms")
    print(f"match {len(bench.rules.rules)} rules              {few * 1000:6.0f} ms")
    print(f"match {FURTHER} further ones         {(more - few) * 1000:6.0f} ms")
    print(f"share of the whole               {(more - few) / (reading + few):6.1%}")


if __name__ == "__main__":
    main()
