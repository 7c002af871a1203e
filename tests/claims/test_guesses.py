"""Which organisation a title without an employer means: what is said of those that it could be."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from newsclaims.claims.context import Context
from newsclaims.claims.guesses import guess_features
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.rulereader import load

TEXT = (
    "Acme Foods plc has lost its lender. Acme Foods plc was told by Harrow Bank plc on Monday. "
    "Acme Foods plc chairman Tom Hale blamed Harrow Bank plc. The finance director, Jane Doe, will double as treasurer."
)


def seen(read: Callable[[str], Doc], employer: str) -> set[str]:
    """What is said of an organisation where it is guessed to be Jane Doe's employer."""
    frames = Matcher(load()).frames(read(TEXT))
    frame = next(
        f
        for f in frames
        if f.rule.id == "employment.role-person"
        and f.slots["person"].text == "Jane Doe"
        and f.slots["employer"].name == employer
    )
    return set(guess_features(frame.slots["employer"], frame, Context(frames)))


def test_the_organisation_told_of_most_leads(read: Callable[[str], Doc]) -> None:
    assert {"employer.sofar=<=4", "employer.sofar.lead=<=3"} <= seen(read, "Acme Foods plc")
    assert {"employer.sofar=<=2", "employer.sofar.lead=<=-2"} <= seen(read, "Harrow Bank plc")


def test_the_one_whose_people_stand_around_is_likelier(read: Callable[[str], Doc]) -> None:
    acme, bank = seen(read, "Acme Foods plc"), seen(read, "Harrow Bank plc")
    assert {"employer.last.staff=True", "employer.staff.most=True", "employer.rivals.staff=True"} <= acme
    assert {"employer.last.staff=False", "employer.staff.most=False", "employer.rivals.staff=False"} <= bank
