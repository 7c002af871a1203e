"""Why an input gives no article: the class names ``Failure.error``, the message ``Failure.message``."""

from __future__ import annotations

from newsclaims.errors import InputError


class ReadError(InputError):
    """Base of what readers raise; ``line`` is the line of the file at fault, counted from 1."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class NotFoundError(ReadError):
    """There is no such file or folder."""


class UnreadableError(ReadError):
    """The file is there and cannot be opened or read: permission, a device, the network."""


class EmptyError(ReadError):
    """The file, row or page has no text."""


class NoArticleError(ReadError):
    """The folder, archive or table was read and holds no article."""


class BinaryError(ReadError):
    """The bytes are no text, and no format that has a reader."""


class EncodingError(ReadError):
    """The bytes are text in an encoding that could not be told."""


class DamagedError(ReadError):
    """The file begins like its format, and then breaks off or contradicts itself."""


class SyntaxFaultError(ReadError):
    """Broken JSON or CSV."""


class FieldError(ReadError):
    """A row without the field that holds the text, or with something else than text in it."""


class TooLargeError(ReadError):
    """An article, line or file above the limits of :class:`~newsclaims.sources.options.ReadOptions`."""


class BombError(ReadError):
    """A compressed input that unpacks to far more than its own size, or has too many layers."""


class ProtectedError(ReadError):
    """A password is needed."""


class UnsupportedError(ReadError):
    """A variety of a format, or a kind of address, that cannot be read."""


class MissingPackageError(ReadError):
    """The format or the address needs a package that is not installed."""
