"""A row of a table or a JSON object → its article."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from newsclaims.schema import Article, Failure
from newsclaims.sources.errors import EmptyError, FieldError
from newsclaims.sources.files import SourceFile, failure


def scalar(value: Any) -> str | None:
    """A name, title, date or address as text; ``None`` for what cannot be one."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return None


def article(file: SourceFile, row: Any, line: int) -> Article | Failure:
    """The article of a row, by the field names in ``file.options``. Without an id of its own it is called
    after its file and line, ``file#line``."""
    names = file.options
    if not isinstance(row, Mapping):
        found = type(row).__name__ if row is not None else "null"
        return failure(file.source, FieldError(f"is not a JSON object with a text, but {found}", line))
    if names.text_field not in row:
        fields = ", ".join(str(name) for name in list(row)[:12]) or "none"
        message = (
            f'has no field "{names.text_field}" (fields: {fields}); --text-field names the one with the text'
        )
        return failure(file.source, FieldError(message, line))
    text = row[names.text_field]
    if text is None:
        return failure(file.source, EmptyError("has no text", line))
    if not isinstance(text, str):
        kind = type(text).__name__
        return failure(file.source, FieldError(f'field "{names.text_field}" holds no text but {kind}', line))
    return file.article(
        text,
        id=scalar(row.get(names.id_field)),
        title=scalar(row.get(names.title_field)),
        date=scalar(row.get(names.date_field)),
        url=scalar(row.get(names.url_field)),
        line=line,
    )
