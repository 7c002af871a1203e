"""Files behind addresses such as ``s3://bucket/folder`` and ``https://…``, by fsspec and its packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newsclaims.schema import Failure
from newsclaims.sources.dispatch import explained
from newsclaims.sources.errors import MissingPackageError, UnsupportedError
from newsclaims.sources.files import SourceFile, failure
from newsclaims.sources.options import ReadOptions

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?:::|://)")
_EXTRA = re.compile(r"(?:^|::)(?:https?|s3a?|gs|gcs)://", re.IGNORECASE)
"""Addresses whose packages come with the extra ``remote``."""
_PATTERN = re.compile(r"[*?\[]")


def is_address(given: str) -> bool:
    return _ADDRESS.match(given) is not None


def files(given: str, options: ReadOptions) -> Iterator[SourceFile | Failure]:
    """The file at an address, or all under it but hidden ones if it is a folder, in the order of their names;
    an address on another protocol than HTTP may be a pattern with ``*``."""
    from fsspec.core import url_to_fs

    web = given.startswith(("http://", "https://"))
    try:
        system, root = url_to_fs(given)
        base, paths = ("", None) if web else _listed(system, root)
    except ImportError as error:
        hint = f"pip install 'newsclaims[remote]' ({error})" if _EXTRA.search(given) else str(error)
        yield failure(given, MissingPackageError(f"needs a package that is not installed: {hint}"))
        return
    except ValueError as error:
        yield failure(given, UnsupportedError(f"cannot be read: {error}"))
        return
    except Exception as error:
        yield failure(given, explained(error))
        return

    def file(path: str, id: str, source: str) -> SourceFile:
        return SourceFile(
            lambda: system.open(path, "rb"),
            id=id,
            source=source,
            name=id.rpartition("/")[2],
            options=options,
            sought=paths is None,
            url=given if web else None,
        )

    if paths is None:
        name = root.partition("?")[0].rstrip("/").rpartition("/")[2]
        yield file(root, name or root, given)
        return
    for path in paths:
        inner = path.removeprefix(base).lstrip("/")
        if not any(part.startswith(".") for part in inner.split("/")):
            yield file(path, inner, system.unstrip_protocol(path))


def _listed(system: Any, root: str) -> tuple[str, list[str] | None]:
    """Folder and sorted paths of the files in it or that fit the pattern; no paths for a single file."""
    if pattern := _PATTERN.search(root):
        return root[: pattern.start()].rpartition("/")[0], sorted(system.glob(root))
    if system.isdir(root):
        return root, sorted(system.find(root), key=lambda path: path.split("/"))
    return "", None
