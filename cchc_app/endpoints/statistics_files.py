"""Figures of the overview and of the item analysis as spreadsheets, for the staff who may read them."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.services.clock import server_now
from cchc_app.services.item_jobs import get_jobs
from cchc_app.services.item_table import item_file
from cchc_app.services.participation import participation_file
from cchc_app.services.runner import in_thread
from cchc_app.services.staff_sessions import staff_cookie_name, staff_viewer
from cchc_app.texts import admin_items, admin_overview, message

PRIVATE = {"Cache-Control": "no-store"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

router = APIRouter(include_in_schema=False)


@router.get(routes.PARTICIPATION_FILE)
async def participation(request: Request) -> Response:
    """The units' table as it is searched and filtered on the overview."""

    def make(actor: str) -> bytes:
        return participation_file(get_database(), actor=actor, asked=dict(request.query_params), now=server_now())

    return await _file(request, make, admin_overview.FILE_NAME, routes.STAFF)


@router.get(routes.ITEM_ANALYSIS_FILE)
async def items(request: Request) -> Response:
    """The item analysis as it is searched and filtered on its page."""

    def make(actor: str) -> bytes:
        asked = dict(request.query_params)
        return item_file(get_database(), get_jobs(), actor=actor, asked=asked, now=server_now())

    return await _file(request, make, admin_items.FILE_NAME, routes.ITEM_ANALYSIS)


async def _file(request: Request, make: Callable[[str], bytes], name: str, page: str) -> Response:
    """A file for a member of the staff who may read the contest; others are sent to the door or refused."""
    hashed = token_hash(request.cookies.get(staff_cookie_name(), ""))
    viewer = await in_thread(staff_viewer, get_database(), token_hash=hashed, now=server_now())
    if viewer is None:
        return RedirectResponse(routes.staff_sign_in(page), status_code=303, headers=PRIVATE)
    try:
        body = await in_thread(make, viewer.username)
    except ContestError as error:
        status = 403 if error.code is ErrorCode.NOT_ALLOWED else 409
        return PlainTextResponse(message(error.code, error.details), status_code=status, headers=PRIVATE)
    return Response(body, media_type=XLSX, headers=PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'})
