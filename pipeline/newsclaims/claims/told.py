"""Who paid whom for what in the figures before: what a text told lately often holds for its next figure too."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from newsclaims.language.mentions import Mention
from newsclaims.language.sentences import sentence_numbers

LATELY = 3
"""Sentences back that count as lately."""


class Told:
    """What filled each slot last, and in which sentence, as a document is read figure by figure."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, Mention]] = {}

    def learn(self, slots: Mapping[str, Mention]) -> None:
        """Take in the slots of a figure's claim, the amount among them."""
        number = sentence_of(slots["amount"].root)
        self._last |= {slot: (number, mention) for slot, mention in slots.items() if slot != "amount"}

    def lately(self, token: Token) -> dict[str, Mention]:
        """The last filler of each slot, of those that were told lately, seen from a token."""
        first = sentence_of(token) - LATELY
        return {slot: mention for slot, (number, mention) in self._last.items() if number >= first}


def sentence_of(token: Token) -> int:
    return sentence_numbers(token.doc)[token.i]
