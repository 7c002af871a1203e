"""The HTTP service, spoken to as a client speaks to it."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from typer.testing import CliRunner

from newsclaims.cli import app as command_line
from newsclaims.errors import NewsclaimsError
from newsclaims.listening import listen
from newsclaims.schema import SCHEMA_VERSION, Article, Figure
from newsclaims.server.app import make_app
from newsclaims.server.batcher import Batcher, BusyError
from newsclaims.server.bodies import Limits


class Dollars:
    """An extractor that is quick to load: every "$5" is a figure. The word "fail" makes it fail."""

    def __init__(self):
        self.batches = []
        self.open = threading.Event()
        self.open.set()

    def extract(self, articles):
        self.open.wait(10)
        articles = list(articles)
        self.batches.append([article.id for article in articles])
        for article in articles:
            if "fail" in article.text:
                raise RuntimeError("odd text")
            yield article, [self.figure(article, at) for at in self.places(article.text)]

    def places(self, text):
        return [at for at in range(len(text)) if text.startswith("$5", at)]

    def figure(self, article, at):
        span = {"start": at, "end": at + 2, "text": "$5"}
        whole = {"start": 0, "end": len(article.text), "text": article.text}
        amount = {**span, "min": 5, "max": 5, "currency": "USD"}
        return Figure(
            id=f"{article.id}-{at}",
            doc=article.id,
            trigger=span,
            sentence=whole,
            amount=amount,
            confidence=1,
            rule="dollars",
        )


@contextmanager
def serving(extractor=None, **options):
    """The service on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = make_app(extractor or Dollars(), **options)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=20) as client:
            while not server.started:
                time.sleep(0.01)
            yield client
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def client():
    with serving() as found:
        yield found


def post(client, content, kind, **more):
    data = content.encode() if isinstance(content, str) else content
    return client.post("/extract", content=data, headers={"Content-Type": kind, **more})


def test_json_gives_the_article_and_its_claims(client):
    answer = client.post("/extract", json={"id": "a", "text": "🚀 costs $5", "title": "Costs"})

    body = answer.json()
    assert answer.status_code == 200
    assert body["document"]["title"] == "Costs"
    (claim,) = body["claims"]
    amount = claim["amount"]
    assert claim["doc"] == "a"
    assert body["document"]["text"][amount["start"] : amount["end"]] == "$5"


def test_plain_text_is_taken_as_it_is(client):
    body = post(client, "It cost $5.\r\nOr £4.", "text/plain").json()

    assert body["document"]["text"] == "It cost $5.\r\nOr £4."
    assert len(body["claims"]) == 1


def test_plain_text_may_declare_its_encoding(client):
    body = post(client, "Café $5".encode("latin-1"), "text/plain; charset=latin-1").json()

    assert body["document"]["text"] == "Café $5"


def test_html_gives_offsets_into_the_text_that_was_found(client):
    story = "<p>Halcyon of Leeds said on Monday that its new bicycle lamp costs $5 in every shop.</p>" * 3
    page = (
        f"<html><head><title>Lamp</title></head><body><nav>Home</nav><article>{story}</article></body></html>"
    )

    body = post(client, page, "text/html").json()

    text = body["document"]["text"]
    assert "<p>" not in text
    assert body["claims"]
    assert all(text[c["amount"]["start"] : c["amount"]["end"]] == "$5" for c in body["claims"])


def test_a_batch_comes_back_in_its_order_and_a_faulty_line_costs_no_other(client):
    lines = [
        '{"id": "a", "text": "$5"}',
        "",
        "{broken",
        '{"id": "b"}',
        '{"text": "fail"}',
        '{"text": "nothing"}',
    ]

    answer = post(client, "\n".join(lines), "application/x-ndjson")

    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [row["document"]["id"] for row in rows if "document" in row] == ["a", "request#6"]
    assert [row["line"] for row in rows if "error" in row] == [3, 4, 5]
    assert rows[2]["error"].startswith("text: ")
    assert rows[3]["error"] == "the pipeline failed on this article: odd text"


def test_a_line_that_is_nested_without_end_costs_no_other(client):
    answer = post(client, "[" * 100_000 + '\n{"text": "It cost $5."}\n', "application/x-ndjson")

    fault, good = (json.loads(line) for line in answer.text.splitlines())
    assert fault == {"error": "no JSON: nested too deeply", "line": 1}
    assert len(good["claims"]) == 1


def test_a_batch_is_answered_while_it_still_comes_in(client):
    connection = http.client.HTTPConnection(client.base_url.host, client.base_url.port, timeout=10)
    connection.putrequest("POST", "/extract")
    connection.putheader("Content-Type", "application/x-ndjson")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    def send(line):
        connection.send(b"%x\r\n%s\r\n" % (len(line), line))

    send(b'{"id": "first", "text": "$5"}\n')
    answer = connection.sock.makefile("rb")
    assert b"200" in answer.readline()
    while answer.readline().strip():
        pass
    answer.readline()
    assert json.loads(answer.readline())["document"]["id"] == "first"
    send(b'{"id": "second", "text": ""}\n')
    connection.send(b"0\r\n\r\n")
    assert any(b'"line":2' in answer.readline() for _ in range(4))
    connection.close()


def test_a_batch_that_cannot_be_read_on_ends_with_an_error(client, monkeypatch):
    def broken(data, id):
        raise RuntimeError("no such luck")

    monkeypatch.setattr("newsclaims.server.app.from_json", broken)
    answer = post(client, '{"text": "$5"}\n', "application/x-ndjson")

    assert answer.json() == {"error": "the batch could not be read on: no such luck"}


def test_many_requests_at_once_share_batches():
    extractor = Dollars()
    with serving(extractor) as client:
        extractor.open.clear()
        answers = []

        def ask(number):
            answers.append(httpx.post(f"{client.base_url}/extract", json={"id": str(number), "text": "$5"}))

        threads = [threading.Thread(target=ask, args=[number]) for number in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        extractor.open.set()
        for thread in threads:
            thread.join()

    assert {answer.json()["claims"][0]["doc"] for answer in answers} == {str(n) for n in range(8)}
    assert max(len(batch) for batch in extractor.batches) > 1


@pytest.mark.parametrize(
    ("content", "kind", "status", "error"),
    [
        ("{", "application/json", 400, "no JSON"),
        ("[]", "application/json", 422, "no JSON object"),
        ('{"title": "x"}', "application/json", 422, "text: Field required"),
        ('{"text": "  "}', "application/json", 422, "text: has no text"),
        ('{"text": "x", "colour": 1}', "application/json", 422, "unknown field 'colour'"),
        (b"\xff\xfe", "text/plain", 400, "the body is no text in utf-8"),
        ("x", "text/plain; charset=klingon", 400, "the body is no text in klingon"),
        ("<html></html>", "text/html", 422, "the page"),
        ("x", "application/pdf", 415, "no articles in application/pdf"),
        ('{"text": "fail"}', "application/json", 500, "the pipeline failed on this article"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(client, content, kind, status, error):
    answer = post(client, content, kind)

    assert answer.status_code == status
    assert answer.json()["error"].startswith(error)


def test_a_body_in_another_encoding_is_refused_with_the_way_out(client):
    answer = post(client, "José Ibarra left Brell.".encode("cp1252"), "text/plain")
    assert answer.json()["error"].endswith("say what it is, as in Content-Type: text/plain; charset=cp1252")


def test_a_compressed_body_is_refused_as_such(client):
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = client.post("/extract", content=gzip.compress(b'{"text": "x"}'), headers=headers)

    assert answer.status_code == 415
    assert answer.json() == {"error": "the body is compressed (gzip); send it as it is"}


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", "/nowhere", 404, "nothing is at this address"),
        ("GET", "/extract", 405, "does not take that method"),
        ("POST", "/health", 405, "does not take that method"),
    ],
)
def test_a_request_that_went_astray_is_told_in_the_same_form(client, method, path, status, error):
    answer = client.request(method, path)

    assert answer.status_code == status
    assert list(answer.json()) == ["error"]
    assert error in answer.json()["error"]
    assert ("allow" in answer.headers) == (status == 405)


def test_the_document_of_an_answer_can_be_sent_again(client):
    first = post(client, '{"text": "Jane Orme was paid $5.", "title": "Pay"}', "application/json").json()
    again = post(client, json.dumps(first["document"]), "application/json")
    assert again.status_code == 200
    assert again.json() == first


def test_a_lone_surrogate_comes_back_as_one_character(client):
    body = client.post("/extract", content=b'{"text": "\\ud800 $5"}').json()

    assert body["document"]["text"] == "\ufffd $5"


def test_too_large_an_article_is_refused_whether_or_not_its_size_is_declared():
    with serving(limits=Limits(size=100)) as client:
        declared = post(client, "x" * 101, "text/plain")
        streamed = client.post(
            "/extract", content=iter([b"x" * 60] * 2), headers={"Content-Type": "text/plain"}
        )
        fits = post(client, "x" * 100, "text/plain")
        batch = post(
            client, '{"text": "$5"}\n{"text": "' + "x" * 200 + '"}\n{"text": "$5"}', "application/x-ndjson"
        )

    assert [declared.status_code, streamed.status_code, fits.status_code] == [413, 413, 200]
    rows = [json.loads(line) for line in batch.text.splitlines()]
    assert [list(row) for row in rows] == [["document", "claims"], ["error", "line"], ["document", "claims"]]


def test_an_article_that_takes_too_long_is_given_up():
    extractor = Dollars()
    with serving(extractor, limits=Limits(seconds=0.3)) as client:
        extractor.open.clear()
        answer = client.post("/extract", json={"text": "$5"})
        extractor.open.set()
        afterwards = client.post("/extract", json={"text": "$5"})

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert "within 0.3 seconds" in answer.json()["error"]
    assert afterwards.status_code == 200


def test_a_body_that_does_not_come_is_given_up():
    with serving(limits=Limits(seconds=0.3)) as client:
        connection = http.client.HTTPConnection(client.base_url.host, client.base_url.port, timeout=10)
        connection.putrequest("POST", "/extract")
        connection.putheader("Content-Length", "50")
        connection.endheaders(b"{")
        answer = connection.getresponse()
        assert answer.status == 408
        connection.close()


def test_a_full_queue_refuses_at_once():
    extractor = Dollars()
    extractor.open.clear()
    with Batcher(extractor, waiting=1) as batcher:
        first = batcher.submit(Article(id="1", text="$5"))
        while first.running() is False:
            time.sleep(0.01)
        second = batcher.submit(Article(id="2", text="$5"))
        with pytest.raises(BusyError):
            batcher.submit(Article(id="3", text="$5"))
        extractor.open.set()
        assert len(first.result(5)) == len(second.result(5)) == 1


def test_an_article_that_nobody_waits_for_any_more_is_passed_over():
    extractor = Dollars()
    extractor.open.clear()
    with Batcher(extractor, batch=1) as batcher:
        first = batcher.submit(Article(id="1", text="$5"))
        while first.running() is False:
            time.sleep(0.01)
        assert batcher.submit(Article(id="2", text="$5")).cancel()
        extractor.open.set()

    assert extractor.batches == [["1"]]


def test_health_version_and_documentation(client):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/version").json()["schema_version"] == SCHEMA_VERSION
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths["/extract"]["post"]["requestBody"]["content"]) >= {
        "application/json",
        "application/x-ndjson",
    }
    page = client.get("/docs").text
    assert "swagger" in page.lower()
    assert "https://" not in page  # works where there is no network


def test_a_page_that_bound_a_name_of_its_own_to_this_machine_gets_no_answer(client):
    answer = client.get("/version", headers={"Host": "evil.example"})

    assert answer.status_code == 421


def test_with_a_token_nothing_but_health_answers_without_it():
    with serving(token="s3cret") as client:
        assert client.get("/health").status_code == 200
        assert client.post("/extract", json={"text": "$5"}).status_code == 401
        assert client.get("/version", headers={"Authorization": "Bearer wrong"}).status_code == 401
        allowed = client.post("/extract", json={"text": "$5"}, headers={"Authorization": "Bearer s3cret"})
        assert allowed.status_code == 200


def test_a_service_that_others_can_reach_needs_a_token():
    with pytest.raises(ValueError, match="needs a token"):
        serving(host="0.0.0.0").__enter__()


def test_an_address_in_use_is_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(command_line, ["serve", "--port", str(taken.getsockname()[1])])

    assert result.exit_code == 2
    assert "cannot listen on 127.0.0.1" in result.stderr
    assert "try --port 0" in result.stderr


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_this_machines_asks_for_another(host):
    with pytest.raises(NewsclaimsError, match=f"cannot listen on {host} port 0: .*; choose another --host$"):
        listen(host, 0)
