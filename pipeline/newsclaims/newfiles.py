"""Output that appears whole or not at all: written beside its place under another name, then renamed.

The folder that it goes into must be there: a mistyped path makes no folders.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsclaims.errors import NewsclaimsError


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A path for the block to create a file at; afterwards it is ``path``, replacing a file that was there.

    Devices and pipes (``/dev/null``, ``/dev/stdout``) are never replaced: what comes goes straight into them.

    Raises:
        NewsclaimsError: ``path`` is a folder, or cannot be written.
    """
    if path.is_dir():
        raise NewsclaimsError(f"{path} is a folder; name a file with -o")
    if path.exists() and not path.is_file():
        with _told(path):
            yield path
        return
    with _workplace(path) as workplace:
        yield workplace / "new"
        os.replace(workplace / "new", path)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty folder for the block to fill; afterwards it is ``path``, which must be new or empty.

    Raises:
        NewsclaimsError: ``path`` is a file or a folder with something in it, or cannot be written.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise NewsclaimsError(f"{path} is there already; name a new or empty folder with -o")
    with _workplace(path) as workplace:
        new = workplace / "new"
        new.mkdir()
        yield new
        if path.exists():
            path.rmdir()
        os.replace(new, path)


@contextmanager
def _workplace(path: Path) -> Iterator[Path]:
    """A folder on the same file system as ``path``, gone afterwards."""
    try:
        workplace = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except FileNotFoundError:
        raise NewsclaimsError(f"{path} cannot be written: there is no folder {path.parent}") from None
    except OSError as error:
        raise NewsclaimsError(f"{path} cannot be written: {error.strerror}") from None
    try:
        with _told(path):
            yield workplace
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in words that the disk refuses what the block writes."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NewsclaimsError(f"{path} cannot be written: {error.strerror or error}") from None
