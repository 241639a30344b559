"""Spreadsheets of official results and of prizes, for the staff who may read the contest."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.services.clock import server_now
from cchc_app.services.prize_files import commendation_file, prizes_file
from cchc_app.services.result_desk import result_file
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import staff_cookie_name, staff_viewer
from cchc_app.texts import admin_prizes, admin_results, message

PRIVATE = {"Cache-Control": "no-store"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_BOARD = -1

router = APIRouter(include_in_schema=False)


@router.get(routes.OFFICIAL_FILE)
async def official_result(request: Request) -> Response:
    """The places and units that the page's question finds."""
    asked = dict(request.query_params)
    return await _file(request, result_file, admin_results.FILE_NAME, routes.OFFICIAL_RESULTS, asked=asked)


@router.get(routes.PRIZES_FILE)
async def prizes(request: Request) -> Response:
    """The newest list of a board, or who was passed over as they are searched and filtered on the page."""
    asked = request.query_params.get(routes.OFFICIAL_BOARD_QUERY, "")
    board = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else NO_BOARD
    wanted = {"board": board, "asked": dict(request.query_params)}
    return await _file(request, prizes_file, admin_prizes.FILE_NAME, routes.STAFF_PRIZES, **wanted)


@router.get(routes.COMMENDATION_FILE)
async def commendation(request: Request) -> Response:
    """The list proposed for Bằng khen."""
    return await _file(request, commendation_file, admin_prizes.COMMENDATION_NAME, routes.STAFF_PRIZES)


async def _file(request: Request, make: Callable[..., bytes], name: str, page: str, **wanted: object) -> Response:
    """A file for a member of the staff who may read the contest; others are sent to the door or refused."""
    now, hashed = server_now(), token_hash(request.cookies.get(staff_cookie_name(), ""))
    viewer = await in_thread(staff_viewer, get_database(), token_hash=hashed, now=now)
    if viewer is None:
        return RedirectResponse(routes.staff_sign_in(page), status_code=303, headers=PRIVATE)
    try:
        body = await in_thread(make, get_database(), actor=viewer.username, now=now, **wanted)
    except ContestError as error:
        status = 403 if error.code is ErrorCode.NOT_ALLOWED else 409
        return PlainTextResponse(message(error.code, error.details), status_code=status, headers=PRIVATE)
    return Response(body, media_type=XLSX, headers=PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'})
