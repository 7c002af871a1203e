"""A row of a table or a JSON object → its article."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
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


def article(file: SourceFile, row: Any, line: int, fallback: str | None = None) -> Article | Failure:
    """The article of a row, by the field names in ``file.options``.

    Args:
        file: where the row comes from.
        row: the row as the format's parser gave it.
        line: its line, for the failure if there is one.
        fallback: id of the article if the row has none; by default ``file#line``.
    """
    names = file.options
    if not isinstance(row, Mapping):
        return failure(file.source, FieldError(f"holds {_kind(row)} where an article should be", line))
    if names.text_field not in row:
        return failure(file.source, FieldError(_lacks("field", names.text_field, row), line))
    text = row[names.text_field]
    if text is None:
        return failure(file.source, EmptyError("has no text", line))
    if not isinstance(text, str):
        message = f'has {_kind(text)} in the field "{names.text_field}" where text should be'
        return failure(file.source, FieldError(message, line))
    return file.article(
        text,
        id=scalar(row.get(names.id_field)) or fallback or f"{file.id}#{line}",
        title=scalar(row.get(names.title_field)),
        date=scalar(row.get(names.date_field)),
        url=scalar(row.get(names.url_field)),
        line=line,
    )


def columns(file: SourceFile, names: list[str]) -> None:
    """Raises: FieldError: a table with these columns has none for the text."""
    if file.options.text_field not in names:
        raise FieldError(_lacks("column", file.options.text_field, names), 1)


def _lacks(what: str, wanted: str, names: Iterable[Any]) -> str:
    listed = ", ".join(f'"{name}"' for name in list(names)[:8]) or "none"
    return f'has no {what} "{wanted}", but {listed}: --text-field says which one holds the text'


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "a truth value", type(None): "null"}
    return kinds.get(type(value), "bytes" if isinstance(value, bytes) else "a number")
