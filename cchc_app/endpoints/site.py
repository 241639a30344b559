"""One port for everything: routes first, then the event socket, then the pages."""

from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from cchc_app import routes
from cchc_app.endpoints import (
    embedded,
    health,
    my_data,
    question_files,
    result_files,
    session,
    slogan_files,
    staff_files,
    staff_session,
    standings,
    statistics_files,
    uploads,
    vneid,
)
from cchc_app.endpoints.pages import front_end
from cchc_app.endpoints.perimeter import Perimeter
from cchc_app.services.vneid.profiles import is_stand_in
from cchc_app.settings import FRONTEND, get_settings
from cchc_app.standin.app import stand_in

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    session.router,
    staff_session.router,
    my_data.router,
    slogan_files.router,
    staff_files.router,
    question_files.router,
    result_files.router,
    statistics_files.router,
    standings.router,
    embedded.router,
    vneid.router,
    uploads.router,
)
# The framework's only door: its upload, health and debugging routes lead nowhere.
SOCKET = ("/_event", "/_event/")


def site(events: ASGIApp, *, page_router: Callable[[str], str | None], folder: Path = FRONTEND) -> ASGIApp:
    """The whole site.

    Args:
        events: The framework's own application: the event socket.
        page_router: Tells which paths are pages.
        folder: The built front end.
    """
    api = FastAPI(
        title="CCHC contest", openapi_url=f"{routes.API}/openapi.json", docs_url=None, redoc_url=None, version="1"
    )
    for router in ROUTERS:
        api.include_router(router)
    if is_stand_in(get_settings()):
        api.mount(routes.STAND_IN, stand_in(get_settings()))
    pages = front_end(page_router, get_settings(), folder=folder)

    async def socket_or_page(scope, receive, send) -> None:
        wanted = events if scope["path"] in SOCKET else pages
        await wanted(scope, receive, send)

    async def line_or_request(scope, receive, send) -> None:
        # No route answers lines: looking through all of them cost each line that opens.
        wanted = events if scope["type"] == "websocket" and scope["path"] in SOCKET else api
        await wanted(scope, receive, send)

    api.mount("/", socket_or_page)
    return Perimeter(line_or_request, get_settings())
