"""What a copy of a document carries, made from its bytes or a pickle, as between processes: its claims.

What the components hand to each other (mentions, figures, reporting clauses) holds tokens of its own document, so a copy
has none of it. spaCy writes the values of extensions with srsly, which is told here how.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import srsly  # type: ignore[import-untyped]  # comes with spaCy
from spacy.tokens import Doc

from newsclaims.schema import BUILT_IN, Claim, ClaimType

KEY = "newsclaims"
CACHES = "newsclaims_"
"""How the keys begin under which ``doc.user_data`` keeps what was once worked out, for as long as claims are made."""
CLAIM, TYPE = "newsclaims.claim", "newsclaims.type"
"""Keys of a claim as srsly writes it: its row, and the definition of its type where it is a user's."""


class Parts:
    """Name of an extension -> the value that it has for one document; of a copy of it, none."""

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}

    def __reduce__(self) -> tuple[type[Parts], tuple[()]]:
        return Parts, ()


def parts(doc: Doc) -> Parts:
    """What the components hand to each other with a document."""
    found = doc.user_data.get(KEY)
    if not isinstance(found, Parts):
        found = doc.user_data[KEY] = Parts()
    return found


def add_extension(name: str, default: Callable[[], Any]) -> None:
    """Let ``doc._.NAME`` hold a value that copies of the document do not have; what ``default`` makes where none is set."""

    def get(doc: Doc) -> Any:
        held = parts(doc).held
        if name not in held:
            held[name] = default()
        return held[name]

    def put(doc: Doc, value: Any) -> None:
        parts(doc).held[name] = value

    Doc.set_extension(name, getter=get, setter=put, force=True)


def forget_caches(doc: Doc) -> None:
    """Drop what was worked out on the way to the claims; it is worked out anew if it is asked again."""
    for key in [key for key in doc.user_data if isinstance(key, str) and key.startswith(CACHES)]:
        del doc.user_data[key]


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """What srsly writes for a claim, and for what no copy has."""
    if isinstance(value, Claim):
        kind = type(value)
        definition = None if BUILT_IN.get(value.type) is kind else ClaimType.of(kind).model_dump_json()
        return {CLAIM: value.row(), TYPE: definition}
    if isinstance(value, Parts):
        return None
    return chain(value) if chain is not None else value


def decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The claim that was written as such a table."""
    if isinstance(value, dict) and value.keys() == {CLAIM, TYPE}:
        row, definition = value[CLAIM], value[TYPE]
        model = BUILT_IN[row["type"]] if definition is None else defined(definition)
        return model.model_validate(row)
    return chain(value) if chain is not None else value


@cache
def defined(definition: str) -> type[Claim]:
    """The model of a user's claim type."""
    return ClaimType.model_validate_json(definition).model()


srsly.msgpack_encoders.register("newsclaims", func=encode)
srsly.msgpack_decoders.register("newsclaims", func=decode)
