"""The package as others install it: a wheel in a virtual environment, far from the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent

TEXT = "Jane Doe, chief executive of Acme Corp, said the company had paid $2 million for Bolt Ltd."


def test_an_installed_wheel_extracts_in_an_empty_folder(tmp_path: Path) -> None:
    python = Path(sys.executable)
    build = [python, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, symlinks=True)
    library = next(home.glob("lib/python*/site-packages"))
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--target", library, wheel]
    subprocess.run(install, check=True)
    # The dependencies come from the environment of the tests, whose own newsclaims is kept out of the way.
    ours = Path(sysconfig.get_path("purelib"))
    for package in ours.iterdir():
        if "newsclaims" not in package.name and not (library / package.name).exists():
            (library / package.name).symlink_to(package)
    empty = tmp_path / "empty"
    empty.mkdir()
    program = "import sys, newsclaims.cli as cli; print(cli.__file__, file=sys.stderr); cli.app()"
    command = [home / "bin" / "python", "-c", program, "extract", "-"]
    done = subprocess.run(command, cwd=empty, input=TEXT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert str(library) in done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert {claim["type"] for claim in claims} >= {"employment"}
    models = library / "newsclaims" / "models"
    assert {path.name for path in models.iterdir()} >= {"rules", "lexicons"}
    assert (library / "newsclaims" / "py.typed").is_file()
