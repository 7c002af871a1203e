"""The first lines of a rule file, with comments that say what goes where, and the test that checks it."""

from __future__ import annotations

from newsclaims.schema import BUILT_IN, Claim

RULES = """\
# Rules "{name}". Check them:    newsclaims rules check {file}
# Use them:                      newsclaims extract articles/ -o out/ --rules {file}
# The language of rules is described in docs/rules.md.
{types}
[[rule]]
id = "{name}.{kind}"
type = "{kind}"

# The words that set the rule off, as lemmas, each perhaps with a particle ("step down").
trigger = ["{trigger}"]

# Where each slot's filler stands, seen from the trigger: steps, then the labels that it may have. The first
# alternative that leads somewhere counts. To have paths proposed from a sentence: newsclaims rules suggest
{paths}
{optional}
# Sentences that must give a claim, with what fills its slots, and sentences in which the rule must not fire.
match = [
  {{ text = "{sentence}", {filled} }},
]
none = [
  "{silent}",
]
"""

OWN_TYPE = """
# A claim type of your own: its slots, those without which there is no claim, and attributes with their
# values (the first is the default). The slot "amount" holds money.
[[types]]
name = "{kind}"
slots = ["person", "organisation", "date"]
key = ["person", "organisation"]
# attributes = {{ stage = ["announced", "settled"] }}
"""

TEST = '''\
"""Checks the rules of {file}: every sentence under match and none."""

from pathlib import Path

from newsclaims.rulebook.bench import Bench
from newsclaims.rulebook.examples import check

RULES = Path(__file__).parent / "{file}"


def test_the_examples_of_every_rule_hold() -> None:
    bench = Bench([RULES])
    rules = [rule for rule in bench.rules.rules if rule.file == RULES.name]
    assert rules
    assert not check(bench, rules)
'''

STARTERS = {
    "move": (
        "poach",
        {"person": "obj:PERSON,GROUP", "destination": "subj:ORG", "origin": "from:ORG | obj.compound:ORG"},
        "Acme poached Jane Doe from Globex.",
        {"person": "Jane Doe", "destination": "Acme", "origin": "Globex"},
        "The hunters poached a deer.",
    ),
    "employment": (
        "work",
        {"person": "subj:PERSON", "employer": "for:ORG | at:ORG", "role": "as:ROLE"},
        "Jane Doe works for Acme.",
        {"person": "Jane Doe", "employer": "Acme"},
        "The new pump works for years.",
    ),
    "own": (
        "praise",
        {"person": "obj:PERSON", "organisation": "subj:ORG"},
        "Acme praised Jane Doe.",
        {"person": "Jane Doe", "organisation": "Acme"},
        "The weather was praised by nobody.",
    ),
    "money": (
        "wire",
        {"amount": "obj:MONEY"},
        "Acme wired $5 million to Globex.",
        {"amount": "$5 million"},
        "The house was wired in May.",
    ),
}
"""For a type: trigger, paths, a sentence, what fills its slots, a sentence that gives none."""


def starter(name: str, kind: str, file: str, types: dict[str, type[Claim]]) -> str:
    """A rule file that works as it stands.

    Args:
        name: of the rules.
        kind: a claim type, known or not; for one that is not, the file defines it.
        file: name of the file to be.
        types: the claim types that are known.
    """
    model = types.get(kind)
    own = model is None
    key = kind if kind in STARTERS else "money" if kind in BUILT_IN else "own"
    trigger, paths, sentence, filled, silent = STARTERS[key]
    unused = [slot for slot in model.slots if slot not in paths] if model else ["date"]
    set_ = f'set = {{ {model.attributes[0]} = "other" }}' if model and key == "money" else ""
    return RULES.format(
        name=name,
        file=file,
        kind=kind,
        types=OWN_TYPE.format(kind=kind) if own else "",
        trigger=trigger,
        paths="\n".join(f'{slot} = "{path}"' for slot, path in paths.items()) + (f"\n{set_}" if set_ else ""),
        optional=f"# further slots of this type: {', '.join(unused)}\n" if unused else "",
        sentence=sentence,
        filled=", ".join(f'{slot} = "{text}"' for slot, text in filled.items()),
        silent=silent,
    )


def starter_test(file: str) -> str:
    """A pytest file that checks a rule file beside it."""
    return TEST.format(file=file)
