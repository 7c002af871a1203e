"""``sqlite``: documents, claims, spans and reviews with views and full-text search; Datasette opens it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from newsclaims.export.formats import FileFormat, Notes
from newsclaims.export.relational import create, doubled, quoted, tables, views
from newsclaims.export.tables import Column, claim_rows, review_row, run_rows, span_rows
from newsclaims.runs import Selection

_KINDS = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER"}
_KEYS = {
    "documents": {"id": "PRIMARY KEY"},
    "claims": {"id": "PRIMARY KEY", "doc": "REFERENCES documents(id)"},
    "spans": {"claim": "REFERENCES claims(id)", "doc": "REFERENCES documents(id)"},
    "reviews": {"doc": "REFERENCES documents(id)"},
}
_AFTERWARDS = """
CREATE INDEX claims_doc ON claims(doc);
CREATE INDEX claims_type ON claims(type, confidence);
CREATE INDEX spans_claim ON spans(claim);
CREATE INDEX spans_name ON spans(role, name);
CREATE INDEX reviews_claim ON reviews(claim);
CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content="documents");
INSERT INTO documents_fts(documents_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE claims_fts USING fts5(sentence, content="claims");
INSERT INTO claims_fts(claims_fts) VALUES ('rebuild');
"""


class _Table:
    """Rows go in through one prepared statement."""

    def __init__(self, database: sqlite3.Connection, name: str, columns: Iterable[Column]) -> None:
        self.columns = [column.name for column in columns]
        self.database = database
        marks = ", ".join("?" * len(self.columns))
        self.statement = f"INSERT INTO {quoted(name)} VALUES ({marks})"

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        self.database.executemany(self.statement, ([row.get(name) for name in self.columns] for row in rows))


def _write(selection: Selection, path: Path, _notes: Notes) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        layout = tables(selection)
        into = {}
        for name, columns in layout.items():
            database.execute(create(name, columns, _KINDS, _KEYS.get(name, {})))
            into[name] = _Table(database, name, columns)
        for document, claims in selection.articles():
            into["documents"].add([document.row()])
            into["claims"].add(claim_rows(selection, [(document, claims)]))
            for claim in claims:
                into["spans"].add(span_rows(claim))
        into["reviews"].add(_reviews(selection, database))
        into["run"].add(run_rows(selection))
        for view in views(selection.kinds, layout):
            database.execute(view)
        database.commit()
        database.executescript(f"BEGIN; {_AFTERWARDS} COMMIT; ANALYZE")
    except sqlite3.IntegrityError as error:
        raise doubled(selection, error) from None
    finally:
        database.close()


def _reviews(selection: Selection, database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """The decisions on articles that are in the database."""
    for review in selection.run.reviews():
        if database.execute("SELECT 1 FROM documents WHERE id = ?", [review.doc]).fetchone():
            yield review_row(review)


SQLITE = FileFormat(
    "sqlite", "SQL, full-text search and Datasette: documents, claims, spans, reviews", _write
)
