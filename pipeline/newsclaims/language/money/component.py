"""The spaCy component ``newsclaims_money``: sets ``doc._.money``."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from newsclaims.language.carried import add_extension
from newsclaims.language.money.amounts import amount, find_figures
from newsclaims.language.money.currencies import currencies
from newsclaims.language.money.figures import Extent, Motion
from newsclaims.schema import Amount


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """A figure of money in a Doc.

    Attributes:
        amount: the figure, with exact character offsets.
        span: the tokens that cover it.
        period: the phrase after it that says per what time or over what time ("a week", "over four years").
        per: the phrase after it that says per what thing ("a share", "per barrel").
        motion: "change" ("rose $1.64"), "from", "level" ("to $47.10"), or None outside a change.
        label: what the row of results says that it is ("Net").
    """

    amount: Amount
    span: Span
    period: Span | None = None
    per: Span | None = None
    motion: Motion | None = None
    label: Span | None = None


add_extension("money", list)


class MoneyComponent:
    """Finds figures of money by :func:`newsclaims.language.money.find_money` on the raw text.

    It keeps the currencies that were in force when it was made.
    """

    def __init__(self) -> None:
        self.table = currencies()

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        mentions = []
        for figure in find_figures(text, self.table):
            mentions.append(
                MoneyMention(
                    amount=amount(figure, text),
                    span=_cover(doc, (figure.start, figure.end)),
                    period=_cover(doc, figure.period) if figure.period else None,
                    per=_cover(doc, figure.per) if figure.per else None,
                    motion=figure.motion,
                    label=_cover(doc, figure.label) if figure.label else None,
                )
            )
        doc._.money = mentions
        return doc


def _cover(doc: Doc, extent: Extent) -> Span:
    """The smallest span of whole tokens around a stretch of characters."""
    span = doc.char_span(*extent, alignment_mode="expand")
    assert span is not None  # the stretch lies inside the text
    return span


@Language.factory("newsclaims_money")
def create_money(nlp: Language, name: str) -> MoneyComponent:  # noqa: ARG001
    """Make the component; it needs nothing of the pipeline before it."""
    return MoneyComponent()
