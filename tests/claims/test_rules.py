"""Rule files: every fault is told with file, line, rule and key, and the nearest word that would be right."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from newsclaims.claims import userfiles
from newsclaims.claims.rulereader import OWN_CONFIDENCE, load
from newsclaims.claims.rules import RuleSet
from newsclaims.claims.userfiles import user_files
from newsclaims.errors import RuleError
from newsclaims.resources import Lexicons

HIRE = """\
[[rule]]
id = "own.hire"
type = "move"
trigger = ["hire"]
person = "obj:PERSON"
destination = "subj:ORG"
"""
FINE = """\
[[rule]]
id = "own.fine"
type = "deal"
trigger = ["amerce"]
"""
AWARD = """\
[[types]]
name = "award"
slots = ["winner", "amount"]
key = ["winner"]
attributes = { rank = ["first", "second"] }
"""


@pytest.fixture
def loaded(tmp_path: Path):
    """Loads rule files with these contents."""

    def load_all(*contents: str) -> RuleSet:
        files = []
        for number, content in enumerate(contents):
            file = tmp_path / f"own{number or ''}.toml"
            file.write_text(content, encoding="utf-8")
            files.append(file)
        return load(files)

    return load_all


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ('rules = ["a"]', ":1: rules", "no 'rules'; do you mean 'rule'?"),
        ("[[rule]\n", "", "not TOML"),
        (HIRE.replace('"move"', '"moves"'), ":3: rule own.hire: type", "do you mean 'move'?"),
        (HIRE.replace("person", "persn"), ":5: rule own.hire: persn", "do you mean 'person'?"),
        (HIRE.replace("obj:", "ojb:"), ":5: rule own.hire: person", "no step 'ojb'; do you mean 'obj'?"),
        (HIRE.replace(":PERSON", ":PERSN"), ":5: rule own.hire: person", "do you mean 'PERSON'?"),
        (HIRE.replace(":PERSON", ""), ":5: rule own.hire: person", "names no label"),
        (HIRE.replace('"obj:PERSON"', '"{whom}"'), ":5: rule own.hire: person", "no macro: no 'whom'"),
        (HIRE.replace('"obj:PERSON"', "3"), ":5: rule own.hire: person", "a path is a text"),
        (HIRE.replace('["hire"]', "[1]"), ":4: rule own.hire: trigger", "a list of texts"),
        (HIRE + 'pos = ["VREB"]\n', ":7: rule own.hire: pos", "do you mean 'VERB'?"),
        (HIRE + 'needs = ["persons"]\n', ":7: rule own.hire: needs", "do you mean 'person'?"),
        (HIRE + 'certainty = "planed"\n', ":7: rule own.hire: certainty", "do you mean 'planned'?"),
        (HIRE + "confidence = 2\n", ":7: rule own.hire: confidence", "from 0 to 1"),
        (HIRE + 'set = { kind = "bonus" }\n', ":7: rule own.hire: set.kind", "no 'kind'"),
        (HIRE + 'match = ["Acme hired Jane Doe."]\n', ":7: rule own.hire: match", "a list of tables"),
        (HIRE + 'match = [{ text = "A", persom = "B" }]\n', ":7: rule own.hire: match.persom", "'person'?"),
        (HIRE + 'pattern = "person:PERSON"\n', ":4: rule own.hire: trigger", "either a trigger or a pattern"),
        (HIRE.replace('["hire"]', "[]"), ":4: rule own.hire: trigger", "it names no word"),
        (HIRE.replace('["hire"]', '["Hire"]'), ":4: rule own.hire: trigger", "never matches"),
        (HIRE.replace('"move"', '["move"]'), ":3: rule own.hire: type", "do you mean 'move'?"),
        (HIRE.replace("obj:", ":"), ":5: rule own.hire: person", "has no step"),
        (HIRE + 'pos = ["verb"]\n', ":7: rule own.hire: pos", "do you mean 'VERB'?"),
        (HIRE + "confidence = true\n", ":7: rule own.hire: confidence", "from 0 to 1"),
        (HIRE + 'certainty = ["planned", "hedged"]\n', ":7: rule own.hire: certainty", "one word"),
        (HIRE + "doc = 3\n", ":7: rule own.hire: doc", "a text is wanted"),
        (HIRE + 'match = [{ txet = "A" }]\n', ":7: rule own.hire: match.txet", "do you mean 'text'?"),
        (HIRE + 'match = [{ person = "A" }]\n', ":7: rule own.hire: match", "has no text"),
        (HIRE + 'match = [{ text = "A", certainty = "planed" }]\n', ":7: rule own.hire: match", "'planned'?"),
        ("type = 3\n" + HIRE, ":1: type", "the name of a claim type"),
        (
            '[macros]\na = "{b}"\nb = "{a}"\n' + HIRE.replace("obj:PERSON", "{a}"),
            ":8: rule own.hire: person",
            "the macro 'a' stands for itself",
        ),
        (
            '[[rule]]\nid = "a"\ntype = "move"\npattern = "person:PERSON At origin:ORG"\n',
            ":4: rule a: pattern",
            "'At' never matches",
        ),
        (
            '[[rule]]\nid = "a"\ntype = "move"\npattern = "person:PERSON at origin:ORG"\npos = ["NOUN"]\n',
            ":5: rule a: pos",
            "it is for triggers",
        ),
        (AWARD.replace('"winner", "amount"', '"winner", "winner"'), ":3: type award: slots", "named twice"),
        (AWARD.replace('"amount"', '"Amount"'), ":3: type award: slots", "in small letters"),
        (AWARD.replace('["first", "second"]', '"first"'), ":5: type award: attributes", "a list of texts"),
        (HIRE + HIRE, ":8: rule own.hire: id", "another rule of this id"),
        ('[[rule]]\ntype = "move"\n', ":1: rule 1: id", "each rule has one"),
        ('[[rule]]\nid = "move.joins"\noff = true\n', ":2: rule move.joins: id", "do you mean 'move.join'?"),
        (AWARD.replace("award", "An Award"), ":2: type An Award: name", "small letters"),
        (AWARD.replace("slots", "slot"), ":3: type award: slot", "do you mean 'slots'?"),
        (AWARD.replace('key = ["winner"]', 'key = ["winer"]'), ":4: type award: key", "'winner'?"),
        (
            AWARD.replace('["first", "second"]', "[]"),
            ":5: type award: attributes.rank",
            "no permitted values",
        ),
        (AWARD.replace('"amount"', '"sentence"'), ":3: type award: slots", "cannot be a name"),
        (AWARD.replace('"award"', '"deal"'), ":2: type deal: name", "already"),
        (
            AWARD.replace('key = ["winner"]', 'key = ["amount"]')
            + '[[rule]]\nid = "a"\ntype = "award"\ntrigger = ["win"]\nwinner = "subj:PERSON"\n',
            ":6: rule a: amount",
            "it is missing",
        ),
        (
            HIRE.replace('["hire"]', '["hire", "take on", "hire"]'),
            ":4: rule own.hire: trigger",
            "named twice",
        ),
        (
            HIRE.replace("obj:PERSON", "obj:PERSON,MONEY"),
            ":5: rule own.hire: person",
            "only the slot 'amount'",
        ),
        (HIRE.replace("obj:PERSON", "obj.job:PERSON"), ":5: rule own.hire: person", "behind another step"),
        (
            HIRE.replace("obj:PERSON", "lately:PERSON"),
            ":5: rule own.hire: person",
            "'lately' leads somewhere only",
        ),
        (HIRE.replace("person", "agent"), ":1: rule own.hire: person", "it is missing"),
        (HIRE + 'needs = ["date"]\n', ":1: rule own.hire: date", "it is missing"),
        (FINE + 'amount = "obj:ORG"\n', ":5: rule own.fine: amount", "the label of an amount is MONEY"),
        (
            FINE + 'amount = "obj:MONEY,NOUN"\n',
            ":5: rule own.fine: amount",
            "the label of an amount is MONEY",
        ),
        (FINE.replace('"amerce"', '"pay up"'), ":4: rule own.fine: trigger", "set off by single words"),
        (
            FINE.replace('trigger = ["amerce"]', 'pattern = "payer:ORG"'),
            ":1: rule own.fine: amount",
            "it is missing",
        ),
        (
            FINE.replace('trigger = ["amerce"]', 'pattern = "payer:ORG amount:NUM"'),
            ":4: rule own.fine: pattern",
            "captures nothing",
        ),
        (
            FINE.replace('trigger = ["amerce"]', 'pattern = "payer:ORG amount:ORG"'),
            ":4: rule own.fine: pattern",
            "patterns see no figures",
        ),
        (
            FINE.replace('trigger = ["amerce"]', 'pattern = "payer:ORG?"'),
            ":4: rule own.fine: pattern",
            "all of it may be missing",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_the_way_out(loaded, content: str, place: str, words: str) -> None:
    with pytest.raises(RuleError) as fault:
        loaded(content)
    assert f"own.toml{place}" in str(fault.value)
    assert words in str(fault.value)
    assert "\n" not in str(fault.value).removesuffix("\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"gone\.toml: no such rule file"):
        load([tmp_path / "gone.toml"])


def test_a_rule_adds_triggers_to_a_built_in_type(loaded) -> None:
    rules = loaded(HIRE.replace('"hire"', '"snaffle"'))
    assert [rule.id for _, rule in rules.by_lemma["snaffle"]] == ["own.hire"]


def test_what_a_rule_needs_adds_to_the_key_of_its_type(loaded) -> None:
    rules = loaded(HIRE + 'needs = ["destination"]\n', AWARD)
    assert {rule.id: rule.needs for rule in rules.rules}["own.hire"] == (("person",), ("destination",))


def test_a_rule_of_the_user_says_its_confidence_and_a_built_in_one_is_judged(loaded) -> None:
    by_id = {rule.id: rule for rule in loaded(HIRE).rules}
    assert by_id["own.hire"].confidence == OWN_CONFIDENCE
    assert by_id["move.join"].confidence is None


def test_a_built_in_rule_can_be_switched_off_and_replaced(loaded) -> None:
    rules = loaded('[[rule]]\nid = "move.join"\noff = true\n', HIRE.replace("own.hire", "move.leave"))
    by_id = {rule.id: rule for rule in rules.rules}
    assert "move.join" not in by_id
    assert by_id["move.leave"].triggers == (("hire",),)


def test_a_type_of_ones_own_has_a_model_with_its_slots_and_attributes(loaded) -> None:
    award = loaded(AWARD).types["award"]
    assert award.slots == ("winner", "amount")
    assert award.model_fields["rank"].default == "first"


def test_two_files_cannot_define_the_same_type(loaded) -> None:
    with pytest.raises(RuleError, match=r"own1\.toml: type award: name: another file defines it"):
        loaded(AWARD, AWARD)


def test_a_rule_shows_its_line_and_its_source(loaded) -> None:
    (rule,) = [r for r in loaded("# mine\n" + HIRE + "\n# the end\n").rules if r.id == "own.hire"]
    assert rule.line == 3
    assert rule.source == HIRE.strip()


def test_settings_of_the_folder_name_rules_and_lexicons(tmp_path: Path) -> None:
    (tmp_path / "newsclaims.toml").write_text('rules = ["a.toml"]\nlexicons = ["words"]\n')
    (tmp_path / "a.toml").write_text(HIRE)
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "speech_verbs.txt").write_text("bellow\n")
    given = tmp_path / "b.toml"
    given.write_text(AWARD)
    found = user_files([given], tmp_path)
    assert [file.name for file in found] == ["a.toml", "speech_verbs.txt", "b.toml"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("rule = []", "do you mean 'rules'?"),
        ('rules = "a.toml"', "a list of paths"),
        ("rules = [", "not TOML"),
    ],
)
def test_faults_in_the_settings_are_told(tmp_path: Path, settings: str, words: str) -> None:
    (tmp_path / "newsclaims.toml").write_text(settings)
    with pytest.raises(RuleError) as fault:
        user_files((), tmp_path)
    assert "newsclaims.toml: " in str(fault.value)
    assert words in str(fault.value)


def test_a_lexicon_must_add_to_one_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "organisation.txt"
    file.write_text("Harrow Bank\n")
    with pytest.raises(RuleError, match=r"do you mean .organisations."):
        user_files([file])


def test_a_misspelt_lexicon_in_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "courts.toml").write_text(HIRE)
    (tmp_path / "Speech_verb.txt").write_text("bellow\n")
    with pytest.raises(RuleError, match=r"Speech_verb.txt: .* do you mean .speech_verbs."):
        user_files([tmp_path])


def test_a_lexicon_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / "places.txt"
    file.write_bytes(b"Orl\xe9ans\n")
    with pytest.raises(RuleError, match=r"places.txt: not UTF-8"):
        user_files([file])


def test_files_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "newsclaims.toml").write_text('\ufeffrules = ["a.toml"]')
    (tmp_path / "a.toml").write_text("\ufeff" + HIRE)
    assert "own.hire" in {rule.id for rule in load(user_files((), tmp_path)).rules}
    lexicon = tmp_path / "places.txt"
    lexicon.write_text("\ufeffHarrowby\n")
    assert "Harrowby" in Lexicons([lexicon])["places"]


def test_a_text_file_that_is_no_lexicon_is_said_to_be_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "courts.toml").write_text(HIRE)
    (tmp_path / "README.txt").write_text("How to use this.\n")
    assert [file.name for file in user_files([tmp_path])] == ["courts.toml"]
    assert "README.txt is passed over" in caplog.text


def test_a_package_ships_rules_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "newsroom_courts"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "courts.toml").write_text(HIRE)
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint("courts", "newsroom_courts", userfiles.GROUP)
    monkeypatch.setattr(userfiles, "entry_points", lambda group: [point] if group == userfiles.GROUP else [])
    assert "own.hire" in {rule.id for rule in load().rules}
    sys.modules.pop("newsroom_courts")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("no_such_package", r"entry point 'courts' .*\(no_such_package\) does not load: No module named"),
        ("math", "entry point 'courts' .* gives neither a package nor a path nor a function"),
    ],
)
def test_a_package_whose_rules_cannot_be_had_is_told(
    monkeypatch: pytest.MonkeyPatch, value: str, said: str
) -> None:
    point = EntryPoint("courts", value, userfiles.GROUP)
    monkeypatch.setattr(userfiles, "entry_points", lambda group: [point] if group == userfiles.GROUP else [])
    with pytest.raises(RuleError, match=said):
        load()
