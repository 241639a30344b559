"""For the watchers of the service: alive, ready, figures."""

import hmac
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.migrations import SchemaState
from cchc_app.services.health import schema
from cchc_app.services.runner import in_thread
from cchc_app.settings import get_settings
from cchc_app.texts import message

router = APIRouter()
UNAVAILABLE = 503
# What proxies add, whichever they are: a request through one of this machine is not from here.
PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


def _is_from_here(request: Request) -> bool:
    """Whether nobody passed a request on to us and it comes from this machine itself."""
    if any(header in request.headers for header in PASSED_ON):
        return False
    try:
        return ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


def _shows_token(request: Request) -> bool:
    token = get_settings().metrics_token.get_secret_value()
    shown = request.headers.get("authorization", "")
    return token != "" and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())


@router.get(routes.ALIVE)
async def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get(routes.READY)
async def ready(response: Response) -> dict[str, str]:
    """The database answers and has this code's schema; 503 with the reason otherwise."""
    try:
        state = await in_thread(schema)
    except SQLAlchemyError:
        response.status_code = UNAVAILABLE
        return {"status": "waiting", "database": "unreachable"}
    if state is SchemaState.CURRENT:
        return {"status": "ready"}
    response.status_code = UNAVAILABLE
    return {"status": "waiting", "database": state}


@router.get(routes.METRICS, include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Figures of this process in the text format of Prometheus: for this machine, or for who shows the token."""
    if not (_is_from_here(request) or _shows_token(request)):
        return PlainTextResponse(message(ErrorCode.NOT_ALLOWED), status_code=403)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
