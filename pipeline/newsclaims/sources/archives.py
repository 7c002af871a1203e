"""``.zip`` and ``.tar``: the files inside, in the archive's order, never unpacked to disk.

Hidden members, and the shadow files that macOS adds, are left out, as hidden files are in folders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from tarfile import TarFile, TarInfo
from typing import Any, Self

from newsclaims.sources.errors import DamagedError, ProtectedError
from newsclaims.sources.files import Item, SourceFile
from newsclaims.sources.options import MIB


def zip(file: SourceFile) -> Iterator[Item]:
    from zipfile import ZipFile, ZipInfo

    def opened(archive: ZipFile, member: ZipInfo) -> Any:
        if member.flag_bits & 1:
            raise ProtectedError("is locked with a password")
        return archive.open(member)

    with ZipFile(file.random_access()) as archive:
        for member in archive.infolist():
            if not member.is_dir() and not hidden(member.filename):
                yield file.member(partial(opened, archive, member), member.filename)


def tar(file: SourceFile) -> Iterator[Item]:
    with TarFile.open(fileobj=file.stream, mode="r|", tarinfo=_Header) as archive:
        while member := archive.next():
            archive.members = []  # type: ignore[attr-defined]  # tarfile would remember every member
            if member.isfile() and not hidden(member.name):
                opener: Callable[[], Any] = partial(archive.extractfile, member)
                yield file.member(opener, member.name)


def hidden(path: str) -> bool:
    """Whether a member, or a folder around it, is hidden."""
    parts = path.split("/")
    return any(part.startswith(".") and part.strip(".") for part in parts) or "__MACOSX" in parts


class _Header(TarInfo):
    """A member's header that says what is wrong with it, where tarfile takes a broken one for the end."""

    @classmethod
    def fromtarfile(cls, tarfile: TarFile) -> Self:
        from tarfile import EmptyHeaderError, EOFHeaderError, HeaderError  # type: ignore[attr-defined]

        try:
            return super().fromtarfile(tarfile)
        except (EmptyHeaderError, EOFHeaderError):
            raise
        except HeaderError as error:
            raise DamagedError(f"is damaged or cut off ({error})") from None

    def _proc_member(self, tarfile: TarFile) -> TarInfo:
        if not self.isfile() and self.size > MIB:  # names and comments, which tarfile holds in memory
            raise DamagedError("has a header of more than 1 MB: damaged, or a bomb")
        return super()._proc_member(tarfile)  # type: ignore[misc,no-any-return]
