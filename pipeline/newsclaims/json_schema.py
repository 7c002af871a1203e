"""JSON Schemas (2020-12) of every kind of line that the program writes, made from the models themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from newsclaims.schema import BUILT_IN, SCHEMA_VERSION, Claim, Document, Failure, Model, Review

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_ROWS: dict[str, type[Model]] = {"document": Document, "review": Review, "failure": Failure}
NAMES = ("claim", *_ROWS)


def schema(name: str, claim_types: Iterable[type[Claim]] = ()) -> dict[str, Any]:
    """The JSON Schema of a line.

    Args:
        name: one of :data:`NAMES`.
        claim_types: claim types of the user, beside the built-in ones.
    """
    row: Any = _ROWS.get(name)
    if name == "claim":
        row = Annotated[reduce(or_, [*BUILT_IN.values(), *claim_types]), Field(discriminator="type")]
    return {
        "$schema": DIALECT,
        "$id": f"urn:newsclaims:schema:{SCHEMA_VERSION}:{name}",
        "title": name.capitalize(),
        **{key: value for key, value in TypeAdapter(row).json_schema().items() if key != "title"},
    }


def as_text(content: Any) -> str:
    """A schema as the repository keeps it."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
