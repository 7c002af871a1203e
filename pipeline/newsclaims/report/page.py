"""The page: sections and pictures put into the templates, written piece by piece."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from newsclaims import __version__
from newsclaims.newfiles import new_file
from newsclaims.report import amounts, sankey, scale, sections
from newsclaims.report.facts import gather
from newsclaims.report.picture import NARROW, WIDE, draw
from newsclaims.report.reader import Marked, look, marked
from newsclaims.report.words import CERTAINTIES, one_line
from newsclaims.runs import Selection

DRAWN_FLOWS, LISTED_FLOWS, CLAIMS_OF_FLOW = 30, 90, 25
CURRENCIES, PAYERS, SOURCES = 4, 60, 20


@dataclass(frozen=True)
class Limits:
    """How much of a large run the page shows; it says what it leaves out."""

    articles: int = 200
    """Articles with their claims marked in the text."""
    people: int = 200
    claims: int = 20_000
    """Claims in the table."""


class Picture(NamedTuple):
    """A picture in its two widths."""

    wide: Markup
    narrow: Markup


def write(selection: Selection, output: Path, limits: Limits | None = None) -> int:
    """Write the report of the selected claims; returns how many there are.

    Raises:
        InputError: the run folder is damaged.
        NewsclaimsError: the output cannot be written, or the library that draws is not installed.
    """
    limits = limits or Limits()
    with gather(selection) as db:
        claims: int = db.execute("SELECT count(*) FROM claims").fetchone()[0]
        page = _environment().get_template("report.html")
        values = _values(selection, db, limits)
        with new_file(output) as new, new.open("w", encoding="utf-8") as file:
            file.writelines(page.generate(values))
    return claims


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newsclaims.report"),
        autoescape=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"look": look, "number": "{:,}".format, "line": one_line}
    return environment


def _values(selection: Selection, db: sqlite3.Connection, limits: Limits) -> dict[str, Any]:
    script = _asset("report.js")
    flows = sections.flows(db, LISTED_FLOWS, CLAIMS_OF_FLOW)
    currencies, other_currencies = amounts.by_currency(db, CURRENCIES, list(selection.models))
    people, all_people = sections.people(db, limits.people)
    payers, all_payers = sections.payers(db, PAYERS)
    sources, all_sources = sections.sources(db, SOURCES)
    articles, with_claims, claims = db.execute(
        "SELECT count(*), sum(claims > 0), sum(claims) FROM articles"
    ).fetchone()
    return {
        "style": Markup(_asset("report.css")),
        "script": Markup(script),
        "script_digest": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "run": _about(selection),
        "certainties": CERTAINTIES,
        "totals": sections.totals(db, list(selection.models)),
        "articles_count": articles,
        "with_claims": with_claims or 0,
        "claims_count": claims or 0,
        "flows": flows,
        "drawn": min(DRAWN_FLOWS, len(flows.flows)),
        "flow_picture": _flow_picture(flows) if flows.flows else None,
        "people": people,
        "all_people": all_people,
        "currencies": [(currency, *_money_picture(currency)) for currency in currencies],
        "other_currencies": other_currencies,
        "payers": payers,
        "all_payers": all_payers,
        "sources": sources,
        "all_sources": all_sources,
        "credited_count": db.execute("SELECT count(*) FROM claims WHERE credited != ''").fetchone()[0],
        "marked": _marked(selection, db, limits.articles),
        "marked_count": min(limits.articles, with_claims or 0),
        "rows": (Markup(row) for row in sections.table(db, limits.claims)),
        "rows_count": min(limits.claims, claims or 0),
    }


def _asset(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


def _about(selection: Selection) -> dict[str, Any]:
    """What the run file and the folder tell of the run; files are named without the folders they lay in."""
    about = selection.run.about
    return {
        "name": one_line(selection.run.folder.path.resolve().name),
        "version": about.get("version"),
        "made_with": __version__,
        "model": about.get("model"),
        "rules": str(about.get("rules") or "")[:12],
        "started": str(about.get("started") or ""),
        "state": about.get("state"),
        "inputs": [one_line(PurePath(str(given)).name or str(given)) for given in about.get("inputs") or ()],
        "failures": _lines(selection.run.folder.path / "failures.jsonl"),
        "types": selection.types,
        "min_confidence": selection.min_confidence,
        "reviewed": selection.reviewed,
        "reviews": Counter(verdict.state for verdict in selection.run.verdicts.values()),
    }


def _lines(file: Path) -> int:
    if not file.is_file():
        return 0
    with file.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _flow_picture(flows: sections.Flows) -> Picture:
    drawn = flows.flows[:DRAWN_FLOWS]
    label = f"Flows of people from employer to employer: {len(drawn)} flows, listed below in words."
    specifications = (sankey.specification(drawn, flows.names, width) for width in (WIDE, NARROW))
    wide, narrow = (
        draw(spec, label, keep) for spec, keep in zip(specifications, ("wide", "narrow"), strict=True)
    )
    return Picture(Markup(wide), Markup(narrow))


def _money_picture(currency: amounts.Currency) -> tuple[Picture | None, int]:
    """The picture of a currency, and how many of its amounts found no room in either width."""
    if not currency.sums:
        return None, 0
    label = (
        f"Amounts in {currency.name} by kind on a logarithmic axis; the table below says the same in words."
    )
    scales = [scale.specify(currency.sums, currency.rows, width) for width in (WIDE, NARROW)]
    wide, narrow = (
        draw(one.specification, label, keep) for one, keep in zip(scales, ("wide", "narrow"), strict=True)
    )
    return Picture(Markup(wide), Markup(narrow)), max(one.left_out for one in scales)


def _marked(
    selection: Selection, db: sqlite3.Connection, limit: int
) -> Iterator[tuple[Marked, list[sections.Line]]]:
    """The first articles that have claims, each with lines for them, read again one at a time."""
    left = limit
    for place, (document, claims) in enumerate(selection.articles(), start=1):
        if not left:
            return
        if claims:
            left -= 1
            lines = sections.of_article(db, place)
            yield marked(place, document, claims, lines[0].numbers[0]), lines
