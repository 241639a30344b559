"""Files of the slogan round: spreadsheets and minutes for the staff, share images for everybody."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.services import slogan_files
from cchc_app.services.clock import server_now
from cchc_app.services.runner import in_thread
from cchc_app.services.share_card import share_card
from cchc_app.services.slogan_gallery import winning_slogan
from cchc_app.services.staff_sessions import staff_cookie_name, staff_viewer
from cchc_app.texts import message
from cchc_app.texts import slogan_files as texts

PRIVATE = {"Cache-Control": "no-store"}
# A correction makes another image under the same address.
SHARED = {"Cache-Control": "public, max-age=300"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

router = APIRouter(include_in_schema=False)


@router.get(routes.SLOGAN_LIST_FILE)
async def slogan_list(request: Request) -> Response:
    """The organisers' list as it is searched and filtered on their page."""
    asked = dict(request.query_params)
    return await _file(request, slogan_files.slogan_list_file, texts.LIST_FILE, XLSX, asked=asked)


@router.get(routes.SLOGAN_RESULTS_FILE)
async def slogan_results(request: Request) -> Response:
    """The judges' result."""
    return await _file(request, slogan_files.slogan_results_file, texts.RESULTS_FILE, XLSX)


@router.get(routes.SLOGAN_MINUTES_FILE)
async def slogan_minutes(request: Request) -> Response:
    """The score minutes."""
    return await _file(request, slogan_files.minutes_file, texts.MINUTES_FILE, DOCX)


@router.get(routes.SLOGAN_CARD_PATTERN)
async def slogan_card(request: Request, code: str) -> Response:
    """The share image of a published winner. Public."""
    try:
        slogan = await in_thread(winning_slogan, get_database(), code=code)
    except ContestError:
        slogan = None
    if slogan is None:
        return PlainTextResponse(message(ErrorCode.RESULT_NOT_FOUND), status_code=404, headers=PRIVATE)
    tag = f'"{slogan.version}-{token_hash(repr(slogan))[:16]}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=SHARED | {"ETag": tag})
    image = await in_thread(share_card, slogan)
    return Response(image, media_type="image/png", headers=SHARED | {"ETag": tag})


async def _file(request: Request, make: Callable[..., bytes], name: str, kind: str, **wanted: object) -> Response:
    """A file for a member of the staff who may read the contest; others are sent to the door or refused."""
    now, hashed = server_now(), token_hash(request.cookies.get(staff_cookie_name(), ""))
    viewer = await in_thread(staff_viewer, get_database(), token_hash=hashed, now=now)
    if viewer is None:
        return RedirectResponse(routes.staff_sign_in(routes.STAFF_SLOGANS), status_code=303, headers=PRIVATE)
    try:
        body = await in_thread(make, get_database(), actor=viewer.username, now=now, **wanted)
    except ContestError as error:
        status = 403 if error.code is ErrorCode.NOT_ALLOWED else 409
        return PlainTextResponse(message(error.code, error.details), status_code=status, headers=PRIVATE)
    return Response(body, media_type=kind, headers=PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'})
