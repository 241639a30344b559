"""A board in a frame of another site: one small page without a session, of what is public anyway."""

import base64
import hashlib
from datetime import datetime
from html import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from cchc_app import routes
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.services import standings
from cchc_app.services.board_looks import BoardFreeze
from cchc_app.services.clock import server_now
from cchc_app.services.live_boards import get_feed, get_unit_feed
from cchc_app.services.throttle import BOARD, get_throttle
from cchc_app.settings import get_settings
from cchc_app.texts import embedded as texts
from cchc_app.texts import message
from cchc_app.theme import TOKENS

UNITS = "don-vi"
GROUNDS = ("sang", "toi")
ROWS, MOST_ROWS = 10, 50
REFRESH_SECONDS = 30
CACHE_CONTROL = "public, max-age=10"
Rows = list[tuple[str, str, str, str, str]]

router = APIRouter(include_in_schema=False)


def _colours(scheme: str) -> str:
    names = ("ink", "ink-soft", "paper", "surface", "line", "brand", "gold-soft", "gold-ink")
    return ";".join(f"--{name}:{getattr(TOKENS[name], scheme)}" for name in names)


STYLE = (
    f":root{{{_colours('light')};color-scheme:light}}"
    f"@media(prefers-color-scheme:dark){{:root:not(.sang){{{_colours('dark')};color-scheme:dark}}}}"
    f":root.toi{{{_colours('dark')};color-scheme:dark}}"
    "*{box-sizing:border-box;margin:0}"
    "body{font:400 15px/1.45 'Be Vietnam Pro',system-ui,sans-serif;background:var(--paper);color:var(--ink)}"
    "body{padding:12px}"
    "h1{font-size:17px;line-height:1.4;margin-bottom:8px}"
    "p{color:var(--ink-soft);margin:8px 0}"
    ".note{background:var(--gold-soft);color:var(--gold-ink);padding:8px 12px;border-radius:8px}"
    "table{width:100%;border-collapse:collapse;background:var(--surface);border:1px solid var(--line)}"
    "th,td{padding:8px 10px;border-top:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}"
    "tr>:first-child{width:1px}"
    "thead th{font-size:13px;color:var(--ink-soft);border-top:0}"
    ".n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}b{font-weight:600}"
    "small{display:block;font-size:13px;color:var(--ink-soft)}a{color:var(--brand)}"
)
# Reads the page again and puts the new lines in, so that nobody who reads there is thrown back to its top.
SCRIPT = (
    "const again=async()=>{if(document.hidden)return;try{const answer=await fetch(location.href);if(!answer.ok)return;"
    'const page=new DOMParser().parseFromString(await answer.text(),"text/html");'
    'document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes)}catch{}};'
    f'setInterval(again,{REFRESH_SECONDS * 1000});document.addEventListener("visibilitychange",again)'
)


def _hash(part: str) -> str:
    return base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()


@router.get(routes.EMBEDDED_BOARD)
def board(request: Request) -> Response:
    """The first lines of a board of people or of units."""
    asked = request.query_params
    try:
        get_throttle().take(BOARD, request.client.host if request.client else "")
        number = _number(asked.get(routes.BOARD_QUERY), server_now())
        title, body = _body(number, asked.get(routes.KIND_QUERY) == UNITS, _count(asked.get(routes.COUNT_QUERY)))
        return _page(title, body, asked.get(routes.GROUND_QUERY), 200)
    except ContestError as error:
        status = 429 if error.code is ErrorCode.TOO_MANY_REQUESTS else 200
        said = f"<p>{escape(message(error.code, error.details))}</p>"
        return _page(texts.TITLE, said, asked.get(routes.GROUND_QUERY), status)


def _number(name: str | None, now: datetime) -> int:
    wanted = OVERALL if name == routes.OVERALL_BOARD else _whole(name)
    current = standings.menu(get_database(), wanted=wanted, now=now).current
    if current is None:
        raise ContestError(ErrorCode.NO_PERIOD)
    return current


def _count(asked: str | None) -> int:
    return min(_whole(asked) or ROWS, MOST_ROWS)


def _whole(asked: str | None) -> int | None:
    """A whole number from 1; None for anything else."""
    return (int(asked) or None) if asked and asked.isascii() and asked.isdigit() and len(asked) < 4 else None


def _body(number: int, units: bool, count: int) -> tuple[str, str]:
    now = server_now()
    found = get_unit_feed().top(number, now=now) if units else get_feed().top(number, now=now)
    title = texts.title(number, units=units)
    if found.withheld_until is not None:
        words = texts.withheld(number, found.withheld_until, over=found.withheld_until <= now)
        return title, f"<p>{escape(words)}</p>"
    rows = [texts.line(row) for row in found.rows[:count]]
    lines = "".join(
        f'<tr><td class="n">{escape(rank)}</td><td><b>{escape(name)}</b><small>{escape(under)}</small></td>'
        f'<td class="n"><b>{escape(score)}</b><small>{escape(beside)}</small></td></tr>'
        for rank, name, under, score, beside in rows
    )
    rank, name, score = (escape(head) for head in texts.heads(units=units))
    heads = f'<th scope="col" class="n">{rank}</th><th scope="col">{name}</th><th scope="col" class="n">{score}</th>'
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>" if rows else f"<p>{texts.EMPTY}</p>"
    address = routes.unit_standings(_slug(number)) if units else routes.standings(_slug(number))
    whole = escape(get_settings().resolved_public_url + address)
    link = f'<p><a href="{whole}" target="_blank" rel="noopener">{texts.WHOLE}</a></p>'
    return title, _note(found.freeze) + table + link


def _note(freeze: BoardFreeze | None) -> str:
    if freeze is None:
        return ""
    return f'<p class="note">{escape(texts.frozen(freeze.since, freeze.until, freeze.note))}</p>'


def _slug(number: int) -> str:
    return routes.OVERALL_BOARD if number == OVERALL else str(number)


def _page(title: str, body: str, ground: str | None, status: int) -> Response:
    scheme = f' class="{ground}"' if ground in GROUNDS else ""
    page = (
        f'<!doctype html><html lang="vi"{scheme}><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width">'
        f'<meta name="robots" content="noindex"><style>{STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{body}</main><script>{SCRIPT}</script></body></html>"
    )
    policy = (
        f"default-src 'none'; style-src 'sha256-{_hash(STYLE)}'; script-src 'sha256-{_hash(SCRIPT)}'; "
        f"connect-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {get_settings().embed_sites}"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": CACHE_CONTROL if status == 200 else "no-store",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return HTMLResponse(page, status, headers=headers)
