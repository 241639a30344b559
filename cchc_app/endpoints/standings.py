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
from cchc_app.services.standings import MAX_PAGE, Board
from cchc_app.texts import message

OVERALL_NAME = "overall"
# Long enough to spare the database a crowd, short enough to call the board live.
CACHE_CONTROL = "public, max-age=2"
MOST_OFFSET = 10_000_000
PERIOD = rf"^([1-9]\d{{0,2}}|{OVERALL_NAME})$"
STATUS = {ErrorCode.NO_PERIOD: 404, ErrorCode.CONTEST_MISSING: 503}


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


class Standings(BaseModel):
    """A part of one board; while it is withheld, only when it appears."""

    period: str = Field(description="A period's number, or `overall`.")
    size: int | None = Field(description="People on the whole board; null while it is withheld.")
    withheld_until: datetime | None = Field(description="Why there are no lines: the board appears after this instant.")
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
                return await handle(request)
            except RequestValidationError:
                return _refusal(ContestError(ErrorCode.BAD_REQUEST), 400)
            except ContestError as error:
                return _refusal(error, STATUS[error.code])

        return refuse_plainly


router = APIRouter(route_class=_Plain)


@router.get(
    routes.API_STANDINGS,
    response_model=Standings,
    responses={
        304: {"description": "Nothing has changed since the answer with this ETag."},
        400: {"model": Refusal, "description": "A parameter is not what it can be."},
        404: {"model": Refusal, "description": "There is no such period, or it has not opened."},
        422: {"description": "Not used: see 400."},
        503: {"model": Refusal, "description": "There is no contest yet."},
    },
)
def read(
    period: Annotated[str | None, Query(pattern=PERIOD, description="Default: the open period, else the last.")] = None,
    offset: Annotated[int, Query(ge=0, le=MOST_OFFSET)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = MAX_PAGE,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Lines `offset + 1` to `offset + limit` of a board, best first."""
    board = standings.board(get_database(), period_number=_number(period), now=server_now(), offset=offset, limit=limit)
    body = _body(board, offset, limit).model_dump_json().encode()
    # Of what is told, not of a version: a version would count papers while the count is withheld.
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    if etag in _tags(if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


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
        offset=offset,
        limit=limit,
        rows=[Line.model_validate(row) for row in board.rows],
    )


def _tags(header: str | None) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}


def _refusal(error: ContestError, status: int) -> Response:
    body = Refusal(code=error.code.value, message=message(error.code, error.details))
    return JSONResponse(body.model_dump(), status, headers={"Cache-Control": "no-store"})
