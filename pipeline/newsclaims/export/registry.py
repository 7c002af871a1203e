"""Formats by name: the built-in ones, and those of other packages (entry points ``newsclaims.exporters``)."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from newsclaims.errors import NewsclaimsError
from newsclaims.export.formats import FileFormat, Format, Notes, TextFormat
from newsclaims.newfiles import new_file, new_folder
from newsclaims.runs import Selection
from newsclaims.runs.folder import spare

GROUP = "newsclaims.exporters"

BUILT_IN = {
    "sheet": "delimited:SHEET",
    "csv": "delimited:CSV",
    "tsv": "delimited:TSV",
    "parquet": "parquet:PARQUET",
    "sqlite": "sqlite:SQLITE",
    "duckdb": "duckdb:DUCKDB",
    "ftm": "ftm:FTM",
    "labelstudio": "labelstudio:TASKS",
    "labelstudio-config": "labelstudio:CONFIG",
    "doccano": "doccano:DOCCANO",
    "prodigy": "prodigy:PRODIGY",
    "brat": "brat:BRAT",
    "webannotation": "webannotation:WEBANNOTATION",
    "langextract": "langextract:LANGEXTRACT",
    "spacy": "spacy:SPACY",
    "graphml": "graphml:GRAPHML",
    "cypher": "cypher:CYPHER",
    "jsonld": "jsonld:JSONLD",
}
"""Where each format stands: module of this package, and name in it. Modules load when they are asked for."""


def _plugins() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP) if point.name not in BUILT_IN}


def names() -> list[str]:
    """Every format that ``--to`` takes."""
    return [*BUILT_IN, *sorted(_plugins())]


def find(name: str) -> Format:
    """The format of that name.

    Raises:
        NewsclaimsError: there is none; its package does not load; or a library that it works by is missing.
    """
    if name in BUILT_IN:
        found = _built_in(name)
    elif (point := _plugins().get(name)) is not None:
        found = _load(point)
    else:
        near = difflib.get_close_matches(name, names(), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names())}"
        raise NewsclaimsError(f"no export format {name!r}; {hint}")
    for need in found.needs:
        if find_spec(need.module) is None:
            raise NewsclaimsError(
                f"{name} needs {need.module}, which is not installed: pip install 'newsclaims[{need.extra}]'"
            )
    return found


def _built_in(name: str) -> Format:
    module, attribute = BUILT_IN[name].split(":")
    form: Format = getattr(import_module(f"newsclaims.export.{module}"), attribute)
    return form


def summary(name: str) -> str:
    """What a format is for; for one of another package, where that stands."""
    if name in BUILT_IN:
        return _built_in(name).summary
    return _plugins()[name].value


def _load(point: EntryPoint) -> Format:
    try:
        loaded = point.load()
    except Exception as error:  # a foreign package may fail in any way; name it and go no further
        raise NewsclaimsError(
            f"export format {point.name!r} ({point.value}) does not load: {error}"
        ) from None
    if not isinstance(loaded, TextFormat | FileFormat):
        raise NewsclaimsError(
            f"export format {point.name!r} ({point.value}) is neither a TextFormat nor a FileFormat"
        )
    return loaded


def export(
    selection: Selection, form: Format, path: Path | None, say: Callable[[str], None] = lambda _: None
) -> None:
    """Write the selected claims in a format.

    Args:
        selection: which claims.
        form: as :func:`find` gave it.
        path: the file or folder to write, which appears whole or not at all; ``None`` is standard output.
        say: called with each thing that the reader must know, when all is written.

    Raises:
        NewsclaimsError: the path cannot be written or is a file of a run, the run is damaged, or the format is no
            text for standard output.
    """
    if path is not None:
        spare(path)
    notes = Notes()
    if isinstance(form, TextFormat):
        if path is None:
            for piece in form.text(selection, notes):
                sys.stdout.write(piece)
            sys.stdout.flush()
        else:
            with new_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
                file.writelines(form.text(selection, notes))
    elif path is None:
        raise NewsclaimsError(f"{form.name} is no text for standard output; name a file with -o")
    else:
        with (new_folder if form.folder(path) else new_file)(path) as temporary:
            form.write(selection, temporary, notes)
    run = selection.run
    state = run.about.get("state")
    if state and state != "complete":
        notes.add(f"the run is not complete: its state is {state!r}, so articles are missing here")
    if run.mended_rows:
        notes.add("{n} rows held lone surrogates; U+FFFD stands in their place", run.mended_rows)
    if run.damaged_reviews:
        notes.add("{n} damaged lines of reviews.jsonl were left out", run.damaged_reviews)
    if selection.reviewed is None and run.verdicts:
        notes.add(
            "{n} claims have been reviewed; these are all claims as extracted (--reviewed accepted takes"
            " those that the reviewers let stand, as they mended them)",
            sum(verdict.state != "pending" for verdict in run.verdicts.values()),
        )
    for note in notes:
        say(f"{form.name}: {note}")
