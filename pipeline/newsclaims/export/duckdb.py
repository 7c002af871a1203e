"""``duckdb``: the tables and views of the SQLite file, for analysis over many claims."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from newsclaims.export.formats import FileFormat, Needs, Notes
from newsclaims.export.relational import create, doubled, quoted, tables, views
from newsclaims.export.tables import claim_rows, review_row, run_rows, span_rows
from newsclaims.runs import Selection

_KINDS = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN"}
_ARTICLES = 500
"""Articles held in memory at once."""


def _write(selection: Selection, path: Path, _notes: Notes) -> None:
    import duckdb
    import pyarrow as pa

    from newsclaims.export import arrow

    with duckdb.connect(str(path)) as database:
        layout = tables(selection)
        schemas = {name: arrow.schema(columns) for name, columns in layout.items()}
        for name, columns in layout.items():
            database.execute(create(name, columns, _KINDS, {"id": "PRIMARY KEY"}))

        def add(name: str, rows: Iterator[dict[str, Any]]) -> None:
            for batch in arrow.batches(rows, schemas[name]):
                database.register("incoming", pa.Table.from_batches([batch]))
                try:
                    database.execute(f"INSERT INTO {quoted(name)} SELECT * FROM incoming")
                except duckdb.ConstraintException as error:
                    raise doubled(selection, error) from None
                database.unregister("incoming")

        for some in batched(selection.articles(), _ARTICLES):
            add("documents", (document.row() for document, _ in some))
            add("claims", claim_rows(selection, some))
            add("spans", (row for _, claims in some for claim in claims for row in span_rows(claim)))
        add("reviews", (review_row(review) for review in selection.run.reviews()))
        add("run", run_rows(selection))
        for view in views(selection.kinds, layout):
            database.execute(view)


DUCKDB = FileFormat(
    "duckdb",
    "analysis in SQL over many claims: the tables of the SQLite file",
    _write,
    needs=(Needs("duckdb", "duckdb"), Needs("pyarrow", "duckdb")),
)
