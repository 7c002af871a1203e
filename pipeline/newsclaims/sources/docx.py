"""``.docx``: paragraphs and tables, apart by a blank line; rows one a line, cells apart by a tab.

A cell that spans several columns or rows stands once, in the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from zipfile import ZipFile

from newsclaims.sources.errors import TooLargeError
from newsclaims.sources.files import Item, SourceFile
from newsclaims.sources.options import MIB

if TYPE_CHECKING:
    from docx.table import Table


def read(file: SourceFile) -> Iterator[Item]:
    from docx import Document
    from docx.table import Table

    stream = file.random_access()
    limit = 4 * file.options.max_article  # a letter of text costs some bytes of XML
    with ZipFile(stream) as parts:
        for part in parts.infolist():
            file.unpack(part.file_size)
            if part.file_size > limit and part.filename.endswith((".xml", ".rels")):
                raise TooLargeError(
                    f"has more than {limit // MIB} MB of XML in {part.filename}: --max-article allows more"
                )
    document = Document(stream)
    blocks = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks.append("\n".join(_rows(block)))
        else:
            blocks.append(block.text)
    about = document.core_properties
    yield file.article(
        "\n\n".join(block.strip() for block in blocks if block.strip()),
        title=about.title,
        date=about.created.date().isoformat() if about.created else None,
    )


def _rows(table: Table) -> Iterator[str]:
    seen = set()
    for row in table.rows:
        own = []
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                own.append(cell.text)
        if own:
            yield "\t".join(own)
