"""The parts import those before them in the flow of ARCHITECTURE.md, never those after them."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsclaims

PACKAGE = Path(newsclaims.__file__).parent

FLOORS = """
errors schema
resources scales tables newfiles listening json_schema wording marks
weights
forest linear
judges
sources
language
claims
pipeline
extraction
batch
distributed
runs
review
export
evaluate report notebook
api server rulebook
commands
cli
__main__
"""
"""A part may import those of the lines above its own."""

FLOOR = {part: number for number, line in enumerate(FLOORS.splitlines()) for part in line.split()}

Import = tuple[str, str, str]
"""The importing file, the part that it imports from, and the name."""


def imports() -> Iterator[Import]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                modules = [(node.module or "", alias.name) for alias in node.names]
            elif isinstance(node, ast.Import):
                modules = [(alias.name, "") for alias in node.names]
            else:
                continue
            for module, name in modules:
                first, _, inner = f"{module}.{name}".partition(".")
                if first == "newsclaims":
                    yield path.relative_to(PACKAGE).as_posix(), inner.split(".")[0], name


def part_of(file: str) -> str:
    return file.partition("/")[0].removesuffix(".py")


def test_every_part_has_its_place() -> None:
    parts = {part_of(path.relative_to(PACKAGE).as_posix()) for path in PACKAGE.rglob("*.py")}
    assert parts - {"__init__"} == FLOOR.keys()


def test_imports_go_one_way() -> None:
    upward = [
        (file, part)
        for file, part, _ in imports()
        if part_of(file) not in (part, "__init__") and part in FLOOR and FLOOR[part] >= FLOOR[part_of(file)]
    ]
    assert not upward


def test_no_module_takes_a_private_name_of_another() -> None:
    taken = [(file, name) for file, _, name in imports() if name.startswith("_")]
    assert {name for _, name in taken} <= {"__version__"}, taken


READERS = [
    "runs",
    "export.registry",
    "evaluate",
    "report.page",
    "review.app",
    "sources.registry",
    "server.app",
]


@pytest.mark.parametrize("module", READERS)
def test_what_reads_articles_or_a_finished_run_loads_no_model(module: str) -> None:
    code = f"import newsclaims.{module}, sys; print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
