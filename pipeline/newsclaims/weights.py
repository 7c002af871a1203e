"""Files of fitted weights: JSON, compressed, in ``models/weights/``."""

from __future__ import annotations

import gzip
import json
from typing import Any

from newsclaims.resources import models_dir


def read_weights(name: str) -> dict[str, Any]:
    """What a file of weights holds, by the name of each model; nothing when the file is missing."""
    file = models_dir() / "weights" / f"{name}.json.gz"
    if not file.is_file():
        return {}
    stored: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return stored
