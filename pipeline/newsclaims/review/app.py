"""The review page over HTTP: every address is one look at the desk, every change a form sent to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined

from newsclaims.errors import NewsclaimsError
from newsclaims.marks import shown
from newsclaims.review.columns import ORDERS
from newsclaims.review.desk import Desk, MissingError
from newsclaims.review.editing import CERTAINTIES, Editor, Row
from newsclaims.review.guard import Guard
from newsclaims.review.queries import Filter
from newsclaims.runs.decisions import STATES, WHOLE_ARTICLE

_LONGEST_FORM = 64 * 1024
_REVIEWER = "newsclaims_reviewer"


class Fields(dict[str, str]):
    """The fields of a form as text.

    Raises:
        NewsclaimsError: one that is asked for is missing, or is no number.
    """

    def __missing__(self, name: str) -> str:
        raise NewsclaimsError(f"the form lacks the field {name}")

    def number(self, name: str) -> int:
        try:
            return int(self[name])
        except ValueError:
            raise NewsclaimsError(f"{name} is no number") from None


async def read_form(request: Request) -> Fields:
    """The form that a request brings.

    Raises:
        NewsclaimsError: it is longer than any that the page sends.
    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_FORM:
            raise NewsclaimsError("that is too long to be kept")
    return Fields(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


Form = Annotated[Fields, Depends(read_form)]


class Site:
    """What each address of the page answers, over one desk.

    Args:
        desk: the run under review.
        reviewer: who decides, until a visitor gives another name.
    """

    def __init__(self, desk: Desk, reviewer: str) -> None:
        self.desk = desk
        self.reviewer = reviewer
        pages = Environment(
            loader=PackageLoader("newsclaims.review"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        pages.filters |= {"words": lambda name: str(name).replace("_", " ").replace("-", " "), "shown": shown}
        pages.tests["weblink"] = _is_weblink
        self._template = pages.get_template("review.html")

    def page(self, request: Request) -> Response:
        given = dict(request.query_params)
        at = int(given["at"]) if re.fullmatch(r"\d{1,12}", given.get("at", "")) else None
        chosen = Filter.of(given)
        pulse = self.desk.pulse()  # before the view: what is decided meanwhile makes the page look again
        view = self.desk.view(chosen, given.get("doc", ""), given.get("claim", ""), at)
        return HTMLResponse(
            self._template.render(
                view=view, filter=chosen, reviewer=self._who(request), kinds=list(self.desk.kinds),
                orders=list(ORDERS), states=STATES, certainties=CERTAINTIES, pulse=pulse,
                notes=self.desk.notes(), choices=self.desk.choices(),
            )
        )  # fmt: skip

    def decide(self, request: Request, form: Form) -> Response:
        doc, claim, who, decision = form["doc"], form["claim"], self._who(request), form["decision"]
        if decision == "comment":
            self.desk.comment(doc, claim, who, form["comment"])
            return _back(request, doc=doc, claim=claim)
        return RedirectResponse(self.desk.decide(_filter(request), doc, claim, who, decision), 303)

    def edit(self, request: Request, form: Form) -> Response:
        make = _CHANGES.get(form["change"])
        if make is None:
            raise NewsclaimsError(f"{form['change']!r} is no change")
        doc, claim = form["doc"], form["claim"]
        self.desk.change(doc, claim, self._who(request), lambda editor, row: make(editor, row, form))
        return _back(request, doc=doc, claim=claim)

    def add(self, request: Request, form: Form) -> Response:
        start, end = form.number("start"), form.number("end")
        claim = self.desk.add(form["doc"], form["type"], start, end, self._who(request))
        return _back(request, doc=form["doc"], claim=claim)

    def undo(self, request: Request, form: Form) -> Response:
        undone = self.desk.undo(self._who(request))
        if undone is None:
            raise NewsclaimsError("you have nothing to undo")
        doc, claim = undone
        if claim == WHOLE_ARTICLE and form.get("doc") == doc:
            claim = form.get("claim", "")
        return _back(request, doc=doc, claim=claim) if self.desk.has(doc, claim) else _back(request, doc=doc)

    def finish(self, request: Request, form: Form) -> Response:
        self.desk.finish(form["doc"], self._who(request))
        return _back(request, doc=form["doc"], claim=form.get("claim", ""))

    def rename(self, request: Request, form: Form) -> Response:
        name = " ".join(form["reviewer"].split())[:80]
        if not name:
            raise NewsclaimsError("give a name")
        answer = _back(request, doc=form.get("doc", ""), claim=form.get("claim", ""))
        answer.set_cookie(_REVIEWER, name.encode().hex(), httponly=True, samesite="strict")
        return answer

    def suggest(self, field: str, q: str = "") -> Response:
        return JSONResponse(self.desk.suggest(field, q))

    def pulse(self) -> Response:
        return JSONResponse(self.desk.pulse())

    def _who(self, request: Request) -> str:
        return _from_cookie(request.cookies.get(_REVIEWER, "")) or self.reviewer


def make_app(desk: Desk, reviewer: str, host: str = "127.0.0.1", token: str | None = None) -> FastAPI:
    """The page over a desk.

    Args:
        desk: the run under review.
        reviewer: who decides, until a visitor gives another name.
        host: the address that the server listens on.
        token: what visitors must show where it is not the loopback address.
    """
    app = FastAPI(title="newsclaims review", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, host=host, token=token)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_exception_handler(NewsclaimsError, _refused)
    app.add_exception_handler(OSError, _unwritten)
    site = Site(desk, reviewer)
    app.get("/")(site.page)
    app.get("/suggest")(site.suggest)
    app.get("/pulse")(site.pulse)
    app.post("/decide")(site.decide)
    app.post("/edit")(site.edit)
    app.post("/add")(site.add)
    app.post("/undo")(site.undo)
    app.post("/finish")(site.finish)
    app.post("/reviewer")(site.rename)
    return app


def _refused(_request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 404 if isinstance(error, MissingError) else 422)


def _unwritten(_request: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    return PlainTextResponse(f"Not kept: {error.strerror or error}.\n", 507)


def _filter(request: Request) -> Filter:
    """What the page showed from which a form was sent."""
    return Filter.of(dict(request.query_params))


def _back(request: Request, **place: str) -> Response:
    """To the page as it was filtered, at this article and claim."""
    return RedirectResponse(_filter(request).address(**place), 303)


_CHANGES: dict[str, Callable[[Editor, Row, Fields], Row]] = {
    "fill": lambda editor, row, form: editor.fill(
        row, form["slot"], form.number("start"), form.number("end")
    ),
    "clear": lambda editor, row, form: editor.clear(row, form["slot"]),
    "rename": lambda editor, row, form: editor.rename(row, form["slot"], form["name"]),
    "retype": lambda editor, row, form: editor.retype(row, form["type"]),
    "set": lambda editor, row, form: editor.set(row, form["field"], form["value"]),
    "bounds": lambda editor, row, form: editor.bounds(
        row, form["min"], form["max"], form["currency"], form.get("approximate") == "on"
    ),
}


def _from_cookie(value: str) -> str:
    try:
        return bytes.fromhex(value).decode()
    except ValueError:
        return ""


def _is_weblink(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https")
