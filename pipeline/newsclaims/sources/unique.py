"""Ids that are told apart without remembering them."""

from __future__ import annotations

import hashlib


class UniqueIds:
    """Makes every id of a run unique, in memory of a fixed size.

    Ids go into a Bloom filter. One that is surely new stays as it is. One that may have been there gets ``~``
    and eight hex digits, which depend on the article's place alone (its source and its number within it). If
    that may have been there too, the article's number in the run follows. So no two ids are equal, and the
    same inputs give the same ids. Needless lengthening begins late: after ten million articles it meets one
    in three thousand.

    Args:
        size: bytes of the filter, a power of two.
    """

    _HASHES = 4

    def __init__(self, size: int = 32 * 2**20) -> None:
        self._bits = bytearray(size)
        self._mask = size * 8 - 1
        self._count = 0

    def claim(self, id: str, place: str) -> str:
        """The id to use for an article that would be called ``id`` and comes from ``place``."""
        self._count += 1
        if not self._seen(id):
            return id
        longer = f"{id}~{hashlib.blake2b(place.encode('utf-8'), digest_size=4).hexdigest()}"
        if self._seen(longer):
            longer = f"{longer}~{self._count}"
            self._seen(longer)
        return longer

    def _seen(self, id: str) -> bool:
        """Whether the id may have been here before; it has been from now on."""
        digest = hashlib.blake2b(id.encode("utf-8"), digest_size=8 * self._HASHES).digest()
        seen = True
        for start in range(0, len(digest), 8):
            bit = int.from_bytes(digest[start : start + 8], "little") & self._mask
            byte, flag = bit >> 3, 1 << (bit & 7)
            seen &= bool(self._bits[byte] & flag)
            self._bits[byte] |= flag
        return seen
