"""``newsclaims explain``: why a text gives the claims it gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsclaims.commands.options import Model, RuleFiles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.text import Text

    from newsclaims.claims.rules import Rule
    from newsclaims.rulebook.explain import Outcome, Sentence, Tried
    from newsclaims.schema import Article, Failure

RULED = 100
"""Columns of the line above an article, at most."""
SHADES = {"PERSON": "cyan", "GROUP": "cyan", "ORG": "magenta", "ROLE": "yellow", "MONEY": "green"}


def explain(
    given: Annotated[
        str,
        typer.Argument(
            metavar="FILE_OR_TEXT",
            help="An article in any format that extract reads, - for standard input, or a text.",
        ),
    ],
    rules: RuleFiles = None,
    model: Model = None,
    rule: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Show the tries of this rule only; a * stands for anything."),
    ] = None,
    all_tries: Annotated[
        bool, typer.Option("--all", help="Show rules as well that found none of the slots they need.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a sentence.")] = False,
) -> None:
    """Show for each sentence what is seen in it, which rules were tried, and why a claim was dropped.

    \b
    Examples:
        newsclaims explain "Acme snapped up three Globex engineers."
        newsclaims explain article.txt --rule "move.*"
        newsclaims explain article.txt --json | jq .frames
    """
    import json
    from fnmatch import fnmatchcase

    from rich.rule import Rule as Line

    from newsclaims.claims.userfiles import user_files
    from newsclaims.commands.terminal import wide_console
    from newsclaims.rulebook.bench import Bench
    from newsclaims.rulebook.explain import explain as explained
    from newsclaims.schema import Failure

    articles = _articles(given)
    bench = Bench(user_files(rules or ()), model)
    if rule:
        _check(rule, bench.rules.rules)
    console = wide_console()
    failed = False
    for item in articles:
        if isinstance(item, Failure):
            failed = True
            typer.echo(item.told(), err=True)
            continue
        if item.source and not as_json:
            console.print(Line(item.id, align="left", style="dim"), width=min(console.width, RULED))
        (doc,) = bench.read([item.text])
        for sentence in explained(bench, doc):
            if rule:
                sentence.tried = [t for t in sentence.tried if fnmatchcase(t.rule, rule)]
                sentence.frames = [f for f in sentence.frames if fnmatchcase(f.rule, rule)]
            if as_json:
                typer.echo(json.dumps(sentence.row(), ensure_ascii=False))
            else:
                _print(console, sentence, all_tries)
    raise typer.Exit(1 if failed else 0)


def _articles(given: str) -> Iterable[Article | Failure]:
    """The articles of a file, and a failure in the place of each that gave none, as extract reads them; the text itself
    where there is no such file.

    Raises:
        InputError: it is neither a file nor a text.
    """
    from newsclaims.errors import InputError
    from newsclaims.schema import Article
    from newsclaims.sources import read

    if not given.strip():
        raise InputError("nothing to explain: give the path of an article, or a text in quotes")
    if given == "-" or (len(given) <= 500 and "\n" not in given and Path(given).exists()):
        return read([given])
    if "\n" not in given and " " not in given.strip():
        raise InputError(f"{given}: there is no such file (a text is longer than one word)")
    return [Article(id="text", text=given)]


def _check(pattern: str, rules: Iterable[Rule]) -> None:
    """Raises: NewsclaimsError: no rule has such an id."""
    from difflib import get_close_matches
    from fnmatch import fnmatchcase

    from newsclaims.errors import NewsclaimsError

    ids = [rule.id for rule in rules]
    if not any(fnmatchcase(id, pattern) for id in ids):
        near = get_close_matches(pattern, ids, 1)
        hint = f"do you mean {near[0]!r}?" if near else "newsclaims rules list shows all"
        raise NewsclaimsError(f"--rule: no rule {pattern!r}; {hint}")


def _print(console: Console, sentence: Sentence, all_tries: bool) -> None:
    from rich.padding import Padding
    from rich.text import Text

    def indented(text: Text) -> None:
        for line in text.split("\n"):
            console.print(Padding(line, (0, 0, 0, 2), expand=False))

    console.print(Text(sentence.text, style="bold"))
    seen = Text("   ").join(
        Text.assemble(
            (mention.label, SHADES.get(mention.label, "dim")),
            f" {mention.text}",
            (f" = {mention.entity}" if mention.entity else "", "italic"),
        )
        for mention in sentence.mentions
    )
    if seen:
        indented(seen)
    if sentence.credited:
        indented(Text(f"credited: {'; '.join(sentence.credited)}", style="dim"))
    for tried in sentence.tried:
        if all_tries or not tried.missing or _reached(tried):
            indented(_tried(tried))
    for frame in sentence.frames:
        indented(_frame(frame))
    console.print()


def _reached(tried: Tried) -> bool:
    """Whether a path led somewhere by what the sentence says, and not only to what the article is about."""
    from newsclaims.rulebook.explain import NOTHING

    return any(result != NOTHING and not result.startswith("topic") for result in tried.paths.values())


def _tried(tried: Tried) -> Text:
    from rich.text import Text

    from newsclaims.rulebook.explain import NOTHING

    out = Text()
    out.append("tried ", style="dim").append(tried.rule).append(f" at {tried.trigger!r}", style="dim")
    if tried.missing:
        out.append(f"   missing {tried.missing.replace('|', ' or ')}", style="red")
    for slot, result in tried.paths.items():
        out.append(f"\n    {slot:<12} ").append(result, style="dim" if result == NOTHING else "")
    return out


def _frame(frame: Outcome) -> Text:
    from rich.text import Text

    claimed = frame.fate == "claim"
    out = Text()
    out.append("CLAIM   " if claimed else "dropped ", style="bold green" if claimed else "red")
    out.append(f"{frame.type}  ", style="bold")
    out.append("  ".join(f"{slot}={text!r}" for slot, text in frame.slots.items()))
    out.append(f"\n        {frame.rule}, {frame.certainty}, confidence {frame.confidence:.2f}", style="dim")
    if frame.credited:
        out.append(f", credited: {frame.credited}", style="dim")
    out.append("" if claimed else f": {frame.fate}", style="red")
    return out
