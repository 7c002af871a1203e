"""What one look at the desk shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsclaims.marks import Paragraph
from newsclaims.review.cards import Card
from newsclaims.review.queries import Filter

LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Stale:
    """A decision on a claim that the newest extraction no longer makes."""

    claim: str
    state: str
    by: str
    row: dict[str, Any] | None
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """One look at the desk."""

    filter: Filter
    total: int
    position: int
    progress: dict[str, int]
    doc: dict[str, Any] | None = None
    heading: str = ""
    article_progress: dict[str, int] | None = None
    read: tuple[str, ...] = ()
    """Who read the article to its end."""
    paragraphs: tuple[Paragraph, ...] = ()
    window: tuple[int, int, int] = (0, 0, 0)
    """First and last character shown, and how many there are."""
    cards: tuple[Card, ...] = ()
    hidden: int = 0
    chosen: Card | None = None
    stale: tuple[Stale, ...] = ()
    links: dict[str, str] | None = None
    """Addresses of the next and previous claim and article, where there are any."""

    @property
    def decided(self) -> int:
        return sum(self.progress.values()) - self.progress.get("pending", 0)


def heading(doc: dict[str, Any]) -> str:
    """What stands above an article: its title, or its first line where it is as short as one, or its id."""
    title = str(doc.get("title") or "").strip() or doc["text"].split("\n", 1)[0].strip()
    return title if 0 < len(title) <= LONGEST_HEADING else str(doc["id"])
