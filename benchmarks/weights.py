"""Writes files of fitted weights, which ``newsclaims.weights`` reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsclaims.resources import models_dir

Models = Mapping[str, Mapping[str, Any] | None]
"""Models by name, in their stored form; nothing for those that could not be fitted."""


def save(name: str, models: Models, folder: Path | None = None) -> None:
    """Write those models of a file that could be fitted, to ``models/weights/`` or another folder; the same models make
    the same bytes."""
    kept = {key: model for key, model in models.items() if model is not None}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    file = (folder or models_dir() / "weights") / f"{name}.json.gz"
    file.write_bytes(gzip.compress(text.encode(), mtime=0))
