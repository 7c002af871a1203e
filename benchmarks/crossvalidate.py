"""Measures the whole extractor on articles that its weights have not seen.

    python -m benchmarks.crossvalidate GOLD.jsonl... [--folds 3] [--measure GOLD.jsonl] [-o CLAIMS.jsonl]
    python -m benchmarks.crossvalidate GOLD.jsonl... --apart --measure GOLD.jsonl [-o CLAIMS.jsonl]

The articles of all gold files are dealt to folds. For each fold, every set of weights is
fitted anew on the other folds, in a copy of ``models/``, and the fold's claims are extracted with it. The claims of all
folds together are then measured against the gold of ``--measure`` (all gold, without it). Rules and lexicons are not
refitted: they are written by hand. With ``--apart`` the weights are fitted once, on all articles but those of ``--measure``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.gold import read, write

HERE = Path(__file__).resolve().parent
MODELS = HERE.parent / "models"


def extract(
    train: list[dict[str, object]], held: list[dict[str, object]], folder: Path
) -> list[dict[str, object]]:
    """The claims of the held articles, by weights fitted on the others."""
    models = folder / "models"
    shutil.copytree(MODELS, models)
    environment = {**os.environ, "NEWSCLAIMS_MODELS": str(models)}
    gold, articles = write(folder / "train.jsonl", train), write(folder / "held.jsonl", held)
    for script in ("fit_names", "fit_coreference", "fit_people", "fit_money", "fit_credit"):
        command = [sys.executable, "-m", f"benchmarks.{script}", str(gold), "--folds", "0", "--write"]
        subprocess.run(command, env=environment, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
    run = folder / "run"
    command = [sys.executable, "-m", "newsclaims", "extract", str(articles), "-o", str(run), "--quiet"]
    subprocess.run([*command, "--workers", "1"], env=environment, check=True)
    return read(run / "claims.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--measure", type=Path, help="measure on the articles of this gold file alone")
    parser.add_argument("--apart", action="store_true", help="fit once, on all that is not measured on")
    parser.add_argument("-o", "--output", type=Path, help="keep the claims here")
    options = parser.parse_args()
    if options.apart and not options.measure:
        parser.error("--apart needs --measure: it fits on all that is not measured on")
    articles = list({str(row["id"]): row for file in options.gold for row in read(file)}.values())
    claims: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as top:
        folds = 1 if options.apart else options.folds
        measured = {str(row["id"]) for row in read(options.measure)} if options.apart else set[str]()
        fold_of = {
            str(article["id"]): int(str(article["id"]) not in measured) if options.apart else number % folds
            for number, article in enumerate(articles)
        }
        for fold in range(folds):
            train = [a for a in articles if fold_of[str(a["id"])] != fold]
            held = [a for a in articles if fold_of[str(a["id"])] == fold]
            folder = Path(top) / str(fold)
            folder.mkdir()
            claims += extract(train, held, folder)
            print(
                f"fold {fold + 1} of {folds}: {len(train)} articles to fit, {len(held)} held out",
                file=sys.stderr,
            )
        output = write(options.output or Path(top) / "claims.jsonl", claims)
        gold = options.measure or write(Path(top) / "gold.jsonl", articles)
        subprocess.run([sys.executable, "-m", "newsclaims", "evaluate", str(gold), str(output)], check=True)


if __name__ == "__main__":
    main()
