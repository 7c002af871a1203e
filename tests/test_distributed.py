"""The Ray engine on a cluster of this machine alone; needs ``newsclaims[ray]``."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from batch.fakes import Fake, load, load_without_its_library
from newsclaims.batch.pool import Pool
from newsclaims.batch.run import run
from newsclaims.batch.sinks import FolderSink
from newsclaims.batch.tally import Tally
from newsclaims.batch.worker import Recipe
from newsclaims.distributed import RayPool, cluster, write_shards
from newsclaims.errors import ModelError, NewsclaimsError
from newsclaims.resources import models_dir
from newsclaims.sources import ReadOptions, read

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed")

RESULTS = ("claims.jsonl", "documents.jsonl", "failures.jsonl")

TESTS = Path(__file__).parent


@pytest.fixture(scope="module", autouse=True)
def two_cores() -> Iterator[None]:
    """A cluster of two cores, on the loopback interface, whose actors find the fakes as these tests do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        import ray

        ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="FATAL")
        yield
        ray.shutdown()


@pytest.fixture
def source(tmp_path: Path) -> str:
    """Twenty articles, of which one fails, one ends the process that reads it, and one is no JSON."""
    texts = [f"Person{n} joined Acme. {'filler ' * (n * 997 % 9_000)}" for n in range(20)]
    texts[3] += "CRASH"
    texts[7] += "EXIT"
    lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)]
    lines[11] = "{"
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(lines))
    return str(path)


def extracted(
    source: str, folder: Path, engine: Any, recipe: Recipe | None = None, workers: int = 2
) -> Tally:
    sink = FolderSink(folder, [source])
    return run(read([source]), sink, recipe or Recipe(load=load), workers=workers, engine=engine)


def results(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in RESULTS]


def test_ray_gives_the_bytes_of_the_local_engine(source: str, tmp_path: Path) -> None:
    extracted(source, tmp_path / "local", Pool)
    extracted(source, tmp_path / "ray", RayPool)
    assert results(tmp_path / "ray") == results(tmp_path / "local")
    errors = [json.loads(line)["error"] for line in results(tmp_path / "ray")[2].splitlines()]
    assert errors == ["ValueError", "WorkerDied", "SyntaxFaultError"]


class OnceDeadly(Fake):
    """Kills the actor above it, once: the file that the recipe names as its model remembers it."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def extract(self, articles: Any) -> Any:
        for article in articles:
            if "Person13" in article.text and not self._mark.exists():
                self._mark.touch()
                os.kill(os.getppid(), signal.SIGKILL)
            yield from super().extract([article])


def load_once_deadly(recipe: Recipe) -> Fake:
    return OnceDeadly(Path(str(recipe.model)))


def test_an_actor_killed_in_mid_run_changes_no_byte(source: str, tmp_path: Path) -> None:
    extracted(source, tmp_path / "local", Pool)
    mark = tmp_path / "mark"
    extracted(source, tmp_path / "ray", RayPool, Recipe(model=str(mark), load=load_once_deadly))
    assert mark.exists()
    assert results(tmp_path / "ray") == results(tmp_path / "local")


def test_actors_that_find_no_room_keep_nobody_waiting(source: str, tmp_path: Path) -> None:
    tally = extracted(source, tmp_path / "ray", RayPool, workers=9)  # four find room on two cores
    assert tally.complete


def test_ctrl_c_ends_quietly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    texts = [f"SLEEP Person{n} joined Acme. {'filler ' * 4_000}" for n in range(40)]
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    command = [
        sys.executable,
        "-c",
        "from test_distributed import *; drive()",
        str(source),
        str(tmp_path / "out"),
    ]
    process = subprocess.Popen(
        command, cwd=TESTS, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    documents = tmp_path / "out" / "documents.jsonl"
    while process.poll() is None and not (documents.exists() and documents.stat().st_size):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=60) == ("stopped\n", "")
    resumed = extracted(str(source), tmp_path / "out", RayPool)
    assert resumed.kept
    assert resumed.extracted
    extracted(str(source), tmp_path / "local", Pool)
    assert results(tmp_path / "out") == results(tmp_path / "local")


def drive() -> None:
    """A run in a process of its own, for the test above."""
    sink = FolderSink(Path(sys.argv[2]), [sys.argv[1]], commit_every=0.05)
    with cluster():
        print("what Ray reports, and no claim")
        tally = run(read([sys.argv[1]]), sink, Recipe(load=load), workers=2, engine=RayPool)
    print("complete" if tally.complete else "stopped")


def test_what_keeps_the_pipeline_from_loading_is_one_line() -> None:
    with RayPool(Recipe(load=load_without_its_library), 1) as pool, pytest.raises(ModelError) as raised:
        pool.pipeline()
    assert "abacus" in str(raised.value)
    assert "\n" not in str(raised.value)


def load_deadly(recipe: Recipe) -> Fake:
    os.kill(os.getppid(), signal.SIGKILL)
    return Fake()


def test_a_cluster_on_which_actors_only_die_ends_the_run() -> None:
    with (
        RayPool(Recipe(load=load_deadly), 1) as pool,
        pytest.raises(NewsclaimsError, match="actors die") as raised,
    ):
        pool.pipeline()
    assert "\n" not in str(raised.value)


def load_with_rules(recipe: Recipe) -> Fake:
    (path,) = recipe.rules
    if path.name != "raids.toml" or path.read_text() != "rules":
        raise ModelError("other rules")
    return Fake()


def test_rule_files_need_not_be_where_the_actors_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # actors are where the cluster was started, and look there for relative paths
    Path("raids.toml").write_text("rules")
    with RayPool(Recipe(rules=(Path("raids.toml"),), load=load_with_rules), 1) as pool:
        assert pool.pipeline()


def test_machines_with_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(models_dir(), tmp_path / "models")
    (tmp_path / "models" / "more.json").write_text("{}")
    monkeypatch.setenv("NEWSCLAIMS_MODELS", str(tmp_path / "models"))
    models_dir.cache_clear()
    try:
        with (
            RayPool(Recipe(load=load), 1) as pool,
            pytest.raises(NewsclaimsError, match="differ in their rules"),
        ):
            pool.pipeline()
    finally:
        monkeypatch.undo()
        models_dir.cache_clear()


class LineSeparated(Fake):
    """Its claims hold a character that ends lines elsewhere, but not in JSON lines."""

    def extract(self, articles: Any) -> Any:
        for article, claims in super().extract(articles):
            yield article, [claim.model_copy(update={"doc": f"{article.id}\u2028"}) for claim in claims]


def load_line_separated(recipe: Recipe) -> Fake:
    return LineSeparated()


def shards(source: str, folder: Path, **options: Any) -> tuple[int, int]:
    recipe = Recipe(load=load_line_separated)
    return write_shards([source], str(folder), recipe, ReadOptions(), workers=2, **options)


def test_shards_hold_what_the_local_engine_writes(source: str, tmp_path: Path) -> None:
    import pyarrow.dataset

    extracted(source, tmp_path / "local", Pool, Recipe(load=load_line_separated))
    claims, documents, failures = results(tmp_path / "local")
    assert shards(source, tmp_path / "shards") == (17, 3)
    rows = pyarrow.dataset.dataset(tmp_path / "shards").to_table().sort_by("number").to_pylist()
    assert [row["number"] for row in rows] == list(range(20))
    assert b"".join(line.encode() for row in rows for line in row["claims"]) == claims
    assert all(json.loads(line)["type"] == "move" for row in rows for line in row["claims"])
    assert "".join(row["document"] for row in rows).encode() == documents
    failed = [
        {name: row[name] for name in ("source", "error", "message", "line")} for row in rows if row["error"]
    ]
    assert failed == [{"line": None, **json.loads(line)} for line in failures.splitlines()]
    about = json.loads((tmp_path / "shards" / "_run.json").read_text())
    assert (about["state"], about["counts"]) == ("complete", {"articles": 17, "failures": 3})


def test_databases_read_shards_even_without_a_claim(tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "dull.txt").write_text("Nothing happened.")
    shards(str(tmp_path / "dull.txt"), tmp_path / "shards")
    query = "select id, claims, typeof(claims) from read_parquet(?)"
    rows = duckdb.execute(query, [f"{tmp_path}/shards/*.parquet"]).fetchall()
    assert rows == [("dull.txt", [], "VARCHAR[]")]


def test_shards_are_not_mixed_with_older_ones(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Jane joined Acme.")
    assert shards(str(tmp_path / "one.txt"), tmp_path / "shards") == (1, 0)
    with pytest.raises(NewsclaimsError, match="--fresh"):
        shards(str(tmp_path / "one.txt"), tmp_path / "shards")
    assert shards(str(tmp_path / "one.txt"), tmp_path / "shards", fresh=True) == (1, 0)


def test_the_command_prints_the_claims_of_the_local_engine_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Jane Doe left Acme Corp on Monday to join Bolt Ltd as chief executive.\n"
    )
    command = [sys.executable, "-m", "newsclaims", "extract", "a.txt"]
    local = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    ray = subprocess.run([*command, "--engine", "ray"], cwd=tmp_path, capture_output=True, check=True)
    assert ray.stdout == local.stdout
    assert local.stdout
    assert ray.stderr == b""


def test_an_address_without_a_cluster_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Jane joined Acme.")
    done = subprocess.run(
        [sys.executable, "-m", "newsclaims", "extract", "a.txt", "--engine", "ray"],
        cwd=tmp_path,
        env={**os.environ, "RAY_ADDRESS": "127.0.0.1:1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("newsclaims: no Ray cluster answers at RAY_ADDRESS=127.0.0.1:1")
    assert done.stderr.count("\n") == 1
