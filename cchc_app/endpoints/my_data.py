"""One's own data as a file."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.services import sessions
from cchc_app.services.clock import server_now
from cchc_app.services.my_data import as_json, my_data
from cchc_app.services.runner import in_thread
from cchc_app.services.throttle import DOWNLOAD, get_throttle
from cchc_app.texts import message

FILE_NAME = "du-lieu-cua-toi.json"
PRIVATE = {"Cache-Control": "no-store"}

router = APIRouter(include_in_schema=False)


@router.get(routes.MY_DATA_FILE)
async def download(request: Request) -> Response:
    """Everything the contest holds about whoever is signed in; others are sent to sign in."""
    now, hashed = server_now(), token_hash(request.cookies.get(sessions.cookie_name(), ""))
    viewer = await in_thread(sessions.viewer, get_database(), token_hash=hashed, now=now)
    if viewer is None:
        return RedirectResponse(routes.sign_in(routes.MY_DATA), status_code=303, headers=PRIVATE)
    try:
        await in_thread(get_throttle().take, DOWNLOAD, request.client.host if request.client else "")
        data = await in_thread(
            my_data, get_database(), participant_id=viewer.participant_id, token_hash=hashed, now=now
        )
    except ContestError as error:
        return PlainTextResponse(message(error.code, error.details), status_code=429, headers=PRIVATE)
    disposition = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return JSONResponse(as_json(data), headers=PRIVATE | disposition)
