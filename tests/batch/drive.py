"""A run of the engine in a process of its own, to be killed: ``python -m batch.drive JSONL DIR``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from batch.fakes import load
from newsclaims.batch.run import run
from newsclaims.batch.sinks import FolderSink
from newsclaims.batch.worker import Recipe
from newsclaims.schema import Article

if __name__ == "__main__":
    source, folder = sys.argv[1:]
    with open(source, encoding="utf-8") as lines:
        read = (Article(**json.loads(line), source=source) for line in lines)
        run(read, FolderSink(Path(folder), [source], commit_every=0.05), Recipe(load=load), workers=2)
