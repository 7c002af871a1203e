"""The component ``newsclaims_lexicons``: another one, which reads a user's lexicons while it runs."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.resources import lexicons_in_force


class WithLexicons:
    """A component that reads, wherever it is called, the lexicons that were in force when it was made."""

    def __init__(self, component: Callable[[Doc], Doc]) -> None:
        self.component = component
        self.lexicons = lexicons_in_force()

    def __call__(self, doc: Doc) -> Doc:
        with self.lexicons.in_force():
            return self.component(doc)


@Language.factory("newsclaims_lexicons")
def with_lexicons(nlp: Language, name: str, component: str) -> WithLexicons:  # noqa: ARG001
    """Make the component of this factory, for the lexicons in force."""
    return WithLexicons(nlp.create_pipe(component))
