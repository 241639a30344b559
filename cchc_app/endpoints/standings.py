"""The boards for machines: the same lines as on the page, no more."""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from cchc_app import routes
from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.engine import get_database
from cchc_app.services import standings
from cchc_app.services.clock import server_now
from cchc_app.services.live_boards import get_unit_feed
from cchc_app.services.runner import in_thread
from cchc_app.services.standings import MAX_PAGE, Board
from cchc_app.services.throttle import BOARD, get_throttle
from cchc_app.services.unit_standings import UnitBoard, UnitEntry
from cchc_app.texts import message

OVERALL_NAME = "overall"
# Long enough to spare the database a crowd, short enough to call the board live.
CACHE_CONTROL = "public, max-age=2"
MOST_OFFSET = 10_000_000
PERIOD = rf"^([1-9]\d{{0,2}}|{OVERALL_NAME})$"
STATUS = {ErrorCode.NO_PERIOD: 404, ErrorCode.CONTEST_MISSING: 503, ErrorCode.TOO_MANY_REQUESTS: 429}
WAIT_SECONDS = "60"
# The answers say nothing that a page of theirs might not show, and nobody is signed in to them.
ANY_SITE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


class Line(BaseModel):
    """One person's line."""

    model_config = ConfigDict(from_attributes=True)

    rank: int
    full_name: str
    unit_name: str
    points: int
    correct: int = Field(description="Right answers.")
    total: int = Field(description="Questions.")
    time_used_ms: int = Field(description="Milliseconds, by the server's clock.")
    finished_at: datetime


class Freeze(BaseModel):
    """Why a board stands still."""

    model_config = ConfigDict(from_attributes=True)

    since: datetime = Field(description="Everything is as it was then.")
    until: datetime
    note: str


class UnitLine(BaseModel):
    """One unit's line; rates and scores in percent, exact figures beside them."""

    rank: int | None = Field(description="Null for a unit that is not ranked.")
    bloc_rank: int | None
    code: str
    name: str
    bloc: str
    headcount: int | None
    participants: int = Field(description="Distinct people who finished.")
    attempts: int = Field(description="Papers they finished.")
    papers: int = Field(description="Papers that count.")
    points: int
    most_points: int
    rate: float | None = Field(description="participants / headcount, at most 100.")
    score: float | None = Field(description="points / most_points.")
    result: float | None = Field(description="From 0 to 100; its order is by exact fractions.")
    unranked: str | None = Field(description="Why there is no rank.")


class UnitStandings(BaseModel):
    """A whole board of units; while it is withheld, only when it appears."""

    period: str = Field(description="A period's number, or `overall`.")
    withheld_until: datetime | None
    frozen: Freeze | None
    rows: list[UnitLine]


class Standings(BaseModel):
    """A part of one board; while it is withheld, only when it appears."""

    period: str = Field(description="A period's number, or `overall`.")
    size: int | None = Field(description="People on the whole board; null while it is withheld.")
    withheld_until: datetime | None = Field(description="Why there are no lines: the board appears after this instant.")
    frozen: Freeze | None = Field(description="Set while the board stands still.")
    offset: int
    limit: int
    rows: list[Line]


class Refusal(BaseModel):
    """Why there is no answer."""

    code: str = Field(description="What support can look up.")
    message: str


class _Plain(APIRoute):
    """Refuses in the product's own words and codes."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def refuse_plainly(request: Request) -> Response:
            try:
                await in_thread(get_throttle().take, BOARD, request.client.host if request.client else "")
                return await handle(request)
            except RequestValidationError:
                return _refusal(ContestError(ErrorCode.BAD_REQUEST), 400)
            except ContestError as error:
                return _refusal(error, STATUS[error.code])

        return refuse_plainly


router = APIRouter(route_class=_Plain)


ANSWERS: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing has changed since the answer with this ETag."},
    400: {"model": Refusal, "description": "A parameter is not what it can be."},
    404: {"model": Refusal, "description": "There is no such period, or it has not opened."},
    422: {"description": "Not used: see 400."},
    429: {"model": Refusal, "description": "Too many from this address: Retry-After says when to go on."},
    503: {"model": Refusal, "description": "There is no contest yet."},
}
Period = Annotated[str | None, Query(pattern=PERIOD, description="Default: the open period, else the last.")]
Known = Annotated[str | None, Header()]


@router.get(routes.API_STANDINGS, response_model=Standings, responses=ANSWERS)
def read(
    period: Period = None,
    offset: Annotated[int, Query(ge=0, le=MOST_OFFSET)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = MAX_PAGE,
    if_none_match: Known = None,
) -> Response:
    """Lines `offset + 1` to `offset + limit` of a board, best first."""
    board = standings.board(get_database(), period_number=_number(period), now=server_now(), offset=offset, limit=limit)
    return _told(_body(board, offset, limit), if_none_match)


@router.get(routes.API_UNIT_STANDINGS, response_model=UnitStandings, responses=ANSWERS)
def read_units(period: Period = None, if_none_match: Known = None) -> Response:
    """Every unit, the ranked ones best first."""
    return _told(_units(get_unit_feed().top(_number(period), now=server_now())), if_none_match)


def _told(body: BaseModel, if_none_match: str | None) -> Response:
    written = body.model_dump_json().encode()
    # Of what is told, not of a version: a version would count papers while the count is withheld.
    etag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL, **ANY_SITE}
    if etag in _tags(if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(written, media_type="application/json", headers=headers)


def _number(period: str | None) -> int:
    if period is not None:
        return OVERALL if period == OVERALL_NAME else int(period)
    current = standings.menu(get_database(), wanted=None, now=server_now()).current
    if current is None:
        raise ContestError(ErrorCode.NO_PERIOD)
    return current


def _body(board: Board, offset: int, limit: int) -> Standings:
    return Standings(
        period=OVERALL_NAME if board.number == OVERALL else str(board.number),
        size=board.size,
        withheld_until=board.withheld_until,
        frozen=board.freeze and Freeze.model_validate(board.freeze),
        offset=offset,
        limit=limit,
        rows=[Line.model_validate(row) for row in board.rows],
    )


def _units(board: UnitBoard) -> UnitStandings:
    return UnitStandings(
        period=OVERALL_NAME if board.number == OVERALL else str(board.number),
        withheld_until=board.withheld_until,
        frozen=board.freeze and Freeze.model_validate(board.freeze),
        rows=[_unit(row) for row in board.rows],
    )


def _unit(row: UnitEntry) -> UnitLine:
    of, totals = row.formula, row.formula.totals
    return UnitLine(
        rank=row.rank,
        bloc_rank=row.bloc_rank,
        code=row.key,
        name=row.name,
        bloc=row.bloc,
        headcount=totals.headcount,
        participants=totals.participants,
        attempts=totals.attempts,
        papers=totals.papers,
        points=totals.points,
        most_points=totals.most_points,
        rate=None if of.rate is None else float(of.rate),
        score=None if of.score is None else float(of.score),
        result=None if of.result is None else float(of.result),
        unranked=of.unranked,
    )


def _tags(header: str | None) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}


def _refusal(error: ContestError, status: int) -> Response:
    body = Refusal(code=error.code.value, message=message(error.code, error.details))
    headers = {"Cache-Control": "no-store", **ANY_SITE} | ({"Retry-After": WAIT_SECONDS} if status == 429 else {})
    return JSONResponse(body.model_dump(), status, headers=headers)
