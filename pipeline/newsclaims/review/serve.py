"""Listening: the review page on an address of this machine, until it is stopped."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path
from typing import Any

import uvicorn

from newsclaims.errors import NewsclaimsError
from newsclaims.review.app import make_app
from newsclaims.review.desk import Desk


def serve(desk: Desk, reviewer: str, host: str, port: int, token: str | None, *, open_browser: bool) -> None:
    """Serve until Ctrl-C; the address is printed once it answers.

    Args:
        port: 0 takes any free one.

    Raises:
        NewsclaimsError: the address is taken, or is none of this machine's.
    """
    listener = listen(host, port)
    address = page_address(host, listener.getsockname()[1], token)
    app = make_app(desk, reviewer, host, token)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    server = _Server(config, lambda: _ready(desk.index.folder.path, address, open_browser))
    try:
        server.run(sockets=[listener])
    finally:
        desk.index.close()


def page_address(host: str, port: int, token: str | None) -> str:
    """What to open in a browser."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Any) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def listen(host: str, port: int) -> socket.socket:
    """A socket on the address.

    Raises:
        NewsclaimsError: the address is taken, or is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle's delay on: 40 ms an answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise NewsclaimsError(
            f"cannot listen on {host} port {port}: {error.strerror}; try --port 0"
        ) from None
    return listener


def _ready(folder: Path, address: str, open_browser: bool) -> None:
    print(f"Reviewing {folder} at {address}\nCtrl-C stops; every decision is kept.", flush=True)
    if open_browser:
        webbrowser.open(address)
