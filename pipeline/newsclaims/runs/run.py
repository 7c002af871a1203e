"""A run, read article by article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from newsclaims.errors import InputError
from newsclaims.runs.decisions import Verdict, verdicts
from newsclaims.runs.folder import RunFolder
from newsclaims.runs.journal import Journal
from newsclaims.runs.kinds import Kinds
from newsclaims.schema import Claim, Document, Review

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class Run:
    """A run folder, by its path.

    Raises:
        InputError: the folder holds no run, or one whose format this version does not read.
    """

    def __init__(self, path: str | Path) -> None:
        self.folder = RunFolder(Path(path))
        self.about = self.folder.about()
        self.kinds = Kinds.of(self.about, str(self.folder.run))
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

    def mended(self, verdict: Verdict, claim: Claim | None) -> Claim:
        """A claim as a verdict leaves it; one that was added by hand has no other ``claim``.

        Raises:
            InputError: the verdict's own content is no claim of the run.
        """
        if verdict.edited is None:
            if claim is None:
                raise InputError(f"{self.folder.reviews}: a claim was added there without its content")
            return claim
        try:
            return self.kinds.read(without_surrogates(verdict.edited))
        except InputError as error:
            raise InputError(f"{self.folder.reviews}: {error}") from None

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
                        row = without_surrogates(json.loads(line))
                    except ValueError as error:
                        if self.broken_off and not line.endswith(b"\n"):
                            return
                        raise InputError(f"{path}:{number}: no JSON ({error}); extract again") from None
                    self.mended_rows += 1
                if not isinstance(row, dict):
                    raise InputError(f"{path}:{number}: no JSON object; extract again")
                yield number, row


def without_surrogates(value: Any) -> Any:
    """The value with U+FFFD for every lone surrogate: one character for one, so offsets stay true."""
    if isinstance(value, str):
        return value.translate(_SURROGATES)
    if isinstance(value, dict):
        return {key: without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_surrogates(item) for item in value]
    return value


def _first(error: ValidationError) -> str:
    fault = error.errors()[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
