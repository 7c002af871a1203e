"""The command line as a person or a pipe meets it, with the real model, in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

NEWSCLAIMS = Path(sys.executable).parent / "newsclaims"

TEXT = "Jane Doe left Acme Corp on Monday to join Bolt Ltd as chief executive, for $2 million a year.\n"


def newsclaims(
    *arguments: str, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run([NEWSCLAIMS, *arguments], input=stdin, capture_output=True, text=True, cwd=cwd)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT)
    (folder / "sub" / "b.txt").write_text(TEXT.replace("Jane", "Joan"))
    (folder / ".hidden.txt").write_text(TEXT)
    return folder


def test_claims_go_to_standard_output_and_nothing_else_does(articles: Path) -> None:
    done = newsclaims("extract", str(articles))
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert {claim["doc"] for claim in claims} == {"a.txt", "sub/b.txt"}
    assert done.stderr == ""


def test_standard_input_is_read_too() -> None:
    done = newsclaims("extract", "-", stdin=TEXT)
    assert done.returncode == 0
    assert all(json.loads(line)["sentence"]["text"] in TEXT for line in done.stdout.splitlines())
    assert done.stdout


def test_how_large_an_article_may_be_is_chosen(tmp_path: Path) -> None:
    article = tmp_path / "giant.txt"
    article.write_text(TEXT + "\n" * (2**20 + 1))
    refused = newsclaims("extract", str(article), "--max-article", "1")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is larger than 1 MB: --max-article allows more" in refused.stderr
    read = newsclaims("extract", str(article), "--max-article", "2")
    assert read.returncode == 0, read.stderr
    assert read.stdout


def test_a_folder_gets_claims_documents_failures_and_the_run(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.txt").write_text("")
    out = tmp_path / "out"
    done = newsclaims("extract", str(articles), "-o", str(out))
    assert done.returncode == 1
    documents = [json.loads(line) for line in (out / "documents.jsonl").read_text().splitlines()]
    assert [document["id"] for document in documents] == ["a.txt", "sub/b.txt"]
    texts = {document["id"]: document["text"] for document in documents}
    for line in (out / "claims.jsonl").read_text().splitlines():
        claim = json.loads(line)
        trigger = claim["trigger"]
        assert texts[claim["doc"]][trigger["start"] : trigger["end"]] == trigger["text"]
    (failure,) = (json.loads(line) for line in (out / "failures.jsonl").read_text().splitlines())
    assert failure["source"].endswith("empty.txt")
    about = json.loads((out / "run.json").read_text())
    assert about["schema_version"] == "1"
    assert about["state"] == "complete"
    assert (about["counts"]["articles"], about["counts"]["failures"]) == (2, 1)
    assert "articles" in done.stderr
    assert str(out) in done.stderr


def test_the_first_failures_are_told_at_the_end_and_where_all_of_them_are(
    articles: Path, tmp_path: Path
) -> None:
    (articles / "empty.txt").write_text("")
    (articles / "rows.jsonl").write_text("{}\n" * 7)
    told = ["articles/empty.txt: is empty", *(f"articles/rows.jsonl:{n}: " for n in range(1, 5))]
    last = "newsclaims: 8 inputs failed; out/failures.jsonl says which and why"
    *said, end = newsclaims("extract", "articles", "-o", "out", cwd=tmp_path).stderr.splitlines()
    assert [line.startswith(start) for line, start in zip(said[-5:], told, strict=True)] == [True] * 5
    assert not any("rows.jsonl:5" in line for line in said)
    assert end == last
    quiet = newsclaims("extract", "articles", "-o", "out", "--quiet", cwd=tmp_path)
    assert (quiet.returncode, quiet.stderr) == (1, f"{last}\n")


def test_a_quiet_run_without_failures_says_nothing(articles: Path, tmp_path: Path) -> None:
    done = newsclaims("extract", "articles", "-o", "out", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_results_of_runs_among_the_articles_are_passed_over_with_a_word(
    articles: Path, tmp_path: Path
) -> None:
    first = newsclaims("extract", "articles", "-o", "articles/first", cwd=tmp_path)
    again = newsclaims("extract", "articles", "-o", "articles/first", cwd=tmp_path)
    assert (first.returncode, again.returncode) == (0, 0)
    assert "passed over" not in first.stderr + again.stderr  # a run's own results need no word
    done = newsclaims("extract", "articles", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "newsclaims: articles/first holds the results of a run and is passed over\n"
    assert done.stdout == (articles / "first" / "claims.jsonl").read_text()


def test_a_run_in_another_format_is_refused_by_all_that_read_it(articles: Path, tmp_path: Path) -> None:
    newsclaims("extract", "articles", "-o", "out", cwd=tmp_path)
    about = tmp_path / "out" / "run.json"
    about.write_text(about.read_text().replace('"schema_version": "1"', '"schema_version": "99"'))
    claims = (tmp_path / "out" / "claims.jsonl").read_bytes()
    for command in (
        ["show", "out"],
        ["report", "out"],
        ["gold", "out"],
        ["review", "out", "--no-open"],
        ["export", "out", "--to", "csv"],
        ["evaluate", "out/documents.jsonl", "out"],
        ["evaluate", "--against-reviews", "out"],
        ["schema", "--run", "out"],
    ):
        done = newsclaims(*command, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("newsclaims: out/run.json: schema_version 99 is not the 1 that")
        assert len(done.stderr.splitlines()) == 1
    further = newsclaims("extract", "articles", "-o", "out", cwd=tmp_path)
    assert further.returncode == 2
    assert "out holds results made before these changed: schema_version; choose another" in further.stderr
    assert (tmp_path / "out" / "claims.jsonl").read_bytes() == claims
    assert newsclaims("extract", "articles", "-o", "out", "--fresh", cwd=tmp_path).returncode == 0


def test_no_claim_depends_on_the_seed_of_hashes() -> None:
    corpus = Path(__file__).parent.parent / "corpus" / "articles"
    given = [
        subprocess.check_output([NEWSCLAIMS, "extract", corpus], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("0", "4")
    ]
    assert given[0] == given[1]


def test_a_second_run_says_that_nothing_is_new(articles: Path, tmp_path: Path) -> None:
    newsclaims("extract", str(articles), "-o", str(tmp_path / "out"))
    done = newsclaims("extract", str(articles), "-o", str(tmp_path / "out"), "--json-summary")
    assert json.loads(done.stderr)["kept"] == 2
    assert json.loads(done.stderr)["extracted_now"] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract"], "Missing argument"),
        (["extract", "a.txt", "--model", "no_such_model"], "no_such_model"),
        (["extract", "a.txt", "--min-confidence", "7"], "min-confidence"),
        (["extract", "a.txt", "--type", "mvoe"], "mvoe"),
        (["extract", "a.txt", "--rules", "none.toml"], "none.toml"),
        (["evaluate", "one.jsonl"], "GOLD"),
        (["evaluate", "none.jsonl", "none.jsonl"], "none.jsonl"),
        (["show", "none"], "none"),
    ],
)
def test_wrong_use_ends_with_status_2_and_says_why(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    done = newsclaims(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("mistyped", ["nowhere.txt", "nosuch/", "articles/a.txt/b.txt", "articles/*.md"])
def test_an_input_that_is_not_there_is_wrong_use_and_makes_no_folder(
    articles: Path, tmp_path: Path, mistyped: str
) -> None:
    done = newsclaims("extract", "articles", mistyped, "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"newsclaims: {mistyped} does not exist\n"
    assert not (tmp_path / "out").exists()


def test_a_link_that_leads_nowhere_fails_alone_in_its_folder(articles: Path, tmp_path: Path) -> None:
    (articles / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    done = newsclaims("extract", str(articles))
    assert done.returncode == 1
    assert done.stderr == f"{articles / 'gone.txt'}: does not exist\n"
    assert done.stdout


@pytest.mark.parametrize(
    ("given", "output", "said"),
    [
        ("articles", "articles", "articles cannot be input and folder of the results"),
        (".", "articles/..", ". cannot be input and folder of the results"),
        ("articles/sub", "articles", "articles/sub lies in the folder of the results, where nothing is read"),
        ("articles/a.txt", ".", "articles/a.txt lies in the folder of the results, where nothing is read"),
    ],
)
def test_results_go_into_no_folder_that_holds_the_input(
    articles: Path, tmp_path: Path, given: str, output: str, said: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = newsclaims("extract", given, "-o", output, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"newsclaims: {said}; choose another with -o\n"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_reader_that_has_had_enough_ends_the_run_quietly(articles: Path) -> None:
    for number in range(300):
        (articles / f"more{number}.txt").write_text(TEXT)
    run = subprocess.Popen([NEWSCLAIMS, "extract", articles], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.readline()
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait(timeout=60) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_how_to_go_on(
    articles: Path, tmp_path: Path, number: signal.Signals
) -> None:
    for more in range(150):
        (articles / f"more{more}.txt").write_text(TEXT * 30)
    command = [NEWSCLAIMS, "extract", articles, "-o", tmp_path / "out"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    claims = tmp_path / "out" / "claims.jsonl"
    for _ in range(600):
        if claims.exists() and claims.stat().st_size:
            break
        time.sleep(0.1)
    os.killpg(run.pid, number)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert said.splitlines()[-1] == "newsclaims: stopped; give the same command again to go on from here"
    assert "Traceback" not in said
    assert json.loads((tmp_path / "out" / "run.json").read_text())["state"] == "stopped"
    assert newsclaims("extract", str(articles), "-o", str(tmp_path / "out")).returncode == 0


def test_help_answers_at_once_since_nothing_heavy_is_loaded() -> None:
    heavy = ("spacy", "numpy", "pydantic", "rich.console", "pyarrow", "fastapi", "trafilatura")
    code = f"import sys, newsclaims.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
    times = []
    for _ in range(5):
        started = time.perf_counter()
        newsclaims("--help")
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3
