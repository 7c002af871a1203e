"""What a user or a package adds: rule files (``.toml``) and lexicons (``NAME.txt``), or folders of both.

They come from ``--rules``, from the ``newsclaims.toml`` of the working folder, and from packages by entry
points of the group ``newsclaims.rules``, whose object is a module (its folder is taken), a path, or a
function that gives paths.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from newsclaims.claims.rulefile import unknown
from newsclaims.errors import RuleError
from newsclaims.resources import lexicon_names

SETTINGS = "newsclaims.toml"
GROUP = "newsclaims.rules"
ALIKE = 0.75
"""How like the name of a lexicon another name is that was meant for it: ``README`` is not."""

log = logging.getLogger(__name__)


def user_files(given: Iterable[Path] = (), folder: Path = Path()) -> tuple[Path, ...]:
    """All files in force beside the built-in ones: packages' first, then the settings', then those given. Text files
    in their folders that are no lexicons are said to be passed over.

    Raises:
        RuleError: a file is missing, or is neither rules nor a known lexicon.
    """
    own = (*from_settings(folder), *given)
    files = with_packages(own)
    for path in (*from_packages(), *own):
        for stray in sorted(path.glob("*.txt")) if path.is_dir() else ():
            if not is_lexicon(stray):
                log.warning("%s is passed over: there is no lexicon of that name to add to", stray)
    return files


def with_packages(given: Sequence[Path]) -> tuple[Path, ...]:
    """The files of installed packages, then the given ones; each once, folders opened."""
    return tuple(dict.fromkeys(file for path in (*from_packages(), *given) for file in opened(path)))


def from_settings(folder: Path) -> list[Path]:
    """The paths under ``rules`` and ``lexicons`` of a folder's settings; none where it has no settings."""
    file = folder / SETTINGS
    if not file.is_file():
        return []
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: not TOML: {error}") from None
    out: list[Path] = []
    for key, value in data.items():
        if key not in ("rules", "lexicons"):
            raise RuleError(f"{file}: {unknown(key, ('rules', 'lexicons'))}")
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise RuleError(f'{file}: {key}: a list of paths is wanted: {key} = ["courts.toml"]')
        out += [folder / v for v in value]
    return out


def from_packages() -> list[Path]:
    """What installed packages ship.

    Raises:
        RuleError: one does not load, or ships nothing that could hold rules.
    """
    return [path for point in entry_points(group=GROUP) for path in paths_of(point.name, _loaded(point))]


def _loaded(point: EntryPoint) -> Any:
    try:
        return point.load()
    except Exception as error:  # whatever the package's own code raises
        raise RuleError(
            f"entry point {point.name!r} of {GROUP} ({point.value}) does not load: {error}; "
            f"mend or uninstall its package"
        ) from error


def paths_of(name: str, shipped: Any) -> list[Path]:
    """The paths that the object of an entry point stands for."""
    if isinstance(shipped, ModuleType) and hasattr(shipped, "__path__"):
        return [Path(root) for root in shipped.__path__]
    if isinstance(shipped, str | Path):
        return [Path(shipped)]
    if callable(shipped):
        given = shipped()
        return [Path(given)] if isinstance(given, str | Path) else [Path(path) for path in given]
    raise RuleError(f"entry point {name!r} of {GROUP} gives neither a package nor a path nor a function")


def opened(path: Path) -> list[Path]:
    """The rule files and lexicons of a folder, by name; a single file checked.

    Raises:
        RuleError: there is none, a file is named nearly like a lexicon, or one is no text in UTF-8.
    """
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            if not is_lexicon(file) and _meant_for_a_lexicon(file):
                raise _misnamed(file)
        found = [p for p in path.iterdir() if p.suffix == ".toml" or (p.suffix == ".txt" and is_lexicon(p))]
        if not found:
            raise RuleError(f"{path}: no rule file and no lexicon lies in this folder")
        for file in found:
            _check_text(file)
        return sorted(found)
    if not path.is_file():
        raise RuleError(f"{path}: no such rule file")
    if path.suffix == ".txt" and not is_lexicon(path):
        raise _misnamed(path)
    _check_text(path)
    return [path]


def _check_text(file: Path) -> None:
    try:
        file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise RuleError(f"{file}: not UTF-8 (byte {error.start}); save it in that encoding") from None
    except OSError as error:
        raise RuleError(f"{file}: cannot be read ({error.strerror})") from None


def _misnamed(path: Path) -> RuleError:
    hint = unknown(path.stem, lexicon_names())
    return RuleError(f"{path}: a lexicon is named after the one that it adds to: {hint}")


def _meant_for_a_lexicon(path: Path) -> bool:
    return bool(get_close_matches(path.stem.lower(), lexicon_names(), 1, ALIKE))


def is_lexicon(path: Path) -> bool:
    return path.suffix == ".txt" and path.stem in lexicon_names()
