"""Counts how often each rule was right, for `newsclaims rules list`: writes `models/weights/precision.json`.

    python -m benchmarks.crossvalidate GOLD.jsonl... -o CLAIMS.jsonl
    python -m benchmarks.rule_precision GOLD.jsonl... --claims CLAIMS.jsonl

The claims are those of cross-validation, so that no claim was judged by weights that had seen its article. A claim is
right that states a fact of its article's gold: its key is right, and of a move one end as well.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newsclaims.evaluate.reading import read_claims, read_gold
from newsclaims.evaluate.score import BUILT_IN_TYPES
from newsclaims.resources import models_dir
from newsclaims.rulebook.gold import precision


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--claims", required=True, type=Path, help="the claims file of a cross-validation")
    options = parser.parse_args()
    articles = (article for file in options.gold for article in read_gold(file, BUILT_IN_TYPES))
    counts = precision(articles, read_claims(options.claims), BUILT_IN_TYPES)
    rows = ",\n".join(
        f"  {json.dumps(rule)}: [{right}, {judged}]" for rule, (right, judged) in counts.items()
    )
    file = models_dir() / "weights" / "precision.json"
    file.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
    right, judged = (sum(numbers) for numbers in zip(*counts.values(), strict=True))
    print(f"{file}: {len(counts)} rules, {right} of {judged} claims right")


if __name__ == "__main__":
    main()
