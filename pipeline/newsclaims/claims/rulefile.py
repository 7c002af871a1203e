"""A rule file as it stands on disk: its rules, claim types, currencies and macros, and the line of each key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newsclaims.errors import RuleError
from newsclaims.schema import BUILT_IN, Claim, ClaimType

TOP = ("type", "types", "macros", "rule", "currency")
RESERVED = frozenset(Claim.model_fields)
"""Names that no slot and no attribute of a claim type may have."""
HEADER = re.compile(r"\[\[\s*(\w+)\s*\]\]")
NESTING = 4
"""How deeply macros may stand for others."""
MACRO = re.compile(r"\{([a-z_]+)\}")


@dataclass
class RuleFile:
    """A rule file that has been read; every fault is told with file, line and key."""

    path: Path
    raw: bytes = b""
    tables: list[dict[str, Any]] = field(default_factory=list)
    macros: dict[str, str] = field(default_factory=dict)
    common: str | None = None
    types: list[dict[str, Any]] = field(default_factory=list)
    currencies: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> RuleFile:
        """Read a file from disk.

        Raises:
            RuleError: there is none, it is not TOML, or its top level has a fault.
        """
        try:
            return cls.of(path, path.read_bytes())
        except OSError as error:
            raise RuleError(f"{path}: no such rule file ({error.strerror})") from None

    @classmethod
    def of(cls, path: Path, raw: bytes) -> RuleFile:
        """Read the content of a file; ``path`` names it in faults."""
        try:
            data = tomllib.loads(raw.decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise RuleError(f"{path}: not TOML: {error}") from None
        out = cls(path, raw)
        for key in data:
            if key not in TOP:
                raise out.fault(out.line(key), "", key, unknown(key, TOP))
        out.tables = out.list_of_tables(data, "rule")
        out.types = out.list_of_tables(data, "types")
        out.currencies = out.list_of_tables(data, "currency")
        out.common = data.get("type")
        if not isinstance(out.common, str | None):
            raise out.fault(out.line("type"), "", "type", "a text is wanted, the name of a claim type")
        out.macros = data.get("macros", {})
        if not isinstance(out.macros, dict) or not all(isinstance(m, str) for m in out.macros.values()):
            raise out.fault(out.line("macros"), "", "macros", 'a table of names and texts: name = "of|at"')
        return out

    def list_of_tables(self, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fault(self.line(key), "", key, f"write each as a table under [[{key}]]")
        return value

    def fault(self, line: int, what: str, key: str, message: str) -> RuleError:
        """An error at a line (0 for unknown) of this file; ``what`` names the rule or type."""
        place = f"{self.path}:{line}" if line else str(self.path)
        return RuleError(": ".join(part for part in (place, what, key, message) if part))

    @cached_property
    def lines(self) -> list[str]:
        return self.raw.decode("utf-8-sig").splitlines()

    @cached_property
    def headers(self) -> dict[str, list[int]]:
        """Name of an array of tables -> the lines, from 0, on which its tables begin."""
        out: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines):
            if line.startswith("[[") and (match := HEADER.match(line)):
                out.setdefault(match[1], []).append(number)
        return out

    def line(self, key: str, header: str = "", number: int = 0) -> int:
        """The line of a key in the ``number``-th ``[[header]]``; the header's own where the key is missing.

        Without a header, the key is one of the whole file or the name of a table.
        """
        lines = self.lines
        starts = self.headers.get(header, [])
        if header and number >= len(starts):
            return 0
        first = starts[number] if header else 0
        key, _, inner = key.partition(".")
        for i in range(first + bool(header), len(lines)):
            if header and lines[i].startswith("[["):
                break
            if re.match(rf"\s*(\[\[?\s*)?([\w]+\.)?[\"']?{re.escape(key)}[\"']?\s*(=|\.|\])", lines[i]):
                below = range(i, min(i + 12, len(lines))) if inner else ()
                return next((j + 1 for j in below if re.search(rf"\b{re.escape(inner)}\b", lines[j])), i + 1)
        return first + 1 if header else 0

    def source(self, number: int) -> str:
        """The ``number``-th rule as it is written, without the comments that follow it."""
        starts = self.headers["rule"]
        end = starts[number + 1] if number + 1 < len(starts) else len(self.lines)
        lines = self.lines[starts[number] : end]
        while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()
        return "\n".join(lines)

    def claim_types(self) -> dict[str, type[Claim]]:
        """The claim types that the file defines, checked."""
        out: dict[str, type[Claim]] = {}
        for number, table in enumerate(self.types):
            name = f"type {table.get('name', number + 1)}"

            def fault(key: str, message: str, number: int = number, name: str = name) -> RuleError:
                return self.fault(self.line(key, "types", number), name, key, message)

            try:
                definition = ClaimType(**table)
            except ValidationError as error:
                faults = error.errors()  # a misspelt key is the cause of a missing one
                first = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
                key = str(first["loc"][0])
                if first["type"] == "extra_forbidden":
                    raise fault(key, unknown(key, ClaimType.model_fields)) from None
                raise fault(key, message_of(first)) from None
            if definition.name in BUILT_IN or definition.name in out:
                raise fault("name", f"there is a claim type {definition.name!r} already")
            names: set[str] = set()
            for key, words in (("slots", definition.slots), ("attributes", definition.attributes)):
                for word in words:
                    if word in RESERVED or not re.fullmatch(r"[a-z][a-z0-9_]*", word):
                        raise fault(
                            key, f"{word!r} cannot be a name here: choose another word, in small letters"
                        )
                    if word in names:
                        raise fault(key, f"{word!r} is named twice")
                    names.add(word)
            for slot in definition.key:
                if slot not in definition.slots:
                    raise fault("key", unknown(slot, definition.slots))
            for attribute, values in definition.attributes.items():
                if not values:
                    raise fault(f"attributes.{attribute}", "it has no permitted values")
            out[definition.name] = definition.model()
        return out

    def expanded(self, text: str) -> str:
        """The text with every ``{macro}`` replaced; a macro may use others."""
        for _ in range(NESTING):
            for name in MACRO.findall(text):
                if name not in self.macros:
                    raise ValueError(f"no macro: {unknown(name, self.macros)}")
            text = MACRO.sub(lambda m: self.macros[m[1]], text)
        if found := MACRO.search(text):
            raise ValueError(f"the macro {found[1]!r} stands for itself, or others for others too deeply")
        return text


def message_of(error: Any) -> str:
    """A sentence about one fault that pydantic found."""
    if error["type"] == "missing":
        return "it is missing"
    if error["type"] == "list_type":
        return 'a list of texts is wanted: ["...", "..."]'
    if error["type"] == "string_type":
        return "a text is wanted"
    if error["type"] == "string_pattern_mismatch":
        return f"{error['input']!r} is no name: small letters, digits and _ only"
    return str(error["msg"])


def unknown(word: str, known: Iterable[str]) -> str:
    """Says that a word is not known, with the nearest one that is."""
    options = sorted(known)
    alike = {option.lower(): option for option in options}
    near = [alike[found] for found in difflib.get_close_matches(word.lower(), alike, 1)]
    rest = (
        f"do you mean {near[0]!r}?"
        if near
        else f"there are {', '.join(options)}"
        if options
        else "there is none"
    )
    return f"no {word!r}; {rest}"
