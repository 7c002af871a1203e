"""``.eml``: the body of a message, plain if it has a plain one, otherwise its HTML; subject and date.

Attachments are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import cast

from newsclaims.sources import html
from newsclaims.sources.decoding import decode
from newsclaims.sources.errors import EmptyError
from newsclaims.sources.files import Item, SourceFile

HEADER = 4096
"""Characters of a header that are read; the parser of headers takes minutes for one of a megabyte."""


class _Policy(EmailPolicy):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:HEADER], value[:HEADER]


def read(file: SourceFile) -> Iterator[Item]:
    data = file.read_all(file.options.max_file)
    message = cast("EmailMessage", message_from_bytes(data, policy=_Policy()))
    text = _body(message, "plain")
    if not text.strip():
        page = html.extract(_body(message, "html"))
        text = page.text if page else ""
    if not text.strip():
        raise EmptyError("has no text in its body")
    yield file.article(text, title=_header(message, "Subject"), date=_date(message))


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if not isinstance(part, EmailMessage):
        return ""
    data = part.get_payload(decode=True)
    return decode(data, part.get_content_charset()) if isinstance(data, bytes) else ""


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return str(value) if value is not None else None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).isoformat()
    except (TypeError, ValueError):
        return _header(message, "Date")
