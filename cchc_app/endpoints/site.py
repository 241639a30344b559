"""One port for everything: routes first, then the event socket, then the pages."""

from collections.abc import Callable

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from cchc_app import routes
from cchc_app.endpoints import health, session, staff_session, standings
from cchc_app.endpoints.pages import Headers, front_end

ROUTERS: tuple[APIRouter, ...] = (health.router, session.router, staff_session.router, standings.router)
SOCKET = "/_event"


def site(events: ASGIApp, *, page_router: Callable[[str], str | None]) -> ASGIApp:
    """The whole site.

    Args:
        events: The framework's own application: the event socket.
        page_router: Tells which paths are pages.
    """
    api = FastAPI(
        title="CCHC contest", openapi_url=f"{routes.API}/openapi.json", docs_url=None, redoc_url=None, version="1"
    )
    for router in ROUTERS:
        api.include_router(router)
    pages = front_end(page_router)

    async def socket_or_page(scope, receive, send) -> None:
        wanted = events if scope["path"].startswith(SOCKET) else pages
        await wanted(scope, receive, send)

    api.mount("/", socket_or_page)
    return Headers(api)
