"""What the reader of each format makes of a well-made file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsclaims.schema import Article
from newsclaims.sources import ReadOptions, read

from .samples import (
    ASCII,
    COMPRESS,
    DATE,
    FORMATS,
    PARAGRAPHS,
    TEXT,
    TITLE,
    docx,
    eml,
    html,
    jsonl,
    parquet,
    pdf,
    table,
    tarred,
    warc,
    zipped,
)


def one(path: Path, options: ReadOptions | None = None) -> Article:
    """The only thing in a file, which is an article."""
    (item,) = read([path], options)
    assert isinstance(item, Article), item
    return item


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_same_text(tmp_path, suffix):
    article = one(write(tmp_path, f"story.{suffix}", FORMATS[suffix]))
    assert article.text.strip() == TEXT
    assert article.title == (None if suffix == "txt" else TITLE)
    assert (article.date or "").startswith("" if suffix == "txt" else DATE)


@pytest.mark.parametrize("layer", COMPRESS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_may_be_compressed(tmp_path, suffix, layer):
    article = one(write(tmp_path, f"story.{suffix}.{layer}", COMPRESS[layer](FORMATS[suffix])))
    assert article.text.strip() == TEXT


@pytest.mark.parametrize("suffix", sorted(FORMATS.keys() - {"md", "csv", "tsv"}))
def test_the_content_decides_where_the_suffix_lies(tmp_path, suffix):
    """As a ``.dat`` that nobody knows, and as an archive that is none. Markdown and tables look like text."""
    for lie in ("dat", "pdf", "zip"):
        article = one(write(tmp_path, f"story.{lie}", FORMATS[suffix]))
        assert TEXT in article.text.strip()


def test_text_is_kept_but_for_its_line_ends(tmp_path):
    assert one(write(tmp_path, "a.txt", "  One.\r\nTwo.\rThree.\n\n")).text == "  One.\nTwo.\nThree.\n\n"


def test_markdown_reads_as_its_rendered_page(tmp_path):
    source = """# Acton *leaves* Brell

Maria **Acton** left [Brell](https://example.org)
on `Monday`.  ![a picture](a.png)

- two engineers
- a designer
  - from Leeds

1. first
2. second

| who   | where |
| ----- | ----- |
| Acton | Leeds |

> It hurts.

<!-- not for print -->
Last & least.
"""
    article = one(write(tmp_path, "a.md", source))
    assert article.text == (
        "Acton leaves Brell\n\nMaria Acton left Brell on Monday.\n\n"
        "- two engineers\n- a designer\n- from Leeds\n\n1. first\n2. second\n\n"
        "who\twhere\nActon\tLeeds\n\nIt hurts.\n\nLast & least."
    )
    assert article.title == "Acton leaves Brell"


@pytest.mark.parametrize(
    "matter",
    [
        '---\ntitle: "Deal: done"\ndate: 2024-05-06\nurl: https://example.org/a\n---\n',
        '+++\ntitle = "Deal: done"\ndate = 2024-05-06\nurl = "https://example.org/a"\n+++\n',
    ],
    ids=["yaml", "toml"],
)
def test_markdown_front_matter_is_no_text(tmp_path, matter):
    article = one(write(tmp_path, "a.md", matter + "# Head\n\nBody.\n"))
    assert (article.title, article.date, article.url) == ("Deal: done", "2024-05-06", "https://example.org/a")
    assert article.text == "Head\n\nBody."


def test_markdown_between_two_rules_is_no_front_matter(tmp_path):
    assert "Ms Acton left" in one(write(tmp_path, "a.md", "---\nMs Acton left.\n---\nMore.\n")).text


def test_html_leaves_menus_teasers_and_the_headline_out(tmp_path):
    article = one(write(tmp_path, "a.html", html([*PARAGRAPHS, "READ MORE: Another story of the day"])))
    assert article.text == TEXT


@pytest.mark.parametrize("tag", ["p", "div", "article"])
def test_html_of_one_sentence_is_an_article(tmp_path, tag):
    page = f"<{tag}>Maria Acton left Brell Motors.</{tag}>"
    assert one(write(tmp_path, "a.html", page)).text == "Maria Acton left Brell Motors."


def test_html_is_decoded_as_its_head_declares(tmp_path):
    cyrillic = "Компания наняла Ивана Петрова, сообщила в понедельник газета, и заплатила ему пять рублей."
    page = (
        html([cyrillic] * 3)
        .replace(b'charset="utf-8"', b'charset="koi8-r"')
        .decode()
        .encode("koi8-r", "ignore")
    )
    assert cyrillic in one(write(tmp_path, "a.html", page)).text


def test_html_takes_the_publishers_own_text_where_the_page_is_cut_up(tmp_path):
    body = "\n".join(f"Paragraph number {n}. {PARAGRAPHS[0]}" for n in range(9))
    data = json.dumps({"@type": "NewsArticle", "articleBody": f"{TEXT}\n{body}"})
    page = html().replace(b"</head>", f'<script type="application/ld+json">{data}</script></head>'.encode())
    assert "Paragraph number 8." in one(write(tmp_path, "a.html", page)).text


def test_rows_take_their_fields_from_the_options(tmp_path):
    row = {"nr": 7, "body": "He left.", "headline": "Gone", "day": DATE, "link": "https://example.org/7"}
    options = ReadOptions(
        id_field="nr", text_field="body", title_field="headline", date_field="day", url_field="link"
    )
    for name, data in {
        "a.jsonl": jsonl(row),
        "a.json": jsonl(row),
        "a.csv": table({key: str(value) for key, value in row.items()}),
        "a.parquet": parquet(row),
    }.items():
        path = write(tmp_path, name, data)
        assert one(path, options) == Article(
            id="7", text="He left.", title="Gone", date=DATE, url="https://example.org/7", source=str(path)
        )


def test_rows_without_an_id_are_called_after_their_line(tmp_path):
    write(tmp_path, "a.jsonl", '{"text": "One."}\n\n{"text": "Two."}\n')
    write(tmp_path, "b.csv", 'text,x\n"One\nand a half.",1\nTwo.,2\n')
    write(tmp_path, "c.json", '[{"text": "One."}, {"text": "Two."}]')
    write(tmp_path, "d.json", '{"text": "Alone."}')
    write(tmp_path, "e.parquet", parquet({"text": "One."}, {"text": "Two."}))
    assert [item.id for item in read([tmp_path]) if isinstance(item, Article)] == [
        *("a.jsonl#1", "a.jsonl#3", "b.csv#2", "b.csv#4", "c.json#1", "c.json#2", "d.json"),
        *("e.parquet#1", "e.parquet#2"),
    ]


def test_json_may_be_a_list_an_answer_of_a_service_or_a_sequence(tmp_path):
    rows = [{"id": str(n), "text": f"Number {n}."} for n in range(3)]
    for data in (rows, {"status": "ok", "tags": ["a"], "articles": rows}):
        path = write(tmp_path, "a.json", json.dumps(data, indent=1))
        assert [item.id for item in read([path])] == ["0", "1", "2"]
    path = write(tmp_path, "a.json", "\n".join(json.dumps(row, indent=1) for row in rows))
    assert [item.id for item in read([path])] == ["0", "1", "2"]


def test_a_long_json_list_is_read_element_by_element(tmp_path):
    """Elements cross the borders of what is read at a time; each comes out whole."""
    rows = [{"id": str(n), "text": f"{n} é " * (n % 900 + 1)} for n in range(2000)]
    path = write(tmp_path, "a.json", json.dumps(rows, ensure_ascii=False))
    assert [(item.id, item.text) for item in read([path])] == [(row["id"], row["text"]) for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_finds_its_delimiter(tmp_path, delimiter):
    path = write(
        tmp_path, "a.csv", table({"id": "1", "text": "He left; she stayed, too."}, delimiter=delimiter)
    )
    assert one(path).text == "He left; she stayed, too."


def test_a_row_may_lack_cells_at_its_end_or_have_empty_ones_there(tmp_path):
    data = "id,text,title\n1,One.\n2,Two.,Title,,\n"
    items = list(read([write(tmp_path, "a.csv", data)]))
    assert [(item.text, item.title) for item in items] == [("One.", None), ("Two.", "Title")]


def test_letters_that_a_font_joins_are_parted(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "pypdf.PageObject.extract_text", lambda _: "Acme o\ufb00ered the o\ufb03cer \ufb01ve million."
    )
    assert one(write(tmp_path, "a.pdf", pdf(["any"]))).text == "Acme offered the officer five million."


def test_pdf_lines_become_paragraphs(tmp_path):
    page = [
        "Larkfield Robotics has hired the former chief executive",
        "of Brell Motors, who led the carmaker for eleven years of",
        "growth and will now move to Leeds with four of her engi-",
        "neers.",
        "The company said on Monday that it would pay her a salary",
        "of £2.5m a year.",
    ]
    assert one(write(tmp_path, "a.pdf", pdf(page, ["Second page."]))).text == (
        "Larkfield Robotics has hired the former chief executive of Brell Motors, who led the carmaker for "
        "eleven years of growth and will now move to Leeds with four of her engineers.\n\n"
        "The company said on Monday that it would pay her a salary of £2.5m a year.\n\nSecond page."
    )


def test_docx_keeps_tables_in_their_place(tmp_path):
    path = write(tmp_path, "a.docx", docx(["Who went where:"], [["Acton", "Leeds"], ["Ibarra", "York"]]))
    assert one(path).text == "Who went where:\n\nActon\tLeeds\nIbarra\tYork"


def test_a_docx_cell_that_spans_columns_or_rows_is_read_once(tmp_path):
    from docx import Document

    document = Document()
    grid = document.add_table(3, 2)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "Acton joins Leeds"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "May"
    grid.cell(1, 1).text, grid.cell(2, 1).text = "signed", "announced"
    document.save(tmp_path / "a.docx")
    assert one(tmp_path / "a.docx").text == "Acton joins Leeds\nMay\tsigned\nannounced"


def test_eml_prefers_plain_text_and_reads_html_otherwise(tmp_path):
    assert one(write(tmp_path, "both.eml", eml("Plain words.", html()))).text.strip() == "Plain words."
    article = one(write(tmp_path, "page.eml", eml(None, html())))
    assert (article.text, article.title, article.date) == (TEXT, TITLE, "2024-05-06T08:00:00+01:00")


def test_warc_gives_its_pages_under_their_addresses(tmp_path):
    latin = html([paragraph.replace("“", '"').replace("”", '"') for paragraph in PARAGRAPHS])
    data = warc(
        {
            "https://example.org/1": ("200 OK", "text/html; charset=utf-8", html()),
            "https://example.org/moved": ("301 Moved", "text/html", b"<html>gone</html>"),
            "https://example.org/a.png": ("200 OK", "image/png", b"\x89PNG\r\n"),
            "https://example.org/2": (
                "200 OK",
                "text/plain; charset=latin-1",
                "José left.".encode("latin-1"),
            ),
            "https://example.org/3": ("200 OK", "application/pdf", pdf(ASCII[:1])),
            "https://example.org/4": ("200 OK", "text/html", latin),
        }
    )
    path = write(tmp_path, "crawl.warc.gz", COMPRESS["gz"](data))
    items = list(read([path]))
    assert [item.id for item in items] == [f"https://example.org/{n}" for n in (1, 2, 3, 4)]
    assert [item.url for item in items] == [item.id for item in items]
    assert items[0].source == f"{path}/https://example.org/1"
    assert items[1].text == "José left."
    assert items[2].text == ASCII[0]


@pytest.mark.parametrize(
    "name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz", "a.tar.bz2", "a.tar.xz", "a.tar.zst"]
)
def test_archives_give_their_members_in_order(tmp_path, name):
    members = {
        "news/b.txt": b"Second letter.",
        "news/a.jsonl": jsonl({"text": "A row."}, {"id": "given", "text": "Another."}),
        "news/.hidden": b"No.",
        "__MACOSX/news/b.txt": b"No.",
        "news/style.css": b"p {}",
        "news/photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        "inner.zip": zipped({"deep.txt.gz": COMPRESS["gz"](b"Deep down.")}),
    }
    data = zipped(members) if name == "a.zip" else tarred(members)
    layer = {"tgz": "gz", "zip": "", "tar": ""}.get(name.rsplit(".", 1)[1], name.rsplit(".", 1)[1])
    path = write(tmp_path, name, COMPRESS[layer](data) if layer else data)
    items = list(read([path]))
    assert [(item.id, item.text) for item in items] == [
        (f"{name}/news/b.txt", "Second letter."),
        (f"{name}/news/a.jsonl#1", "A row."),
        ("given", "Another."),
        (f"{name}/inner.zip/deep.txt.gz", "Deep down."),
    ]
    assert items[0].source == f"{path}/news/b.txt"
