"""Request bodies, read within limits, as articles."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request

from newsclaims.schema import Article

_SURROGATES = re.compile("[\ud800-\udfff]")
FIELDS = ("id", "text", "title", "date", "url", "source")


class RefusedError(Exception):
    """A request, or a line of one, that is not served: the status says which kind of fault it has."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost.

    Attributes:
        size: bytes of an article: of the whole body, or of a line of a batch.
        seconds: time to wait for the next bytes of the body, and for an article's claims.
    """

    size: int = 4 * 1024 * 1024
    seconds: float = 60.0


async def chunks(request: Request, limits: Limits) -> AsyncIterator[bytes]:
    """The body as it comes.

    Raises:
        RefusedError: nothing came for too long.
    """
    stream = request.stream()
    while True:
        try:
            yield await asyncio.wait_for(anext(stream), limits.seconds)
        except StopAsyncIteration:
            return
        except TimeoutError:
            message = f"no more of the body came within {limits.seconds:g} seconds"
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, message) from None
        except ClientDisconnect:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "the client went away") from None


async def whole(request: Request, limits: Limits) -> bytes:
    """The body of a request that holds one article.

    Raises:
        RefusedError: it is larger than the limit, or does not come.
    """
    body = bytearray()
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limits.size:
        raise _too_large(limits, "the body")
    async for chunk in chunks(request, limits):
        body += chunk
        if len(body) > limits.size:
            raise _too_large(limits, "the body")
    return bytes(body)


async def lines(request: Request, limits: Limits) -> AsyncIterator[tuple[int, bytes | RefusedError]]:
    """The lines of a batch with their numbers, as they come; blank ones are left out.

    A line beyond the limit is read over and stands as a refusal.
    """
    number, line, over = 0, bytearray(), False
    async for chunk in chunks(request, limits):
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            number += 1
            if over or len(line) + len(piece) > limits.size:
                yield number, _too_large(limits, "the line")
            elif (line + piece).strip():
                yield number, bytes(line + piece)
            line, over = bytearray(), False
        over = over or len(line) + len(rest) > limits.size
        line = bytearray() if over else line + rest
    if over:
        yield number + 1, _too_large(limits, "the line")
    elif line.strip():
        yield number + 1, bytes(line)


def from_json(data: bytes, id: str) -> Article:
    """An article from a JSON object: ``text`` and, if wished, the other :data:`FIELDS`.

    Raises:
        RefusedError: it is none.
    """
    try:
        row = json.loads(data)
    except ValueError as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"no JSON: {error}") from None
    except RecursionError:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "no JSON: nested too deeply") from None
    if not isinstance(row, dict):
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, 'no JSON object; send {"text": "..."}')
    row.pop("sha256", None)  # a line of a run's documents.jsonl is an article as well
    if unknown := [name for name in row if name not in FIELDS]:
        message = f"unknown field {unknown[0]!r}; there are {', '.join(FIELDS)}"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, message)
    return _article({"id": id, **{name: value for name, value in row.items() if value is not None}})


def from_text(data: bytes, id: str, charset: str) -> Article:
    """An article from plain text.

    Raises:
        RefusedError: it is not in the encoding that the request declares, or blank.
    """
    try:
        text = data.decode(charset)
    except (UnicodeError, LookupError) as error:
        raise RefusedError(
            HTTPStatus.BAD_REQUEST,
            f"the body is no text in {charset}: {error}; say what it is, as in Content-Type: text/plain; charset=cp1252",
        ) from None
    return _article({"id": id, "text": text})


def from_html(data: bytes, id: str, charset: str | None) -> Article:
    """The article of a web page, as the reader of HTML files finds it; offsets count in the text it found.

    Raises:
        RefusedError: there is no article in it.
    """
    from newsclaims.sources.dispatch import articles
    from newsclaims.sources.files import SourceFile
    from newsclaims.sources.options import ReadOptions

    page = SourceFile(
        lambda: io.BytesIO(data),
        id=id,
        source="request",
        name="request.html",
        options=ReadOptions(),
        charset=charset,
    )
    found = next(articles(page), None)
    if not isinstance(found, Article):
        message = f"the page {found.message}" if found else "the page holds no article"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, message)
    return found.model_copy(update={"source": None})


def _article(fields: dict[str, Any]) -> Article:
    """The article as it will be sent back: U+FFFD for each lone surrogate, which UTF-8 cannot carry."""
    clean = {k: _SURROGATES.sub("\ufffd", v) if isinstance(v, str) else v for k, v in fields.items()}
    try:
        article = Article.model_validate(clean)
    except ValidationError as error:
        fault = error.errors()[0]
        message = f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, message) from None
    if not article.text.strip():
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "text: has no text")
    return article


def _too_large(limits: Limits, what: str) -> RefusedError:
    message = f"{what} is larger than {limits.size:,} bytes; send articles one by one, or raise --max-size"
    return RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
