"""Listening on an address: what the review page and the service share."""

from __future__ import annotations

import errno
import secrets
import socket
from urllib.parse import urlsplit

from newsclaims.errors import NewsclaimsError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Addresses that nobody but this machine can reach."""
NOT_OURS = frozenset({errno.EADDRNOTAVAIL, socket.EAI_NONAME})
"""What is wrong with the address itself, whatever the port."""


def listen(host: str, port: int) -> socket.socket:
    """A socket on the address; port 0 takes any free one.

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
        way_out = "choose another --host" if error.errno in NOT_OURS else "try --port 0"
        raise NewsclaimsError(f"cannot listen on {host} port {port}: {error.strerror}; {way_out}") from None
    return listener


def token_for(host: str, given: str | None) -> str | None:
    """The token that visitors must show: the given one, or one made up where others can reach the address."""
    return secrets.token_urlsafe(24) if given is None and host not in LOOPBACK else given


def named_host(header: str) -> str:
    """The host name of a ``Host`` header, in lower case, without port and brackets; empty if it is none."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def same_secret(given: str, right: str) -> bool:
    """Whether a visitor's token is the right one, found out in a time that tells nothing."""
    return secrets.compare_digest(given.encode(), right.encode())
