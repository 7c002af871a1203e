"""``.json``: an object, a list of objects, an object with such a list inside, or objects in sequence.

A list is read element by element, so that it may be of any length. It may be one long line as well, so what is wrong
with an element is said with the element's number.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from newsclaims.schema import Article, Failure
from newsclaims.sources import rows
from newsclaims.sources.decoding import is_binary, marked
from newsclaims.sources.errors import BinaryError, EncodingError, SyntaxFaultError, TooLargeError
from newsclaims.sources.files import Item, SourceFile
from newsclaims.sources.options import MIB

_SPACE = re.compile(r"[ \t\r\n]*")


def read(file: SourceFile) -> Iterator[Item]:
    text = _Text(file)
    listed = text.skip("[")
    number = 0
    while text.peek() not in (("]", "") if listed else ("",)):
        line = text.line
        value = _element(text, number + 1) if listed else text.value()
        within = _within(value, file.options.text_field)
        for row in [value] if within is None else within:
            number += 1
            only = not listed and within is None and number == 1 and not text.peek()
            item = rows.article(file, row, line, file.id if only else f"{file.id}#{number}")
            yield item if only or isinstance(item, Article) else _numbered(item, number)
        if listed and not text.skip(",") and text.peek() != "]":
            raise SyntaxFaultError(f"broken JSON: no ',' or ']' after element {number}", text.line)
    if listed and not text.skip("]"):
        raise SyntaxFaultError("broken JSON: the list is never closed", text.line)


def _element(text: _Text, number: int) -> Any:
    """The next value of a list; where it cannot be read, the error names its number."""
    try:
        return text.value()
    except (SyntaxFaultError, TooLargeError) as error:
        raise type(error)(f"element {number}: {error}", error.line) from None


def _numbered(item: Failure, number: int) -> Failure:
    return item.model_copy(update={"message": f"element {number} {item.message}"})


def _within(value: Any, text_field: str) -> list[Any] | None:
    """The list of articles inside an object that is none itself, as news services answer."""
    if not isinstance(value, dict) or text_field in value:
        return None
    lists = (inner for inner in value.values() if isinstance(inner, list) and inner)
    return next((inner for inner in lists if all(isinstance(row, dict) for row in inner)), None)


class _Text:
    """A stream of JSON that gives one value at a time and knows its line."""

    def __init__(self, file: SourceFile) -> None:
        head = file.head()
        if is_binary(head):
            raise BinaryError("looks binary: it is no JSON")
        self.line = 1
        self._stream = file.stream
        self._decoder = codecs.getincrementaldecoder(marked(head) or "utf-8")()
        self._parser = json.JSONDecoder()
        self._limit = file.options.max_article
        self._text = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            end = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            self._move(end)
            if end < len(self._text) or not self._more():
                return self._text[end : end + 1]

    def skip(self, char: str) -> bool:
        """Move behind the next character if it is this one."""
        found = self.peek() == char
        if found:
            self._at += 1
        return found

    def value(self) -> Any:
        """The next value.

        Raises:
            SyntaxFaultError: it is broken.
            TooLargeError: it is longer than an article may be.
        """
        while True:
            try:
                value, end = self._parser.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                unfinished = error.pos > len(self._text) - 16 or error.msg.startswith("Unterminated")
                line = self.line + self._text.count("\n", self._at, error.pos)
                if not (unfinished and self._more()):
                    raise SyntaxFaultError(f"broken JSON: {error.msg.removesuffix(' at')}", line) from None
            except RecursionError:
                raise SyntaxFaultError("broken JSON: nested too deeply", self.line) from None
            except ValueError as error:  # a number of thousands of digits
                raise SyntaxFaultError(f"broken JSON: {error}", self.line) from None
            else:
                self._move(end)
                return value

    def _move(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _more(self) -> bool:
        """Read on, as much again as is waiting, and forget what is behind."""
        if self._ended:
            return False
        waiting = self._text[self._at :]
        if len(waiting) > self._limit:
            raise TooLargeError(
                f"has a value longer than {self._limit / MIB:.4g} MB: --max-article allows more", self.line
            )
        chunk = self._stream.read(max(64 * 1024, len(waiting)))
        self._ended = not chunk
        try:
            self._text, self._at = waiting + self._decoder.decode(chunk, final=self._ended), 0
        except UnicodeDecodeError:
            raise EncodingError("is not in UTF-8, as JSON must be", self.line) from None
        return not self._ended
