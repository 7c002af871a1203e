"""Who may use the service: those who name the right host, and hold the token where there is one."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from newsclaims.listening import LOOPBACK, named_host, same_secret

_OPEN = frozenset({"/health"})


class Guard:
    """ASGI middleware around the whole service.

    On a loopback address a request must name such a host, so that no web page can reach the service by a DNS
    name that it bound to this machine. With a token every request but those for the service's health must
    carry it: ``Authorization: Bearer TOKEN``.

    Raises:
        ValueError: the address is no loopback one, and there is no token.
    """

    def __init__(self, app: ASGIApp, host: str, token: str | None) -> None:
        if host not in LOOPBACK and not token:
            raise ValueError("a service that others can reach needs a token")
        self.app, self.token = app, token
        self.hosts = LOOPBACK if host in LOOPBACK else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (refusal := self._refusal(scope)):
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        if self.hosts is not None and named_host(headers.get("host", "")) not in self.hosts:
            return JSONResponse({"error": "this service does not answer to that host name"}, 421)
        if self.token is None or scope["path"] in _OPEN:
            return None
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and same_secret(given.strip(), self.token):
            return None
        message = "send the token of this service: Authorization: Bearer TOKEN"
        return JSONResponse({"error": message}, 401, {"WWW-Authenticate": "Bearer"})
