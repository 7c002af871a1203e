"""Who may speak to the page: the right host, the right origin, and a token where others could reach it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsclaims.listening import LOOPBACK, named_host, same_secret

_ANYWHERE = frozenset({"0.0.0.0", "::", ""})
_COOKIE = "newsclaims_token"
_POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, a form's origin would be "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """ASGI middleware around the whole page.

    A request must name a host that the server is meant to have (no rebound DNS name does), one that changes
    something must come from the page itself, and where the server listens beyond this machine every request
    needs the token: once in the address, then in a cookie.

    Args:
        host: the address that the server listens on.
        token: what a visitor must show; ``None`` for a server on the loopback address.
    """

    def __init__(self, app: ASGIApp, host: str, token: str | None) -> None:
        if host not in LOOPBACK and not token:
            raise ValueError("a server that others can reach needs a token")
        self.app, self.token = app, token
        self.hosts = None if host in _ANYWHERE else LOOPBACK | {host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _POLICY.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, guarded)
        else:
            await self.app(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | RedirectResponse | None:
        host = headers.get("host", "")
        if self.hosts is not None and named_host(host) not in self.hosts:
            return PlainTextResponse("This server does not answer to that host name.\n", 421)
        if scope["method"] not in ("GET", "HEAD") and not _from_page(headers, scope["scheme"], host):
            return PlainTextResponse("Changes are taken from the review page alone.\n", 403)
        return self._ask_token(scope, headers) if self.token else None

    def _ask_token(self, scope: Scope, headers: Headers) -> PlainTextResponse | RedirectResponse | None:
        assert self.token
        if same_secret(cookie_parser(headers.get("cookie", "")).get(_COOKIE, ""), self.token):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        if scope["method"] == "GET" and same_secret(dict(query).get("token", ""), self.token):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            answer = RedirectResponse("/" + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(_COOKIE, self.token, httponly=True, samesite="strict")
            return answer
        return PlainTextResponse("Open the address with the token that the server printed.\n", 401)


def _from_page(headers: Headers, scheme: str, host: str) -> bool:
    """A browser names the origin of every change; a change without one comes from no browser's page."""
    kind, _, place = headers.get("origin", "").lower().partition("://")
    return kind in ("http", "https", scheme) and bool(host) and place == host.lower()
