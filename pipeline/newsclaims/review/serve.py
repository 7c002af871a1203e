"""Listening: the review page on an address of this machine, until it is stopped."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from newsclaims.listening import listen
from newsclaims.review.amounts import warm
from newsclaims.review.app import make_app
from newsclaims.review.desk import Desk
from newsclaims.review.opening import Opening

PATIENCE = 3.0
"""Seconds that a visitor has to take a first look, before the slower preparations begin."""


def serve(
    open_desk: Callable[[], Desk], complete: Callable[[Desk], None], reviewer: str, host: str, port: int,
    token: str | None, ready: Callable[[str], None],
) -> None:  # fmt: skip
    """Serve until Ctrl-C. The address answers at once; the desk is opened, then completed, behind it.

    Args:
        open_desk: opens the run, as far as it can be had quickly.
        complete: brings what is lacking, while the page is used.
        reviewer: who decides, until a visitor gives another name.
        port: 0 takes any free one.
        token: what visitors must show where ``host`` is not the loopback address.
        ready: is given the page's address once it answers.

    Raises:
        NewsclaimsError: the address is taken, or is none of this machine's; or the run cannot be read.
    """
    listener = listen(host, port)
    opening = Opening(host, token)
    server = _Server(
        uvicorn.Config(opening, log_level="warning", access_log=False, server_header=False, lifespan="off"),
        lambda: ready(page_address(host, listener.getsockname()[1], token)),
    )
    desks: list[Desk] = []
    faults: list[Exception] = []

    def prepare() -> None:
        # Python's threads take turns: short ones, or answers wait for the one that indexes.
        sys.setswitchinterval(0.0005)
        try:
            desks.append(open_desk())
            opening.page = make_app(desks[0], reviewer, host, token)
            opening.looked_at.wait(PATIENCE)
            complete(desks[0])
            warm()
        except Exception as fault:  # it is raised again, where the command line shows it
            if not server.should_exit:
                faults.append(fault)
                server.should_exit = True

    threading.Thread(target=prepare, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how a review ends
        server.run(sockets=[listener])
    for desk in desks:
        desk.index.close()
    for fault in faults:
        raise fault


def page_address(host: str, port: int, token: str | None) -> str:
    """What to open in a browser."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")


def announce(folder: str, address: str, *, open_browser: bool) -> None:
    """Tell where the page is, and open it."""
    print(f"Reviewing {folder} at {address}\nCtrl-C stops; every decision is kept.", flush=True)
    if open_browser:
        webbrowser.open(address)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()
