"""``.parquet``: one article a row. ``line`` in ids and failures is the number of the row, from 1."""

from __future__ import annotations

from collections.abc import Iterator

from newsclaims.sources import rows
from newsclaims.sources.files import Item, SourceFile

BATCH = 32
"""Rows in memory at a time."""


def read(file: SourceFile) -> Iterator[Item]:
    from pyarrow.parquet import ParquetFile

    options = file.options
    wanted = (
        options.id_field,
        options.text_field,
        options.title_field,
        options.date_field,
        options.url_field,
    )
    with ParquetFile(file.random_access(), buffer_size=1024 * 1024, pre_buffer=False) as table:
        rows.columns(file, table.schema_arrow.names)
        number = 0
        present = [name for name in dict.fromkeys(wanted) if name in table.schema_arrow.names]
        for group in range(table.num_row_groups):
            file.unpack(table.metadata.row_group(group).total_byte_size)
            for batch in table.iter_batches(BATCH, row_groups=[group], columns=present, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield rows.article(file, row, number)
