"""``.pdf``: the text layer, its lines joined to paragraphs; title and date of its properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsclaims.sources.errors import EmptyError, ProtectedError, TooLargeError
from newsclaims.sources.files import Item, SourceFile
from newsclaims.sources.options import MIB

_ENDS = re.compile(r"[.!?:;\"'”’)\]]$")
_ITEM = re.compile(r"(?:[•·▪‣*–-]|\d{1,2}[.)])\s")
_HYPHEN = re.compile(r"[a-z]-$")
_LIGATURES = str.maketrans(
    {chr(0xFB00 + n): letters for n, letters in enumerate("ff fi fl ffi ffl st st".split())}
)
"""Letters that fonts join; in a word they would keep it from being known."""


def read(file: SourceFile) -> Iterator[Item]:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    limit, size = file.options.max_article, 0
    pages: list[str] = []
    try:
        reader = PdfReader(file.random_access())
        for page in reader.pages:
            pages.append(paragraphs(page.extract_text().translate(_LIGATURES).splitlines()))
            size += len(pages[-1])
            if size > limit:
                raise TooLargeError(
                    f"has an article of over {limit / MIB:.4g} million characters: --max-article allows more"
                )
    except FileNotDecryptedError:
        raise ProtectedError("is locked with a password") from None
    text = "\n\n".join(page for page in pages if page)
    if not text:
        raise EmptyError("has no text, only pictures of it: text recognition (OCR) has to come first")
    about = reader.metadata
    created = about.creation_date if about else None
    yield file.article(
        text,
        title=str(about.title) if about and about.title else None,
        date=created.date().isoformat() if created else None,
    )


def paragraphs(lines: Sequence[str]) -> str:
    """Lines of a page as paragraphs, apart by a blank line.

    A paragraph ends at an empty line, before an item of a list, and after a line that is clearly shorter than
    the page is wide and ends as sentences do, or is followed by one that begins in upper case and is long.
    A word that was split at the end of a line is joined.
    """
    lines = [line.strip() for line in lines]
    width = max(map(len, lines), default=0)
    blocks: list[str] = []
    fresh, previous = True, ""
    for line in lines:
        if not line:
            fresh = True
            continue
        short = len(previous) < 0.75 * width
        ended = short and (bool(_ENDS.search(previous)) or len(previous) < 0.5 * width)
        if fresh or _ITEM.match(line) or (ended and not line[0].islower()):
            blocks.append(line)
        elif _HYPHEN.search(previous) and line[0].islower():
            blocks[-1] = blocks[-1][:-1] + line
        else:
            blocks[-1] += " " + line
        fresh, previous = False, line
    return "\n\n".join(blocks)
