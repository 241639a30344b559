"""Composition root: the app, its pages, what wraps them."""

import asyncio
import hashlib
import logging

import reflex as rx
from reflex_components_core.base.error_boundary import error_boundary
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp

from cchc_app import layout
from cchc_app.data.engine import get_database
from cchc_app.endpoints.site import site
from cchc_app.logs import set_up_logs
from cchc_app.page_table import DEVELOPMENT_PAGES, PAGES
from cchc_app.services.board_news import carry_board_news
from cchc_app.services.clock import keep_time
from cchc_app.services.collector import collect_when_quiet
from cchc_app.services.own_core import take_own_core
from cchc_app.services.periodic_work import do_periodic_work
from cchc_app.services.runner import in_thread
from cchc_app.services.site import get_site
from cchc_app.settings import ROOT, get_settings
from cchc_app.states.admin.overview import publish_overview
from cchc_app.states.board_rooms import board_rooms, keep_slow_tabs_up, unit_board_rooms
from cchc_app.states.clock import server_now
from cchc_app.states.dismissed import stop_dismissed_writers
from cchc_app.states.event_path import shorten_event_path
from cchc_app.states.failures import on_failure
from cchc_app.states.frame import FrameState
from cchc_app.states.on_demand import make_states_on_demand
from cchc_app.states.rooms import overview_rooms, session_rooms, staff_rooms
from cchc_app.states.session import SessionState
from cchc_app.states.shared_state import prepare_redis
from cchc_app.states.signed_out import send_signed_out_participants_on, send_signed_out_staff_on
from cchc_app.states.slogan import writer_rooms
from cchc_app.states.socket_lines import use_own_lines
from cchc_app.states.socket_rooms import index_rooms
from cchc_app.states.standings import publish_boards
from cchc_app.states.unit_standings import publish_unit_boards
from cchc_app.texts import common

# What the first screen is written with; the digits of clocks may come a moment later.
PRELOADED_FONTS = tuple(
    f"/fonts/bvp-{script}-{weight}.woff2" for script in ("latin", "vietnamese") for weight in (400, 600, 700)
)

# Run when any page opens.
ALWAYS = (SessionState.load, FrameState.load)
STYLES = ("tokens", "site", "quiz", "people", "standings", "admin", "judging", "slogan", "statistics")
SITE_REFRESH_SECONDS = 5
WRITE_BACK_SECONDS = 2

log = logging.getLogger(__name__)


async def keep_site_fresh() -> None:
    """Write visits and re-read the frame's contents, for as long as the server runs."""
    while True:
        try:
            await in_thread(get_site().refresh, get_database(), now=server_now())
        except SQLAlchemyError:
            log.warning("visits wait: the database does not answer")
        await asyncio.sleep(SITE_REFRESH_SECONDS)


async def keep_database_log_short() -> None:
    """Spare the commits of answers the work of writing SQLite's log back, for as long as the server runs."""
    while True:
        await asyncio.sleep(WRITE_BACK_SECONDS)
        try:
            await in_thread(get_database().write_back)
        except SQLAlchemyError:
            log.warning("the database's log waits: the database does not answer")


async def clean_logs() -> None:
    """Every process that serves writes its log in one form, without secrets."""
    set_up_logs(get_settings().env)


def _head() -> list[rx.Component]:
    preloads = [
        rx.el.link(
            rel="preload", href=font, cross_origin="anonymous", custom_attrs={"as": "font", "type": "font/woff2"}
        )
        for font in PRELOADED_FONTS
    ]
    return [
        *preloads,
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.meta(name="theme-color", content="#B3131B"),
        rx.el.script(src=f"/app.js?v={_version('app.js')}", custom_attrs={"defer": True}),
    ]


def _version(asset: str) -> str:
    """Changes with the file, so that browsers may keep it for long."""
    return hashlib.sha256((ROOT / "assets" / asset).read_bytes()).hexdigest()[:8]


def _boundary(_stateful: bool) -> rx.Component:
    return error_boundary(fallback_render=rx.Var.create(layout.crash_page()))


def _overlay(_stateful: bool) -> rx.Component:
    return layout.banners()


def _announcements() -> str:
    return "|".join(f"{left}:{words}" for left, words in common.TIME_ANNOUNCEMENTS.items())


def _one_port(events: ASGIApp) -> ASGIApp:
    return site(events, page_router=app.router)


def _add_pages(app: rx.App) -> None:
    for page in PAGES + (DEVELOPMENT_PAGES if get_settings().env == "development" else ()):
        app.add_page(
            page.build,
            route=page.route,
            title=page.head.title,
            description=page.head.description,
            on_load=[*ALWAYS, *page.on_load],
        )


def _work_beside(app: rx.App) -> None:
    """What every process that serves does beside answering, in the order in which it is begun."""
    app.register_lifespan_task(take_own_core, folder=get_settings().data_dir)
    app.register_lifespan_task(clean_logs)
    app.register_lifespan_task(prepare_redis, web=app)
    app.register_lifespan_task(shorten_event_path, web=app)
    app.register_lifespan_task(keep_time)
    app.register_lifespan_task(keep_site_fresh)
    app.register_lifespan_task(keep_database_log_short)
    app.register_lifespan_task(do_periodic_work)
    app.register_lifespan_task(send_signed_out_participants_on)
    app.register_lifespan_task(send_signed_out_staff_on)
    app.register_lifespan_task(publish_boards)
    app.register_lifespan_task(publish_unit_boards)
    app.register_lifespan_task(keep_slow_tabs_up)
    app.register_lifespan_task(carry_board_news)
    app.register_lifespan_task(stop_dismissed_writers)
    app.register_lifespan_task(publish_overview)
    app.register_lifespan_task(collect_when_quiet, connected=get_site().connected)


def _build() -> rx.App:
    app = rx.App(
        stylesheets=[f"/{name}.css" for name in STYLES],
        head_components=_head(),
        html_lang="vi",
        html_custom_attrs={"data-announce": _announcements()},
        toaster=None,
        # In place of the framework's English banner and crash page.
        app_wraps={(55, "ErrorBoundary"): _boundary, (5, "Overlay"): _overlay},
        backend_exception_handler=on_failure,
        api_transformer=_one_port,
    )
    _add_pages(app)
    make_states_on_demand(app)
    index_rooms(app)
    use_own_lines(app)
    board_rooms.rooms.app = unit_board_rooms.rooms.app = app
    session_rooms.app = staff_rooms.app = overview_rooms.app = writer_rooms.app = app
    get_site().connected = lambda: len(app.event_namespace.sid_to_token) if app.event_namespace else 0
    _work_beside(app)
    return app


app = _build()
