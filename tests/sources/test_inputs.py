"""Which files are read, in which order, and what their articles are called."""

from __future__ import annotations

import io
import os
import sys

import pytest

from newsclaims.schema import Article, Failure
from newsclaims.sources import ReadOptions, SourceFile, read, registry
from newsclaims.sources.unique import UniqueIds

from .samples import COMPRESS, FORMATS, TEXT, jsonl, zipped
from .test_formats import write


def ids(*inputs, options: ReadOptions | None = None) -> list[str]:
    return [item.id for item in read(inputs, options) if isinstance(item, Article)]


@pytest.fixture
def stdin(monkeypatch, tmp_path):
    """Feeds bytes to the standard input of the process."""
    opened = []

    def feed(data: bytes) -> None:
        opened.append(write(tmp_path, "stdin", data).open("rb"))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(opened[-1]))

    return feed


def test_a_folder_is_walked_in_the_order_of_names(tmp_path):
    for name in ("b.txt", "a/z.txt", "a.txt", "c/b.txt", "B.txt", ".git/x.txt", "c/.draft.txt"):
        write(tmp_path, name, name)
    assert ids(tmp_path) == ["B.txt", "a/z.txt", "a.txt", "b.txt", "c/b.txt"]


def test_inputs_are_read_in_the_order_given(tmp_path):
    one, two = write(tmp_path, "one.txt", "One."), write(tmp_path, "two.txt", "Two.")
    assert ids(two, one) == ["two.txt", "one.txt"]
    assert [item.source for item in read([str(two)])] == [str(two)]


def test_media_that_come_along_are_passed_over_but_read_when_named(tmp_path):
    photo = write(tmp_path, "photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF")
    write(tmp_path, "style.css", "p {}")
    write(tmp_path, "really-text.jpg", "He left Acme.")
    assert [item.source for item in read([tmp_path])] == [str(tmp_path / "really-text.jpg")]
    (failure,) = read([photo])
    assert failure.error == "BinaryError"


def test_linked_folders_are_walked_once_and_never_in_a_circle(tmp_path):
    write(tmp_path, "real/a.txt", "A.")
    (tmp_path / "real/up").symlink_to(tmp_path)
    (tmp_path / "link1").symlink_to(tmp_path / "real")
    (tmp_path / "link2").symlink_to(tmp_path / "real")
    (tmp_path / "file.txt").symlink_to(tmp_path / "real/a.txt")
    assert ids(tmp_path) == ["file.txt", "link1/a.txt", "real/a.txt"]


def test_a_folder_with_the_results_of_a_run_is_passed_over_with_a_word(tmp_path, caplog):
    write(tmp_path, "a.txt", "A.")
    write(tmp_path, "run/documents.jsonl", jsonl({"id": "a.txt", "text": "A."}))
    write(tmp_path, "run/claims.jsonl", jsonl({"id": "1", "type": "move", "doc": "a.txt"}))
    write(tmp_path, "run/run.json", '{"schema_version": "1", "state": "complete"}')
    assert ids(tmp_path) == ["a.txt"]
    assert [record.getMessage() for record in caplog.records] == [
        f"{tmp_path / 'run'} holds the results of a run and is passed over"
    ]
    assert ids(tmp_path / "run/documents.jsonl") == ["a.txt"]


@pytest.mark.parametrize("about", ['{"state": "complete"}', "[]", "{"])
def test_a_folder_whose_files_are_only_called_like_those_of_a_run_is_read(tmp_path, about):
    write(tmp_path, "notes/claims.jsonl", jsonl({"id": "x", "text": "A."}))
    write(tmp_path, "notes/run.json", about)
    assert ids(tmp_path)[0] == "x"


def test_a_link_to_nothing_is_one_failure(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    write(tmp_path, "good.txt", "Good.")
    assert [type(item) for item in read([tmp_path])] == [Failure, Article, Failure]


def test_a_pipe_in_a_folder_does_not_stop_the_run(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path, "z.txt", "Last.")
    failure, article = read([tmp_path])
    assert (failure.error, article.text) == ("UnreadableError", "Last.")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Maria Acton left Brell.\n", ["stdin"]),
        (jsonl({"id": "x", "text": "A."}, {"text": "B."}), ["x", "stdin#2"]),
        (COMPRESS["gz"](jsonl({"id": "x", "text": "A."})), ["x"]),
        (zipped({"a.txt": b"A."}), ["stdin/a.txt"]),
    ],
    ids=["text", "rows", "compressed", "archive"],
)
def test_standard_input_is_told_by_its_bytes(stdin, data, expected):
    stdin(data)
    assert ids("-") == expected


def test_ids_that_come_again_are_told_apart_the_same_way_each_time(tmp_path):
    write(tmp_path, "a/x.txt", "One.")
    write(tmp_path, "b/x.txt", "Two.")
    rows = write(tmp_path, "rows.jsonl", jsonl(*({"id": "x.txt", "text": f"Row {n}."} for n in range(50))))
    inputs = [tmp_path / "a", tmp_path / "b", rows, rows]
    first = ids(*inputs)
    assert len(set(first)) == len(first) == 102
    assert first[0] == "x.txt"
    assert all(name.startswith("x.txt~") for name in first[1:])
    assert ids(*inputs) == first


def test_a_crowded_filter_still_never_gives_an_id_twice():
    """Ten times more ids than bits: nearly all look as if they had been there, and none is repeated."""
    unique = UniqueIds(size=64)
    given = [unique.claim(f"id{n % 700}", f"place{n}") for n in range(1400)]
    assert len(set(given)) == 1400


def test_an_id_that_was_made_up_is_given_to_no_other_article():
    unique = UniqueIds(size=64)
    made = [unique.claim("x", "here") for _ in range(3)]
    assert len({*made, *(unique.claim(id, "there") for id in made)}) == 6


def test_names_with_newlines_and_bytes_that_are_no_utf8_are_escaped(tmp_path):
    write(tmp_path, "two\nlines.txt", "A.")
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:
        file.write(b"B.")
    assert ids(tmp_path) == ["caf\\xe9.txt", "two\\nlines.txt"]


def test_addresses_go_through_fsspec(tmp_path):
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe("/news/b.txt", b"B.")
    memory.pipe("/news/a/rows.jsonl.gz", COMPRESS["gz"](jsonl({"text": "Row."})))
    memory.pipe("/news/pack.zip", zipped({"in.txt": b"In."}))
    memory.pipe("/news/.hidden", b"No.")
    try:
        assert ids("memory://news") == ["a/rows.jsonl.gz#1", "b.txt", "pack.zip/in.txt"]
        assert ids("memory://news/b.txt") == ["b.txt"]
        assert ids("memory://news/*.txt") == ["b.txt"]
        (failure,) = read(["memory://news/none.txt"])
        assert failure.error == "NotFoundError"
    finally:
        memory.rm("/news", recursive=True)


def test_an_address_without_its_package_names_the_package(monkeypatch):
    for module in ("s3fs", "adlfs"):
        monkeypatch.setitem(sys.modules, module, None)
    (failure,) = read(["s3://bucket/news.jsonl"])
    assert failure.error == "MissingPackageError"
    assert "pip install 'newsclaims[remote]'" in failure.message
    assert "s3fs" in failure.message
    (failure,) = read(["abfs://bucket/news.jsonl"])
    assert failure.error == "MissingPackageError"
    assert "adlfs" in failure.message
    assert "newsclaims[remote]" not in failure.message
    (failure,) = read(["gopher://example.org/a.txt"])
    assert failure.error == "UnsupportedError"


def test_another_package_may_bring_a_reader(tmp_path, monkeypatch):
    """As by ``[project.entry-points."newsclaims.readers"]`` with ``shout = "mine:read"``."""
    from importlib.metadata import EntryPoint, EntryPoints

    def loud(file: SourceFile):
        yield file.article(file.read_all().decode().upper(), title="Loud")

    class Entry(EntryPoint):
        def load(self):
            return loud

    entries = EntryPoints([Entry("shout", "mine:read", registry.GROUP)])
    monkeypatch.setattr(registry, "entry_points", lambda **_: entries)
    for cached in (registry.suffixes, registry.reader, registry._foreign):
        cached.cache_clear()
    try:
        (article,) = read([write(tmp_path, "a.shout.gz", COMPRESS["gz"](b"quiet"))])
        assert (article.text, article.title) == ("QUIET", "Loud")
    finally:
        monkeypatch.undo()
        for cached in (registry.suffixes, registry.reader, registry._foreign):
            cached.cache_clear()


def test_a_format_without_its_package_names_the_package(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (failure,) = read([write(tmp_path, "a.pdf", FORMATS["pdf"])])
    assert (failure.error, "pypdf" in failure.message) == ("MissingPackageError", True)


def test_importing_the_package_loads_no_format_library():
    import subprocess

    code = "import sys, newsclaims.sources; print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("trafilatura", "pyarrow", "pypdf", "docx", "warcio", "fsspec", "yaml", "markdown_it"):
        assert f"'{heavy}'" not in loaded


def test_articles_stream_without_reading_ahead(tmp_path):
    """The first article of an archive comes before its broken end is met."""
    data = COMPRESS["gz"](jsonl(*({"text": f"{n} {TEXT} {os.urandom(400).hex()}"} for n in range(2000))))
    path = write(tmp_path, "a.jsonl.gz", data[: len(data) // 2])
    items = list(read([path]))
    assert len(items) > 500
    assert [type(item) for item in items[-2:]] == [Article, Failure]
    assert items[-1].error == "DamagedError"
