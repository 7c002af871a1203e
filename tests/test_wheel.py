"""The package as others install it: a wheel in a virtual environment, far from the checkout."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent

TEXT = "Jane Doe, chief executive of Acme Corp, said the company had paid $2 million for Bolt Ltd."


def test_an_installed_wheel_extracts_in_an_empty_folder(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    library = next(home.glob("lib/python*/site-packages"))
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(library),
        str(wheel),
    ]
    subprocess.run(install, check=True)
    # The dependencies come from the environment of the tests, whose own newsclaims is kept out of the way.
    for name in os.listdir(site.getsitepackages()[0]):
        if "newsclaims" not in name and name not in ("__pycache__", "bin"):
            (library / name).symlink_to(Path(site.getsitepackages()[0]) / name)
    empty = tmp_path / "empty"
    empty.mkdir()
    python = home / "bin" / "python"
    program = (
        "import newsclaims, newsclaims.cli; print(newsclaims.__file__, file=__import__('sys').stderr); "
        "newsclaims.cli.app()"
    )
    done = subprocess.run(
        [python, "-c", program, "extract", "-"], cwd=empty, input=TEXT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert str(library) in done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert {claim["type"] for claim in claims} >= {"employment", "deal"}
    models = library / "newsclaims" / "models"
    assert {path.name for path in models.iterdir()} >= {"rules", "lexicons"}
    assert (library / "newsclaims" / "py.typed").is_file()
