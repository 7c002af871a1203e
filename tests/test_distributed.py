"""The Ray engine on a cluster of this machine alone; needs ``newsclaims[ray]``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch.fakes import load
from newsclaims.batch.pool import Pool
from newsclaims.batch.run import run
from newsclaims.batch.sinks import FolderSink
from newsclaims.batch.worker import Recipe
from newsclaims.distributed import RayPool, write_shards
from newsclaims.sources import ReadOptions, read

ray = pytest.importorskip("ray")

RESULTS = ("claims.jsonl", "documents.jsonl", "failures.jsonl")


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    tests = str(Path(__file__).parent)
    ray.init(num_cpus=2, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": tests}})
    yield
    ray.shutdown()


@pytest.fixture
def source(tmp_path: Path) -> str:
    texts = [f"Person{n} joined Acme. {'filler ' * (n * 997 % 9_000)}" for n in range(20)]
    texts[3] = "CRASH"
    texts[7] = "EXIT"
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    return str(path)


def test_ray_gives_the_bytes_of_the_local_engine(source: str, tmp_path: Path) -> None:
    recipe = Recipe(load=load)
    for name, engine in (("local", Pool), ("ray", RayPool)):
        run(read([source]), FolderSink(tmp_path / name, [source]), recipe, workers=2, engine=engine)
    for name in RESULTS[:2]:
        assert (tmp_path / "ray" / name).read_bytes() == (tmp_path / "local" / name).read_bytes()
    errors = [json.loads(line)["error"] for line in (tmp_path / "ray" / RESULTS[2]).read_text().splitlines()]
    assert errors == ["ValueError", "WorkerDied"]


def test_shards_hold_every_article_once(source: str, tmp_path: Path) -> None:
    import pyarrow.dataset

    without_deaths = tmp_path / "calm.jsonl"
    without_deaths.write_text(Path(source).read_text().replace("EXIT", "calm"))
    folder = str(tmp_path / "shards")
    assert write_shards([str(without_deaths)], folder, Recipe(load=load), ReadOptions(), workers=2) == 20
    rows = pyarrow.dataset.dataset(folder).to_table().sort_by("number").to_pylist()
    assert [row["number"] for row in rows] == list(range(20))
    assert [row["error"] for row in rows if row["error"]] == ["ValueError"]
    assert json.loads(rows[5]["claims"][0])["person"]["text"] == "Person5"
    assert json.loads(rows[5]["document"])["id"] == "5"
