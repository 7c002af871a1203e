"""One-to-one character folding before tokenisation.

spaCy's English models lose possessives and negations on curly apostrophes and glue words over no-break spaces, a
text that was broken into lines of one width would seem to end a sentence at each of them, and of a headline in title case
they take every verb for a name.
Every character is replaced by exactly one other, so offsets into the folded text are offsets into the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.resources import lexicon

INVISIBLE = "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))
"""Joiners, and marks of the direction in which text runs, as they come along with copied names and figures."""
FOLD = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2005\u3000\t", " "),
        **dict.fromkeys("\ufeff\u00ad\u2028\u2029\r", " "),
        **dict.fromkeys(INVISIBLE, " "),
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),  # lone surrogates, which no word can hold
    }
)


BLOCK = re.compile(r"^[^\n]++(?:\n[^\n]++)+", re.MULTILINE)
"""Lines without an empty line between them."""
WIDTHS = range(40, 121)
"""Characters to a line, at most, in a text that is broken into lines."""
RUN = re.compile(r"(?:[^\w\s]|_){200,}+")
"""So many signs on end that they are no punctuation. Each would be a token, found in a time that grows with the run."""


LINE = re.compile(r"^[^\n]+$", re.MULTILINE)
WORD = re.compile(r"[^\W\d_][\w'&+-]*")
LONG = 4
"""Letters of a word that even a headline with small function words writes with a capital."""
HEADLINE = range(4, 31)
"""Words of a headline."""


def fold(text: str) -> str:
    """The text with plain quotes, apostrophes, hyphens and spaces, endless runs of signs blanked, wrapped lines joined, and
    words of headlines that are no names in small letters; as long as the original."""
    plain = RUN.sub(lambda run: " " * len(run[0]), text.translate(FOLD))
    return LINE.sub(lambda line: in_small_letters(line[0], plain), BLOCK.sub(joined, plain))


def in_small_letters(line: str, text: str) -> str:
    """A headline in title case, or all in capitals, with the words as the rest of the ``text`` would write them; any other
    line as it is."""
    words = WORD.findall(line)
    if line.isupper() and is_shouted(words):
        first, *_ = WORD.finditer(line)
        calm = WORD.sub(lambda word: calmed(word[0], text), line)
        return calm[: first.start()] + line[first.start()] + calm[first.start() + 1 :]
    if line.rstrip().endswith(".") or not is_title_case(words):
        return line
    return WORD.sub(lambda word: small(word[0]), line)


def is_shouted(words: list[str]) -> bool:
    """Whether these are the words of a headline that is all in capitals."""
    known = lexicon("headline_words")
    return len(words) in HEADLINE and any(len(word) >= LONG and word.lower() in known for word in words)


def calmed(word: str, text: str) -> str:
    """A word of a headline in capitals in small letters, or with a first capital if it may be a name and no acronym."""
    plain, name = small(word.title()), word.title()
    if len(plain) != len(word):
        return word
    if plain.islower():
        return plain
    acronym = len(word) < LONG or word in lexicon("organisations")
    return word if acronym and not re.search(rf"\b{re.escape(name)}\b", text) else name


def is_title_case(words: list[str]) -> bool:
    """Whether these are the words of a line that has capitals at all longer words, a word that is no name among them."""
    known = lexicon("headline_words")
    long = [word for word in words if len(word) >= LONG]
    return (
        len(words) in HEADLINE
        and len(long) > 1
        and not any(word.islower() for word in long)
        and not all(map(str.isupper, words))
        and any(word.istitle() and word.lower() in known for word in words)
    )


def small(word: str) -> str:
    """A word of a headline in small letters, unless it may be a name."""
    lower = word.lower()
    titles = lexicon("role_heads"), lexicon("role_modifiers"), lexicon("headline_words")
    return lower if word.istitle() and len(lower) == len(word) and any(lower in t for t in titles) else word


def joined(block: re.Match[str]) -> str:
    """A block of lines, with spaces for its line breaks if they are those of wrapped text."""
    return block[0].replace("\n", " ") if wrapped(block[0].split("\n")) else block[0]


def wrapped(lines: list[str]) -> bool:
    """Whether a paragraph was broken into these lines: each is full, and at least one break is within a sentence."""
    width = max(map(len, lines))
    words = [line.split(" ", 1)[0] for line in lines[1:]]
    return (
        width in WIDTHS
        and any(word[:1].islower() for word in words)
        and all(
            word and len(line.rstrip()) + 1 + len(word) > width
            for line, word in zip(lines, words, strict=False)
        )
    )


class FoldingTokenizer:
    """Wraps a pipeline's tokenizer: folds the text, and keeps the original as ``doc._.original``."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, text: str) -> Doc:
        doc: Doc = self.inner(fold(text))
        doc._.original = text
        return doc

    def pipe(self, texts: Iterable[str], **_: Any) -> Iterator[Doc]:
        return (self(text) for text in texts)

    def __getattr__(self, name: str) -> Any:
        if name == "inner":  # while unpickling there is no inner tokenizer to ask
            raise AttributeError(name)
        return getattr(self.inner, name)


def original(doc: Doc) -> str:
    """The text of the document before folding."""
    text: str | None = doc._.original
    return doc.text if text is None else text


UNITS = frozenset(("m.", "k."))
"""Exceptions of English tokenizers that would keep the full stop behind "$140m" from ending its sentence."""


def install(nlp: Language) -> None:
    """Make a pipeline fold typography before it tokenises, end sentences behind figures in millions, and end none
    behind an abbreviated honorific ("Capt. Doe")."""
    if isinstance(nlp.tokenizer, FoldingTokenizer):
        return
    tokenizer: Any = nlp.tokenizer
    if exceptions := getattr(tokenizer, "rules", None):
        honorifics = {word: [{"ORTH": word}] for word in lexicon("honorifics") if word.endswith(".")}
        known = {word: parts for word, parts in exceptions.items() if word not in UNITS}
        tokenizer.rules = honorifics | known
    nlp.tokenizer = FoldingTokenizer(tokenizer)


Doc.set_extension("original", default=None, force=True)
