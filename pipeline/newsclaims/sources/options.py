"""What the caller of :func:`newsclaims.sources.read` may choose."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Names of fields in rows (JSON, JSON lines, CSV, TSV, Parquet), and the limits that keep memory bounded.

    Attributes:
        id_field, text_field, title_field, date_field, url_field: where a row keeps the parts of its article.
        max_article: most characters of one article, and most bytes of a line, page or text file with one.
        max_file: most bytes of a file that must be held whole: ``.pdf``, ``.docx``, ``.eml``, and a ``.zip``
            or ``.parquet`` that lies in an archive or comes through a pipe.
        max_ratio: how many times its own size an input may unpack to, over all its layers together.
        free_unpacked: bytes that any input may unpack to, whatever the ratio.
        max_depth: most layers around an article; an archive is a layer, and so is a compression.
    """

    id_field: str = "id"
    text_field: str = "text"
    title_field: str = "title"
    date_field: str = "date"
    url_field: str = "url"
    max_article: int = 16 * MIB
    max_file: int = 256 * MIB
    max_ratio: int = 200
    free_unpacked: int = 64 * MIB
    max_depth: int = 5
