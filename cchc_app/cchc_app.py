"""Composition root: the app, its pages, what wraps them."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.base.error_boundary import error_boundary
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp

from cchc_app import layout, routes
from cchc_app.data.engine import get_database
from cchc_app.endpoints.site import site
from cchc_app.logs import set_up_logs
from cchc_app.pages.account import account
from cchc_app.pages.admin.audit_log import audit_log
from cchc_app.pages.admin.contest import contest
from cchc_app.pages.admin.data_requests import data_requests
from cchc_app.pages.admin.invitation import invitation
from cchc_app.pages.admin.item_analysis import item_analysis
from cchc_app.pages.admin.judging import judge_desk
from cchc_app.pages.admin.judging_rounds import judging_rounds
from cchc_app.pages.admin.merges import merge_offers
from cchc_app.pages.admin.new_contest import new_contest
from cchc_app.pages.admin.news import news_desk, news_editor
from cchc_app.pages.admin.official_results import official_results
from cchc_app.pages.admin.overview import overview
from cchc_app.pages.admin.papers import staff_paper, staff_papers
from cchc_app.pages.admin.participant import participant
from cchc_app.pages.admin.participants import participants
from cchc_app.pages.admin.people import staff_people
from cchc_app.pages.admin.prizes import prizes
from cchc_app.pages.admin.question_editor import question_editor
from cchc_app.pages.admin.question_imports import question_import, question_imports
from cchc_app.pages.admin.questions import staff_questions
from cchc_app.pages.admin.rules import rule_draft
from cchc_app.pages.admin.sign_in import staff_sign_in
from cchc_app.pages.admin.simulation import simulation
from cchc_app.pages.admin.slogan_publication import slogan_publication
from cchc_app.pages.admin.slogan_reminder import slogan_reminder
from cchc_app.pages.admin.slogans import staff_slogans
from cchc_app.pages.admin.slogans_alike import slogans_alike
from cchc_app.pages.admin.unit_codes import unit_codes
from cchc_app.pages.admin.unit_import import unit_import
from cchc_app.pages.admin.units import staff_units
from cchc_app.pages.consent import consent
from cchc_app.pages.design_system import design_system
from cchc_app.pages.home import home
from cchc_app.pages.my_data import my_data
from cchc_app.pages.news import news
from cchc_app.pages.not_found import not_found
from cchc_app.pages.pin_reset import pin_reset
from cchc_app.pages.privacy import privacy
from cchc_app.pages.projector import projector
from cchc_app.pages.quiz import practice_page, quiz_page
from cchc_app.pages.register import register
from cchc_app.pages.result import result
from cchc_app.pages.rules import rules
from cchc_app.pages.sign_in import sign_in
from cchc_app.pages.slogan import slogan
from cchc_app.pages.slogan_results import slogan_results
from cchc_app.pages.standings import standings
from cchc_app.pages.unit_code import unit_code
from cchc_app.pages.unit_desk import unit_desk
from cchc_app.pages.unit_standings import bloc_standings, unit_standings
from cchc_app.pages.vneid_register import vneid_register
from cchc_app.pages.winners import winners
from cchc_app.services.board_news import carry_board_news
from cchc_app.services.clock import keep_time
from cchc_app.services.collector import collect_when_quiet
from cchc_app.services.own_core import take_own_core
from cchc_app.services.periodic_work import do_periodic_work
from cchc_app.services.runner import in_thread
from cchc_app.services.site import get_site
from cchc_app.settings import ROOT, get_settings
from cchc_app.states.account import AccountState
from cchc_app.states.admin.audit_log import AuditLogState
from cchc_app.states.admin.board_freeze import BoardFreezeState
from cchc_app.states.admin.contest import ContestState
from cchc_app.states.admin.data_requests import DataRequestsState
from cchc_app.states.admin.invitation import InvitationState
from cchc_app.states.admin.item_analysis import ItemAnalysisState
from cchc_app.states.admin.judging import JudgeDeskState
from cchc_app.states.admin.judging_rounds import JudgingRoundsState
from cchc_app.states.admin.merges import MergesState
from cchc_app.states.admin.new_contest import NewContestState
from cchc_app.states.admin.news import NewsDeskState, NewsEditorState
from cchc_app.states.admin.official_results import OfficialResultsState
from cchc_app.states.admin.overview import OverviewState, publish_overview
from cchc_app.states.admin.papers import StaffPapersState, StaffPaperState
from cchc_app.states.admin.participant import ParticipantState
from cchc_app.states.admin.participants import ParticipantsState
from cchc_app.states.admin.people import StaffPeopleState
from cchc_app.states.admin.prizes import PrizesState
from cchc_app.states.admin.question_editor import QuestionEditorState
from cchc_app.states.admin.question_imports import QuestionImportsState, QuestionImportState
from cchc_app.states.admin.questions import QuestionBankState
from cchc_app.states.admin.rules import RuleDraftState
from cchc_app.states.admin.sign_in import StaffSignInState
from cchc_app.states.admin.simulation import SimulationState
from cchc_app.states.admin.slogan_publication import SloganPublicationState
from cchc_app.states.admin.slogan_reminder import SloganReminderState
from cchc_app.states.admin.slogans import SloganDeskState
from cchc_app.states.admin.slogans_alike import SlogansAlikeState
from cchc_app.states.admin.unit_codes import UnitCodesState
from cchc_app.states.admin.unit_imports import UnitImportState
from cchc_app.states.admin.units import StaffUnitsState
from cchc_app.states.board_rooms import board_rooms, keep_slow_tabs_up, unit_board_rooms
from cchc_app.states.clock import server_now
from cchc_app.states.consent import ConsentState
from cchc_app.states.dismissed import stop_dismissed_writers
from cchc_app.states.event_path import shorten_event_path
from cchc_app.states.failures import on_failure
from cchc_app.states.frame import FrameState
from cchc_app.states.home import HomeState
from cchc_app.states.my_data import MyDataState
from cchc_app.states.news import NewsState
from cchc_app.states.on_demand import make_states_on_demand
from cchc_app.states.pin_reset import PinResetState
from cchc_app.states.projector import ProjectorState
from cchc_app.states.quiz import QuizState
from cchc_app.states.register import RegisterState
from cchc_app.states.result import ResultState
from cchc_app.states.rooms import overview_rooms, session_rooms, staff_rooms
from cchc_app.states.rules import RulesState
from cchc_app.states.session import SessionState
from cchc_app.states.shared_state import prepare_redis
from cchc_app.states.sign_in import SignInState
from cchc_app.states.signed_out import (
    send_signed_out_participants_on,
    send_signed_out_staff_on,
)
from cchc_app.states.slogan import SloganState, writer_rooms
from cchc_app.states.slogan_gallery import SloganGalleryState
from cchc_app.states.socket_lines import use_own_lines
from cchc_app.states.socket_rooms import index_rooms
from cchc_app.states.standings import StandingsState, publish_boards
from cchc_app.states.unit_code import UnitCodeState
from cchc_app.states.unit_desk import UnitDeskState
from cchc_app.states.unit_standings import UnitStandingsState, publish_unit_boards
from cchc_app.states.vneid_register import VneidRegisterState
from cchc_app.states.winners import WinnersState
from cchc_app.texts import common, titles

# What the first screen is written with; the digits of clocks may come a moment later.
PRELOADED_FONTS = tuple(
    f"/fonts/bvp-{script}-{weight}.woff2" for script in ("latin", "vietnamese") for weight in (400, 600, 700)
)


@dataclass(frozen=True)
class Page:
    """One URL.

    Args:
        route: Its path.
        build: The page function.
        title: The browser's title.
        description: One sentence for search engines and link previews.
        on_load: Handlers run when the page opens, after those of every page.
    """

    route: str
    build: Callable[[], rx.Component]
    title: str
    description: str
    on_load: tuple[Any, ...] = ()


PAGES: tuple[Page, ...] = (
    Page(routes.HOME, home, titles.HOME, titles.HOME_DESCRIPTION, (HomeState.load,)),
    Page(routes.QUIZ, quiz_page, titles.QUIZ, titles.QUIZ_DESCRIPTION, (QuizState.open_counted,)),
    Page(routes.PRACTICE, practice_page, titles.PRACTICE, titles.PRACTICE_DESCRIPTION, (QuizState.open_practice,)),
    Page(routes.RESULT_PATTERN, result, titles.RESULT, titles.RESULT_DESCRIPTION, (ResultState.open,)),
    Page(
        routes.SLOGAN_RESULTS,
        slogan_results,
        titles.SLOGAN_RESULTS,
        titles.SLOGAN_RESULTS_DESCRIPTION,
        (SloganGalleryState.load,),
    ),
    Page(routes.SLOGAN, slogan, titles.SLOGAN, titles.SLOGAN_DESCRIPTION, (HomeState.load, SloganState.load)),
    Page(routes.UNIT_CODE, unit_code, titles.UNIT_CODE, titles.UNIT_CODE_DESCRIPTION, (UnitCodeState.load,)),
    Page(routes.UNIT_DESK, unit_desk, titles.UNIT_DESK, titles.UNIT_DESK_DESCRIPTION, (UnitDeskState.load,)),
    Page(routes.STANDINGS, standings, titles.STANDINGS, titles.STANDINGS_DESCRIPTION, (StandingsState.load,)),
    Page(
        routes.UNIT_STANDINGS,
        unit_standings,
        titles.UNIT_STANDINGS,
        titles.UNIT_STANDINGS_DESCRIPTION,
        (UnitStandingsState.load,),
    ),
    Page(
        routes.BLOC_STANDINGS,
        bloc_standings,
        titles.BLOC_STANDINGS,
        titles.BLOC_STANDINGS_DESCRIPTION,
        (UnitStandingsState.load_blocs,),
    ),
    Page(routes.PROJECTOR, projector, titles.PROJECTOR, titles.PROJECTOR_DESCRIPTION, (ProjectorState.load,)),
    Page(routes.WINNERS, winners, titles.WINNERS, titles.WINNERS_DESCRIPTION, (WinnersState.load,)),
    Page(routes.RULES, rules, titles.RULES, titles.RULES_DESCRIPTION, (RulesState.load,)),
    Page(routes.NEWS_PATTERN, news, titles.NEWS, titles.NEWS_DESCRIPTION, (NewsState.load,)),
    Page(routes.PRIVACY, privacy, titles.PRIVACY, titles.PRIVACY_DESCRIPTION),
    Page(routes.SIGN_IN, sign_in, titles.SIGN_IN, titles.SIGN_IN_DESCRIPTION, (SignInState.load,)),
    Page(routes.REGISTER, register, titles.REGISTER, titles.REGISTER_DESCRIPTION, (RegisterState.load,)),
    Page(
        routes.VNEID_REGISTER,
        vneid_register,
        titles.VNEID_REGISTER,
        titles.VNEID_REGISTER_DESCRIPTION,
        (VneidRegisterState.load,),
    ),
    Page(routes.ACCOUNT, account, titles.ACCOUNT, titles.ACCOUNT_DESCRIPTION, (AccountState.load,)),
    Page(routes.MY_DATA, my_data, titles.MY_DATA, titles.MY_DATA_DESCRIPTION, (MyDataState.load,)),
    Page(routes.CONSENT, consent, titles.CONSENT, titles.CONSENT_DESCRIPTION, (ConsentState.load,)),
    Page(
        routes.STAFF_SIGN_IN,
        staff_sign_in,
        titles.STAFF_SIGN_IN,
        titles.STAFF_SIGN_IN_DESCRIPTION,
        (StaffSignInState.load,),
    ),
    Page(
        routes.INVITATION_PATTERN,
        invitation,
        titles.INVITATION,
        titles.INVITATION_DESCRIPTION,
        (InvitationState.load,),
    ),
    Page(routes.STAFF, overview, titles.STAFF, titles.STAFF_DESCRIPTION, (OverviewState.load,)),
    Page(
        routes.STAFF_PEOPLE,
        staff_people,
        titles.STAFF_PEOPLE,
        titles.STAFF_PEOPLE_DESCRIPTION,
        (StaffPeopleState.load,),
    ),
    Page(
        routes.DATA_REQUESTS,
        data_requests,
        titles.DATA_REQUESTS,
        titles.DATA_REQUESTS_DESCRIPTION,
        (DataRequestsState.load,),
    ),
    Page(routes.MERGES, merge_offers, titles.MERGES, titles.MERGES_DESCRIPTION, (MergesState.load,)),
    Page(
        routes.CONTEST_DESK,
        contest,
        titles.CONTEST_DESK,
        titles.CONTEST_DESK_DESCRIPTION,
        (ContestState.load, BoardFreezeState.load),
    ),
    Page(routes.NEW_CONTEST, new_contest, titles.NEW_CONTEST, titles.NEW_CONTEST_DESCRIPTION, (NewContestState.load,)),
    Page(routes.RULE_DRAFT, rule_draft, titles.RULE_DRAFT, titles.RULE_DRAFT_DESCRIPTION, (RuleDraftState.load,)),
    Page(routes.SIMULATION, simulation, titles.SIMULATION, titles.SIMULATION_DESCRIPTION, (SimulationState.load,)),
    Page(routes.NEWS_DESK, news_desk, titles.NEWS_DESK, titles.NEWS_DESK_DESCRIPTION, (NewsDeskState.load,)),
    Page(
        routes.NEWS_EDITOR_PATTERN,
        news_editor,
        titles.NEWS_EDITOR,
        titles.NEWS_EDITOR_DESCRIPTION,
        (NewsEditorState.load,),
    ),
    Page(
        routes.ITEM_ANALYSIS,
        item_analysis,
        titles.ITEM_ANALYSIS,
        titles.ITEM_ANALYSIS_DESCRIPTION,
        (ItemAnalysisState.load,),
    ),
    Page(routes.AUDIT_LOG, audit_log, titles.AUDIT_LOG, titles.AUDIT_LOG_DESCRIPTION, (AuditLogState.load,)),
    Page(
        routes.JUDGE_DESK,
        judge_desk,
        titles.JUDGE_DESK,
        titles.JUDGE_DESK_DESCRIPTION,
        (JudgeDeskState.load,),
    ),
    Page(
        routes.JUDGING_ROUNDS,
        judging_rounds,
        titles.JUDGING_ROUNDS,
        titles.JUDGING_ROUNDS_DESCRIPTION,
        (JudgingRoundsState.load,),
    ),
    Page(
        routes.STAFF_SLOGANS,
        staff_slogans,
        titles.STAFF_SLOGANS,
        titles.STAFF_SLOGANS_DESCRIPTION,
        (SloganDeskState.load,),
    ),
    Page(
        routes.STAFF_SLOGANS_ALIKE,
        slogans_alike,
        titles.SLOGANS_ALIKE,
        titles.SLOGANS_ALIKE_DESCRIPTION,
        (SlogansAlikeState.load,),
    ),
    Page(
        routes.STAFF_SLOGANS_REMIND,
        slogan_reminder,
        titles.SLOGAN_REMINDER,
        titles.SLOGAN_REMINDER_DESCRIPTION,
        (SloganReminderState.load,),
    ),
    Page(
        routes.STAFF_SLOGANS_PUBLISH,
        slogan_publication,
        titles.SLOGAN_PUBLICATION,
        titles.SLOGAN_PUBLICATION_DESCRIPTION,
        (SloganPublicationState.load,),
    ),
    Page(
        routes.OFFICIAL_RESULTS,
        official_results,
        titles.OFFICIAL_RESULTS,
        titles.OFFICIAL_RESULTS_DESCRIPTION,
        (OfficialResultsState.load,),
    ),
    Page(routes.STAFF_PRIZES, prizes, titles.STAFF_PRIZES, titles.STAFF_PRIZES_DESCRIPTION, (PrizesState.load,)),
    Page(routes.UNIT_CODES, unit_codes, titles.UNIT_CODES, titles.UNIT_CODES_DESCRIPTION, (UnitCodesState.load,)),
    Page(routes.STAFF_UNITS, staff_units, titles.STAFF_UNITS, titles.STAFF_UNITS_DESCRIPTION, (StaffUnitsState.load,)),
    Page(
        routes.UNIT_IMPORT_PATTERN,
        unit_import,
        titles.UNIT_IMPORT,
        titles.UNIT_IMPORT_DESCRIPTION,
        (UnitImportState.load,),
    ),
    Page(
        routes.PARTICIPANTS,
        participants,
        titles.PARTICIPANTS,
        titles.PARTICIPANTS_DESCRIPTION,
        (ParticipantsState.load,),
    ),
    Page(
        routes.PARTICIPANT_PATTERN,
        participant,
        titles.PARTICIPANT,
        titles.PARTICIPANT_DESCRIPTION,
        (ParticipantState.load,),
    ),
    Page(
        routes.STAFF_PAPERS,
        staff_papers,
        titles.STAFF_PAPERS,
        titles.STAFF_PAPERS_DESCRIPTION,
        (StaffPapersState.load,),
    ),
    Page(
        routes.STAFF_PAPER_PATTERN,
        staff_paper,
        titles.STAFF_PAPER,
        titles.STAFF_PAPER_DESCRIPTION,
        (StaffPaperState.load,),
    ),
    Page(routes.PIN_RESET, pin_reset, titles.PIN_RESET, titles.PIN_RESET_DESCRIPTION, (PinResetState.load,)),
    Page(
        routes.STAFF_QUESTIONS,
        staff_questions,
        titles.STAFF_QUESTIONS,
        titles.STAFF_QUESTIONS_DESCRIPTION,
        (QuestionBankState.load,),
    ),
    Page(
        routes.QUESTION_PATTERN,
        question_editor,
        titles.QUESTION_EDITOR,
        titles.QUESTION_EDITOR_DESCRIPTION,
        (QuestionEditorState.load,),
    ),
    Page(
        routes.QUESTION_IMPORTS,
        question_imports,
        titles.QUESTION_IMPORTS,
        titles.QUESTION_IMPORTS_DESCRIPTION,
        (QuestionImportsState.load,),
    ),
    Page(
        routes.QUESTION_IMPORT_PATTERN,
        question_import,
        titles.QUESTION_IMPORT,
        titles.QUESTION_IMPORT_DESCRIPTION,
        (QuestionImportState.load,),
    ),
    Page("404", not_found, titles.NOT_FOUND, titles.NOT_FOUND_DESCRIPTION),
)
DEVELOPMENT_PAGES: tuple[Page, ...] = (
    Page(routes.DESIGN_SYSTEM, design_system, titles.DESIGN_SYSTEM, titles.DESIGN_SYSTEM_DESCRIPTION),
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
    pages = PAGES + (DEVELOPMENT_PAGES if get_settings().env == "development" else ())
    for page in pages:
        app.add_page(
            page.build,
            route=page.route,
            title=page.title,
            description=page.description,
            on_load=[*ALWAYS, *page.on_load],
        )
    make_states_on_demand(app)
    index_rooms(app)
    use_own_lines(app)
    app.register_lifespan_task(take_own_core, folder=get_settings().data_dir)
    app.register_lifespan_task(clean_logs)
    app.register_lifespan_task(prepare_redis, web=app)
    app.register_lifespan_task(shorten_event_path, web=app)
    app.register_lifespan_task(keep_time)
    app.register_lifespan_task(keep_site_fresh)
    app.register_lifespan_task(keep_database_log_short)
    app.register_lifespan_task(do_periodic_work)
    board_rooms.rooms.app = unit_board_rooms.rooms.app = app
    session_rooms.app = staff_rooms.app = overview_rooms.app = writer_rooms.app = app
    app.register_lifespan_task(send_signed_out_participants_on)
    app.register_lifespan_task(send_signed_out_staff_on)
    app.register_lifespan_task(publish_boards)
    app.register_lifespan_task(publish_unit_boards)
    app.register_lifespan_task(keep_slow_tabs_up)
    app.register_lifespan_task(carry_board_news)
    app.register_lifespan_task(stop_dismissed_writers)
    app.register_lifespan_task(publish_overview)
    get_site().connected = lambda: len(app.event_namespace.sid_to_token) if app.event_namespace else 0
    app.register_lifespan_task(collect_when_quiet, connected=get_site().connected)
    return app


app = _build()
