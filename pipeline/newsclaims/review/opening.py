"""What is shown in the moment before the page itself: a notice, which gives way by itself."""

from __future__ import annotations

import threading

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from newsclaims.review.guard import Guard

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>newsclaims review</title></head>
<body><main><h1>Opening the run</h1><p>The page comes by itself.</p></main></body></html>
"""


class Opening:
    """An ASGI application that answers with a notice until it is given the page."""

    def __init__(self, host: str, token: str | None) -> None:
        self.page: ASGIApp | None = None
        self.looked_at = threading.Event()
        """Set once the page has answered somebody."""
        self._notice = Guard(self._wait, host, token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.page is None:
            await self._notice(scope, receive, send)
            return
        await self.page(scope, receive, send)
        self.looked_at.set()

    async def _wait(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = HTMLResponse(_PAGE, 503, {"Refresh": "1", "Retry-After": "1"})
        await answer(scope, receive, send)
