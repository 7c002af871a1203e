"""The database that ``sqlite`` and ``duckdb`` write: tables and views, in the SQL that both speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsclaims.errors import InputError
from newsclaims.export.tables import DOCUMENTS, REVIEWS, SPANS, Column, claim_columns
from newsclaims.runs import Selection
from newsclaims.schema import ClaimType

_PLURALS = {"move": "moves", "employment": "employments", "pay": "pay", "deal": "deals", "figure": "figures"}


def tables(selection: Selection) -> dict[str, tuple[Column, ...]]:
    """Columns by table."""
    return {
        "documents": DOCUMENTS,
        "claims": claim_columns(selection.kinds),
        "spans": SPANS,
        "reviews": REVIEWS,
        "run": (Column("name"), Column("value")),
    }


def create(table: str, columns: Iterable[Column], kinds: dict[str, str], keys: dict[str, str]) -> str:
    """The statement that creates a table.

    Args:
        table: its name.
        columns: its columns.
        kinds: the database's type for each kind of column.
        keys: constraints by column.
    """
    parts = [f"{quoted(c.name)} {kinds[c.kind]} {keys.get(c.name, '')}".strip() for c in columns]
    return f"CREATE TABLE {quoted(table)} (\n  " + ",\n  ".join(parts) + "\n)"


def views(kinds: Iterable[ClaimType], taken: Iterable[str]) -> Iterator[str]:
    """A view for each claim type that shows what it says, with the sentence and the article."""
    taken = set(taken)
    for kind in kinds:
        name = _PLURALS.get(kind.name, f"{kind.name}s")
        while name in taken:
            name += "_view"
        taken.add(name)
        shown = [f"{quoted('id')}", *(_shown(slot) for slot in kind.slots)]
        shown += [quoted(attribute) for attribute in kind.attributes]
        shown += [
            quoted(c) for c in ("certainty", "source_name", "quoted", "sentence", "confidence", "review")
        ]
        shown += [quoted(c) for c in ("doc", "article_title", "article_date", "article_url")]
        where = f"FROM claims WHERE type = '{kind.name}'"
        yield f"CREATE VIEW {quoted(name)} AS SELECT {', '.join(shown)} {where}"


def doubled(selection: Selection, error: Exception) -> InputError:
    """What to say where the database refuses a row whose id another one has: no run of today holds such."""
    reason = str(error).partition("\n")[0]
    return InputError(
        f"{selection.run.folder.path} has two articles or two claims of one id ({reason}); extract again with --fresh"
    )


def _shown(slot: str) -> str:
    if slot == "amount":
        return "amount, amount_min, amount_max, amount_currency, amount_approximate"
    return f"coalesce({quoted(slot + '_name')}, {quoted(slot)}) AS {quoted(slot)}"


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
