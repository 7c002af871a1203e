"""The same small article in every format, made here so that each byte of it is known."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TITLE = "Larkfield Robotics hires Acton chief"
DATE = "2024-05-06"
PARAGRAPHS = (
    "Larkfield Robotics has hired Maria Acton, the former chief executive of Brell Motors, for £2.5m a year.",
    "Ms Acton, who led the carmaker for eleven years, will move to Leeds in June, the firm said on Monday.",
    "“We are delighted,” said José Ibarra, who chairs the board, and added that four engineers would follow.",
)
TEXT = "\n\n".join(PARAGRAPHS)
ASCII = [paragraph.encode("ascii", "ignore").decode() for paragraph in PARAGRAPHS]


def jsonl(*rows: object) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def html(paragraphs: Sequence[str] = PARAGRAPHS, title: str = TITLE) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="{DATE}T08:00:00Z"></head><body>'
        '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>'
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        '<aside><p>Read more: <a href="/x">Ten things to know</a></p></aside>'
        "<footer>© Example News</footer></body></html>"
    ).encode()


def table(*rows: Mapping[str, str], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def parquet(*rows: Mapping[str, object]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(rows)), out)
    return out.getvalue()


def pdf(*pages: Sequence[str], title: str = TITLE) -> bytes:
    """A PDF whose pages show these lines of Latin-1 one under the other."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(
        f"<< /Title ({title}) /CreationDate (D:{DATE.replace('-', '')}080000Z) >>".encode("latin-1")
    )
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
        content = f"BT /F1 11 Tf 60 760 Td\n{shown}ET".encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def docx(paragraphs: Sequence[str] = PARAGRAPHS, rows: Sequence[Sequence[str]] = ()) -> bytes:
    import datetime

    from docx import Document

    document = Document()
    document.core_properties.title = TITLE
    document.core_properties.created = datetime.datetime.fromisoformat(DATE)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        grid = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(grid.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def eml(plain: str | None = TEXT, page: bytes | None = None) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "desk@example.org", "all@example.org"
    message["Subject"], message["Date"] = TITLE, "Mon, 06 May 2024 08:00:00 +0100"
    if plain is not None:
        message.set_content(plain)
    if page is not None:
        content = page.decode()
        if plain is None:
            message.set_content(content, subtype="html")
        else:
            message.add_alternative(content, subtype="html")
    return message.as_bytes()


def warc(pages: Mapping[str, tuple[str, str, bytes]]) -> bytes:
    """Address → status line, media type, body."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for address, (status, media, body) in pages.items():
        headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=headers)
        writer.write_record(record)
    return out.getvalue()


def zipped(members: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(data)
            archive.addfile(header, io.BytesIO(data))
    return out.getvalue()


COMPRESS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstd.compress}

ROW = {"id": "larkfield", "text": TEXT, "title": TITLE, "date": DATE}

FORMATS = {
    "txt": TEXT.encode(),
    "md": f"---\ntitle: {TITLE}\ndate: {DATE}\n---\n{TEXT}\n".encode(),
    "html": html(),
    "htm": html(),
    "jsonl": jsonl(ROW),
    "ndjson": jsonl(ROW),
    "json": json.dumps([ROW], indent=2).encode(),
    "csv": table(ROW),
    "tsv": table(ROW, delimiter="\t"),
    "parquet": parquet(ROW),
    "pdf": pdf(*([line] for line in PARAGRAPHS)),
    "docx": docx(),
    "eml": eml(),
    "warc": warc({"https://example.org/larkfield": ("200 OK", "text/html; charset=utf-8", html())}),
}
"""The article :data:`TEXT` in each format, by suffix."""
