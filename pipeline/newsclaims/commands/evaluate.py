"""``newsclaims evaluate``: how right extracted claims are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from newsclaims.evaluate import Evaluation, Reliability


def evaluate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="GOLD CLAIMS",
            help="Articles with their gold claims, one JSON object a line; and extracted claims, or the "
            "folder that extract -o made.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
    misses: Annotated[
        int, typer.Option(metavar="N", min=0, help="Print N facts missed and spurious claims.")
    ] = 0,
    per_article: Annotated[
        bool, typer.Option("--per-article", help="Print each article's claim F1, the worst first.")
    ] = False,
    against_reviews: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Take the finished reviews of this run folder as gold; then give only CLAIMS, or nothing "
            "for the claims of the same folder.",
        ),
    ] = None,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Print how often claims of each confidence are right.")
    ] = False,
) -> None:
    """Measure extracted claims against gold claims.

    A gold fact counts as found when some claim of its type has its key right: the person and one of origin,
    destination, role and former role of a move; person and employer of an employment; the amount of pay, deal
    and figure; the key slots of a type of your own. Each claim's doc is the id of its gold article.

    \b
    Examples:
        newsclaims evaluate gold.jsonl out/
        newsclaims evaluate gold.jsonl out/claims.jsonl --misses 20 --calibration
        newsclaims evaluate --against-reviews out/
    """
    from rich.console import Console

    from newsclaims.evaluate import evaluate as measure
    from newsclaims.evaluate import reliability
    from newsclaims.evaluate.reading import check_overlap, claim_types, read_claims, read_gold, reviewed_gold

    *gold, claims = files or [against_reviews or Path()]
    if len(gold) != (against_reviews is None):
        raise typer.BadParameter("give GOLD and CLAIMS, or --against-reviews DIR and at most CLAIMS")
    lines = claims / "claims.jsonl" if claims.is_dir() else claims
    kinds = claim_types(lines.parent / "run.json")
    articles = reviewed_gold(against_reviews) if against_reviews else read_gold(gold[0], kinds)
    result = measure(articles, read_claims(lines), kinds)
    check_overlap(against_reviews or gold[0], {doc for doc, _ in result.per_article}, lines, result.docs)
    calibrated = reliability(result.judged)
    if as_json:
        typer.echo(json.dumps(result.row() | {"calibration": calibrated.row()}, indent=1))
        return
    console = Console(highlight=False)
    if per_article:
        for doc, rates in sorted(result.per_article, key=lambda pair: (pair[1].f1, pair[0])):
            typer.echo(f"{rates.f1:.3f}  {doc}  ({rates.tp} found, {rates.fn} missed, {rates.fp} spurious)")
    for miss in result.misses[:misses]:
        typer.echo(miss)
    console.print(_table(result))
    if calibration:
        console.print(_reliability_table(calibrated))
        console.print(f"expected calibration error {calibrated.expected_error:.3f}")


def _table(result: Evaluation) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("", "precision", "recall", "F1", "right", "spurious", "missed"):
        table.add_column(name, justify="right" if name else "left")
    lines = {"claim": result.claim}
    lines |= {f"  {name}": rates for name, rates in sorted(result.claim_by_type.items())}
    lines |= {"slot": result.slot}
    lines |= {f"  {name}": rates for name, rates in sorted(result.slot_by_name.items())}
    lines |= {"attribution": result.attribution}
    for name, rates in lines.items():
        none = not (rates.tp or rates.fp or rates.fn)  # nothing to be right or wrong about
        shares = ("–" if none else f"{rate:.3f}" for rate in (rates.precision, rates.recall, rates.f1))
        table.add_row(name, *shares, *(f"{count:,}" for count in (rates.tp, rates.fp, rates.fn)))
    for name in ("money_covered", "bounds_right", "certainty_right", "attrs_right", "grounded"):
        share = getattr(result, name)
        value = f"{share.right / share.cases:.3f}" if share.cases else "–"
        table.add_row(name, "", value, "", f"{share.right:,}", "", f"{share.cases - share.right:,}")
    wrong = result.spans.cases - result.spans.right
    table.add_row("spans", "", "", "", f"{result.spans.right:,}", f"{wrong:,}")
    table.add_row("articles", "", "", "", f"{result.articles:,}")
    return table


def _reliability_table(calibrated: Reliability) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("confidence", "claims", "mean", "right"):
        table.add_column(name, justify="right")
    for one in calibrated.bins:
        bounds = f"{one.low:.1f} to {one.high:.1f}"
        table.add_row(bounds, f"{one.claims:,}", f"{one.confidence:.3f}", f"{one.right:.3f}")
    return table
