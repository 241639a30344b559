"""The session cookie: set by a single-use ticket, cleared by signing out. A websocket event can do neither."""

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError, ErrorCode
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import get_database
from cchc_app.services import consents, sessions
from cchc_app.services.clock import server_now
from cchc_app.services.devices import device_name
from cchc_app.services.runner import in_thread
from cchc_app.settings import get_settings
from cchc_app.texts import message

SAME_ORIGIN = "same-origin"
# Neither an answer that sets a cookie nor an address that holds a ticket may be kept or passed on.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}

router = APIRouter(include_in_schema=False)


@router.get(routes.SESSION_TICKET)
async def receive_ticket(request: Request, ve: str = "", tiep: str = "") -> Response:
    """Redeem a ticket, set the cookie, go on to a page of this site."""
    if not is_own_visit(request):
        return redirect(routes.sign_in_refused(ErrorCode.TICKET_INVALID))
    try:
        granted = await in_thread(
            sessions.redeem,
            get_database(),
            ticket=ve,
            now=server_now(),
            device=device_name(request.headers.get("user-agent", "")),
            replaces=session_in(request),
        )
    except ContestError as error:
        return redirect(routes.sign_in_refused(error.code))
    return await signed_in(granted, routes.local_path(tiep))


@router.post(routes.SIGN_OUT)
async def sign_out(request: Request) -> Response:
    """End this browser's session, with `moi-noi` every session of its person; clear the cookie."""
    if not is_own_form(request):
        return PlainTextResponse(message(ErrorCode.NOT_ALLOWED), status_code=403, headers=PRIVATE)
    end = sessions.sign_out_everywhere if "moi-noi" in request.query_params else sessions.sign_out
    await in_thread(end, get_database(), token_hash=session_in(request), now=server_now())
    response = redirect(routes.HOME)
    response.delete_cookie(sessions.cookie_name(), **cookie_attributes())
    return response


def session_in(request: Request) -> str:
    """The hash of the token the browser sent; of none, one that no session has."""
    return token_hash(request.cookies.get(sessions.cookie_name(), ""))


def is_own_visit(request: Request) -> bool:
    """Whether a browser that says where a visit comes from says: from a page of this site.

    Nobody is signed in by a foreign link.
    """
    return request.headers.get("sec-fetch-site", SAME_ORIGIN) == SAME_ORIGIN


def is_own_form(request: Request) -> bool:
    """Whether a form of this site was sent: what the browser says of it, which no page can forge."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == SAME_ORIGIN
    return request.headers.get("origin") in get_settings().allowed_origins


async def signed_in(granted: sessions.NewSession, path: str) -> Response:
    """Give a browser its session and send it on; first to the notice, when there is a newer one to agree to."""
    agreed = await in_thread(consents.is_current, get_database(), participant_id=granted.participant_id)
    response = redirect(path if agreed else routes.consent(path))
    response.set_cookie(
        sessions.cookie_name(), granted.token, max_age=int(granted.life.total_seconds()), **cookie_attributes()
    )
    return response


def cookie_attributes() -> dict:
    """How every cookie of the door is set: for this site, its whole path, not for scripts."""
    return {"path": "/", "secure": sessions.cookie_is_secure(), "httponly": True, "samesite": "lax"}


def redirect(path: str) -> RedirectResponse:
    """Go on to an address; neither it nor the way there is kept or told."""
    return RedirectResponse(path, status_code=303, headers=PRIVATE)
