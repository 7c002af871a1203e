"""The reviewer's desk: what lies on it, and what can be done. The page and nothing else stands before it."""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

from newsclaims.errors import NewsclaimsError
from newsclaims.marks import paragraphs, shown, window
from newsclaims.review import queries
from newsclaims.review.cards import Card, card, faint_mark, marks
from newsclaims.review.editing import EditError, Editor
from newsclaims.review.index import Index
from newsclaims.review.queries import Filter, Walk
from newsclaims.review.tables import Progress
from newsclaims.review.view import Stale, View, heading
from newsclaims.runs.decisions import WHOLE_ARTICLE
from newsclaims.runs.folder import RunFolder, line_at
from newsclaims.schema import Document, Review

BEGINNING = 2_000_000
"""Bytes of articles whose index is made within a moment, so that a large run can be looked at."""

CARDS = 60
"""Cards shown at once; an article with more shows those around the chosen one."""


class MissingError(NewsclaimsError):
    """An article or a claim that the run does not have."""


class Desk:
    """A run folder under review.

    Args:
        folder: the run.
        version: the version of the tool, noted with every decision.
        tell: told of progress while an index is built.
        beginning: where the index of a large run has to be built, have no more of it at first than the
            articles within so many bytes; :meth:`complete` brings the rest.
        now: the clock, for the time of a decision.
    """

    def __init__(
        self,
        folder: RunFolder,
        version: str,
        tell: Progress = lambda _done, _total: None,
        beginning: int | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.version, self.now = version, now
        self.kinds = folder.kinds()
        self.index = Index(folder, tell, beginning)

    def complete(self, tell: Progress = lambda _done, _total: None) -> None:
        """Index the rest of the run, where only its beginning is there; the desk is used meanwhile."""
        self.index.complete(tell)

    # -- looking

    def view(self, chosen: Filter, doc: str = "", claim: str = "", at: int | None = None) -> View:
        """The article and its claims; without ``doc``, at the first claim that is still to be judged."""
        with self.index.lock:
            self._sync()
            walk = self._walk(chosen)
            seq = self._seq(doc, claim) if doc and claim else None
            if not doc and seq is None:
                seq = self._start(chosen)
            if seq is not None:
                number = int(self.index.columns.doc[seq - 1])
            elif doc:
                number = self._number(doc)
            else:
                first = walk.article(0)
                if first is None:
                    return View(chosen, walk.count(), 0, self.index.columns.tally())
                number = first
            matching = walk.of_article(number)
            if seq is None and matching and not claim:
                seq = matching[0]
            return self._view(walk, number, seq, matching, at)

    def _view(self, walk: Walk, number: int, seq: int | None, matching: list[int], at: int | None) -> View:
        """An article with a claim chosen or none; the claims ``matching`` the filter, and the chosen one, have cards."""
        db, columns, total = self.index.db, self.index.columns, walk.count()
        offset, length = db.execute("SELECT offset, length FROM doc WHERE n = ?", (number,)).fetchone()
        doc = line_at(self.index.folder.documents, offset, length)
        everything = queries.in_text_order(columns, columns.standing() & (columns.doc == number))
        wanted = {*matching, seq}
        listed = [s for s in everything if s in wanted]
        middle = listed.index(seq) if seq in listed else 0
        low = max(0, min(middle - CARDS // 2, len(listed) - CARDS))
        cards = {s: self._card(s, doc["id"]) for s in listed[low : low + CARDS]}
        here = cards.get(seq) if seq is not None else None
        text = doc["text"]
        centre = at if at is not None else here.row["trigger"]["start"] if here else 0
        start, end = window(text, centre)
        spans = [faint_mark(c) for s, c in cards.items() if s != seq] + (marks(here) if here else [])
        position = walk.position(seq) + 1 if seq is not None else 0
        return View(
            filter=walk.chosen,
            total=total,
            position=position,
            progress=columns.tally(),
            doc=dict.fromkeys(Document.model_fields) | doc,
            heading=heading(doc),
            article_progress=columns.tally(number),
            read=tuple(self.index.verdict(doc["id"], WHOLE_ARTICLE).by),
            paragraphs=tuple(paragraphs(text, spans, start, end)),
            window=(start, end, len(text)),
            cards=tuple(cards.values()),
            hidden=len(everything) - len(cards),
            chosen=here,
            stale=tuple(self._stale(doc["id"], number)),
            links=self._links(walk, number, seq, position, total),
        )

    def _start(self, chosen: Filter) -> int | None:
        """Where a review begins: the first pending claim, or the first of all."""
        if not chosen.state:
            pending = self._walk(Filter.of({**chosen.parameters(), "state": "pending"})).first()
            if pending is not None:
                return pending
        return self._walk(chosen).first()

    def _links(self, walk: Walk, number: int, seq: int | None, position: int, total: int) -> dict[str, str]:
        links = {}
        for name, back in (("next", False), ("previous", True)):
            article = walk.article(number, back=back)
            if article is not None:
                links[f"{name}-article"] = walk.chosen.address(doc=self._doc_id(article))
            at_end = position <= 1 if back else position > total
            step = walk.step(seq, back=back) if seq is not None and not at_end else None
            if step is not None:
                links[name] = self._address(walk.chosen, step)
            elif seq is None and article is not None:
                links[name] = links[f"{name}-article"]
        return links

    def _card(self, seq: int, doc: str) -> Card:
        identity, offset, length = self.index.db.execute(
            "SELECT id, offset, length FROM claim WHERE seq = ?", (seq,)
        ).fetchone()
        verdict = self.index.verdict(doc, identity)
        original = None if offset is None else line_at(self.index.folder.claims, offset, length)
        row = verdict.edited or original
        if row is None:
            raise MissingError(f"claim {identity!r} is gone")
        return card({"certainty": "asserted", **row}, original, verdict, self.kinds)

    def _stale(self, doc: str, number: int) -> list[Stale]:
        gone = self.index.db.execute(
            "SELECT DISTINCT claim, (SELECT line FROM remembered m WHERE m.doc = r.doc AND m.claim = r.claim)"
            " FROM review r WHERE doc = ? AND undone = 0 AND claim != ''"
            " AND claim NOT IN (SELECT id FROM claim WHERE doc = ?)",
            (doc, number),
        ).fetchall()
        found = []
        for claim, line in gone:
            verdict = self.index.verdict(doc, claim)
            if verdict.state == "pending":
                continue
            row = verdict.edited or (json.loads(line) if line else None)
            text = shown(row["sentence"]["text"]) if row else ""
            found.append(Stale(claim, verdict.state, ", ".join(verdict.by), row, text))
        return found

    # -- doing

    def decide(self, chosen: Filter, doc: str, claim: str, reviewer: str, decision: str) -> str:
        """Judge a claim (``accepted``, ``rejected`` or ``unsure``); the address of the one to judge next."""
        if decision not in ("accepted", "rejected", "unsure"):
            raise EditError(f"{decision!r} is no decision")
        with self.index.lock:
            self._sync()
            here = self._standing(doc, claim)
            if decision == "accepted" and here.lacking:
                raise EditError(
                    f"fill {_and(here.lacking)} first: select the text, then press the slot's key"
                )
            seq = self._seq(doc, claim)
            onward = chosen if chosen.state else Filter.of({**chosen.parameters(), "state": "pending"})
            after = self._walk(onward).step(seq) or self._walk(chosen).step(seq)
            address = self._address(chosen, after) if after else chosen.address(doc=doc, claim=claim)
            added = self.index.original(doc, claim) is None
            edited = here.row if added or here.edited else None
            self._write(
                doc, claim, "added" if added and decision == "accepted" else decision, reviewer, edited=edited
            )
            return address

    def comment(self, doc: str, claim: str, reviewer: str, comment: str) -> None:
        """Say something about a claim, without a decision."""
        if not comment.strip():
            raise EditError("the comment is empty")
        with self.index.lock:
            self._sync()
            self._standing(doc, claim)
            self._write(doc, claim, "comment", reviewer, comment=comment.strip())

    def change(
        self, doc: str, claim: str, reviewer: str, make: Callable[[Editor, dict[str, Any]], Any]
    ) -> None:
        """Mend a claim. A mended claim is accepted, or unsure while it lacks a key slot."""
        with self.index.lock:
            self._sync()
            here = self._standing(doc, claim)
            row = make(self.editor(doc), here.row)
            if row != here.row:
                self._keep(doc, row, reviewer)

    def add(self, doc: str, kind: str, start: int, end: int, reviewer: str) -> str:
        """Begin a claim that the extraction missed; its id."""
        with self.index.lock:
            self._sync()
            self._number(doc)
            identity = f"added-{uuid.uuid4().hex[:16]}"
            self._keep(doc, self.editor(doc).new(identity, doc, kind, start, end), reviewer)
            return identity

    def finish(self, doc: str, reviewer: str) -> None:
        """Say that the article was read to its end and lacks no claim."""
        with self.index.lock:
            self._sync()
            self._number(doc)
            self._write(doc, WHOLE_ARTICLE, "accepted", reviewer)

    def undo(self, reviewer: str) -> tuple[str, str] | None:
        """Take back the reviewer's last standing line; article and claim that it was about."""
        with self.index.lock:
            self._sync()
            row = self.index.db.execute(
                "SELECT doc, claim FROM review WHERE reviewer = ? AND undone = 0 AND decision != 'undone'"
                " ORDER BY n DESC LIMIT 1",
                (reviewer,),
            ).fetchone()
            if row is None:
                return None
            self._write(row[0], row[1], "undone", reviewer)
            return row[0], row[1]

    def editor(self, doc: str) -> Editor:
        """An editor for the claims of an article."""
        text = self.index.text(doc)
        if text is None:
            raise MissingError(f"the run has no article {doc!r}")
        others = self.index.db.execute(
            "SELECT offset, length FROM claim WHERE doc = ? AND offset IS NOT NULL LIMIT 500",
            (self._number(doc),),
        )
        return Editor(self.kinds, text, tuple(line_at(self.index.folder.claims, *place) for place in others))

    def has(self, doc: str, claim: str) -> bool:
        with self.index.lock:
            return self.index.place(doc, claim) is not None

    def choices(self) -> dict[str, list[str]]:
        """The values that the plain filters can take."""
        with self.index.lock:
            return {name: self.index.columns.choices(name) for name in ("type", "certainty", "rule")}

    def suggest(self, field: str, words: str) -> list[dict[str, str]]:
        """Values for a filter that begin so (names) or hold the words (articles)."""
        with self.index.lock:
            if field == "article":
                found = queries.articles(self.index.db, words)
                return [{"value": name, "label": title} for name, title in found]
            return [{"value": name, "label": ""} for name in queries.names(self.index.db, field, words)]

    def notes(self) -> list[str]:
        """What a reviewer should know of the files: lines that could not be used."""
        with self.index.lock:
            partial, articles = self.index.partial, self.index.columns.docs
            damaged, orphans = self.index.damaged, self.index.orphans
        notes = []
        if partial:
            notes.append(
                f"These are the first {articles:,} articles. The rest is being indexed, once, and"
                " comes by itself; what you decide now is kept"
            )
        if damaged:
            notes.append(f"{damaged} damaged lines of reviews.jsonl were passed over")
        if orphans:
            notes.append(f"{orphans} claims of articles that documents.jsonl lacks were left out")
        return notes

    def pulse(self) -> str:
        """Changes when anyone decides something, or the run is extracted again."""
        with self.index.lock:
            self._sync()
            count = self.index.db.execute("SELECT max(n), count(*) FROM review").fetchone()
            partial = "-partial" if self.index.partial else ""
            return f"{count[0] or 0}-{count[1]}{partial}-{zlib.crc32(self.index.folder.fingerprint().encode()):x}"

    # -- the parts of it

    def _walk(self, chosen: Filter) -> Walk:
        return Walk(self.index.columns, chosen, self.index.sets)

    def _sync(self) -> None:
        if self.index.sync():
            self.kinds = self.index.folder.kinds()

    def _keep(self, doc: str, row: dict[str, Any], reviewer: str) -> None:
        decision: Literal["unsure", "added", "accepted"] = "accepted"
        if self.kinds.lacking(row):
            decision = "unsure"
        else:
            self.kinds.read(row)
            if self.index.original(doc, row["id"]) is None:
                decision = "added"
        self._write(doc, row["id"], decision, reviewer, edited=row)

    def _write(self, doc: str, claim: str, decision: Any, reviewer: str, **more: Any) -> None:
        time = self.now().isoformat(timespec="milliseconds")
        self.index.journal.append(
            Review(
                claim=claim,
                doc=doc,
                decision=decision,
                reviewer=reviewer,
                time=time,
                version=self.version,
                **more,
            )
        )
        self.index.sync()

    def _standing(self, doc: str, claim: str) -> Card:
        return self._card(self._seq(doc, claim), doc)

    def _seq(self, doc: str, claim: str) -> int:
        place = self.index.place(doc, claim)
        if place is None:
            raise MissingError(f"the run has no claim {claim!r} in an article {doc!r}")
        return place[0]

    def _number(self, doc: str) -> int:
        row = self.index.db.execute("SELECT n FROM doc WHERE id = ?", (doc,)).fetchone()
        if row is None:
            raise MissingError(f"the run has no article {doc!r}")
        return int(row[0])

    def _doc_id(self, number: int) -> str:
        return str(self.index.db.execute("SELECT id FROM doc WHERE n = ?", (number,)).fetchone()[0])

    def _address(self, chosen: Filter, seq: int) -> str:
        claim, doc = self.index.db.execute(
            "SELECT claim.id, doc.id FROM claim JOIN doc ON doc.n = claim.doc WHERE seq = ?", (seq,)
        ).fetchone()
        return chosen.address(doc=doc, claim=claim)


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(name.replace("_", " ") for name in names)
