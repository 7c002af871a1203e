"""Run folders, read as streams: what ``newsclaims extract -o DIR`` wrote and what reviewers made of it.

``claims.jsonl`` and ``documents.jsonl`` list the same articles in the same order, so one pass over both
joins them, and memory does not grow with the run. What reviewers decided is held in memory: it grows with
the work of people, not with the number of articles.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import from_json

from newsclaims.errors import InputError, NewsclaimsError
from newsclaims.review.decisions import WHOLE_ARTICLE, State, Verdict, verdicts
from newsclaims.review.folder import NAMES, RunFolder
from newsclaims.review.journal import Journal
from newsclaims.schema import SCHEMA_VERSION, Claim, ClaimType, Document, Review

OWN = frozenset({*NAMES, "failures.jsonl", "review.sqlite-wal", "review.sqlite-shm", ".newsclaims"})
"""What belongs to a run in its folder."""

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
PENDING = Verdict()


def spare(output: Path) -> None:
    """Let nothing be written over a file of a run, be it the one that is read or another.

    Raises:
        NewsclaimsError: the output is such a file.
    """
    place = output.resolve()
    inner = [part for part in (place, *place.parents) if part.name in OWN]
    if any((part.parent / "claims.jsonl").exists() for part in inner):
        raise NewsclaimsError(
            f"{output} is a file of a run, which must not be replaced; choose another with -o"
        )


def check_version(about: Mapping[str, Any], path: Path) -> None:
    """See to it that a run is of the format that this version reads.

    Args:
        about: what ``run.json`` says.
        path: where it lies.

    Raises:
        InputError: it is of another.
    """
    version = str(about.get("schema_version", SCHEMA_VERSION))
    if version != SCHEMA_VERSION:
        raise InputError(
            f"{path}: schema_version {version} is not the {SCHEMA_VERSION} that this version"
            " of newsclaims reads; install the newsclaims that made the run, or extract again"
        )


@contextmanager
def damage_told(run: Run) -> Iterator[None]:
    """Where the block stumbles over a damaged line, say which one it is.

    Raises:
        InputError: as :meth:`Run.articles` has it, in place of what the block raised.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        for _ in run.articles():
            pass
        raise InputError(f"{run.folder.path} is damaged ({error}); extract again") from None


class Run:
    """A run folder, by its path.

    Raises:
        InputError: the folder holds no run, or one whose format this version does not read.
    """

    def __init__(self, path: str | Path) -> None:
        self.folder = RunFolder(Path(path))
        self.about = self.folder.about()
        check_version(self.about, self.folder.run)
        self.kinds = self.folder.kinds()
        self.damaged_reviews = 0
        self.mended_rows = 0
        """Rows read so far that held lone surrogates, which no file in UTF-8 can: U+FFFD stands for each."""

    @property
    def models(self) -> dict[str, type[Claim]]:
        """The claim types of the run by name: the built-in ones, then those of its rule files."""
        return self.kinds.models

    @property
    def broken_off(self) -> bool:
        """Whether the run did not come to its end: its files may end within a line, or within an article."""
        return bool(self.about.get("state", "complete") != "complete")

    def reviews(self) -> Iterator[Review]:
        """The decisions of reviewers, oldest first; none where nobody reviewed the run."""
        self.damaged_reviews = 0
        for _, review in Journal(self.folder.reviews).read():
            if review is None:
                self.damaged_reviews += 1
            else:
                yield review

    @cached_property
    def verdicts(self) -> dict[tuple[str, str], Verdict]:
        """What stands for each claim that a reviewer spoke of, by article id and claim id."""
        return verdicts(self.reviews())

    def articles(self) -> Iterator[tuple[Document, list[Claim]]]:
        """Every article with its claims as they were extracted, in the order of the run. Of a run that was broken off,
        what is not whole at its end is left out.

        Raises:
            InputError: a line is damaged, or a claim's article is missing or out of order.
        """
        claims = self._claims()
        pending = next(claims, None)
        for line, row in self._rows(self.folder.documents):
            try:
                document = Document.model_validate(row)
            except ValidationError as error:
                raise InputError(f"{self.folder.documents}:{line}: {_first(error)}") from None
            found = []
            while pending is not None and pending[1].doc == document.id:
                found.append(pending[1])
                pending = next(claims, None)
            yield document, found
        if pending is not None and not self.broken_off:
            line, claim = pending
            raise InputError(
                f"{self.folder.claims}:{line}: claim {claim.id} is of the article {claim.doc!r}, which"
                " documents.jsonl does not have at this place; extract again"
            )

    def _claims(self) -> Iterator[tuple[int, Claim]]:
        for line, row in self._rows(self.folder.claims):
            try:
                yield line, self.kinds.read(row)
            except InputError as error:
                raise InputError(f"{self.folder.claims}:{line}: {error}") from None

    def _rows(self, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    row = from_json(line)
                except ValueError:
                    try:
                        row = _without_surrogates(json.loads(line))
                    except ValueError as error:
                        if self.broken_off and not line.endswith(b"\n"):
                            return
                        raise InputError(f"{path}:{number}: no JSON ({error}); extract again") from None
                    self.mended_rows += 1
                if not isinstance(row, dict):
                    raise InputError(f"{path}:{number}: no JSON object; extract again")
                yield number, row


@dataclass(frozen=True)
class Selection:
    """Those claims of a run that somebody asked for.

    Args:
        run: where they come from.
        types: names of claim types; ``None`` is every type.
        min_confidence: claims below it are left out.
        reviewed: review states. With them the claims are as the reviewers left them, mended and with those
            added by hand, and articles that no reviewer touched are left out unless ``pending`` is among
            the states. ``None`` takes the claims as extracted, reviewed or not.

    Raises:
        NewsclaimsError: the run has no claim type of such a name, or there is no such state.
    """

    run: Run
    types: Collection[str] | None = None
    min_confidence: float = 0.0
    reviewed: Collection[State] | None = None

    def __post_init__(self) -> None:
        for name in self.types or ():
            if name not in self.run.models:
                raise NewsclaimsError(
                    f"no claim type {name!r} in this run; it has {', '.join(self.run.models)}"
                )
        for state in self.reviewed or ():
            if state not in get_args(State):
                raise NewsclaimsError(f"no review state {state!r}; there are {', '.join(get_args(State))}")

    @property
    def models(self) -> dict[str, type[Claim]]:
        """The selected claim types, in the order of the run."""
        return {
            name: model for name, model in self.run.models.items() if self.types is None or name in self.types
        }

    @property
    def kinds(self) -> list[ClaimType]:
        """Definitions of the selected claim types."""
        return [self.run.kinds[name] for name in self.models]

    def verdict(self, claim: Claim) -> Verdict:
        """What the reviewers say of a claim."""
        return self.run.verdicts.get((claim.doc, claim.id), PENDING)

    def articles(self) -> Iterator[tuple[Document, list[Claim]]]:
        """The articles, each with its selected claims; an article may have none."""
        if self.reviewed is None:
            for document, claims in self.run.articles():
                yield document, [claim for claim in claims if self._wanted(claim)]
            return
        added: dict[str, list[Verdict]] = {}
        touched: set[str] = set()
        for (doc, claim_id), verdict in self.run.verdicts.items():
            if verdict.state != "pending":
                touched.add(doc)
            if verdict.added and claim_id != WHOLE_ARTICLE:
                added.setdefault(doc, []).append(verdict)
        for document, claims in self.run.articles():
            if "pending" not in self.reviewed and document.id not in touched:
                continue
            standing = [(self.verdict(claim), claim) for claim in claims]
            known = {claim.id for claim in claims}
            kept = [
                self._mended(verdict, claim) for verdict, claim in standing if verdict.state in self.reviewed
            ]
            by_hand = [self._mended(verdict, None) for verdict in added.get(document.id, ())]
            if "accepted" in self.reviewed:
                kept += [claim for claim in by_hand if claim.id not in known]
            yield document, [claim for claim in kept if self._wanted(claim)]

    def _wanted(self, claim: Claim) -> bool:
        return (self.types is None or claim.type in self.types) and claim.confidence >= self.min_confidence

    def _mended(self, verdict: Verdict, claim: Claim | None) -> Claim:
        if verdict.edited is None:
            if claim is None:
                raise InputError(f"{self.run.folder.reviews}: a claim was added there without its content")
            return claim
        try:
            return self.run.kinds.read(_without_surrogates(verdict.edited))
        except InputError as error:
            raise InputError(f"{self.run.folder.reviews}: {error}") from None


def _without_surrogates(value: Any) -> Any:
    """The value with U+FFFD for every lone surrogate: one character for one, so offsets stay true."""
    if isinstance(value, str):
        return value.translate(_SURROGATES)
    if isinstance(value, dict):
        return {key: _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    return value


def _first(error: ValidationError) -> str:
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
