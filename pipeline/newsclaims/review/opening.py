"""What is shown while the index of a large run is being built: how far it is, and then the page itself."""

from __future__ import annotations

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from newsclaims.review.guard import Guard

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>newsclaims review</title></head>
<body><main><h1>Indexing the run</h1>
<p><progress max="100" value="{percent}" aria-label="Indexed"></progress> {percent}%</p>
<p>This happens once. The page comes by itself.</p></main></body></html>
"""


class Opening:
    """An ASGI application that answers with its progress until it is given the page."""

    def __init__(self, host: str, token: str | None) -> None:
        self.percent = 0
        self.page: ASGIApp = Guard(self._wait, host, token)

    def tell(self, done: int, total: int) -> None:
        """How many bytes of the run are indexed."""
        self.percent = 100 * done // max(total, 1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.page(scope, receive, send)

    async def _wait(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = HTMLResponse(_PAGE.format(percent=self.percent), 503, {"Refresh": "1", "Retry-After": "1"})
        await answer(scope, receive, send)
