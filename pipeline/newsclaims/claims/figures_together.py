"""The figures of a document seen together: what each probably is, by what the others probably are.

In an account of a takeover most figures are of deals, in a list of salaries the next one is pay as well, and what is
told of an amount holds where the amount is told again. So each figure is typed a second time, among the others as they
were typed by themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsclaims.judges import log_odds
from newsclaims.language.money.component import MoneyMention
from newsclaims.language.sentences import sentence_start
from newsclaims.scales import Most, Scale

ODDS = Scale((-4, -3, -2, -1.3, -0.7, -0.3, 0, 0.3, 0.7, 1.3, 2, 3, 4))
"""Of log-odds of types."""
PART = Scale((0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9))
"""Of the share of the other figures that are probably of a type."""
MANY = Scale((1, 2, 3, 5, 8, 12, 20))
"""Of how many figures a document has."""
NEIGHBOURS = {-2: "before last", -1: "last", 1: "next", 2: "after next"}
"""How far a figure stands from another in the order of the text, and how it is called then."""
CHANCES = Scale((0.15, 0.5, 0.85))
"""Of a neighbour's probability of a type, beside how it is joined."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What counts of a figure where it is seen with others: where its sentence starts, how it is joined to the figure
    before it (see ``figure_features.joint``), and what it is worth: its bounds and its currency."""

    sentence: int
    joint: str
    worth: tuple[float | None, float | None, str]


def setting(figure: MoneyMention, joint: str) -> Setting:
    """Where a figure stands, given how it is joined to the one before."""
    amount = figure.amount
    return Setting(sentence_start(figure.span[0]), joint, (amount.min, amount.max, amount.currency))


Shares = Mapping[str, float]
"""Type -> its probability."""


def together(settings: Sequence[Setting], said: Sequence[Shares]) -> list[list[str]]:
    """Names of the features that hold for each figure of a document, given what is said of all of them."""
    twins = Counter(one.worth for one in settings)
    most: dict[tuple[object, str], Most] = defaultdict(Most)
    for number, (one, shares) in enumerate(zip(settings, said, strict=True)):
        for kind, share in shares.items():
            most[one.worth, kind].add(number, share)
    whole = {kind: sum(shares[kind] for shares in said) for kind in (said[0] if said else ())}
    out = []
    for number, (one, shares) in enumerate(zip(settings, said, strict=True)):
        twin = twins[one.worth] > 1
        names = list(MANY.passed("figures", len(said)))
        for kind, share in shares.items():
            names += ODDS.passed(f"own.{kind}", log_odds(share))
            if len(said) > 1:
                names += PART.passed(f"share.{kind}", (whole[kind] - share) / (len(said) - 1))
            if twin:
                names += ODDS.passed(f"twin.{kind}", log_odds(most[one.worth, kind].beside(number)))
        if twin:
            names.append("twin")
        out.append([*names, *neighbours(number, settings, said)])
    return out


def neighbours(number: int, settings: Sequence[Setting], said: Sequence[Shares]) -> Iterator[str]:
    """What the figures before and behind one probably are, in its sentence or elsewhere, and how they are joined."""
    for distance, name in NEIGHBOURS.items():
        other = number + distance
        if not 0 <= other < len(settings):
            yield f"{name}=none"
            continue
        where = "here" if settings[other].sentence == settings[number].sentence else "elsewhere"
        joint = {-1: settings[number].joint, 1: settings[other].joint}.get(distance, "")
        for kind, share in said[other].items():
            yield from ODDS.passed(f"{name}.{where}.{kind}", log_odds(share))
            if joint:
                yield from CHANCES.passed(f"{name}.{joint}.{kind}", share)
