"""``.csv``, ``.tsv``: one article a row, under a row of names. A bad row costs itself alone.

A row may leave out cells at its end, as spreadsheets do; they are empty then. A row with more cells than there are
names is bad, since a text that was not quoted falls apart like this, unless what is beyond them is empty.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from newsclaims.sources import rows
from newsclaims.sources.decoding import is_binary
from newsclaims.sources.errors import BinaryError, SyntaxFaultError
from newsclaims.sources.files import Item, SourceFile, failure
from newsclaims.sources.lines import lines


def read(file: SourceFile) -> Iterator[Item]:
    head = file.head()
    if is_binary(head):
        raise BinaryError("looks binary: it is no table of text")
    csv.field_size_limit(file.options.max_article)
    first = head.replace(b"\0", b"").partition(b"\n")[0].decode("latin-1")
    table = csv.reader(_strings(file), delimiter=max("\t,;|", key=first.count), strict=True)
    names: list[str] | None = None
    while True:
        line = table.line_num + 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            fault = "a quoted field is never closed" if "end of data" in str(error) else str(error)
            yield failure(file.source, SyntaxFaultError(f"broken row: {fault}", line))
            continue
        if names is None:
            names = [name.strip() for name in cells]
            rows.columns(file, names)
        elif any(cell.strip() for cell in cells[len(names) :]):
            message = f"row has {len(cells)} cells, the header {len(names)}; is the text unquoted?"
            yield failure(file.source, SyntaxFaultError(message, line))
        elif any(cells):
            padded = [*cells, *[""] * (len(names) - len(cells))]
            yield rows.article(file, dict(zip(names, padded, strict=False)), line)


def _strings(file: SourceFile) -> Iterator[str]:
    """The lines, up to the first that cannot be read: a table cannot go on without it."""
    for _, line in lines(file):
        if isinstance(line, Exception):
            raise line
        yield line
