"""Byte streams that count what passes, so that a bomb is refused while it unpacks and not after."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from newsclaims.sources.errors import BombError
from newsclaims.sources.options import MIB, ReadOptions

BUFFER = 64 * 1024
"""Bytes read at a time, and the most that a look at the head of a stream can see."""


class Meter:
    """Bytes that one input gave (packed) and that came out of its compressed layers (unpacked).

    Attributes:
        packed, unpacked: the counts.
    """

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self.packed = 0
        self.unpacked = 0

    def read(self, count: int) -> None:
        self.packed += count

    def unpack(self, count: int) -> None:
        """Raises: BombError: more has come out than this input may unpack to."""
        self.unpacked += count
        limit = max(self._options.free_unpacked, self._options.max_ratio * self.packed)
        if self.unpacked > limit:
            raise BombError(
                f"unpacks to more than {limit // MIB} MB, over {self._options.max_ratio} times its size: "
                "refused as a decompression bomb"
            )


class Counted(io.RawIOBase):
    """A raw stream over anything with ``read(n)`` that tells ``count`` how many bytes passed.

    The first read waits until the buffer is full or the end is reached, so that a look at the head sees as
    much of a slow pipe as of a file; later reads pass on what is there.
    """

    def __init__(self, inner: Any, count: Callable[[int], None]) -> None:
        self._inner = inner
        self._count = count
        self._started = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view):
            chunk = self._inner.read(len(view) - filled)
            if not chunk:
                break
            self._count(len(chunk))
            view[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
            if self._started:
                break
        self._started = True
        return filled

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
        super().close()


def counted(inner: Any, count: Callable[[int], None]) -> io.BufferedReader:
    """A buffered stream over ``inner`` whose bytes are counted."""
    return io.BufferedReader(Counted(inner, count), BUFFER)
