"""``newsclaims rules`` as a newcomer meets it, in an empty folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from newsclaims.cli import app
from newsclaims.rulebook import gold
from newsclaims.rulebook.gold import precision
from newsclaims.schema import BUILT_IN, ClaimType

OWN = """\
[macros]
whom = "obj:{people}"
people = "PERSON,GROUP"

[[rule]]
id = "own.snaffle"
type = "move"
trigger = ["snaffle"]
person = "{whom}"
destination = "subj:ORG"
match = [{ text = "Harrow Bank snaffled Jane Doe.", person = "Jane Doe" }]
none = ["The dog snaffled a cake."]
"""
ARTICLE = "Harrow Bank snaffled Jane Doe. Globex Capital snaffled Omar Siddiqui in May."
GOLD = {
    "id": "one",
    "text": ARTICLE,
    "claims": [
        {"type": "move", "args": {"person": ["Jane Doe"], "destination": ["Harrow Bank"]}},
        {
            "type": "move",
            "args": {"person": ["Omar Siddiqui"], "destination": ["Globex Capital"], "date": ["June"]},
        },
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def newsclaims(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_a_list_gives_examples_and_measured_precision(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gold, "measured", lambda: {"move.join": (3, 4), "own.snaffle": (1, 1)})
    Path("own.toml").write_text(OWN, encoding="utf-8")
    done = newsclaims("rules", "list", "--rules", "own.toml", "--type", "move")
    row = {line.split()[0]: line.split() for line in done.output.splitlines() if line.strip()}
    assert row["move.join"][-2:] == ["0.75", "4"]
    assert row["own.snaffle"][-5:] == ["own.toml:6", "1", "1", "-", "-"]
    assert "pay.earn" not in row
    assert done.output.count("precision: the share of a rule's claims") == 1


def test_a_list_says_so_where_no_precision_has_been_measured(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gold, "measured", dict)
    assert "precision: not measured for these rules" in newsclaims("rules", "list").output


def test_a_rule_of_which_no_claim_was_judged_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gold, "measured", lambda: {"move.join": (3, 4)})
    assert "3 of 4 claims of this rule were right" in newsclaims("rules", "show", "move.join").output
    assert "no claim of this rule has been judged" in newsclaims("rules", "show", "move.leave").output


def test_a_folder_without_rules_is_no_folder_of_rules(folder: Path) -> None:
    Path("articles").mkdir()
    Path("articles", "note.txt").write_text("Jane Doe quit.", encoding="utf-8")
    done = newsclaims("rules", "check", "articles")
    assert done.exit_code == 2
    assert done.stderr == "newsclaims: articles: no rule file and no lexicon lies in this folder\n"


def test_a_list_as_json_has_an_object_a_rule(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gold, "measured", lambda: {"move.join": (3, 4)})
    rows = [json.loads(line) for line in newsclaims("rules", "list", "--json").output.splitlines()]
    (row,) = [row for row in rows if row["id"] == "move.join"]
    assert (row["right"], row["judged"], row["file"]) == (3, 4, "move.toml")
    assert row["match"] >= 1


def test_precision_counts_the_claims_of_each_rule_that_state_a_fact() -> None:
    def claim(rule: str, person: str, doc: str = "one") -> dict[str, object]:
        return {
            "type": "move", "doc": doc, "rule": rule,
            "person": {"text": person, "name": person}, "destination": {"text": "Harrow Bank", "name": "Harrow Bank"},
        }  # fmt: skip

    kinds = {name: ClaimType.of(model) for name, model in BUILT_IN.items()}
    claims = [claim("b", "Jane Doe"), claim("b", "Ann Cole"), claim("a", "Jane Doe"), claim("a", "X", "two")]
    assert precision([GOLD], claims, kinds) == {"a": (1, 1), "b": (1, 2)}


def test_the_precision_that_ships_is_of_shares_of_claims() -> None:
    counts = gold.measured()
    assert all(0 <= right <= judged and judged for right, judged in counts.values())


def test_a_rule_is_shown_as_written_with_the_macros_it_names(folder: Path) -> None:
    Path("own.toml").write_text(OWN, encoding="utf-8")
    done = newsclaims("rules", "show", "own.snaffle", "--rules", "own.toml")
    assert done.output.splitlines()[0] == "own.toml:6"
    assert 'trigger = ["snaffle"]' in done.output
    assert "# {whom} stands for obj:{people}\n# {people} stands for PERSON,GROUP\n" in done.output


def test_a_rule_is_shown_with_the_gold_sentences_it_gets_right_and_wrong(folder: Path) -> None:
    Path("own.toml").write_text(OWN, encoding="utf-8")
    row = {**GOLD, "text": ARTICLE + " Acme Foods snaffled Ann Cole."}
    Path("gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = newsclaims("rules", "show", "own.snaffle", "--rules", "own.toml", "--gold", "gold.jsonl")
    right, _, wrong = done.output.partition("wrong in gold.jsonl: 1\n")
    assert "right in gold.jsonl: 2\n  one: Harrow Bank snaffled Jane Doe.\n" in right
    assert "'May' (confidence 0.70); the gold has another date" in right
    assert wrong.startswith(
        "  one: Acme Foods snaffled Ann Cole.\n      person 'Ann Cole', destination 'Acme Foods'"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("show", "move.jion"),
            "no rule 'move.jion'; do you mean 'move.join'? newsclaims rules list shows all",
        ),
        (("show", "nope"), "newsclaims: no rule 'nope'; newsclaims rules list shows all"),
        (("show", "move.join", "--gold", "gone.jsonl"), "gone.jsonl: cannot be read"),
        (("list", "--type", "mvoe"), "do you mean 'move'?"),
        (("check", "gone.toml"), "gone.toml: no such rule file"),
        (("new", "My Rules"), "small letters, digits and _ only"),
        (("suggest", "Acme hired Jane Doe.", "--slot", "person"), "write it as in --slot person='Jane Doe'"),
    ],
)
def test_wrong_use_is_told_in_one_line_with_the_way_out(
    folder: Path, words: tuple[str, ...], message: str
) -> None:
    done = newsclaims("rules", *words)
    assert done.exit_code == 2
    (line,) = done.output.splitlines()
    assert message in line


@pytest.mark.parametrize("kind", [*BUILT_IN, "lawsuit"])
def test_a_starter_of_any_type_is_a_rule_whose_examples_hold(folder: Path, kind: str) -> None:
    assert newsclaims("rules", "new", "mine", "--type", kind, "--in", "rules").exit_code == 0
    done = newsclaims("rules", "check", "rules/mine.toml")
    assert done.output == "1 rule, 2 examples, 0 failed\nevery rule has a sentence under match\n"
    again = newsclaims("rules", "new", "mine", "--in", "rules")
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_a_starter_may_be_named_by_its_file(folder: Path) -> None:
    assert newsclaims("rules", "new", "courts.toml").exit_code == 0
    assert Path("courts.toml").is_file()
    assert Path("test_courts.py").is_file()


def test_the_test_of_a_starter_passes_and_fails_with_its_rules(folder: Path) -> None:
    def passes() -> bool:
        return subprocess.run([sys.executable, "-m", "pytest", "-q"], capture_output=True).returncode == 0

    newsclaims("rules", "new", "courts", "--type", "lawsuit")
    assert passes()
    file = Path("courts.toml")
    file.write_text(file.read_text(encoding="utf-8").replace("praised Jane", "blamed Jane"), encoding="utf-8")
    assert not passes()


def test_a_check_fails_with_its_examples_and_names_rules_without_any(folder: Path) -> None:
    file = Path("own.toml")
    file.write_text(OWN.replace('person = "Jane Doe"', 'person = "Joan Doe"'), encoding="utf-8")
    done = newsclaims("rules", "check", "own.toml")
    assert done.exit_code == 1
    assert "own.toml:6: rule own.snaffle: 'Harrow Bank snaffled Jane Doe.'" in done.output
    file.write_text(OWN.partition("match")[0], encoding="utf-8")
    done = newsclaims("rules", "check", "own.toml")
    assert done.exit_code == 0
    assert "without a sentence under match: own.snaffle" in done.output


def test_a_check_refuses_a_rule_that_could_only_crash_or_be_silent(folder: Path) -> None:
    everywhere = '[[rule]]\nid = "own.all"\ntype = "employment"\npattern = "person:PERSON? employer:ORG?"\n'
    Path("own.toml").write_text(everywhere, encoding="utf-8")
    done = newsclaims("rules", "check", "own.toml")
    assert done.exit_code == 2
    assert "own.toml:4: rule own.all: pattern: all of it may be missing" in done.output


def test_a_suggestion_is_written_to_a_file_and_tried_on_a_folder(folder: Path) -> None:
    Path("articles").mkdir()
    Path("articles/one.txt").write_text("Globex Capital snaffled Omar Siddiqui.\n", encoding="utf-8")
    Path("articles/two.pdf").write_bytes(b"%PDF-1.7 and no more")
    slots = ("--slot", "person=Jane Doe", "--slot", "destination=Harrow Bank")
    words = ("rules", "suggest", "Harrow Bank snaffled Jane Doe.", *slots, "-o", "own.toml")
    done = newsclaims(*words, "--in", "articles")
    assert done.exit_code == 0
    assert (
        "In 1 article it would match once:\n  one.txt: Globex Capital snaffled Omar Siddiqui." in done.output
    )
    assert "articles/two.pdf: is damaged" in done.output
    assert newsclaims("rules", "check", "own.toml").exit_code == 0
    again = newsclaims(*words)
    assert again.exit_code == 2
    assert "has a rule own.move.snaffle already" in again.output
