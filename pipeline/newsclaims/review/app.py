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
    here = Path(__file__).parent
    app.mount("/static", StaticFiles(directory=here / "static"), name="static")
    pages = Environment(
        loader=PackageLoader("newsclaims.review"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    pages.filters |= {"words": lambda name: str(name).replace("_", " ").replace("-", " "), "shown": shown}
    pages.tests["weblink"] = _is_weblink
    template = pages.get_template("review.html")

    def who(request: Request) -> str:
        return _from_cookie(request.cookies.get(_REVIEWER, "")) or reviewer

    def look(request: Request) -> Response:
        given = dict(request.query_params)
        at = int(given["at"]) if re.fullmatch(r"\d{1,12}", given.get("at", "")) else None
        chosen = Filter.of(given)
        pulse = desk.pulse()  # before the view: what is decided meanwhile makes the page look again
        view = desk.view(chosen, given.get("doc", ""), given.get("claim", ""), at)
        return HTMLResponse(
            template.render(
                view=view, filter=chosen, reviewer=who(request), kinds=list(desk.kinds), orders=list(ORDERS),
                states=STATES, certainties=CERTAINTIES, pulse=pulse, notes=desk.notes(),
                choices=desk.choices(),
            )
        )  # fmt: skip

    def back(request: Request, form: dict[str, str], address: str | None = None) -> Response:
        chosen = Filter.of(dict(request.query_params))
        return RedirectResponse(address or chosen.address(doc=form["doc"], claim=form["claim"]), 303)

    @app.get("/")
    def page(request: Request) -> Response:
        return look(request)

    @app.post("/decide")
    def decide(request: Request, form: Form) -> Response:
        chosen = Filter.of(dict(request.query_params))
        decision = form["decision"]
        if decision == "comment":
            desk.comment(form["doc"], form["claim"], who(request), form["comment"])
            return back(request, form)
        return back(request, form, desk.decide(chosen, form["doc"], form["claim"], who(request), decision))

    @app.post("/edit")
    def edit(request: Request, form: Form) -> Response:
        make = _CHANGES.get(form["change"])
        if make is None:
            raise NewsclaimsError(f"{form['change']!r} is no change")
        desk.change(form["doc"], form["claim"], who(request), lambda editor, row: make(editor, row, form))
        return back(request, form)

    @app.post("/add")
    def add(request: Request, form: Form) -> Response:
        claim = desk.add(form["doc"], form["type"], form.number("start"), form.number("end"), who(request))
        return RedirectResponse(
            Filter.of(dict(request.query_params)).address(doc=form["doc"], claim=claim), 303
        )

    @app.post("/undo")
    def undo(request: Request, form: Form) -> Response:
        undone = desk.undo(who(request))
        if undone is None:
            raise NewsclaimsError("you have nothing to undo")
        doc, claim = undone
        if claim == WHOLE_ARTICLE and form.get("doc") == doc:
            claim = form.get("claim", "")
        place = {"doc": doc, "claim": claim} if desk.has(doc, claim) else {"doc": doc}
        return RedirectResponse(Filter.of(dict(request.query_params)).address(**place), 303)

    @app.post("/finish")
    def finish(request: Request, form: Form) -> Response:
        desk.finish(form["doc"], who(request))
        return back(request, {"claim": "", **form})

    @app.post("/reviewer")
    def rename(request: Request, form: Form) -> Response:
        answer = back(request, {"doc": "", "claim": "", **form})
        name = " ".join(form["reviewer"].split())[:80]
        if not name:
            raise NewsclaimsError("give a name")
        answer.set_cookie(_REVIEWER, name.encode().hex(), httponly=True, samesite="strict")
        return answer

    @app.get("/suggest")
    def suggest(field: str, q: str = "") -> Response:
        return JSONResponse(desk.suggest(field, q))

    @app.get("/pulse")
    def pulse() -> Response:
        return JSONResponse(desk.pulse())

    @app.exception_handler(NewsclaimsError)
    def refused(_request: Request, error: Exception) -> Response:
        return PlainTextResponse(f"{error}\n", 404 if isinstance(error, MissingError) else 422)

    @app.exception_handler(OSError)
    def unwritten(_request: Request, error: OSError) -> Response:
        return PlainTextResponse(f"Not kept: {error.strerror or error}.\n", 507)

    return app


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
