"""The currencies of a rule file: tables under ``[[currency]]``, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newsclaims.claims.rulefile import RuleFile, unknown
from newsclaims.errors import RuleError
from newsclaims.language.money.currencies import Addition

LISTS = ("names", "symbols", "minor")
KEYS = ("code", *LISTS, "parts")


def currencies_of(files: Iterable[Path]) -> list[Addition]:
    """What the rule files among these add to the currencies; lexicons are passed over.

    Raises:
        RuleError: a file has a fault; the message names file, line, currency and key.
    """
    return [one for path in files if path.suffix == ".toml" for one in additions(RuleFile.read(path))]


def additions(file: RuleFile) -> list[Addition]:
    """The currencies of one rule file."""
    return [Reader(file, number, table).read() for number, table in enumerate(file.currencies)]


class Reader:
    """Reads one table; every fault is told with file, line, currency and key."""

    def __init__(self, file: RuleFile, number: int, table: Mapping[str, Any]) -> None:
        self.file, self.number, self.table = file, number, table

    def fault(self, key: str, message: str) -> RuleError:
        line = self.file.line(key, "currency", self.number)
        return self.file.fault(line, f"currency {self.table.get('code', self.number + 1)}", key, message)

    def read(self) -> Addition:
        for key in self.table:
            if key not in KEYS:
                raise self.fault(key, unknown(key, KEYS))
        if "code" not in self.table:
            raise self.fault("code", 'it is missing: three capitals, as in code = "CHF"')
        code = self.table["code"]
        if not isinstance(code, str) or not re.fullmatch(r"[A-Z]{3}", code):
            raise self.fault("code", f"{code!r} is no currency code: three capitals are wanted, as in CHF")
        names, symbols, minor = map(self.words, LISTS)
        return Addition(code, names, symbols, minor, self.parts())

    def words(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fault(key, f'a list of texts is wanted: {key} = ["..."]')
        for word in value:
            if word != word.strip() or not word:
                raise self.fault(key, f"{word!r} is empty or has blanks around it")
            if any(c.isdigit() for c in word):
                raise self.fault(key, f"{word!r} has a digit, which would be read as part of the number")
            if key != "symbols":
                self.check_name(key, word)
        return tuple(value)

    def check_name(self, key: str, word: str) -> None:
        """A name is words; a sign belongs under ``symbols``, and no name is a number itself."""
        from newsclaims.language.money.numbers import scales

        if not word[0].isalpha():
            raise self.fault(key, f"{word!r} is no word; signs stand under symbols")
        if word.lower() in scales():
            raise self.fault(key, f"{word!r} is a number already")

    def parts(self) -> int:
        value = self.table.get("parts", 100)
        if isinstance(value, bool) or not isinstance(value, int) or value < 2:
            raise self.fault("parts", "how many minor units make one: a whole number above 1 is wanted")
        if "parts" in self.table and not self.table.get("minor"):
            raise self.fault("parts", 'the minor unit has no word: add minor = ["..."]')
        return value
