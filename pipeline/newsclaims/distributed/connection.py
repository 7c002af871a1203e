"""The connection to a Ray cluster, or to one of this machine alone."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from newsclaims.errors import NewsclaimsError

PATIENCE = 30.0
"""Seconds to wait for a machine that is named, or for a first actor, before the user is told of it."""


@contextmanager
def cluster() -> Iterator[int]:
    """Connected to the cluster that ``RAY_ADDRESS`` names, or to a new one of this machine alone.

    Meanwhile, what is printed to ``sys.stdout`` is lost: Ray writes its reports there, and claims may go there.

    Yields:
        The number of cores.

    Raises:
        NewsclaimsError: Ray is not installed, or there is no cluster where ``RAY_ADDRESS`` says.
    """
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        ray = connected()
        try:
            yield int(ray.cluster_resources().get("CPU", 0)) or 1
        finally:
            with _undisturbed():
                ray.shutdown()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C back until the end: Ray crashes, or leaves processes behind, where it is broken off."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def connected() -> Any:
    """Ray, connected to the cluster that ``RAY_ADDRESS`` names, or to a new one of this machine alone."""
    address = os.environ.get("RAY_ADDRESS") or "local"
    alone: dict[str, Any] = {}
    if address == "local":
        alone["include_dashboard"] = False
        # Despite its name it is read on every system: Ray then listens on the loopback interface alone.
        os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    try:
        import ray
    except ImportError:
        raise NewsclaimsError(
            "--engine ray needs Ray, which is missing: pip install 'newsclaims[ray]'"
        ) from None
    if not ray.is_initialized():
        try:
            _knock(address)
            with _undisturbed():
                ray.init(address, log_to_driver=False, logging_level="FATAL", **alone)
        except (OSError, RuntimeError, ValueError) as error:
            which = "answers at RAY_ADDRESS=" + address if address != "local" else "could be started here"
            raise NewsclaimsError(f"no Ray cluster {which}: {gist(error)}") from None
    return ray


def _knock(address: str) -> None:
    """Find out at once that nobody listens at ``host:port``; Ray itself would try for many minutes."""
    host, _, port = address.rpartition(":")
    if port.isdigit() and "//" not in host:
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()


def gist(error: BaseException) -> str:
    """The last line of an error of Ray, where tracebacks of other machines say what went wrong."""
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), repr(error))
