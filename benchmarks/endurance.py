"""What a run must outlive, with the real command and model: kills, damaged inputs, and work without end.

Run with ``python -m benchmarks.endurance [kills] [damage] [memory]``; all three take about an hour. Each prints a
line, and the exit status is 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks import gold
from benchmarks.__main__ import ROOT, corpus, measure

EXTRACT = [sys.executable, "-m", "newsclaims", "extract"]
PROMISED = ("claims.jsonl", "documents.jsonl", "failures.jsonl")
CHANCE = random.Random(7)


def results(folder: Path) -> list[bytes]:
    """The files whose bytes a run promises."""
    return [(folder / name).read_bytes() for name in PROMISED]


def done(folder: Path) -> bool:
    """Whether a run into the folder has come to its end."""
    with suppress(OSError, ValueError):
        return bool(json.loads((folder / "run.json").read_text())["state"] == "complete")
    return False


def kills(folder: Path, count: int, words: int) -> tuple[bool, str]:
    """Kill the whole process group at random moments, each time go on, and compare with an unbroken run."""
    source = folder / "articles.jsonl"
    corpus(words, source)
    subprocess.run([*EXTRACT, source, "-q", "-o", folder / "whole"], check=True)
    whole, killed, rounds, alike = results(folder / "whole"), 0, 0, True
    while killed < count:
        rounds += 1
        broken = folder / f"broken{rounds}"
        command = [*EXTRACT, source, "-q", "-o", broken, "--workers", str(1 + rounds % 2)]
        while killed < count and not done(broken):
            process = subprocess.Popen(command, start_new_session=True)
            with suppress(subprocess.TimeoutExpired):
                process.wait(CHANCE.uniform(0.1, 12))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                killed += 1
        subprocess.run(command, check=True)
        alike = alike and results(broken) == whole
    return (
        alike,
        f"{killed} kills in {rounds} runs: {'the bytes' if alike else 'NOT the bytes'} of an unbroken one",
    )


def damaged(count: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of damaged files of all formats; every tenth has another format's suffix."""
    sys.path.insert(0, str(ROOT / "tests"))
    from sources.test_damage import SAMPLES, blank, cut, flip, repeat, splice  # type: ignore[import-not-found]

    harms: list[Callable[[bytearray, random.Random], bytearray]] = [cut, flip, blank, repeat, splice]
    suffixes = sorted(SAMPLES)
    for number in range(count):
        suffix = suffixes[number % len(suffixes)]
        data = bytes(harms[number // len(suffixes) % len(harms)](bytearray(SAMPLES[suffix]), CHANCE))
        yield f"{number:03}.{CHANCE.choice(suffixes) if number % 10 == 9 else suffix}", data


def damage(folder: Path, count: int) -> tuple[bool, str]:
    """Extract a folder of damaged files among good ones: each becomes articles or failures, and nothing else."""
    inputs, out = folder / "inputs", folder / "out"
    inputs.mkdir()
    names = []
    for name, data in damaged(count):
        (inputs / name).write_bytes(data)
        names.append(name)
    good = sorted((ROOT / "corpus/articles").glob("*.txt"))
    for path in good:
        (inputs / f"good {path.name}").write_bytes(path.read_bytes())
    (inputs / "round").symlink_to(inputs)
    (inputs / "nul.txt").write_bytes(b"\0" * 10_000)
    (inputs / "two\nlines.txt").write_bytes(good[0].read_bytes())
    (inputs / "surrogate.jsonl").write_text(json.dumps({"text": "A \ud800 lone surrogate."}) + "\n")
    (inputs / "line.jsonl").write_bytes(b'{"text": "' + b"long " * 4_000_000 + b'"}\n')
    run = subprocess.run([*EXTRACT, inputs, "-q", "-o", out], capture_output=True, text=True, timeout=1800)
    documents, failures = gold.read(out / "documents.jsonl"), gold.read(out / "failures.jsonl")
    sources = [str(row["source"]) for row in (*documents, *failures)]
    lost = [name for name in names if not any(f"/{name}" in source for source in sources)]
    read = sum("/good " in str(row["source"]) for row in documents)
    well = (
        run.returncode == 1 and "Traceback" not in run.stdout + run.stderr and not lost and read == len(good)
    )
    told = f"{len(failures)} failures, {len(documents)} articles, all {read} of {len(good)} good files"
    return (
        well,
        f"{count} damaged inputs: exit status {run.returncode}, {told}; lost {lost}; {run.stderr[-300:]}",
    )


def memory(folder: Path, sizes: list[int]) -> tuple[bool, str]:
    """The most memory of the process tree of one worker, for growing inputs: flat, and below 900 MB."""
    peaks = []
    for words in sizes:
        source = folder / "articles.jsonl"
        corpus(words, source)
        started = time.monotonic()
        run = measure([*EXTRACT, source, "-q", "--workers", "1", "-o", folder / f"out{words}"])
        peaks.append(run.peak)
        print(f"  {words:,} words: {run.peak:.0f} MB, {time.monotonic() - started:.0f} s", flush=True)
    flat = max(peaks) <= 1.05 * min(peaks)
    return flat and max(peaks) < 900, f"peak memory {min(peaks):.0f} to {max(peaks):.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trials", nargs="*", metavar="kills|damage|memory")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--words", type=int, default=300_000, help="of the run that is killed")
    parser.add_argument("--damaged", type=int, default=400)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000_000, 4_000_000, 8_000_000])
    options = parser.parse_args()
    trials: dict[str, Callable[[Path], tuple[bool, str]]] = {
        "kills": lambda folder: kills(folder, options.kills, options.words),
        "damage": lambda folder: damage(folder, options.damaged),
        "memory": lambda folder: memory(folder, options.sizes),
    }
    kept = True
    for name in options.trials or trials:
        with tempfile.TemporaryDirectory() as folder:
            well, told = trials[name](Path(folder))
        print(f"{'kept  ' if well else 'BROKEN'} {name}: {told}", flush=True)
        kept = kept and well
    sys.exit(not kept)


if __name__ == "__main__":
    main()
