"""The spaCy pipeline that everything runs on: a model, the components of ``language``, and that of ``claims``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.claims import component  # noqa: F401  as the next, registers its component
from newsclaims.claims.currencyfile import currencies_of
from newsclaims.claims.userfiles import with_packages
from newsclaims.language import (  # noqa: F401
    attribution,
    coreference,
    groups,
    layout,
    lemmas,
    lexicons,
    modality,
    money,
    names,
    networks,
    roles,
    typography,
    whole_words,
)
from newsclaims.language.model import load_model
from newsclaims.language.money.currencies import use_currencies
from newsclaims.resources import Lexicons

Doc.set_extension("claims", default=[], force=True)
Doc.set_extension("article", default="-", force=True)
"""Id of the article, as its claims name it in ``doc``; to be set before the pipeline runs on the document."""

COMPONENTS = ("money", "names", "roles", "groups", "coreference", "modality", "attribution")


def build(model: str | None = None, *, rules: Sequence[Path] = (), full_parse: bool = False) -> Language:
    """A spaCy pipeline that sets ``doc._.claims``."""
    added = with_packages(rules)
    use_currencies(currencies_of(added))
    nlp = load_model(model)
    own = Lexicons(file for file in added if file.suffix == ".txt")
    with own.in_force():
        whole_words.install(nlp)
    if not full_parse:
        networks.install(nlp)
        lemmas.install(nlp)
    with own.in_force():  # components keep the lexicons that are in force when they are made
        typography.install(nlp)
        nlp.add_pipe("newsclaims_layout", first=True)
        for factory in (f"newsclaims_{name}" for name in COMPONENTS):
            if own.files:
                nlp.add_pipe("newsclaims_lexicons", factory, config={"component": factory})
            else:
                nlp.add_pipe(factory)
        nlp.add_pipe("newsclaims_claims", config={"rules": [str(r) for r in rules]})
    return nlp
