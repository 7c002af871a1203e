"""How sure the text is of what a predicate says."""

from __future__ import annotations

import pytest

from fixtures import Read


@pytest.mark.parametrize(
    ("text", "word", "certainty"),
    [
        ("Jane Orme left Microsoft.", "left", "asserted"),
        ("Jane Orme will leave Microsoft.", "leave", "planned"),
        ("Jane Orme plans to leave Microsoft.", "leave", "planned"),
        ("Jane Orme has agreed to join Microsoft.", "join", "planned"),
        ("Jane Orme is to join Microsoft.", "join", "planned"),
        ("Jane Orme leaves Microsoft in May.", "leaves", "planned"),
        ("Jane Orme becomes chairman of Microsoft from April.", "becomes", "planned"),
        ("Jane Orme is joining Microsoft next month.", "joining", "planned"),
        ("Jane Orme leaves Microsoft after nine years.", "leaves", "asserted"),
        ("Jane Orme left Microsoft in May.", "left", "asserted"),
        ("Jane Orme to join Microsoft", "join", "planned"),
        ("Jane Orme may leave Microsoft.", "leave", "hedged"),
        ("Jane Orme is considering leaving Microsoft.", "leaving", "hedged"),
        ("Jane Orme has reportedly left Microsoft.", "left", "hedged"),
        ("Jane Orme is said to have left Microsoft.", "left", "hedged"),
        ("Jane Orme is in talks to join Microsoft.", "join", "hedged"),
        ("Omar Siddiqui is in talks to join Acme Foods.", "join", "hedged"),
        ("Jane Orme is among two candidates to lead Microsoft.", "lead", "hedged"),
        ("Jane Orme was told to leave Microsoft.", "leave", "hedged"),
        ("Microsoft is lining up Jane Orme to lead it.", "lead", "hedged"),
        ("Jane Orme is lined up to lead it.", "lined", "planned"),
        ("The plan to hire Jane Orme is off.", "hire", "negated"),
        ("A deal that would have taken Jane Orme to Microsoft has collapsed.", "taken", "negated"),
        ("Microsoft, which hired Jane Orme, has collapsed.", "hired", "asserted"),
        ("The chain, which hired Jane Orme, fell apart.", "hired", "asserted"),
        ("Jane Orme did not leave Microsoft.", "leave", "negated"),
        ("Jane Orme refused to leave Microsoft.", "leave", "negated"),
        ("Jane Orme denied leaving Microsoft.", "leaving", "negated"),
        ("Jane Orme would have joined Microsoft.", "joined", "negated"),
        ("Jane Orme nearly joined Microsoft.", "joined", "negated"),
        ("Jane Orme came close to joining Microsoft.", "joining", "negated"),
        ("Jane Orme decided against joining Microsoft.", "joining", "negated"),
        ("Jane Orme chose to stay rather than join Microsoft.", "join", "negated"),
        ("Jane Orme will leave Microsoft if the bid fails.", "leave", "hedged"),
        ("Jane Orme will leave Microsoft even if the bid fails.", "leave", "planned"),
        ("Microsoft refused to say whether Jane Orme had left.", "left", "hedged"),
        ("It is understood that Jane Orme has left Microsoft.", "left", "hedged"),
        ("Jane Orme is close to joining Microsoft.", "joining", "hedged"),
        ("Jane Orme is likely to leave Microsoft.", "leave", "hedged"),
        ("Jane Orme is about to leave Microsoft.", "leave", "planned"),
        ("Jane Orme left Microsoft almost two years ago.", "left", "asserted"),
        ("Jane Orme has yet to join Microsoft.", "join", "negated"),
        ("Jane Orme will retire from Microsoft in the new year.", "retire", "planned"),
        ("Jane Orme retires from Microsoft in the new year.", "retires", "planned"),
        ("Jane Orme joins Microsoft on Monday.", "joins", "planned"),
        ("Jane Orme joined Microsoft on Monday.", "joined", "asserted"),
        ("Will Jane Orme leave Microsoft?", "leave", "hedged"),
        ("Should Jane Orme leave Microsoft, it would be a blow.", "leave", "hedged"),
        ("Where did she go? Jane Orme left Microsoft.", "left", "asserted"),
        ("Jane Orme did not resign or join Microsoft.", "join", "negated"),
        ("Jane Orme, who was not involved and teaches at Leiden, praised it.", "teaches", "asserted"),
        ("Jane Orme rejected calls to resign.", "resign", "negated"),
        ("Microsoft ended talks to hire Jane Orme.", "hire", "negated"),
        ("Microsoft has agreed a fee to sign Jane Orme.", "sign", "planned"),
        ("Microsoft has hired a woman to run the bank.", "run", "asserted"),
        ("Microsoft hoped to hire Jane Orme.", "hire", "hedged"),
    ],
)
def test_cues_around_a_predicate_set_its_certainty(read: Read, text: str, word: str, certainty: str) -> None:
    token = next(t for t in read(text) if t.text == word)
    assert token._.certainty == certainty
