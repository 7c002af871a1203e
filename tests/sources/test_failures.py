"""Each kind of bad input: one failure that says what is wrong, and everything else still read."""

from __future__ import annotations

import codecs
import os
import stat
from zipfile import ZIP_STORED

import pytest

from newsclaims.schema import Article, Failure
from newsclaims.sources import ReadOptions, read

from .samples import COMPRESS, TEXT, jsonl, parquet, pdf, tarred, zipped
from .test_formats import one, write

OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
SMALL = ReadOptions(max_article=10_000, max_file=100_000, free_unpacked=200_000)


def failure(path, options: ReadOptions | None = None) -> Failure:
    """The only thing that an input gives, which is a failure."""
    (item,) = read([path], options)
    assert isinstance(item, Failure), item
    assert "\n" not in item.message
    return item


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("a.txt", b"", "EmptyError", "empty"),
        ("a.txt", b" \r\n\t\n", "EmptyError", "no text"),
        ("a.txt", b"He\0 left" * 9, "BinaryError", "looks binary"),
        ("a.bin", bytes(range(32)) * 90, "BinaryError", "looks binary"),
        ("a.pdf", b"\x89PNG" + bytes(99), "BinaryError", ".pdf"),
        ("a.rtf", rb"{\rtf1\ansi Maria Acton left.}", "UnsupportedError", "save it as .docx"),
        ("a.txt", rb"{\rtf1\ansi Maria Acton left.}", "UnsupportedError", "rich text"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "UnsupportedError", "save it as .docx"),
        ("a.xlsx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "UnsupportedError", ".csv"),
        ("a.pptx", zipped({"[Content_Types].xml": b"", "ppt/slides/1.xml": b""}), "UnsupportedError", ".pdf"),
        ("a.odt", zipped({"mimetype": OPEN_DOCUMENT}, ZIP_STORED), "UnsupportedError", "OpenDocument"),
        ("a.xml", b"<?xml version='1.0'?><rss>Acton left.</rss>", "UnsupportedError", "XML"),
        ("a.txt", b"x" * 10_001, "TooLargeError", "larger than"),
        ("a.txt", codecs.BOM_UTF16_LE + b"\x00\xd8a\x00" * 9, "EncodingError", "UTF-16"),
        ("a.html", b"<html><body><form></form></body></html>", "EmptyError", "no article text"),
        ("a.json", b'[{"text": "A."},\n{"text": B}]', "SyntaxFaultError", "broken JSON"),
        ("a.json", b"[" * 9000, "SyntaxFaultError", "nested too deeply"),
        ("a.json", b'["' + b"x" * 99_000 + b'"]', "TooLargeError", "longer than"),
        ("a.json", b"[]", "NoArticleError", "no article"),
        ("a.json", b'{"text": "caf\xe9"}', "EncodingError", "UTF-8"),
        ("a.csv", b"id,body\n1,x\n", "FieldError", '"id", "body"'),
        ("a.csv", b"id,text\n", "NoArticleError", "no article"),
        ("a.parquet", parquet({"body": "x"}), "FieldError", '"body"'),
        ("a.pdf", pdf([]), "EmptyError", "OCR"),
        ("a.eml", b"Subject: x\n\n", "EmptyError", "no text"),
        ("a.zip", zipped({}), "NoArticleError", "no article"),
        ("a.zip", zipped({"photo.jpg": b"\xff\xd8\xff\0"}), "NoArticleError", "no article"),
        ("a.tar", tarred({}), "NoArticleError", "no article"),
        ("a.txt.gz", COMPRESS["gz"](TEXT.encode())[:-20], "DamagedError", "cut off"),
    ],
)
def test_a_bad_file_is_one_failure(tmp_path, name, data, error, words):
    item = [*read([write(tmp_path, name, data)], SMALL)][-1]
    assert (item.error, words in item.message) == (error, True), item


def test_a_failure_names_standard_input_in_words():
    assert Failure(source="-", error="EmptyError", message="is empty").told() == "standard input: is empty"
    assert Failure(source="a.csv", error="E", message="is bad", line=3).told() == "a.csv:3: is bad"


def test_missing_file_and_empty_folder(tmp_path):
    assert failure(tmp_path / "nowhere.txt").error == "NotFoundError"
    assert failure(tmp_path).error == "NoArticleError"
    assert failure(tmp_path).source == str(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = write(tmp_path, "a.txt", "Secret.")
    write(tmp_path, "b.txt", "Open.")
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser reads everything: let opening fail as it does for others
        real = open

        def refuse(name, *args, **kwargs):
            if not os.stat(name).st_mode & stat.S_IRUSR:
                raise PermissionError(13, "Permission denied")
            return real(name, *args, **kwargs)

        monkeypatch.setattr("builtins.open", refuse)
    item, article = read([tmp_path])
    assert (item.error, item.message) == ("UnreadableError", "cannot be read: Permission denied")
    assert article.text == "Open."


def test_bad_lines_cost_themselves_alone(tmp_path):
    data = b"".join(
        [
            b'{"text": "One."}\n',
            b"{broken\n",
            b'{"text": "' + b"x" * 20_000 + b'"}\n',
            b'{"title": "No text"}\n',
            b'["no", "object"]\n',
            b'{"text": 5}\n',
            b'{"text": null}\n',
            b'{"text": "caf\xe9 \xa35m"}\n',
            b'{"text": "\\ud83d lone \\u0000"}\n',
            b'{"text": ' + b"[" * 5000 + b"\n",
            b'{"text": "Last."}',
        ]
    )
    items = list(read([write(tmp_path, "a.jsonl", data)], SMALL))
    assert [(item.line, item.error) for item in items if isinstance(item, Failure)] == [
        (2, "SyntaxFaultError"),
        (3, "TooLargeError"),
        (4, "FieldError"),
        (5, "FieldError"),
        (6, "FieldError"),
        (7, "EmptyError"),
        (10, "SyntaxFaultError"),
    ]
    texts = [item.text for item in items if isinstance(item, Article)]
    assert texts == ["One.", "café £5m", "\ufffd lone \ufffd", "Last."]


def test_a_line_of_20_mb_is_one_failure(tmp_path):
    path = write(tmp_path, "a.jsonl", b'{"text": "' + b"x " * 10_000_000 + b'"}\n{"text": "Next."}\n')
    item, article = read([path])
    assert (item.error, item.line, article.id) == ("TooLargeError", 1, "a.jsonl#2")


def test_a_quote_that_is_never_closed_says_where_it_opens(tmp_path):
    path = write(tmp_path, "a.csv", 'text\nOne.\n"Two.\nThree.\n')
    article, item = read([path])
    assert (article.text, item.line, item.error) == ("One.", 3, "SyntaxFaultError")


def test_a_row_that_falls_into_too_many_cells_is_one_failure(tmp_path):
    data = "id,text\n1,One.\n2,Jane Orme, who left Globex Ltd, joined Acme Corp.\n3,Three.\n"
    first, item, last = read([write(tmp_path, "a.csv", data)])
    assert (first.text, last.text) == ("One.", "Three.")
    assert (item.error, item.line) == ("SyntaxFaultError", 3)
    assert item.message == "row has 4 cells, the header 2; is the text unquoted?"


def test_the_line_of_broken_json_is_said(tmp_path):
    path = write(tmp_path, "a.json", '[\n {"text": "One."},\n {"text": "Two."},\n {"text" "Three."}\n]')
    assert list(read([path]))[-1].line == 4


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            '[{"text": "One."}, {"text": 5}, {"text": ""}, 7]',
            ["2 has a number in", "3 has no text", "4 holds a number"],
        ),
        ('{"articles": [{"text": "One."}, {"title": "Two"}]}', ['2 has no field "text"']),
        ('[{"text": "One."}, {"text": Two}]', ["2: broken JSON: Expecting value"]),
        ('[{"text": "One."}, {"text": "' + "x" * 20_000 + '"}]', ["2 has an article of over"]),
        ('[{"text": "One."}, {"text": "' + "x" * 99_000 + '"}]', ["2: has a value longer than"]),
    ],
)
def test_an_element_of_a_json_list_is_named_by_its_number(tmp_path, data, said):
    article, *items = read([write(tmp_path, "a.json", data)], SMALL)
    assert article.text == "One."
    assert [
        item.message[: len("element ") + len(words)] for item, words in zip(items, said, strict=True)
    ] == [f"element {words}" for words in said]


def test_a_single_object_is_no_element(tmp_path):
    assert failure(write(tmp_path, "a.json", '{"text": 5}')).message.startswith("has a number")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_encodings_that_news_comes_in(tmp_path, encoding, name):
    text = "José Ibarra paid £5m – “cheap”, he said."
    data = f"text\n{text.replace(',', ';')}\n" if name == "a.csv" else text
    article = one(write(tmp_path, name, data.encode(encoding)))
    assert article.text.replace(";", ",") == text


@pytest.mark.parametrize("encoding", ["shift_jis", "koi8-r", "gb18030"])
def test_other_encodings_are_guessed(tmp_path, encoding):
    text = {"shift_jis": "日本の会社は田中さんを採用した。", "koi8-r": "Компания наняла Ивана Петрова. "}.get(
        encoding, "他于星期一离开了公司。"
    )
    assert one(write(tmp_path, "a.txt", (text * 5).encode(encoding))).text == text * 5


def test_utf8_that_is_cut_inside_a_letter_stays_utf8(tmp_path):
    assert one(write(tmp_path, "a.txt", "José, Zoë, café, naïve £5m é".encode()[:-1])).text == (
        "José, Zoë, café, naïve £5m \ufffd"
    )


@pytest.mark.parametrize("layer", COMPRESS)
def test_bombs_are_refused_while_they_unpack(tmp_path, layer):
    options = ReadOptions(max_article=10**9, free_unpacked=10**6)
    path = write(tmp_path, f"a.jsonl.{layer}", COMPRESS[layer](b'{"text": "' + b"a" * 30_000_000))
    assert failure(path, options).error == "BombError"


def test_bombs_in_archives_are_refused(tmp_path):
    zeros = b" " * 3_000_000
    for name, data in {
        "a.zip": zipped({f"{n}.jsonl": zeros for n in range(9)}),
        "b.tar.xz": COMPRESS["xz"](tarred({f"{n}.jsonl": zeros for n in range(9)})),
        "c.docx": zipped({"word/document.xml": b" " * 5000, **{f"word/{n}.bin": zeros for n in range(9)}}),
    }.items():
        items = list(read([write(tmp_path, name, data)], ReadOptions(free_unpacked=10**6)))
        assert "BombError" in {item.error for item in items}


def test_layers_end_at_a_small_depth(tmp_path):
    data = b"Deep."
    for depth in range(9):
        data = zipped({f"{depth}.zip" if depth else "a.txt": data})
        items = list(read([write(tmp_path, "a.zip", data)]))
        if depth < 5:
            assert [item.text for item in items] == ["Deep."]
        else:
            assert [item.error for item in items] == ["BombError"]


def test_a_broken_member_leaves_the_others(tmp_path):
    good = zipped({"a.txt": b"A." * 500, "b.txt": os.urandom(500).hex().encode(), "c.txt": b"C."})
    place = good.index(b"b.txt") + 60
    data = good[:place] + b"XXXX" + good[place + 4 :]
    kinds = [type(item) for item in read([write(tmp_path, "a.zip", data)])]
    assert kinds == [Article, Failure, Article]


def test_a_tar_with_a_broken_header_does_not_end_silently(tmp_path):
    data = tarred({f"{n}.txt": b"Text." for n in range(4)})
    data = data[:2048] + b"\xff" * 100 + data[2148:]
    items = list(read([write(tmp_path, "a.tar", data)]))
    assert [type(item) for item in items] == [Article, Article, Failure]


def test_a_locked_archive_says_so(tmp_path):
    data = bytearray(zipped({"a.txt": b"Text."}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert failure(write(tmp_path, "a.zip", bytes(data))).error == "ProtectedError"


def test_a_page_of_countless_elements_is_refused(tmp_path):
    assert failure(write(tmp_path, "a.html", b"<html>" + b"<b>x</b>" * 100_001)).error == "TooLargeError"


def test_a_message_with_an_endless_header_is_read_at_once(tmp_path):
    path = write(tmp_path, "a.eml", b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nHe left.\n")
    assert one(path).text.strip() == "He left."


def test_rows_of_failures_and_articles_can_be_written(tmp_path):
    rows = jsonl({"id": "a\nb", "text": "x", "title": "two\nlines \x00"})
    (article,) = read([write(tmp_path, "a.jsonl", rows)])
    assert (article.id, article.title) == ("a\\nb", "two lines \ufffd")
    article.model_dump_json().encode()
