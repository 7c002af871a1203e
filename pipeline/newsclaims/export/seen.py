"""A set of strings that lies on the disk, for what must be written once in an export of any size."""

from __future__ import annotations

import sqlite3
from typing import Self


class Seen:
    """Strings seen so far, in a temporary database that vanishes with it."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; CREATE TABLE seen (name TEXT PRIMARY KEY) WITHOUT ROWID; BEGIN"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._database.close()

    def add(self, name: str) -> bool:
        """Whether the string is new; from now on it is not."""
        return self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", [name]).rowcount == 1
