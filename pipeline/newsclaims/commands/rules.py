"""``newsclaims rules``: list, show, check and write rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsclaims.commands.options import Model, RuleFiles
from newsclaims.commands.terminal import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclaims.claims.rules import Rule, RuleSet
    from newsclaims.rulebook.bench import Bench
    from newsclaims.rulebook.gold import Judged

rules = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="List, show, check and write the rules that find claims.\n\nExample: newsclaims rules check courts.toml",
)


@rules.command("list")
def list_(
    files: RuleFiles = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Rules of this claim type only.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a rule.")] = False,
) -> None:
    """List the rules in force, with their examples and how often each was right on gold articles.

    Example: newsclaims rules list --type move
    """
    import json

    from rich.console import Console
    from rich.table import Table

    from newsclaims.claims.rulefile import unknown
    from newsclaims.errors import NewsclaimsError

    found = _load(files)
    if type is not None and type not in found.types:
        raise NewsclaimsError(f"--type: {unknown(type, found.types)}")
    shown = [(rule, _measured(rule)) for rule in found.rules if type in (None, rule.type)]
    if as_json:
        for rule, counts in shown:
            right, judged = counts or (None, None)
            row = {"id": rule.id, "type": rule.type, "file": rule.file, "line": rule.line}
            row |= {"match": len(rule.match), "none": len(rule.none), "right": right, "judged": judged}
            typer.echo(json.dumps(row))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("rule", "type", "set off by", "where", "match", "none", "precision", "judged"):
        numeric = column in ("match", "none", "precision", "judged")
        table.add_column(column, overflow="fold", justify="right" if numeric else "left")
    for rule, counts in shown:
        examples = str(len(rule.match)), str(len(rule.none))
        precision = (f"{counts[0] / counts[1]:.2f}", str(counts[1])) if counts else ("-", "-")
        where = f"{rule.file}:{rule.line}"
        table.add_row(rule.id, rule.type, _set_off(rule), where, *examples, *precision)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160
    console.print(table)
    for line in _legend([rule for rule, _ in shown], any(counts for _, counts in shown)):
        console.print(line, soft_wrap=True)


@rules.command()
def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The rule's id.")],
    files: RuleFiles = None,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Show which sentences of this gold file it gets right and wrong."),
    ] = None,
) -> None:
    """Show a rule as it is written, with its examples.

    Example: newsclaims rules show move.join --gold corpus/gold/gold.jsonl
    """
    rule = _named(_load(files), rule_id)
    judged = _judged(files, rule_id, gold) if gold is not None else []
    typer.echo(f"{rule.path}:{rule.line}")
    typer.echo(rule.source)
    for name, text in _macros(rule).items():
        typer.echo(f"# {{{name}}} stands for {text}")
    if counts := _measured(rule):
        typer.echo(f"\n{counts[0]} of {counts[1]} claims of this rule were right on gold articles")
    elif rule.built_in:
        typer.echo("\nno claim of this rule has been judged on gold articles")
    if gold is None:
        return
    for title, wanted in (("right", True), ("wrong", False)):
        some = [j for j in judged if j.right is wanted]
        typer.echo(f"\n{title} in {gold.name}: {len(some)}")
        for one in some:
            slots = ", ".join(f"{slot} {value.text!r}" for slot, value in one.claim.arguments().items())
            but = f"; the gold has another {', '.join(one.wrong_slots)}" if one.wrong_slots else ""
            typer.echo(f"  {one.article}: {' '.join(one.claim.sentence.text.split())}")
            typer.echo(f"      {slots} (confidence {one.claim.confidence:.2f}){but}")


@rules.command()
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILES", help="Rule files to check; all rules in force where none is given."),
    ] = None,
    model: Model = None,
) -> None:
    """Run every example of every rule, and say in words what failed.

    Exit status: 0 all examples hold, 1 some do not, 2 a rule file has a fault.

    Example: newsclaims rules check courts.toml
    """
    from newsclaims.claims.userfiles import user_files, with_packages
    from newsclaims.rulebook.bench import Bench
    from newsclaims.rulebook.examples import check as faults_of
    from newsclaims.rulebook.examples import count

    bench = Bench(user_files(files or ()), model)
    wanted = bench.rules.rules
    if files:
        given = {path.resolve() for path in with_packages(files)}
        wanted = [rule for rule in wanted if rule.path.resolve() in given]
    faults = faults_of(bench, wanted)
    for fault in faults:
        typer.echo(str(fault))
    examples = number(count(wanted), "example")
    typer.echo(f"{number(len(wanted), 'rule')}, {examples}, {len(faults)} failed", err=bool(faults))
    without = [rule.id for rule in wanted if not rule.match]
    if without:
        typer.echo(f"without a sentence under match: {', '.join(without)}", err=True)
    elif wanted:
        typer.echo("every rule has a sentence under match", err=bool(faults))
    raise typer.Exit(1 if faults else 0)


@rules.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the rules and of their file.")],
    type: Annotated[
        str, typer.Option(metavar="TYPE", help="The claim type; a name that is not known yet is defined.")
    ] = "move",
    folder: Annotated[Path, typer.Option("--in", metavar="DIR", help="Where to write.")] = Path(),
) -> None:
    """Write a rule file to start from, NAME.toml, and its test, test_NAME.py.

    Example: newsclaims rules new courts --type lawsuit
    """
    import re

    from newsclaims.claims.rulereader import load
    from newsclaims.errors import NewsclaimsError
    from newsclaims.rulebook.starter import starter, starter_test

    name = name.removesuffix(".toml")
    for given in (name, type):
        if not re.fullmatch(r"[a-z][a-z0-9_]*", given):
            raise NewsclaimsError(f"{given!r} is no name: small letters, digits and _ only")
    file, test = folder / f"{name}.toml", folder / f"test_{name}.py"
    for path in (file, test):
        if path.exists():
            raise NewsclaimsError(f"{path} is there already; choose another name")
    folder.mkdir(parents=True, exist_ok=True)
    known = load().types
    file.write_text(starter(name, type, file.name, known), encoding="utf-8")
    test.write_text(starter_test(file.name), encoding="utf-8")
    defined = "" if type in known else f", which defines the claim type {type}"
    typer.echo(f"wrote {file}{defined}, and {test}; now: newsclaims rules check {file}")


@rules.command()
def suggest(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="A sentence that gave no claim.")],
    slot: Annotated[
        list[str], typer.Option(metavar="SLOT=TEXT", help="What fills a slot, as it stands in the sentence.")
    ],
    type: Annotated[str, typer.Option(metavar="TYPE", help="The claim type.")] = "move",
    attribute: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="An attribute that the rule sets, as in kind=bonus."
        ),
    ] = None,
    files: RuleFiles = None,
    folder: Annotated[
        Path | None,
        typer.Option("--in", metavar="DIR", help="Show what else it would match in these articles."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the rule to a file, or add it there."),
    ] = None,
) -> None:
    """Propose a rule for a sentence: its trigger and the shortest path to each slot, from the parse.

    \b
    Example:
        newsclaims rules suggest "Acme snapped up three Globex engineers" --type move \\
            --slot person="three Globex engineers" --slot destination=Acme --slot origin=Globex
    """
    from newsclaims.claims.userfiles import user_files
    from newsclaims.errors import NewsclaimsError
    from newsclaims.rulebook.bench import Bench
    from newsclaims.rulebook.examples import check as faults_of
    from newsclaims.rulebook.suggest import suggest as propose

    slots = _pairs("--slot", slot, "--slot person='Jane Doe'")
    attributes = _pairs("--set", attribute or [], "--set kind=bonus")
    bench = Bench(user_files(files or ()))
    suggestion = propose(bench, sentence, type, slots, attributes)
    typer.echo(suggestion.toml(), nl=False)
    for unreached in suggestion.unreached:
        typer.echo(f"# no path leads from {suggestion.trigger!r} to {unreached}", err=True)
    for unseen in suggestion.unseen:
        typer.echo(f"# {unseen} is not seen as a name here; its path holds where it is", err=True)
    rule = suggestion.rule(bench)
    trial = bench.trying(rule)
    for fault in faults_of(trial, [rule]):
        typer.echo(f"# {fault.message}", err=True)
    if folder is not None:
        _hits(trial, rule.id, folder)
    if output is not None:
        before = output.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if output.is_file() else ""
        if f'"{suggestion.id}"' in before:
            raise NewsclaimsError(f"{output} has a rule {suggestion.id} already; add the paths to it by hand")
        output.write_text(before + suggestion.toml(), encoding="utf-8")
        typer.echo(f"\nwrote {output}; now: newsclaims rules check {output}", err=True)


def _pairs(option: str, given: list[str], example: str) -> dict[str, str]:
    """What an option that is given as NAME=TEXT, several times, says."""
    from newsclaims.errors import NewsclaimsError

    pairs = [part.partition("=") for part in given]
    for name, mark, text in pairs:
        if not mark or not text:
            raise NewsclaimsError(f"{option} {name}{mark}: write it as in {example}")
    return {name: text for name, _, text in pairs}


def _load(files: list[Path] | None) -> RuleSet:
    from newsclaims.claims.rulereader import load
    from newsclaims.claims.userfiles import user_files

    return load(user_files(files or ()))


def _named(found: RuleSet, rule_id: str) -> Rule:
    from newsclaims.errors import NewsclaimsError

    for rule in found.rules:
        if rule.id == rule_id:
            return rule
    import difflib

    near = difflib.get_close_matches(rule_id, [rule.id for rule in found.rules], 1)
    hint = f"do you mean {near[0]!r}? " if near else ""
    raise NewsclaimsError(f"no rule {rule_id!r}; {hint}newsclaims rules list shows all")


def _measured(rule: Rule) -> tuple[int, int] | None:
    """How many of a built-in rule's claims were right, and were judged, on gold articles; none where unmeasured."""
    from newsclaims.rulebook import gold

    return gold.measured().get(rule.id) if rule.built_in else None


def _legend(shown: list[Rule], measured: bool) -> Iterator[str]:
    """What the columns of the list mean, and how many rules of each type there are."""
    from collections import Counter

    kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(rule.type for rule in shown).items())
    yield f"\n{number(len(shown), 'rule')}{f': {kinds}' if shown else ''}"
    yield "match, none: sentences that a rule must match and must leave alone (newsclaims rules check)"
    if measured:
        yield (
            "precision: the share of a rule's claims, of those judged on gold articles unseen in fitting, "
            "that were right; - where none was judged"
        )
    else:
        yield "precision: not measured for these rules; newsclaims rules show ID --gold FILE judges one by your own gold"


def _judged(files: list[Path] | None, rule_id: str, gold: Path) -> list[Judged]:
    from newsclaims.claims.userfiles import user_files
    from newsclaims.rulebook.bench import Bench
    from newsclaims.rulebook.gold import judge

    return list(judge(Bench(user_files(files or ())), rule_id, gold))


def _macros(rule: Rule) -> dict[str, str]:
    """The macros that a rule names, and those that these name."""
    from newsclaims.claims.rulefile import MACRO, RuleFile

    macros = RuleFile.read(rule.path).macros
    found: dict[str, str] = {}
    waiting = MACRO.findall(rule.source)
    while waiting:
        name = waiting.pop(0)
        if name in macros and name not in found:
            found[name] = macros[name]
            waiting += MACRO.findall(macros[name])
    return found


def _set_off(rule: Rule) -> str:
    """The beginning of a rule's trigger or pattern."""
    text = rule.pattern.source if rule.pattern else ", ".join(" ".join(t) for t in rule.triggers)
    return text if len(text) <= 48 else text[:45].rstrip() + "..."


def _hits(bench: Bench, rule_id: str, folder: Path) -> None:
    from newsclaims.rulebook.suggest import hits
    from newsclaims.schema import Article
    from newsclaims.sources import read

    articles = 0

    def texts() -> Iterator[tuple[str, str]]:
        nonlocal articles
        for item in read([folder]):
            if isinstance(item, Article):
                articles += 1
                yield item.id, item.text
            else:
                typer.echo(item.told(), err=True)

    found = list(hits(bench, rule_id, texts()))
    times = "once" if len(found) == 1 else f"{len(found)} times"
    typer.echo(f"\nIn {number(articles, 'article')} it would match {times}{':' if found else '.'}", err=True)
    for hit in found:
        typer.echo(f"  {hit.article}: {hit.sentence}\n      {hit.found}", err=True)
