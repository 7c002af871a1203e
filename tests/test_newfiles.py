"""Output that appears whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from newsclaims.newfiles import new_file


def test_a_file_is_replaced_only_when_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "claims.csv"
    target.write_text("old")
    with new_file(target) as new:
        new.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_pipe_or_device_is_written_into_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    with new_file(pipe) as new:
        new.write_text("claims")
    reader.join(5)
    assert read == ["claims"]
    assert pipe.is_fifo()
