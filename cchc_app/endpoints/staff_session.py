"""The staff's session cookie: set by a single-use ticket, cleared by signing out; never sent from another site."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.endpoints.session import PRIVATE, is_own_form, is_own_visit, redirect
from cchc_app.services import staff_sessions
from cchc_app.services.clock import server_now
from cchc_app.services.runner import in_thread
from cchc_app.services.sessions import cookie_is_secure
from cchc_app.texts import message

router = APIRouter(include_in_schema=False)


@router.get(routes.STAFF_SESSION_TICKET)
async def receive_staff_ticket(request: Request, ve: str = "", tiep: str = "") -> Response:
    """Redeem a ticket, set the cookie, go on to one of the staff's pages."""
    if not is_own_visit(request):
        return redirect(routes.staff_sign_in_refused(ErrorCode.TICKET_INVALID))
    try:
        granted = await in_thread(staff_sessions.redeem, get_database(), ticket=ve, now=server_now())
    except ContestError as error:
        return redirect(routes.staff_sign_in_refused(error.code))
    response = redirect(routes.staff_path(tiep))
    age = int(granted.life.total_seconds())
    response.set_cookie(staff_sessions.staff_cookie_name(), granted.token, max_age=age, **_cookie_attributes())
    return response


@router.post(routes.STAFF_SIGN_OUT)
async def staff_sign_out(request: Request) -> Response:
    """End this browser's session of the staff; clear the cookie."""
    if not is_own_form(request):
        return PlainTextResponse(message(ErrorCode.NOT_ALLOWED), status_code=403, headers=PRIVATE)
    token = request.cookies.get(staff_sessions.staff_cookie_name(), "")
    await in_thread(staff_sessions.staff_sign_out, get_database(), token_hash=token_hash(token), now=server_now())
    response = redirect(routes.STAFF_SIGN_IN)
    response.delete_cookie(staff_sessions.staff_cookie_name(), **_cookie_attributes())
    return response


def _cookie_attributes() -> dict[str, Any]:
    return {"path": "/", "secure": cookie_is_secure(), "httponly": True, "samesite": "strict"}
