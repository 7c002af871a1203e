"""The service: articles in, claims out, one article or a stream of them a request."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from concurrent.futures import Future
from contextlib import aclosing, asynccontextmanager, suppress
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from newsclaims import __version__
from newsclaims.extraction import Extracts
from newsclaims.schema import SCHEMA_VERSION, AnyClaim, Article, Claim, Document
from newsclaims.server.batcher import Batcher, BusyError
from newsclaims.server.bodies import Limits, RefusedError, from_html, from_json, from_text, lines, whole
from newsclaims.server.guard import Guard

log = logging.getLogger(__name__)

NDJSON = "application/x-ndjson"
_WINDOW = 16
"""Articles of one request that may wait or be in work at once."""


_AMISS: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "nothing is at this address; GET /docs says what the service answers",
    HTTPStatus.METHOD_NOT_ALLOWED: "this address does not take that method; GET /docs says how to use it",
}
"""What is said where a request went astray, by status."""


class Extraction(BaseModel):
    """An article and its claims, whose offsets count in ``document.text``."""

    document: Document
    claims: list[AnyClaim]


class Trouble(BaseModel):
    """Why a request, or the line of a batch, gave no claims."""

    error: str
    line: int | None = None


def make_app(
    extractor: Extracts,
    *,
    host: str = "127.0.0.1",
    token: str | None = None,
    limits: Limits | None = None,
) -> Guard:
    """The service around a loaded pipeline.

    Args:
        host: the address that it will listen on.
        token: what clients must show.

    Raises:
        ValueError: the address is no loopback one, and there is no token.
    """
    service = _Service(extractor, limits or Limits())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with service.batcher:
            yield

    app = FastAPIOffline(
        title="newsclaims",
        version=__version__,
        summary="Checkable claims out of news: who works where, who moves where, what money is paid.",
        lifespan=lifespan,
    )

    @app.exception_handler(RefusedError)
    async def refused(_: Request, refusal: RefusedError) -> Response:
        retry = {"Retry-After": "1"} if refusal.status == HTTPStatus.SERVICE_UNAVAILABLE else None
        return JSONResponse({"error": refusal.message}, refusal.status, retry)

    @app.exception_handler(HTTPException)
    async def amiss(_: Request, error: HTTPException) -> Response:
        message = _AMISS.get(error.status_code, error.detail)
        return JSONResponse({"error": message}, error.status_code, error.headers)

    @app.get("/health")
    async def health() -> dict[str, str]:
        """Whether the service is up; needs no token."""
        return {"status": "ok"}

    @app.get("/version")
    async def version() -> dict[str, str]:
        """The versions of the program and of the JSON that it writes."""
        return {"version": __version__, "schema_version": SCHEMA_VERSION}

    faults = (400, 401, 408, 413, 415, 422, 503)
    app.add_api_route(
        "/extract",
        service.extract,
        methods=["POST"],
        response_class=Response,
        responses={200: _ANSWERS, **{status: {"model": Trouble} for status in faults}},
        openapi_extra={"requestBody": {"required": True, "content": _BODIES}},
    )
    return Guard(app, host, token)


class _Service:
    def __init__(self, extractor: Extracts, limits: Limits) -> None:
        self.batcher, self.limits = Batcher(extractor), limits

    async def extract(self, request: Request) -> Response:
        """The claims of one article, or of many.

        Send an article as JSON (`text`, and if wished `id`, `title`, `date`, `url`, `source`), as plain text
        or as HTML. Send many as JSON lines: they come back as JSON lines in the same order, each as soon as
        it is ready, and a faulty line gives an `error` with its number and costs no other line.
        """
        if (coding := request.headers.get("content-encoding", "identity").lower()) != "identity":
            message = f"the body is compressed ({coding}); send it as it is"
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
        kind, charset = _content_type(request.headers.get("content-type", "application/json"))
        if kind in (NDJSON, "application/jsonl", "application/jsonlines"):
            return _Stream(self._batch(request))
        if kind not in ("application/json", "text/plain", "text/html"):
            message = f"no articles in {kind}; send application/json, text/plain, text/html or {NDJSON}"
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
        body = await whole(request, self.limits)
        if kind == "text/html":
            article = await asyncio.to_thread(from_html, body, "request", charset)
        elif kind == "text/plain":
            article = from_text(body, "request", charset or "utf-8")
        else:
            article = from_json(body, "request")
        try:
            waiting = self.batcher.submit(article)
        except BusyError:
            message = "too many articles are waiting; try again in a moment"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message) from None
        return JSONResponse(await self._answer(article, waiting))

    async def _answer(self, article: Article, waiting: Future[list[Claim]]) -> dict[str, Any]:
        try:
            claims = await asyncio.wait_for(asyncio.wrap_future(waiting), self.limits.seconds)
        except TimeoutError:
            message = f"the claims did not come within {self.limits.seconds:g} seconds"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message) from None
        except Exception as error:
            message = f"the pipeline failed on this article: {error}"
            raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, message) from None
        return {"document": Document.of(article).row(), "claims": [claim.row() for claim in claims]}

    async def _batch(self, request: Request) -> AsyncGenerator[dict[str, Any], None]:
        """The answers to a batch in its order, while the rest of it still comes in."""
        started: asyncio.Queue[tuple[int | None, Any] | None] = asyncio.Queue(_WINDOW)

        async def read() -> None:
            try:
                async for number, line in lines(request, self.limits):
                    await started.put((number, await self._started(number, line)))
            except RefusedError as refusal:
                await started.put((None, refusal))
            except Exception as error:  # what is not awaited would leave the client waiting
                log.exception("a batch could not be read")
                message = f"the batch could not be read on: {error}"
                await started.put((None, RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, message)))
            await started.put(None)

        reader = asyncio.create_task(read())
        try:
            while (item := await started.get()) is not None:
                number, begun = item
                try:
                    if isinstance(begun, RefusedError):
                        raise begun
                    yield await self._answer(*begun)
                except RefusedError as refusal:
                    yield Trouble(error=refusal.message, line=number).model_dump(exclude_none=True)
        finally:
            reader.cancel()
            while not started.empty():
                item = started.get_nowait()
                if item and not isinstance(item[1], RefusedError):
                    item[1][1].cancel()

    async def _started(
        self, number: int, line: bytes | RefusedError
    ) -> RefusedError | tuple[Article, Future[list[Claim]]]:
        """The line's article and its claims to come. While others fill the queue the line waits."""
        if isinstance(line, RefusedError):
            return line
        try:
            article = from_json(line, f"request#{number}")
        except RefusedError as refusal:
            return refusal
        while True:
            with suppress(BusyError):
                return article, self.batcher.submit(article)
            await asyncio.sleep(0.02)


class _Stream(Response):
    """JSON lines, sent as they come, while the request is still being read."""

    media_type = NDJSON

    def __init__(self, rows: AsyncGenerator[dict[str, Any], None]) -> None:
        super().__init__()
        del self.headers["content-length"]
        self.rows = rows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        async with aclosing(self.rows) as rows:
            async for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                await send({"type": "http.response.body", "body": line, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _content_type(header: str) -> tuple[str, str | None]:
    """Media type and charset, as ``text/plain; charset=utf-8`` has them."""
    kind, *parameters = (part.strip() for part in header.split(";"))
    named = dict(p.lower().replace('"', "").split("=", 1) for p in parameters if "=" in p)
    return kind.lower(), named.get("charset")


_ONE: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {name: {"type": "string"} for name in ("text", "id", "title", "date", "url", "source")},
    "additionalProperties": False,
    "example": {"text": "Jane Orme joined Brightwater from Halcyon."},
}
_TEXT = {"type": "string"}
_BODIES: dict[str, Any] = {
    "application/json": {"schema": _ONE},
    "text/plain": {"schema": _TEXT},
    "text/html": {"schema": _TEXT},
    NDJSON: {"schema": _TEXT, "example": '{"id": "1", "text": "..."}\n{"id": "2", "text": "..."}\n'},
}
_ANSWERS: dict[str, Any] = {
    "model": Extraction,
    "description": "The article with its claims; for a batch, one such object a line.",
    "content": {NDJSON: {"schema": _TEXT}},
}
