"""Tables as Arrow record batches, which Parquet files and DuckDB take alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import TYPE_CHECKING, Any

from newsclaims.export.tables import Column

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 5_000
"""Rows held in memory at once."""


def field(column: Column) -> pa.Field[Any]:
    import pyarrow as pa

    kinds = {"text": pa.string(), "integer": pa.int64(), "real": pa.float64(), "boolean": pa.bool_()}
    return pa.field(column.name, kinds[column.kind])


def schema(columns: Iterable[Column]) -> pa.Schema:
    """The Arrow schema of a table."""
    import pyarrow as pa

    return pa.schema([field(column) for column in columns])


def batches(rows: Iterable[dict[str, Any]], layout: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Rows as record batches of the layout; what a row lacks is null."""
    import pyarrow as pa

    for some in batched(rows, BATCH):
        yield pa.RecordBatch.from_pylist(list(some), schema=layout)
