"""What the user named to read and to write, looked at before anything is made."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from newsclaims.errors import InputError
from newsclaims.sources.files import printable
from newsclaims.sources.remote import is_address
from newsclaims.sources.walk import STDIN


def check(inputs: Sequence[str], output: Path | None) -> None:
    """See to it that every input is there and can be told from the results.

    What lies behind an address is known when it is read, and a file that goes away meanwhile becomes a failure.
    But a name that was mistyped, or a disk that is not mounted, must not pass for articles that are gone, whose
    claims a further run would take out.

    Raises:
        InputError: a file or folder does not exist, or is in the folder of the results or that folder itself.
    """
    results = output.resolve() if output else None
    for given in inputs:
        if given == STDIN or is_address(given):
            continue
        if not _exists(given):
            raise InputError(f"{printable(given)} does not exist")
        place = Path(given).resolve()
        if place == results:
            raise InputError(
                f"{printable(given)} cannot be input and folder of the results; choose another with -o"
            )
        if results in place.parents:
            raise InputError(
                f"{printable(given)} lies in the folder of the results, where nothing is read; choose another with -o"
            )


def _exists(path: str) -> bool:
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # it may be there and closed to us, which the reader says
        return True
    return True
