"""The round trip to VNeID: plain requests of the browser, so that cookies can be set and the whole page goes there."""

from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import Response

from cchc_app import routes
from cchc_app.contest.errors import ContestError
from cchc_app.data.engine import get_database
from cchc_app.endpoints.session import cookie_attributes, redirect, session_in, signed_in
from cchc_app.services.clock import server_now
from cchc_app.services.devices import device_name
from cchc_app.services.vneid.round_trip import (
    ARRIVAL_LIFE,
    START_LIFE,
    Entered,
    SignedInAs,
    come_back,
    cookie_name,
    depart,
)
from cchc_app.settings import get_settings

MAX_QUERY = 8_000

router = APIRouter(include_in_schema=False)


@router.get(routes.VNEID_START)
async def start(request: Request, tiep: str = "") -> Response:
    """Send the browser to VNeID, with a cookie by which it is known when it comes back."""
    next_path = routes.local_path(tiep, default=routes.QUIZ)
    public = get_settings().resolved_public_url
    if request.headers.get("host") != urlsplit(public).netloc:
        # VNeID returns to the public address: the cookie must be set there.
        return redirect(f"{public}{routes.vneid(next_path)}")
    try:
        departure = await depart(get_database(), next_path=next_path, address=_address(request), now=server_now())
    except ContestError as error:
        return redirect(routes.sign_in_refused(error.code, next_path))
    response = redirect(departure.url)
    _bind(response, departure.browser, START_LIFE.total_seconds())
    return response


@router.get(routes.VNEID_RETURN)
async def receive(request: Request) -> Response:
    """Take what VNeID gave the browser: sign in, ask for what is missing, or say what went wrong."""
    browser = request.cookies.get(cookie_name(), "")
    try:
        outcome = await come_back(
            get_database(),
            query=raw_query(request.url.query),
            browser=browser,
            address=_address(request),
            now=server_now(),
            signed_in_as=SignedInAs(device_name(request.headers.get("user-agent", "")), session_in(request)),
        )
    except ContestError as error:
        return _unbound(redirect(routes.sign_in_refused(error.code, str(error.details.get("next_path", "")))))
    if isinstance(outcome, Entered):
        # Whoever had a PIN is told, once, that it is void now.
        path = routes.account_linked(outcome.next_path) if outcome.took_over else outcome.next_path
        return _unbound(await signed_in(outcome.session, path))
    response = redirect(routes.vneid_register(outcome.next_path))
    _bind(response, outcome.browser, ARRIVAL_LIFE.total_seconds())
    return response


def raw_query(query: str) -> dict[str, str]:
    """The fields of a query with `+` kept, for one provider's codes hold it unescaped; empty if a name comes twice."""
    pairs = [pair.partition("=") for pair in query[:MAX_QUERY].split("&") if pair]
    fields = {unquote(name): unquote(value) for name, _, value in pairs}
    return fields if len(fields) == len(pairs) else {}


def _bind(response: Response, browser: str, seconds: float) -> None:
    response.set_cookie(cookie_name(), browser, max_age=int(seconds), **cookie_attributes())


def _unbound(response: Response) -> Response:
    response.delete_cookie(cookie_name(), **cookie_attributes())
    return response


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
