"""Damaged inputs of every format: each gives articles or failures, in time, and raises nothing."""

from __future__ import annotations

import random
import time

import pytest

from newsclaims.schema import Article, Failure
from newsclaims.sources import read

from .samples import COMPRESS, FORMATS, TEXT, tarred, zipped
from .test_formats import write

_ALL = {f"m.{suffix}": data for suffix, data in FORMATS.items()}
SAMPLES = {
    **FORMATS,
    **{f"txt.{layer}": compress(TEXT.encode() * 20) for layer, compress in COMPRESS.items()},
    "zip": zipped(_ALL),
    "tar": tarred(_ALL),
    "tar.gz": COMPRESS["gz"](tarred(_ALL)),
    "zip.xz": COMPRESS["xz"](zipped({"in.tar.zst": COMPRESS["zst"](tarred(_ALL))})),
}


def cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def flip(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice([1, 3, 30])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def blank(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    data[start : start + 100] = bytes(len(data[start : start + 100]))
    return data


def repeat(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))] + data


def splice(data: bytearray, chance: random.Random) -> bytearray:
    other = SAMPLES[chance.choice(sorted(SAMPLES))]
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


@pytest.mark.parametrize("damage", [cut, flip, blank, repeat, splice], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("suffix", SAMPLES)
def test_damage_never_stops_a_run(tmp_path, suffix, damage, capfd):
    chance = random.Random(f"{suffix} {damage.__name__}")
    for number in range(5):
        write(tmp_path, f"{number}.{suffix}", bytes(damage(bytearray(SAMPLES[suffix]), chance)))
    lie = chance.choice(sorted(SAMPLES))
    write(tmp_path, f"lie.{lie}", SAMPLES[suffix])
    write(tmp_path, "two\nlines.txt", TEXT.encode())
    (tmp_path / "round").symlink_to(tmp_path)
    start = time.monotonic()
    items = list(read([tmp_path]))
    assert time.monotonic() - start < 20
    assert isinstance(items[-1], Article)
    assert items[-1].text == TEXT
    assert len(items) >= 7
    for item in items:
        item.model_dump_json().encode("utf-8")
        assert isinstance(item, Article) or (
            isinstance(item, Failure) and item.message.splitlines() == [item.message]
        )
    assert capfd.readouterr() == ("", "")
