"""The claim types of a run: the built-in ones, and those that its rule files defined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from newsclaims.errors import InputError
from newsclaims.schema import BUILT_IN, Claim, ClaimType


class Kinds:
    """Claim types by name, built-in ones first.

    Args:
        definitions: what ``run.json`` holds under ``claim_types``; built-in names keep their own model.
    """

    def __init__(self, definitions: Iterable[ClaimType] = ()) -> None:
        self.models: dict[str, type[Claim]] = dict(BUILT_IN)
        for definition in definitions:
            if definition.name not in BUILT_IN:
                self.models[definition.name] = definition.model()
        self.types = {name: ClaimType.of(model) for name, model in self.models.items()}

    @classmethod
    def of(cls, run: dict[str, Any], where: str) -> Kinds:
        """The types that a run's ``run.json`` (read as ``run``, named ``where`` in errors) tells of."""
        given = run.get("claim_types") or []
        rows = list(given.values()) if isinstance(given, dict) else given
        try:
            return cls(ClaimType.model_validate(row) for row in rows)
        except ValidationError as error:
            fault = error.errors()[0]
            raise InputError(f"{where}: claim_types: {fault['msg']} (at {fault['loc']})") from None

    def __iter__(self) -> Iterator[ClaimType]:
        return iter(self.types.values())

    def __contains__(self, name: str) -> bool:
        return name in self.types

    def __getitem__(self, name: str) -> ClaimType:
        return self.types[name]

    def of_row(self, row: dict[str, Any]) -> ClaimType:
        """The type of the claim that a row holds.

        Raises:
            InputError: the run does not define it.
        """
        name = row.get("type")
        if not isinstance(name, str) or name not in self.types:
            raise InputError(f"claim {row.get('id')!r} has the type {name!r}, which run.json does not define")
        return self.types[name]

    def read(self, row: dict[str, Any]) -> Claim:
        """The claim that a row holds.

        Raises:
            InputError: it is none of a type that the run defines.
        """
        kind = self.of_row(row)
        try:
            return self.models[kind.name].model_validate(row)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"]) or kind.name
            raise InputError(f"claim {row.get('id')!r}: {place}: {fault['msg']}") from None

    def lacking(self, row: dict[str, Any]) -> list[str]:
        """Key slots that a row leaves empty: a claim under construction lacks some."""
        kind = self.types[row["type"]]
        return [slot for slot in kind.key if not row.get(slot)]
