"""Checking examples: what fails is said in words."""

from __future__ import annotations

import pytest

from newsclaims.rulebook.bench import Bench
from newsclaims.rulebook.examples import Fault, check, count

from .conftest import BenchOf

SNAFFLE = """\
[[rule]]
id = "own.snaffle"
type = "move"
trigger = ["snaffle"]
person = "obj:PERSON"
destination = "subj:ORG"
"""
SENTENCE = "Harrow Bank snaffled Jane Doe in May."


def faults(bench: Bench) -> list[Fault]:
    return check(bench, [rule for rule in bench.rules.rules if rule.file == "own.toml"])


def test_an_example_holds_when_the_rule_fills_the_slots_named(bench_of: BenchOf) -> None:
    example = f'match = [{{ text = "{SENTENCE}", person = "Jane Doe", destination = "Harrow Bank" }}]'
    assert not faults(bench_of(SNAFFLE + example))


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (
            f'match = [{{ text = "{SENTENCE}", destination = "Globex" }}]',
            "it fires at 'snaffled', but destination is 'Harrow Bank', not 'Globex'",
        ),
        (
            f'match = [{{ text = "{SENTENCE}", origin = "Globex" }}]',
            "it fires at 'snaffled', but nothing fills origin, which should be 'Globex'",
        ),
        (
            f'match = [{{ text = "{SENTENCE}", certainty = "negated" }}]',
            "certainty is 'asserted', not 'negated'",
        ),
        (
            'match = [{ text = "Harrow Bank slept." }]',
            "no trigger (snaffle; VERB) among its words: sleep VERB",
        ),
        (
            'match = [{ text = "Harrow Bank snaffled a cake." }]',
            "'snaffled' triggers it, but nothing fills person (person: obj:PERSON)",
        ),
        (f'none = ["{SENTENCE}"]', "the rule must not fire here, but finds person 'Jane Doe'"),
    ],
)
def test_what_failed_is_said_in_words(bench_of: BenchOf, example: str, message: str) -> None:
    (fault,) = faults(bench_of(SNAFFLE + example))
    assert message in str(fault)
    assert str(fault).startswith("own.toml:2: rule own.snaffle: ")


def test_a_pattern_that_does_not_match_is_shown_what_it_sees(bench_of: BenchOf) -> None:
    content = """\
[[rule]]
id = "own.of"
type = "employment"
pattern = "person:PERSON at employer:ORG"
match = [{ text = "Jane Doe of Harrow Bank slept.", person = "Jane Doe" }]
"""
    (fault,) = faults(bench_of(content))
    assert "its pattern matches nowhere in: PERSON='Jane Doe' of ORG='Harrow Bank' slept ." in fault.message


def test_every_built_in_rule_has_a_sentence_that_it_must_match(bench: Bench) -> None:
    assert [rule.id for rule in bench.rules.rules if not rule.match] == []


def test_the_examples_of_the_built_in_rules_hold(bench: Bench) -> None:
    assert count(bench.rules.rules) > len(bench.rules.rules)
    assert [str(fault) for fault in check(bench, bench.rules.rules)] == []
