"""``.docx``: paragraphs and tables, apart by a blank line; rows one a line, cells apart by a tab."""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import ZipFile

from newsclaims.sources.errors import TooLargeError
from newsclaims.sources.files import Item, SourceFile
from newsclaims.sources.options import MIB


def read(file: SourceFile) -> Iterator[Item]:
    from docx import Document
    from docx.table import Table

    stream = file.random_access()
    limit = 4 * file.options.max_article  # a letter of text costs some bytes of XML
    with ZipFile(stream) as parts:
        for part in parts.infolist():
            file.unpack(part.file_size)
            if part.file_size > limit and part.filename.endswith((".xml", ".rels")):
                raise TooLargeError(f"has more than {limit // MIB} MB of XML in {part.filename}")
    document = Document(stream)
    blocks = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks.append("\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows))
        else:
            blocks.append(block.text)
    about = document.core_properties
    yield file.article(
        "\n\n".join(block.strip() for block in blocks if block.strip()),
        title=about.title,
        date=about.created.date().isoformat() if about.created else None,
    )
