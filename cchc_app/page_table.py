"""Which page stands at which URL."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from cchc_app import routes
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
from cchc_app.pages.admin.question_import import question_import
from cchc_app.pages.admin.question_imports import question_imports
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
from cchc_app.states.admin.overview import OverviewState
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
from cchc_app.states.consent import ConsentState
from cchc_app.states.home import HomeState
from cchc_app.states.my_data import MyDataState
from cchc_app.states.news import NewsState
from cchc_app.states.pin_reset import PinResetState
from cchc_app.states.projector import ProjectorState
from cchc_app.states.quiz import QuizState
from cchc_app.states.register import RegisterState
from cchc_app.states.result import ResultState
from cchc_app.states.rules import RulesState
from cchc_app.states.sign_in import SignInState
from cchc_app.states.slogan import SloganState
from cchc_app.states.slogan_gallery import SloganGalleryState
from cchc_app.states.standings import StandingsState
from cchc_app.states.unit_code import UnitCodeState
from cchc_app.states.unit_desk import UnitDeskState
from cchc_app.states.unit_standings import UnitStandingsState
from cchc_app.states.vneid_register import VneidRegisterState
from cchc_app.states.winners import WinnersState
from cchc_app.texts import titles
from cchc_app.texts.titles import Head


@dataclass(frozen=True)
class Page:
    """One URL.

    Args:
        route: Its path.
        build: The page function.
        head: The browser's title, and one sentence for search engines and link previews.
        on_load: Handlers run when the page opens, after those of every page.
    """

    route: str
    build: Callable[[], rx.Component]
    head: Head
    on_load: tuple[Any, ...]


def _page(route: str, build: Callable[[], rx.Component], head: Head, *on_load: Any) -> Page:
    return Page(route, build, head, on_load)


PAGES: tuple[Page, ...] = (
    _page(routes.HOME, home, titles.HOME, HomeState.load),
    _page(routes.QUIZ, quiz_page, titles.QUIZ, QuizState.open_counted),
    _page(routes.PRACTICE, practice_page, titles.PRACTICE, QuizState.open_practice),
    _page(routes.RESULT_PATTERN, result, titles.RESULT, ResultState.open),
    _page(routes.SLOGAN_RESULTS, slogan_results, titles.SLOGAN_RESULTS, SloganGalleryState.load),
    _page(routes.SLOGAN, slogan, titles.SLOGAN, HomeState.load, SloganState.load),
    _page(routes.UNIT_CODE, unit_code, titles.UNIT_CODE, UnitCodeState.load),
    _page(routes.UNIT_DESK, unit_desk, titles.UNIT_DESK, UnitDeskState.load),
    _page(routes.STANDINGS, standings, titles.STANDINGS, StandingsState.load),
    _page(routes.UNIT_STANDINGS, unit_standings, titles.UNIT_STANDINGS, UnitStandingsState.load),
    _page(routes.BLOC_STANDINGS, bloc_standings, titles.BLOC_STANDINGS, UnitStandingsState.load_blocs),
    _page(routes.PROJECTOR, projector, titles.PROJECTOR, ProjectorState.load),
    _page(routes.WINNERS, winners, titles.WINNERS, WinnersState.load),
    _page(routes.RULES, rules, titles.RULES, RulesState.load),
    _page(routes.NEWS_PATTERN, news, titles.NEWS, NewsState.load),
    _page(routes.PRIVACY, privacy, titles.PRIVACY),
    _page(routes.SIGN_IN, sign_in, titles.SIGN_IN, SignInState.load),
    _page(routes.REGISTER, register, titles.REGISTER, RegisterState.load),
    _page(routes.VNEID_REGISTER, vneid_register, titles.VNEID_REGISTER, VneidRegisterState.load),
    _page(routes.ACCOUNT, account, titles.ACCOUNT, AccountState.load),
    _page(routes.MY_DATA, my_data, titles.MY_DATA, MyDataState.load),
    _page(routes.CONSENT, consent, titles.CONSENT, ConsentState.load),
    _page(routes.STAFF_SIGN_IN, staff_sign_in, titles.STAFF_SIGN_IN, StaffSignInState.load),
    _page(routes.INVITATION_PATTERN, invitation, titles.INVITATION, InvitationState.load),
    _page(routes.STAFF, overview, titles.STAFF, OverviewState.load),
    _page(routes.STAFF_PEOPLE, staff_people, titles.STAFF_PEOPLE, StaffPeopleState.load),
    _page(routes.DATA_REQUESTS, data_requests, titles.DATA_REQUESTS, DataRequestsState.load),
    _page(routes.MERGES, merge_offers, titles.MERGES, MergesState.load),
    _page(routes.CONTEST_DESK, contest, titles.CONTEST_DESK, ContestState.load, BoardFreezeState.load),
    _page(routes.NEW_CONTEST, new_contest, titles.NEW_CONTEST, NewContestState.load),
    _page(routes.RULE_DRAFT, rule_draft, titles.RULE_DRAFT, RuleDraftState.load),
    _page(routes.SIMULATION, simulation, titles.SIMULATION, SimulationState.load),
    _page(routes.NEWS_DESK, news_desk, titles.NEWS_DESK, NewsDeskState.load),
    _page(routes.NEWS_EDITOR_PATTERN, news_editor, titles.NEWS_EDITOR, NewsEditorState.load),
    _page(routes.ITEM_ANALYSIS, item_analysis, titles.ITEM_ANALYSIS, ItemAnalysisState.load),
    _page(routes.AUDIT_LOG, audit_log, titles.AUDIT_LOG, AuditLogState.load),
    _page(routes.JUDGE_DESK, judge_desk, titles.JUDGE_DESK, JudgeDeskState.load),
    _page(routes.JUDGING_ROUNDS, judging_rounds, titles.JUDGING_ROUNDS, JudgingRoundsState.load),
    _page(routes.STAFF_SLOGANS, staff_slogans, titles.STAFF_SLOGANS, SloganDeskState.load),
    _page(routes.STAFF_SLOGANS_ALIKE, slogans_alike, titles.SLOGANS_ALIKE, SlogansAlikeState.load),
    _page(routes.STAFF_SLOGANS_REMIND, slogan_reminder, titles.SLOGAN_REMINDER, SloganReminderState.load),
    _page(routes.STAFF_SLOGANS_PUBLISH, slogan_publication, titles.SLOGAN_PUBLICATION, SloganPublicationState.load),
    _page(routes.OFFICIAL_RESULTS, official_results, titles.OFFICIAL_RESULTS, OfficialResultsState.load),
    _page(routes.STAFF_PRIZES, prizes, titles.STAFF_PRIZES, PrizesState.load),
    _page(routes.UNIT_CODES, unit_codes, titles.UNIT_CODES, UnitCodesState.load),
    _page(routes.STAFF_UNITS, staff_units, titles.STAFF_UNITS, StaffUnitsState.load),
    _page(routes.UNIT_IMPORT_PATTERN, unit_import, titles.UNIT_IMPORT, UnitImportState.load),
    _page(routes.PARTICIPANTS, participants, titles.PARTICIPANTS, ParticipantsState.load),
    _page(routes.PARTICIPANT_PATTERN, participant, titles.PARTICIPANT, ParticipantState.load),
    _page(routes.STAFF_PAPERS, staff_papers, titles.STAFF_PAPERS, StaffPapersState.load),
    _page(routes.STAFF_PAPER_PATTERN, staff_paper, titles.STAFF_PAPER, StaffPaperState.load),
    _page(routes.PIN_RESET, pin_reset, titles.PIN_RESET, PinResetState.load),
    _page(routes.STAFF_QUESTIONS, staff_questions, titles.STAFF_QUESTIONS, QuestionBankState.load),
    _page(routes.QUESTION_PATTERN, question_editor, titles.QUESTION_EDITOR, QuestionEditorState.load),
    _page(routes.QUESTION_IMPORTS, question_imports, titles.QUESTION_IMPORTS, QuestionImportsState.load),
    _page(routes.QUESTION_IMPORT_PATTERN, question_import, titles.QUESTION_IMPORT, QuestionImportState.load),
    _page("404", not_found, titles.NOT_FOUND),
)
DEVELOPMENT_PAGES: tuple[Page, ...] = (_page(routes.DESIGN_SYSTEM, design_system, titles.DESIGN_SYSTEM),)
