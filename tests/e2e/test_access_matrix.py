"""Every event handler and every HTTP route, called as every role: who is let in, who is refused, what changes.

The two tables are held to the code: a handler or a route without its row fails.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from cchc_app import frontend, routes
from cchc_app.contest.access import STAFF_ROLES, Permission, Role, allows
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.crypto import load_keyring, token_hash, use_keyring
from cchc_app.data.engine import Database
from cchc_app.endpoints.site import ROUTERS
from cchc_app.services.sessions import viewer
from cchc_app.services.staff_sessions import staff_viewer
from cchc_app.settings import Settings
from cchc_app.states.admin.session import StaffState
from cchc_app.states.slogan import SloganState
from cchc_app.states.unit_desk import UnitDeskState
from tests.e2e.test_perimeter import FRAMEWORK, STATES, call_all, calls, rows, traces
from tests.live_site import LiveSite
from tests.participant import QUIZ, Participant, connect_all, in_own_loop
from tests.staff import make_staff
from tests.writers import add_to_unit

NOBODY = Role.VISITOR
PARTICIPANTS = (Role.PARTICIPANT, Role.UNIT_REPRESENTATIVE)
UNIT = "10507"
DOORS = (f"{routes.SIGN_IN}?", f"{routes.STAFF_SIGN_IN}?")


class Gate(Enum):
    """Whom a handler is for, where no permission says it."""

    PUBLIC = auto()  # everybody, whoever is signed in
    ARRIVED = auto()  # a browser VNeID has just sent back; here nobody is one
    OWN_TAB = auto()  # rearranges what the tab has been sent already; reads and writes nothing


@dataclass(frozen=True)
class Row:
    """Who is let in, and arguments a page of ours could send."""

    gate: Gate | Permission
    arguments: dict[str, Any]


def row(gate: Gate | Permission, **arguments: Any) -> Row:
    return Row(gate, arguments)


TAKES_PART, WRITES = Permission.TAKE_QUIZ, Permission.WRITE_SLOGAN
WRITTEN = {"text": "Một", "explanation": "", "author": "An", "serial": "x-1", "revision": "0"}
HANDLERS: dict[str, Row] = {
    "AccountState.change_pin": row(TAKES_PART, form={"current": "", "pin": "620485", "pin_again": ""}),
    "AccountState.load": row(TAKES_PART),
    "AccountState.sign_out_device": row(TAKES_PART, handle="0123456789abcdef"),
    "AuditLogState.load": row(Permission.READ_AUDIT_LOG),
    "AuditLogState.search": row(Permission.READ_AUDIT_LOG, form={"search": "staff"}),
    "ConsentState.agree": row(TAKES_PART),
    "ConsentState.load": row(TAKES_PART),
    "DataRequestsState.choose": row(Permission.RUN_CONTEST, number=1),
    "DataRequestsState.corrected": row(Permission.RUN_CONTEST, form={"number": "1", "code": ""}),
    "DataRequestsState.erase": row(Permission.RUN_CONTEST, form={"number": "1", "code": ""}),
    "DataRequestsState.load": row(Permission.READ_CONTEST),
    "DataRequestsState.search": row(Permission.READ_CONTEST, form={"search": "x"}),
    "DataRequestsState.refuse": row(Permission.RUN_CONTEST, form={"number": "1", "reason": "x", "code": ""}),
    "BoardFreezeState.load": row(Permission.READ_CONTEST),
    "BoardFreezeState.save": row(Permission.RUN_CONTEST, form={"period": "1", "minutes": "-1", "note": ""}),
    "ContestState.load": row(Permission.READ_CONTEST),
    "ContestState.preview": row(Permission.READ_CONTEST, field="purpose", text="*x*"),
    "ContestState.remove_file": row(Permission.RUN_CONTEST, number=99),
    "ContestState.save": row(Permission.RUN_CONTEST, form={"revision": "99", "title": "x"}),
    "FrameState.close_trouble": row(Gate.OWN_TAB),
    "FrameState.fail": row(Gate.OWN_TAB, code="CCHC-999"),
    "FrameState.load": row(Gate.PUBLIC),
    "HomeState.load": row(Gate.PUBLIC),
    "HomeState.show_qr": row(Gate.PUBLIC),
    "InvitationState.load": row(Gate.PUBLIC),
    "InvitationState.submit": row(Gate.PUBLIC, form={"username": "lan.nguyen"}),
    "MergesState.choose": row(Permission.RUN_CONTEST, kept=1, merged=2),
    "MergesState.load": row(Permission.READ_CONTEST),
    "MergesState.search": row(Permission.READ_CONTEST, form={"search": "x"}),
    "MergesState.merge": row(Permission.RUN_CONTEST, form={"kept": "1", "merged": "2", "reason": "x", "code": ""}),
    "JudgeDeskState.ask": row(Permission.JUDGE_SLOGANS, confirming=True),
    "JudgeDeskState.give": row(Permission.JUDGE_SLOGANS, code=1, criterion="spirit", points=5),
    "JudgeDeskState.hand_in": row(Permission.JUDGE_SLOGANS),
    "JudgeDeskState.load": row(Permission.JUDGE_SLOGANS),
    "JudgeDeskState.open_task": row(Permission.JUDGE_SLOGANS, code=1),
    "JudgeDeskState.put_off": row(Permission.JUDGE_SLOGANS, code=1, skipped=True),
    "JudgeDeskState.show_round": row(Permission.JUDGE_SLOGANS, number=1),
    "JudgeDeskState.step_back": row(Permission.JUDGE_SLOGANS, form={"code": "1", "reason": "x"}),
    "JudgeDeskState.write_comment": row(Permission.JUDGE_SLOGANS, code=1, text="x"),
    "JudgeDeskState.write_note": row(Permission.JUDGE_SLOGANS, form={"code": "1", "number": "1", "text": "x"}),
    "JudgingRoundsState.ask": row(Permission.RUN_CONTEST, what="open"),
    "JudgingRoundsState.choose": row(Permission.RUN_CONTEST, code=1),
    "JudgingRoundsState.close_round": row(Permission.RUN_CONTEST),
    "JudgingRoundsState.load": row(Permission.READ_CONTEST),
    "JudgingRoundsState.search": row(Permission.READ_CONTEST, form={"search": "x"}),
    "JudgingRoundsState.lift_conflict": row(Permission.RUN_CONTEST, form={"conflict": "lan.nguyen/", "reason": "x"}),
    "JudgingRoundsState.note_conflict": row(
        Permission.RUN_CONTEST, form={"judge": "lan.nguyen", "unit": "", "reason": "x"}
    ),
    "JudgingRoundsState.open_main": row(Permission.RUN_CONTEST),
    "JudgingRoundsState.open_tie": row(Permission.RUN_CONTEST, form={}),
    "JudgingRoundsState.reassign": row(Permission.RUN_CONTEST, form={"code": "1", "judge": "a", "to": "b"}),
    "MyDataState.cancel": row(TAKES_PART, kind="erasure"),
    "MyDataState.correct": row(TAKES_PART, form={"text": ""}),
    "MyDataState.erase": row(TAKES_PART),
    "MyDataState.load": row(TAKES_PART),
    "MyDataState.withdraw": row(TAKES_PART),
    "NewContestState.create": row(Permission.RUN_CONTEST, form={"source": ""}),
    "NewContestState.load": row(Permission.RUN_CONTEST),
    "NewsDeskState.load": row(Permission.READ_CONTEST),
    "NewsDeskState.search": row(Permission.READ_CONTEST, form={"search": "x"}),
    "NewsEditorState.load": row(Permission.READ_CONTEST),
    "NewsEditorState.preview": row(Permission.READ_CONTEST, text="*x*"),
    "NewsEditorState.remove": row(Permission.RUN_CONTEST),
    "NewsEditorState.save": row(Permission.RUN_CONTEST, form={"number": "99", "title": ""}),
    "NewsState.load": row(Gate.PUBLIC),
    "OfficialResultsState.check": row(Permission.READ_CONTEST),
    "OfficialResultsState.close": row(Permission.RUN_CONTEST, form={"reason": "", "code": ""}),
    "OfficialResultsState.follow": row(Permission.READ_CONTEST),
    "OfficialResultsState.load": row(Permission.READ_CONTEST),
    "OfficialResultsState.search": row(Permission.READ_CONTEST, form={"search": "a"}),
    "OverviewState.load": row(Permission.ENTER_DESK),
    "ParticipantState.block": row(Permission.RUN_CONTEST, form={"reason": "x"}),
    "ParticipantState.disqualify": row(Permission.RUN_CONTEST, form={"reason": "x", "code": ""}),
    "ParticipantState.extra_time": row(Permission.RUN_CONTEST, form={"reason": "x", "minutes": "5"}),
    "ParticipantState.load": row(Permission.READ_CONTEST),
    "ParticipantState.move": row(Permission.RUN_CONTEST, form={"reason": "x", "unit": "U1", "code": ""}),
    "ParticipantState.offer_pin": row(Permission.RUN_CONTEST, form={"reason": "x", "code": ""}),
    "ParticipantState.put_away": row(Permission.READ_CONTEST),
    "ParticipantState.reinstate": row(Permission.RUN_CONTEST, form={"reason": "x", "code": ""}),
    "ParticipantState.reveal": row(Permission.REVEAL_CITIZEN_ID, form={"reason": "x", "code": ""}),
    "ParticipantState.unblock": row(Permission.RUN_CONTEST, form={"reason": "x"}),
    "ParticipantsState.load": row(Permission.READ_CONTEST),
    "ParticipantsState.search": row(Permission.READ_CONTEST, form={"search": "an"}),
    "PinResetState.load": row(Gate.PUBLIC),
    "PinResetState.submit": row(Gate.PUBLIC, form={"pin": "620485", "pin_again": "620485", "token": "x"}),
    "QuestionBankState.cancel": row(Permission.READ_QUESTIONS),
    "QuestionBankState.confirm": row(Permission.EDIT_QUESTIONS),
    "QuestionBankState.load": row(Permission.READ_QUESTIONS),
    "QuestionBankState.prepare": row(Permission.EDIT_QUESTIONS, form={"viec": "approved"}),
    "QuestionBankState.search": row(Permission.READ_QUESTIONS, form={"search": "an"}),
    "QuestionEditorState.approve": row(Permission.EDIT_QUESTIONS, form={"version": "1"}),
    "QuestionEditorState.load": row(Permission.READ_QUESTIONS),
    "QuestionEditorState.restore": row(Permission.EDIT_QUESTIONS),
    "QuestionEditorState.retire": row(Permission.EDIT_QUESTIONS),
    "QuestionEditorState.save": row(Permission.EDIT_QUESTIONS, form={"stem": ""}),
    "QuestionEditorState.toggle_answer": row(Permission.READ_QUESTIONS),
    "QuestionImportState.accept": row(Permission.EDIT_QUESTIONS, kind="lost_zeros"),
    "QuestionImportState.confirm": row(Permission.EDIT_QUESTIONS, form={}),
    "QuestionImportState.drop": row(Permission.EDIT_QUESTIONS),
    "QuestionImportState.keep": row(Permission.EDIT_QUESTIONS, kind="lost_zeros"),
    "QuestionImportState.load": row(Permission.READ_QUESTIONS),
    "QuestionImportState.refresh": row(Permission.READ_QUESTIONS),
    "QuestionImportsState.load": row(Permission.READ_QUESTIONS),
    "QuestionImportsState.search": row(Permission.READ_QUESTIONS, form={"search": "x"}),
    "PrizesState.confirm": row(Permission.RUN_CONTEST, form={"code": ""}),
    "PrizesState.decide": row(Permission.RUN_CONTEST, form={"quota": "none", "reason": ""}),
    "PrizesState.load": row(Permission.READ_CONTEST),
    "PrizesState.propose": row(Permission.RUN_CONTEST, form={"reason": ""}),
    "PrizesState.publish": row(Permission.RUN_CONTEST, form={"code": ""}),
    "PrizesState.search": row(Permission.READ_CONTEST, form={"search": "a"}),
    "PrizesState.withdraw": row(Permission.RUN_CONTEST, form={"reason": ""}),
    "ItemAnalysisState.follow": row(Permission.READ_CONTEST),
    "ItemAnalysisState.load": row(Permission.READ_CONTEST),
    "ItemAnalysisState.search": row(Permission.READ_CONTEST, form={"search": "a"}),
    "OverviewState.search": row(Permission.READ_CONTEST, form={"search": "a"}),
    "QuizState.answer": row(TAKES_PART, form={"paper": "none", "position": "0", "choice": "1"}),
    "QuizState.begin": row(TAKES_PART),
    "QuizState.finish": row(TAKES_PART, form={}),
    "QuizState.go": row(TAKES_PART, position=0),
    "QuizState.open_counted": row(TAKES_PART),
    "QuizState.open_practice": row(TAKES_PART),
    "QuizState.show_panel": row(TAKES_PART, panel="grid"),
    "QuizState.time_up": row(TAKES_PART),
    "RegisterState.back": row(Gate.OWN_TAB),
    "RegisterState.load": row(Gate.PUBLIC),
    "RegisterState.opened": row(Gate.OWN_TAB),
    "RegisterState.submit": row(Gate.PUBLIC, form={"step": "1"}),
    "ResultState.filter_review": row(Gate.OWN_TAB, shown="right"),
    "ResultState.open": row(TAKES_PART),
    "ResultState.toggle_review": row(Gate.OWN_TAB),
    "RuleDraftState.discard": row(Permission.RUN_CONTEST),
    "RuleDraftState.load": row(Permission.READ_CONTEST),
    "RuleDraftState.move": row(Permission.RUN_CONTEST, step="time_used_asc", way="sideways"),
    "RuleDraftState.publish": row(Permission.RUN_CONTEST, form={"revision": "99", "note": "", "code": ""}),
    "RuleDraftState.save": row(Permission.RUN_CONTEST, form={"section": "tuan", "revision": "99"}),
    "RuleDraftState.toggle": row(Permission.RUN_CONTEST, step="no_step"),
    "RulesState.load": row(Gate.PUBLIC),
    "SessionState.load": row(Gate.PUBLIC),
    "SimulationState.jump": row(Permission.READ_CONTEST, at="03/11/2025 00:00"),
    "SimulationState.load": row(Permission.READ_CONTEST),
    "SimulationState.look": row(Permission.READ_CONTEST, form={"at": "03/11/2025 00:00"}),
    "SignInState.load": row(Gate.PUBLIC),
    "SignInState.submit": row(Gate.PUBLIC, form={"citizen_id": "1", "pin": "1"}),
    "StaffPaperState.load": row(Permission.READ_CONTEST),
    "StaffPapersState.load": row(Permission.READ_CONTEST),
    "StaffPapersState.search": row(Permission.READ_CONTEST, form={"search": "an"}),
    "SloganDeskState.disqualify": row(Permission.RUN_CONTEST, form={"unit": "none", "reason": ""}),
    "SloganDeskState.extend": row(Permission.RUN_CONTEST, form={"unit": "none", "until": "", "reason": ""}),
    "SloganDeskState.load": row(Permission.READ_CONTEST),
    "SloganDeskState.reinstate": row(Permission.RUN_CONTEST, form={"unit": "none", "reason": ""}),
    "SloganDeskState.search": row(Permission.READ_CONTEST, form={"search": "a"}),
    "SloganGalleryState.load": row(Gate.PUBLIC),
    "SloganGalleryState.search": row(Gate.PUBLIC, form={"search": "a"}),
    "SloganPublicationState.load": row(Permission.READ_CONTEST),
    "SloganPublicationState.publish": row(Permission.RUN_CONTEST, form={"note": "", "code": ""}),
    "SloganReminderState.load": row(Permission.READ_CONTEST),
    "SlogansAlikeState.load": row(Permission.READ_CONTEST),
    "UnitCodesState.appoint": row(Permission.RUN_CONTEST, place=0),
    "UnitCodesState.dismiss": row(Permission.RUN_CONTEST, place=0),
    "UnitCodesState.find_people": row(Permission.READ_CONTEST, form={"name": "a"}),
    "UnitCodesState.load": row(Permission.READ_CONTEST),
    "UnitCodesState.make_chosen": row(Permission.RUN_CONTEST, form={}),
    "UnitCodesState.make_for_missing": row(Permission.RUN_CONTEST),
    "UnitCodesState.put_away": row(Permission.RUN_CONTEST),
    "UnitCodesState.search": row(Permission.READ_CONTEST, form={"search": "a"}),
    "SloganState.ask": row(WRITES, form=WRITTEN),
    "SloganState.edit": row(Gate.OWN_TAB),
    "SloganState.load": row(Gate.PUBLIC),
    "SloganState.refresh": row(Gate.PUBLIC),
    "SloganState.save_draft": row(WRITES, form=WRITTEN),
    "SloganState.settle": row(Gate.OWN_TAB),
    "SloganState.show_panel": row(Gate.OWN_TAB, panel="send"),
    "SloganState.submit": row(WRITES, form=WRITTEN),
    "SloganState.withdraw": row(WRITES, form={"revision": "0"}),
    "StaffPeopleState.change_role": row(
        Permission.MANAGE_STAFF, form={"username": "lan.nguyen", "role": "judge", "code": ""}
    ),
    "StaffPeopleState.choose": row(Permission.MANAGE_STAFF, username="lan.nguyen"),
    "StaffPeopleState.disable": row(Permission.MANAGE_STAFF, form={"username": "lan.nguyen", "code": ""}),
    "StaffPeopleState.enable": row(Permission.MANAGE_STAFF, form={"username": "lan.nguyen", "code": ""}),
    "StaffPeopleState.invite": row(Permission.MANAGE_STAFF, form={"role": "judge", "code": ""}),
    "StaffPeopleState.load": row(Permission.MANAGE_STAFF),
    "StaffPeopleState.search": row(Permission.MANAGE_STAFF, form={"search": "x"}),
    "StaffPeopleState.offer_reset": row(Permission.MANAGE_STAFF, form={"username": "lan.nguyen", "code": ""}),
    "StaffPeopleState.withdraw": row(Permission.MANAGE_STAFF, number=1),
    "StaffSignInState.load": row(Gate.PUBLIC),
    "StaffSignInState.start_over": row(Gate.OWN_TAB),
    "StaffSignInState.submit_code": row(Gate.PUBLIC, form={"code": "123456"}),
    "StaffSignInState.submit_password": row(Gate.PUBLIC, form={"username": "", "password": ""}),
    "StandingsState.load": row(Gate.PUBLIC),
    "StandingsState.refresh": row(Gate.PUBLIC),
    "StandingsState.search": row(Gate.PUBLIC, wanted="an"),
    "UnitStandingsState.load": row(Gate.PUBLIC),
    "UnitStandingsState.load_blocs": row(Gate.PUBLIC),
    "UnitStandingsState.refresh": row(Gate.PUBLIC),
    "UnitStandingsState.search": row(Gate.PUBLIC, wanted="an"),
    "ProjectorState.load": row(Gate.PUBLIC),
    "ProjectorState.go_on": row(Gate.PUBLIC),
    "UnitCodeState.load": row(Gate.PUBLIC),
    "UnitCodeState.redeem": row(TAKES_PART, form={"code": "2222-2222-2222"}),
    "UnitDeskState.load": row(WRITES),
    "StaffUnitsState.add": row(Permission.RUN_CONTEST, form={"code": "X 1", "name": "x", "bloc": "cap_xa"}),
    "StaffUnitsState.load": row(Permission.READ_CONTEST),
    "StaffUnitsState.save": row(Permission.RUN_CONTEST, form={"unit": "X1", "name": "x", "bloc": "cap_xa"}),
    "StaffUnitsState.search": row(Permission.READ_CONTEST, form={"search": "an"}),
    "StaffUnitsState.set_headcount": row(Permission.RUN_CONTEST, form={"unit": "X1", "headcount": "5", "from": ""}),
    "UnitImportState.confirm": row(Permission.RUN_CONTEST),
    "UnitImportState.drop": row(Permission.RUN_CONTEST),
    "UnitImportState.load": row(Permission.READ_CONTEST),
    "WinnersState.load": row(Gate.PUBLIC),
    "VneidRegisterState.load": row(Gate.ARRIVED),
    "VneidRegisterState.submit": row(Gate.PUBLIC, form={}),
}
# Says nothing at all to whoever is not let in.
SILENT = {"QuizState.show_panel"}
# Whoever takes the consent back is let in nowhere until it is given again: the others come first.
LAST = "MyDataState.withdraw"
SOON, PATIENCE = 1.5, 20  # seconds

# Holds what is known of whoever asks.
OWN_DATA = ("GET", routes.MY_DATA_FILE)
# What every role is answered. Only one's own data depend on who asks; signing out, asked for last, ends one's session.
ROUTES: dict[tuple[str, str], int] = {
    OWN_DATA: 303,
    ("GET", routes.VNEID_START): 303,
    ("GET", routes.VNEID_RETURN): 303,  # back to the door: nobody began
    ("GET", routes.ALIVE): 200,
    ("GET", routes.READY): 200,
    ("GET", routes.METRICS): 200,
    ("GET", routes.API_STANDINGS): 200,
    ("GET", routes.API_UNIT_STANDINGS): 200,
    ("GET", routes.EMBEDDED_BOARD): 200,
    ("GET", routes.SESSION_TICKET): 303,  # back to the door: the ticket is made up
    ("GET", routes.STAFF_SESSION_TICKET): 303,
    ("GET", routes.FILE): 404,
    ("POST", routes.FILE_UPLOAD): 303,  # to the door, or back to the page: no file came; other staff are told so
    ("GET", routes.PARTICIPATION_FILE): 303,
    ("GET", routes.ITEM_ANALYSIS_FILE): 303,
    ("GET", routes.SLOGAN_LIST_FILE): 303,
    ("GET", routes.SLOGAN_RESULTS_FILE): 303,
    ("GET", routes.SLOGAN_MINUTES_FILE): 303,
    ("GET", routes.OFFICIAL_FILE): 303,
    ("GET", routes.PRIZES_FILE): 303,
    ("GET", routes.COMMENDATION_FILE): 303,
    ("GET", routes.SLOGAN_CARD_PATTERN): 404,  # to the door, or back to the page: no file came; other staff are told so
    ("GET", routes.UNIT_LIST_FILE): 303,
    ("GET", routes.PEOPLE_LIST_FILE): 303,
    ("GET", routes.PAPER_LIST_FILE): 303,
    ("GET", routes.AUDIT_LOG_FILE): 303,
    ("GET", routes.NEWS_FILE): 303,
    ("GET", routes.STAFF_FILE): 303,
    ("GET", routes.REQUEST_FILE): 303,
    ("GET", routes.PAIR_FILE): 303,
    ("GET", routes.JUDGED_FILE): 303,
    ("GET", routes.IMPORT_LIST_FILE): 303,
    ("GET", routes.WRITER_FILE): 303,
    ("GET", routes.UNIT_TEMPLATE_PATTERN): 303,
    ("POST", routes.UNIT_UPLOAD): 303,
    ("POST", routes.ROSTER_UPLOAD): 303,
    ("POST", routes.SIGN_OUT): 303,
    ("POST", routes.STAFF_SIGN_OUT): 303,
}
# What only some of the staff are given: whose, and what they are answered. Others of the staff are refused, everybody
# else is sent to the staff's door.
STAFF_ROUTES: dict[tuple[str, str], tuple[Permission, int]] = {
    ("GET", routes.question_file("xlsx")): (Permission.READ_QUESTIONS, 200),
    ("GET", routes.QUESTION_TEMPLATE_FILE): (Permission.EDIT_QUESTIONS, 200),
    ("POST", routes.QUESTION_UPLOAD): (Permission.EDIT_QUESTIONS, 303),  # back to the form: no file came
}
# The same route as the code names it.
PATTERNS = {routes.question_file("xlsx"): routes.QUESTION_FILE_PATTERN}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """A site of its own: so many refusals would use up the patience others need."""
    frontend.main()
    live = LiveSite(tmp_path_factory.mktemp("matrix"))
    live.run("init", "--preset", "demo")
    live.start()
    yield live
    live.stop()
    assert live.traceback() == ""


@pytest.fixture
def db(place: LiveSite) -> Iterator[Database]:
    use_keyring(load_keyring(Settings(data_dir=Path(place.environment["CCHC_DATA_DIR"]))))
    database = Database(place.environment["CCHC_DATABASE_URL"])
    yield database
    database.dispose()


def cookie_of(db: Database, role: Role) -> str:
    """A newly signed-in browser of a role."""
    now = datetime.now(UTC)
    if role is NOBODY:
        return ""
    if role in PARTICIPANTS:
        [person] = add_to_unit(db, 1, unit=UNIT, now=now, writing=role is Role.UNIT_REPRESENTATIVE)
        return person.cookie
    return make_staff(db, role, now=now).cookie


def is_let_in(role: Role, gate: Gate | Permission) -> bool:
    return gate is not Gate.ARRIVED if isinstance(gate, Gate) else allows(role, gate)


def event_names() -> dict[str, str]:
    """Full event names by `State.handler`."""
    return {
        f"{state.__name__}.{name}": f"{state.get_full_name()}.{name}"
        for state in STATES
        for name in state.event_handlers
        if name not in FRAMEWORK
    }


def test_every_handler_and_every_route_has_its_row() -> None:
    assert set(HANDLERS) == set(event_names())
    served = {(method, route.path) for router in ROUTERS for route in router.routes for method in route.methods}
    assert set(ROUTES) | {(method, PATTERNS.get(path, path)) for method, path in STAFF_ROUTES} == served


def _lets_in(updates: list[dict[str, Any]], name: str) -> bool:
    """What a handler's answers so far say."""
    sent_on = [event["payload"].get("path", "") for update in updates for event in update.get("events") or []]
    deltas = [update.get("delta") or {} for update in updates]
    denied = any(delta.get(StaffState.get_full_name(), {}).get("denied_rx_state_") for delta in deltas)
    denied |= any(
        delta.get(state.get_full_name(), {}).get("notice_code_rx_state_") == ErrorCode.NOT_REPRESENTATIVE
        for delta in deltas
        for state in (SloganState, UnitDeskState)
    )
    silent = name in SILENT and not any(QUIZ in delta for delta in deltas)
    return not (denied or silent or any(str(path).startswith(DOORS) for path in sent_on))


async def _outcome(tab: Participant, name: str, *, expected: bool) -> bool:
    """Whether a handler let a new tab in. A refusal is waited for; where none is expected, none may come soon."""
    await tab.send(event_names()[name], HANDLERS[name].arguments)
    tab.updates.clear()
    silent = name in SILENT  # a refusal of it says nothing, what it does is waited for
    give_up = time.monotonic() + (PATIENCE if expected == silent else SOON)
    while (left := give_up - time.monotonic()) > 0 and _lets_in(tab.updates, name) != silent:
        with suppress(TimeoutError):
            await asyncio.wait_for(tab.receive(), left)
    return _lets_in(tab.updates, name)


async def _outcomes(place: LiveSite, cookie: str, expected: dict[str, bool]) -> dict[str, bool]:
    """Whether each handler let a new tab in; all at once, each in a tab of its own."""
    # A tab for every handler: more than the hundred connections a session keeps by itself.
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        tabs = {name: Participant(place.url, cookie=cookie, path="/quan-tri") for name in expected}
        await connect_all(list(tabs.values()), http)
        for tab in tabs.values():
            tab.keeps_updates = True
        found = await asyncio.gather(*(_outcome(tab, name, expected=expected[name]) for name, tab in tabs.items()))
    return dict(zip(expected, found, strict=True))


@pytest.mark.parametrize("role", list(Role))
def test_handlers(place: LiveSite, db: Database, role: Role) -> None:
    cookie = cookie_of(db, role)
    expected = {name: is_let_in(role, row.gate) for name, row in HANDLERS.items()}
    before = rows(place)
    found = in_own_loop(_outcomes(place, cookie, {name: False for name, let_in in expected.items() if not let_in}))
    assert rows(place) == before
    let_in = [name for name, is_in in expected.items() if is_in]
    for together in ([name for name in let_in if name != LAST], [name for name in let_in if name == LAST]):
        found |= in_own_loop(_outcomes(place, cookie, dict.fromkeys(together, True)))
    assert {name for name in HANDLERS if found[name] != expected[name]} == set()
    assert place.traceback() == ""


@pytest.mark.parametrize("role", list(Role))
def test_wrong_payloads_change_nothing(place: LiveSite, db: Database, role: Role) -> None:
    """Handlers without arguments do what they are for, whatever else is sent: only those with some are called here."""
    cookie = cookie_of(db, role)
    before = rows(place)
    sent = in_own_loop(call_all(place, [call for call in calls() if call[1]], cookie=cookie))
    assert rows(place) == before
    assert traces(sent) == []
    assert place.traceback() == ""


async def _answers(place: LiveSite, cookie: str) -> dict[tuple[str, str], int]:
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    found = {}
    async with aiohttp.ClientSession(headers=headers) as http:
        for method, path in [*STAFF_ROUTES, *ROUTES]:
            parameters = {"period": "1"} if path == routes.API_STANDINGS else {"ve": "made-up"}
            address = f"{place.url}{path}"
            async with http.request(method, address, params=parameters, allow_redirects=False) as answer:
                found[method, path] = answer.status
                assert traces((await answer.read()).decode(errors="replace")) == []
    return found


def staff_files(role: Role) -> dict[tuple[str, str], int]:
    """What a member of the staff is answered for files, before anything was judged, closed or proposed."""
    if role not in STAFF_ROLES:
        return {}
    may = allows(role, Permission.READ_CONTEST)
    made = dict.fromkeys((routes.SLOGAN_LIST_FILE, routes.OFFICIAL_FILE), 200 if may else 403)
    later = (routes.SLOGAN_RESULTS_FILE, routes.SLOGAN_MINUTES_FILE, routes.PRIZES_FILE, routes.COMMENDATION_FILE)
    return {("GET", path): status for path, status in {**made, **dict.fromkeys(later, 409 if may else 403)}.items()}


LISTS = {
    routes.PARTICIPATION_FILE: Permission.READ_CONTEST,
    routes.ITEM_ANALYSIS_FILE: Permission.READ_CONTEST,
    routes.UNIT_LIST_FILE: Permission.READ_CONTEST,
    routes.PEOPLE_LIST_FILE: Permission.READ_CONTEST,
    routes.PAPER_LIST_FILE: Permission.READ_CONTEST,
    routes.AUDIT_LOG_FILE: Permission.READ_AUDIT_LOG,
    routes.NEWS_FILE: Permission.READ_CONTEST,
    routes.STAFF_FILE: Permission.MANAGE_STAFF,
    routes.REQUEST_FILE: Permission.READ_CONTEST,
    routes.PAIR_FILE: Permission.READ_CONTEST,
    routes.JUDGED_FILE: Permission.READ_CONTEST,
    routes.IMPORT_LIST_FILE: Permission.READ_QUESTIONS,
    routes.WRITER_FILE: Permission.READ_CONTEST,
}


def staff_lists(role: Role) -> dict[tuple[str, str], int]:
    """What the staff are answered who ask for a table as a file, for a template, or send no file."""
    if role not in STAFF_ROLES:
        return {}
    sent = 303 if allows(role, Permission.RUN_CONTEST) else 403
    return {
        **{("GET", path): 200 if allows(role, needed) else 403 for path, needed in LISTS.items()},
        ("GET", routes.UNIT_TEMPLATE_PATTERN): 404,  # of a kind there is not
        ("POST", routes.UNIT_UPLOAD): sent,
        ("POST", routes.ROSTER_UPLOAD): sent,
    }


@pytest.mark.parametrize("role", list(Role))
def test_routes(place: LiveSite, db: Database, role: Role) -> None:
    cookie, neighbours = cookie_of(db, role), {role: cookie_of(db, role) for role in Role}
    expected = {
        **ROUTES,
        OWN_DATA: 200 if role in PARTICIPANTS else ROUTES[OWN_DATA],
        **staff_files(role),
        **staff_lists(role),
    }
    for route, (permission, status) in STAFF_ROUTES.items():
        expected[route] = status if allows(role, permission) else 403 if role in STAFF_ROLES else 303
    if role in STAFF_ROLES and not allows(role, Permission.RUN_CONTEST):
        expected["POST", routes.FILE_UPLOAD] = 403
    assert in_own_loop(_answers(place, cookie)) == expected
    assert not is_live(db, cookie)
    assert [other for other, its in neighbours.items() if not is_live(db, its)] == [NOBODY]
    assert place.traceback() == ""


def is_live(db: Database, cookie: str) -> bool:
    name, _, token = cookie.partition("=")
    look_up = staff_viewer if name == "cchc_bqt" else viewer
    return look_up(db, token_hash=token_hash(token), now=datetime.now(UTC)) is not None


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_cookie_of_one_door_opens_not_the_other(place: LiveSite, db: Database, role: Role) -> None:
    token = cookie_of(db, role).partition("=")[2]
    person = cookie_of(db, Role.PARTICIPANT).partition("=")[2]
    pages = dict.fromkeys(("AccountState.load", "OverviewState.load"), False)
    crossed = in_own_loop(_outcomes(place, f"cchc={token}; cchc_bqt={person}", pages))
    assert crossed == pages
