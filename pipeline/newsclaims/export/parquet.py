"""``parquet``: one row a claim, with the flat columns of the CSV and all spans nested in the column
``spans``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsclaims.export.formats import FileFormat, Needs, Notes
from newsclaims.export.tables import SPANS, claim_columns, claim_row, span_rows
from newsclaims.runs import Selection
from newsclaims.schema import SCHEMA_VERSION


def _rows(selection: Selection) -> Iterator[dict[str, Any]]:
    for document, claims in selection.articles():
        for claim in claims:
            row = claim_row(claim, document, selection.verdict(claim).state)
            yield {**row, "spans": list(span_rows(claim))}


def _write(selection: Selection, path: Path, _notes: Notes) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from newsclaims.export import arrow

    inner = [arrow.field(column) for column in SPANS if column.name not in ("claim", "doc")]
    layout = arrow.schema(claim_columns(selection.kinds)).append(
        pa.field("spans", pa.list_(pa.struct(inner)))
    )
    layout = layout.with_metadata({"newsclaims.schema_version": SCHEMA_VERSION})
    with pq.ParquetWriter(path, layout, compression="zstd") as writer:
        for batch in arrow.batches(_rows(selection), layout):
            writer.write_batch(batch)


PARQUET = FileFormat(
    "parquet",
    "data lakes, pandas, Polars, Spark: one row a claim, its spans nested",
    _write,
    needs=(Needs("pyarrow", "parquet"),),
)
