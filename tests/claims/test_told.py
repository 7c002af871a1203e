"""What the figures before said of who pays whom."""

from __future__ import annotations

from fixtures import Read
from newsclaims.claims.told import Told
from newsclaims.language.mentions import MONEY, ORG, mentions


def test_a_filler_is_remembered_for_a_few_sentences(read: Read) -> None:
    doc = read(
        "Acme Corp paid $5 million. It rained. Snow fell. It cost $2 million. Dogs bark. Cats purr. It is $1 million."
    )
    store = mentions(doc)
    (payer,) = store.within(0, 2, ORG)
    first, near, far = store.within(0, len(doc), MONEY)
    told = Told()
    told.learn({"amount": first, "payer": payer})
    assert told.lately(near.root) == {"payer": payer}
    assert told.lately(far.root) == {}
